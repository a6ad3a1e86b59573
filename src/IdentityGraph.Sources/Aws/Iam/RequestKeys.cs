namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>Condition keys that hang on who asks for what, as far as their values are certain.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html</remarks>
internal static class RequestKeys
{
    public const string PrincipalArn = "aws:principalarn";
    public const string PrincipalAccount = "aws:principalaccount";
    public const string SourceAccount = "aws:sourceaccount";
    public const string PrincipalTag = "aws:principaltag/";
    public const string ResourceTag = "aws:resourcetag/";
    public const string IamResourceTag = "iam:resourcetag/";

    /// <summary>In the place of a value: the request surely has no such key. Behind a beginning that ends with a slash: none that begins so but those that are there.</summary>
    public const string Absent = "\0";

    /// <summary>What is stated, the principal's ARN and account; a user's or role's own request comes from no other service, so it has no source account.</summary>
    public static IReadOnlyDictionary<string, string> Of(IamRequest request) => Of(request.Context, request.Principal);

    /// <param name="stated">What is certain anyway.</param>
    /// <param name="principal">ARN of a user, role, session or root, or an account id; null: anybody.</param>
    public static IReadOnlyDictionary<string, string> Of(IReadOnlyDictionary<string, string> stated, string? principal)
    {
        var keys = new Dictionary<string, string>(stated, StringComparer.Ordinal);
        keys.TryAdd(SourceAccount, Absent);
        var caller = Arn.Parse(principal);
        if ((caller?.Account ?? (Arn.IsAccountId(principal) ? principal : null)) is { Length: > 0 } account)
        {
            keys.TryAdd(PrincipalAccount, account);
        }

        // Of a session it is the role's, whose path the session does not tell.
        if (caller is { Service: "iam", Type: "user" or "role" })
        {
            keys.TryAdd(PrincipalArn, principal!);
        }

        return keys;
    }

    /// <summary>Whether the value of the key differs from principal to principal of an account.</summary>
    public static bool IsOfPrincipal(string key) =>
        key.Equals(PrincipalArn, StringComparison.OrdinalIgnoreCase) || key.StartsWith(PrincipalTag, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is a tag of what the request is about.</summary>
    public static bool IsOfResource(string key) => key.StartsWith(ResourceTag, StringComparison.OrdinalIgnoreCase) || key.StartsWith(IamResourceTag, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value, <see cref="Absent"/>, or null: not known.</summary>
    /// <param name="stated">By key in lower case.</param>
    /// <param name="key">In lower case.</param>
    public static string? ValueOf(IReadOnlyDictionary<string, string> stated, string key) =>
        stated.TryGetValue(key, out var value) ? value
        : key.IndexOf('/', StringComparison.Ordinal) is >= 0 and var slash && stated.TryGetValue(key[..(slash + 1)], out var others) ? others
        : null;
}
