namespace IdentityGraph.Sources.Aws;

/// <summary>The users and roles that a holder surely acts as in one step: roles it may assume, users it can make a credential of.</summary>
/// <param name="each">ARNs of some of them.</param>
/// <param name="groups">The others.</param>
internal sealed class Controlled(IReadOnlyCollection<string> each, IReadOnlyList<TargetGroup> groups)
{
    public IReadOnlyCollection<string> Each { get; } = each;

    public IReadOnlyList<TargetGroup> Groups { get; } = groups;

    public bool Meets(TargetGroup group, Targets targets) => Each.Any(group.Contains) || Groups.Any(own => targets.Meet(own, group));

    public bool HasUser(AccountModel account) =>
        Each.Any(account.Users.Contains) || Groups.Any(group => ReferenceEquals(group.Arns.Table, account.Users) ? group.Arns.Count > 0 : group.Arns.Any(account.Users.Contains));
}
