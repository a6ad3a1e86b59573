using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>Whom a text under `AWS` in a Principal means. Only `*` alone is a wildcard there.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html</remarks>
internal static class PrincipalMatch
{
    /// <summary>An account id, or the root of an account; null for anything else.</summary>
    public static string? AccountOf(string text) =>
        Arn.IsAccountId(text) ? text : Arn.Parse(text) is { Service: "iam", Resource: "root" } root ? root.Account : null;

    public static bool IsAccountOf(string text, Arn? caller) => caller is { } one && AccountOf(text) is { } account && account == one.Account;

    /// <summary>
    /// Whether the text means the caller itself: the same user or role; for a session also its role. Whether a role will act in a
    /// session that is named is unknown: its name is chosen when it is assumed.
    /// </summary>
    public static Truth IsItself(string text, Arn? caller)
    {
        if (caller is not { } one || Arn.Parse(text) is not { } named || named.Account != one.Account)
        {
            return Truth.False;
        }

        if (named == one)
        {
            return TruthLogic.Of(named.Resource != "root");
        }

        return (named.Type, one.Type) switch
        {
            ("role", "assumed-role") => TruthLogic.Of(named.RoleName == one.RoleName),
            ("assumed-role", "role") => named.RoleName == one.RoleName ? Truth.Unknown : Truth.False,
            _ => Truth.False,
        };
    }
}
