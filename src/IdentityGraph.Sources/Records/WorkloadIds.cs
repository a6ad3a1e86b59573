namespace IdentityGraph.Sources.Records;

/// <summary>Ids of workloads as the tokens of an issuer name them (OpenID Connect `iss` and `sub`), the same for who trusts and who is trusted.</summary>
internal static class WorkloadIds
{
    public static string Subject(string issuer, string subject) => $"oidc:{Issuer(issuer)}/{Uri.EscapeDataString(subject)}";

    /// <summary>The issuer without scheme and slash at its end, which vendors write as they please.</summary>
    private static string Issuer(string issuer)
    {
        var plain = issuer.Trim();
        plain = plain.StartsWith("https://", StringComparison.OrdinalIgnoreCase) ? plain[8..] : plain;
        return Uri.EscapeDataString(plain.TrimEnd('/').ToLowerInvariant());
    }
}
