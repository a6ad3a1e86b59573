using System.Collections.Frozen;

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
    public const string PassedToService = "iam:passedtoservice";
    public const string Username = "aws:username";
    public const string PrincipalType = "aws:principaltype";
    private const string PassRole = "iam:PassRole";

    /// <summary>In the place of a value: the request surely has no such key. Behind a beginning that ends with a slash: none that begins so but those that are there.</summary>
    public const string Absent = "\0";

    /// <summary>No condition key, but stated beside them: the user may have another name by the time of the request.</summary>
    public const string Renamed = "Renamed";

    /// <summary>What whoever sends a request can choose, and chooses so where that lets it pass: tags of a session and words that both sides know are left out.</summary>
    private static readonly FrozenDictionary<string, string> s_chosen = new Dictionary<string, string>
    {
        ["aws:tagkeys"] = Absent,
        ["aws:requesttag/"] = Absent,
        ["sts:transitivetagkeys"] = Absent,
        ["sts:externalid"] = Absent,
        ["aws:calledvia"] = Absent,
        ["aws:calledviafirst"] = Absent,
        ["aws:calledvialast"] = Absent,
        ["aws:viaawsservice"] = "false",
        ["aws:securetransport"] = "true",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>
    /// What is stated, the principal's ARN, name, kind and account; a user's or role's own request comes from no other service, so it has no
    /// source account. Only who passes a role says to which service.
    /// </summary>
    public static IReadOnlyDictionary<string, string> Of(IamRequest request)
    {
        var keys = Of(request.Context, request.Principal);
        if (!IsPassRole(request.Action))
        {
            keys.TryAdd(PassedToService, Absent);
        }

        return keys;
    }

    public static bool IsPassRole(string action) => action.Equals(PassRole, StringComparison.OrdinalIgnoreCase);

    /// <summary>The value that a sender is free to choose, or <see cref="Absent"/>; null: it is not.</summary>
    /// <param name="key">In lower case.</param>
    public static string? ChosenOf(string key) => ValueOf(s_chosen, key);

    /// <param name="stated">What is certain anyway.</param>
    /// <param name="principal">ARN of a user, role, session or root, or an account id; null: anybody.</param>
    public static Dictionary<string, string> Of(IReadOnlyDictionary<string, string> stated, string? principal)
    {
        var keys = new Dictionary<string, string>(stated, StringComparer.Ordinal);
        keys.TryAdd(SourceAccount, Absent);
        keys.TryAdd("aws:principalisawsservice", "false");
        keys.TryAdd("aws:principalservicename", Absent);
        var caller = Arn.Parse(principal);
        if ((caller?.Account ?? (Arn.IsAccountId(principal) ? principal : null)) is { Length: > 0 } account)
        {
            keys.TryAdd(PrincipalAccount, account);
        }

        // Of a session it is the role's, whose path the session does not tell.
        var isRenamed = stated.ContainsKey(Renamed);
        if (!isRenamed && caller is { Service: "iam", Type: "user" or "role" })
        {
            keys.TryAdd(PrincipalArn, principal!);
        }

        if (KindOf(caller) is { } kind)
        {
            keys.TryAdd(PrincipalType, kind);
            if (!isRenamed && caller is not { Type: "group" })
            {
                keys.TryAdd(Username, caller is { Type: "user" } user ? user.Name : Absent);
            }
        }

        return keys;
    }

    /// <summary>What `aws:PrincipalType` says of it; members of a group are users. Null: not known.</summary>
    private static string? KindOf(Arn? caller) => caller switch
    {
        { Service: "iam", Type: "user" or "group" } => "User",
        { Service: "iam", Type: "role" } or { Service: "sts", Type: "assumed-role" } => "AssumedRole",
        { Service: "iam", Resource: "root" } => "Account",
        _ => null,
    };

    /// <summary>Whether the value of the key differs from principal to principal of an account.</summary>
    public static bool IsOfPrincipal(string key) =>
        key.Equals(PrincipalArn, StringComparison.OrdinalIgnoreCase) || key.Equals(Username, StringComparison.OrdinalIgnoreCase) || key.Equals(PrincipalType, StringComparison.OrdinalIgnoreCase)
        || key.StartsWith(PrincipalTag, StringComparison.OrdinalIgnoreCase);

    /// <summary>Whether it is about an MFA device.</summary>
    public static bool IsOfFactor(string key) => key.StartsWith("aws:MultiFactorAuth", StringComparison.OrdinalIgnoreCase);

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
