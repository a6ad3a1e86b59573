namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>The parts of an Amazon resource name, `arn:partition:service:region:account:resource`.</summary>
/// <param name="Partition">aws, aws-cn, aws-us-gov…</param>
/// <param name="Service">iam, sts, s3…</param>
/// <param name="Account">Twelve digits; "" where the service has none, `aws` for what AWS manages.</param>
/// <param name="Resource">The rest: `user/path/name`.</param>
internal readonly record struct Arn(string Partition, string Service, string Account, string Resource)
{
    /// <summary>`user`, `role`, `assumed-role`, `root`…: the resource up to its first slash.</summary>
    public string Type => Resource.Split('/', 2)[0];

    /// <summary>Behind the last slash, without the path; of an assumed role the session's name.</summary>
    public string Name => Resource[(Resource.LastIndexOf('/') + 1)..];

    /// <summary>The role's name of `assumed-role/ROLE/SESSION` and of `role/path/ROLE`; null for anything else.</summary>
    public string? RoleName => Type switch
    {
        "role" when Resource.Contains('/') => Name,
        "assumed-role" => Resource.Split('/') is [_, { } role, ..] ? role : null,
        _ => null,
    };

    /// <summary>Null where the text is none.</summary>
    public static Arn? Parse(string? text)
    {
        var parts = text?.Split(':', 6);
        return parts is ["arn", var partition, var service, _, var account, { Length: > 0 } resource] ? new Arn(partition, service, account, resource) : null;
    }

    public static bool IsAccountId(string text) => text.Length == 12 && text.All(char.IsAsciiDigit);
}
