namespace IdentityGraph.Sources.Aws;

/// <summary>Service principals: `ec2.amazonaws.com`, also written with a region or for China.</summary>
internal static class ServiceNames
{
    public static bool IsSame(string written, string service)
    {
        var name = written.EndsWith(".cn", StringComparison.OrdinalIgnoreCase) ? written[..^3] : written;
        if (name.Equals(service, StringComparison.OrdinalIgnoreCase))
        {
            return true;
        }

        var labels = name.Split('.');
        return labels.Length == 4 && IsRegion(labels[1]) && $"{labels[0]}.{labels[2]}.{labels[3]}".Equals(service, StringComparison.OrdinalIgnoreCase);
    }

    private static bool IsRegion(string label) => label.Length > 4 && label.Contains('-') && char.IsAsciiDigit(label[^1]);
}
