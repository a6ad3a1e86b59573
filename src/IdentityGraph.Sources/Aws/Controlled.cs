namespace IdentityGraph.Sources.Aws;

/// <summary>The users and roles that a holder surely acts as in one step: roles it may assume, users it can make a credential of.</summary>
internal sealed class Controlled
{
    private readonly HashSet<string> _one = new(StringComparer.Ordinal);
    private readonly List<TargetGroup> _groups = [];

    public void Add(string arn) => _one.Add(arn);

    public void Add(TargetGroup group) => _groups.Add(group);

    public bool Contains(string arn) => _one.Contains(arn) || _groups.Exists(group => group.Contains(arn));

    public bool Meets(TargetGroup group, Targets targets) => _one.Any(group.Contains) || _groups.Exists(own => targets.Meet(own, group));

    public bool HasUser(AccountModel account) => _one.Any(account.Users.ContainsKey) || _groups.Exists(group => group.Arns.Any(account.Users.ContainsKey));
}
