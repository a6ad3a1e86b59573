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
        if (text is null || !text.StartsWith("arn:", StringComparison.Ordinal))
        {
            return null;
        }

        Span<int> colons = stackalloc int[5];
        var at = -1;
        for (var part = 0; part < colons.Length; part++)
        {
            var next = text.AsSpan(at + 1).IndexOf(':');
            if (next < 0)
            {
                return null;
            }

            at += 1 + next;
            colons[part] = at;
        }

        return at + 1 == text.Length ? null : new Arn(
            Word(text.AsSpan((colons[0] + 1)..colons[1])), Word(text.AsSpan((colons[1] + 1)..colons[2])), Word(text.AsSpan((colons[3] + 1)..colons[4])), text[(at + 1)..]);
    }

    /// <summary>The account of an ARN, without a look at the rest; empty where it is none.</summary>
    public static ReadOnlySpan<char> AccountOf(ReadOnlySpan<char> arn)
    {
        if (!arn.StartsWith("arn:", StringComparison.Ordinal))
        {
            return [];
        }

        for (var part = 0; part < 4; part++)
        {
            arn = arn.IndexOf(':') is >= 0 and var colon ? arn[(colon + 1)..] : [];
        }

        return arn.IndexOf(':') is >= 0 and var end && end + 1 < arn.Length ? arn[..end] : [];
    }

    /// <summary>Whether it names something of IAM.</summary>
    public static bool IsOfIam(ReadOnlySpan<char> arn) => arn.StartsWith("arn:") && arn[4..].IndexOf(':') is >= 0 and var end && arn[(5 + end)..].StartsWith("iam:");

    private static string Word(ReadOnlySpan<char> word) => word switch
    {
        "" => "",
        "aws" => "aws",
        "iam" => "iam",
        "sts" => "sts",
        "s3" => "s3",
        _ => new string(word),
    };

    public static bool IsAccountId(ReadOnlySpan<char> text) => text.Length == 12 && !text.ContainsAnyExceptInRange('0', '9');
}
