namespace IdentityGraph.Sources.Aws;

/// <summary>What a listing says otherwise than one would expect, and how it was taken: a line each, the first of its kind with its place.</summary>
internal static class Oddities
{
    /// <returns>The kind, and a sentence with its place.</returns>
    public static IEnumerable<(string Kind, string Sentence)> Of(AccountModel account)
    {
        foreach (var user in account.Users.Values.Where(user => user.LacksInline))
        {
            yield return ("inline", $"{user.Where}: `UserPolicyList` is absent, not empty; read as no inline policy");
        }

        foreach (var role in account.Roles.Values.Where(role => role.HasEmptyLastUse))
        {
            yield return ("use", $"{role.Where}: `RoleLastUsed` gives no time; when the role was last used is not stated, which does not mean never");
        }

        var attached = account.Holdings
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
}
