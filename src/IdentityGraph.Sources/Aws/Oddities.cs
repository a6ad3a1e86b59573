using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>What a listing says otherwise than one would expect, and how it was taken: a line each, the first of its kind with its place.</summary>
internal static class Oddities
{
    /// <returns>The kind, and a sentence with its place.</returns>
    public static IEnumerable<(string Kind, string Sentence)> Of(AccountModel account)
    {
        foreach (var user in account.Users.Odd)
        {
            yield return ("inline", $"{user.Where}: `UserPolicyList` is absent, not empty; read as no inline policy");
        }

        foreach (var role in account.Roles.Odd)
        {
            yield return ("use", $"{role.Where}: `RoleLastUsed` gives no time; when the role was last used is not stated, which does not mean never");
        }

        foreach (var sentence in Unfollowed(account))
        {
            yield return sentence;
        }

        var attached = account.Holdings
            .Where(holdings => holdings.Attached.Length > 0)
            .SelectMany(holdings => holdings.Attached)
            .CountBy(arn => arn, StringComparer.Ordinal)
            .ToDictionary(StringComparer.Ordinal);
        foreach (var policy in account.Policies.Values)
        {
            var found = attached.GetValueOrDefault(policy.Arn);
            if (policy.AttachmentCount is { } said && said != found)
            {
                yield return said < found
                    ? ("more attachments", $"{policy.Held.Where}: `AttachmentCount` of `{AccountFiles.Shown(policy.Arn)}` is {said}, and {found} attachments stand in the files; these are taken")
                    : ("fewer attachments", $"{policy.Held.Where}: `AttachmentCount` of `{AccountFiles.Shown(policy.Arn)}` is {said}, and only {found} attachments stand in the files: whoever else has it is not in them");
            }

            if (policy.HasOtherVersions)
            {
                yield return ("versions", $"{policy.Held.Where}: `{AccountFiles.Shown(policy.Arn)}` has {policy.Versions} versions; {AccountFiles.Shown(policy.Version ?? "the default one")} is in force and read, the others are not");
            }
        }
    }

    /// <summary>Roles that are handed out where this listing does not reach: who has them is not said, which does not mean nobody.</summary>
    private static IEnumerable<(string Kind, string Sentence)> Unfollowed(AccountModel account)
    {
        Dictionary<PolicyDocument, string[]> services = new(ReferenceEqualityComparer.Instance);
        var (last, trusted) = (default(PolicyDocument), Array.Empty<string>());
        for (var at = 0; at < account.Roles.Count; at++)
        {
            var trust = account.Roles.HoldingsAt(at).Trust;
            if (!ReferenceEquals(trust, last) && !services.TryGetValue(last = trust, out trusted!))
            {
                services.Add(trust, trusted = [.. TokenTrust.In(trust)]);
            }

            if (trusted.Length == 0 && !account.Roles.Holds(at, "aws-reserved"u8) && !account.Roles.Holds(at, "AWSReservedSSO_"u8))
            {
                continue;
            }

            if (trusted.Contains(TokenTrust.IdentityPools))
            {
                var role = account.Roles.At(at);
                yield return ("identity pool", $"{role.Where}: `{AccountFiles.Shown(role.Arn)}` is handed out by an identity pool of Cognito; who signs in there, and by which user pool, is not in the listing: whoever it lets in may have the role. Look at `aws cognito-identity get-identity-pool-roles`");
            }

            if (trusted.Contains(TokenTrust.IdentityCenter) || (account.Roles.HoldingsAt(at).Kind == IdentityKind.Role && TokenTrust.IsPermissionSet(account.Roles[at])))
            {
                var role = account.Roles.At(at);
                yield return ("permission set", $"{role.Where}: `{AccountFiles.Shown(role.Arn)}` is of a permission set of IAM Identity Center; who it is assigned to is not in the listing: nobody is said to have it, which does not mean that nobody has. Look at `aws sso-admin list-account-assignments`");
            }
        }
    }
}
