namespace IdentityGraph.Sources.Aws;

/// <summary>Service principals: `ec2.amazonaws.com`, also written with a region or for China.</summary>
internal static class ServiceNames
{
    /// <summary>Whether the text under `Service` means the service; `*` means every one.</summary>
    public static bool IsSame(string written, string service) => written == "*" || Plain(written).Equals(service, StringComparison.OrdinalIgnoreCase);

    /// <summary>Without a region and without the ending of China.</summary>
    public static string Plain(string written)
    {
        var name = written.EndsWith(".cn", StringComparison.OrdinalIgnoreCase) ? written[..^3] : written;
        var labels = name.Split('.');
        return labels.Length == 4 && IsRegion(labels[1]) ? $"{labels[0]}.{labels[2]}.{labels[3]}" : name;
    }

    private static bool IsRegion(string label) => label.Length > 4 && label.Contains('-') && char.IsAsciiDigit(label[^1]);
}
