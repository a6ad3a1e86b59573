using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>A user, role or group with every policy that decides what it may do.</summary>
internal sealed class Holder
{
    private readonly AwsIds _ids;
    private (StatementIndex Index, AlikeHolders Holders)? _alike;

    private Holder(AccountModel account, IamIdentity identity, IReadOnlyList<HeldPolicy> policies)
    {
        _ids = account.Ids;
        Identity = identity;
        Policies = policies;
        Boundary = identity.Boundary is { } arn ? Managed(account, arn) : null;
        Levels = identity is IamGroup or IamRole { IsServiceLinked: true }
            ? []
            : [.. account.Levels.Select(level => level.Policies).Where(level => !level.Any(policy => policy.Document.AllowsEverything) || level.Any(policy => policy.Document.HasDeny))];
        IsConstrained = Boundary is not null || Levels.Count > 0 || HasDeny(policies);
    }

    public IamIdentity Identity { get; }

    public string Arn => Identity.Arn;

    /// <summary>Its node id; made where it is told, as there are many.</summary>
    public string Node => Identity switch
    {
        IamUser => _ids.User(Identity.Name),
        IamRole => _ids.Role(Identity.Name),
        _ => _ids.Group(Identity.Name),
    };

    public bool IsGroup => Identity is IamGroup;

    /// <summary>Its own and its groups'.</summary>
    public IReadOnlyList<HeldPolicy> Policies { get; }

    public HeldPolicy? Boundary { get; }

    /// <summary>Service control policies by level; those that bind nobody are left out.</summary>
    public IReadOnlyList<IReadOnlyList<HeldPolicy>> Levels { get; }

    /// <summary>Whether something takes away from what its policies give: then they cannot be looked at one by one.</summary>
    public bool IsConstrained { get; }

    /// <summary>The holders that the index decides as this one; found once while it is asked by the same index.</summary>
    public AlikeHolders AlikeIn(StatementIndex index)
    {
        if (_alike is not { } known || known.Index != index)
        {
            _alike = known = (index, index.Find(this));
        }

        return known.Holders;
    }

    public static IEnumerable<Holder> Of(AccountModel account) =>
    [
        .. account.Users.Values.Select(user => new Holder(account, user, PoliciesOf(account, user))),
        .. account.Roles.Values.Select(role => new Holder(account, role, OwnPolicies(account, role))),
        .. account.Groups.Values.Select(group => new Holder(account, group, OwnPolicies(account, group))),
    ];

    private static IReadOnlyList<HeldPolicy> PoliciesOf(AccountModel account, IamUser user)
    {
        var own = OwnPolicies(account, user);
        foreach (var name in user.Groups)
        {
            if (account.GroupsByName.TryGetValue(name, out var group) && (group.Inline.Count > 0 || group.Attached.Count > 0))
            {
                return [.. own, .. Groups(account, user).SelectMany(each => OwnPolicies(account, each))];
            }
        }

        return own;
    }

    /// <summary>The groups of a user that the files describe.</summary>
    public static IEnumerable<IamGroup> Groups(AccountModel account, IamUser user) =>
        user.Groups.Select(name => account.GroupsByName.GetValueOrDefault(name)).OfType<IamGroup>().Distinct();

    public static IReadOnlyList<HeldPolicy> OwnPolicies(AccountModel account, IamIdentity identity) =>
        identity.Attached.Count == 0 ? identity.Inline : [.. identity.Inline, .. Attached(account, identity)];

    public static IEnumerable<HeldPolicy> Attached(AccountModel account, IamIdentity identity) => identity.Attached.Select(arn => Managed(account, arn));

    private static bool HasDeny(IReadOnlyList<HeldPolicy> policies)
    {
        foreach (var policy in policies)
        {
            if (policy.Document.HasDeny)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>A policy that the files do not hold may say anything.</summary>
    private static HeldPolicy Managed(AccountModel account, string arn) =>
        account.Policies.TryGetValue(arn, out var policy) ? policy.Held : new HeldPolicy(arn, new Place(arn), s_missing, account.Ids.Policy(arn)) { IsMissing = true };

    private static readonly PolicyDocument s_missing = new([new PolicyStatement { Index = 0, Denies = false, About = ActionPatterns.None, Problem = "it is not in the files" }]);
}
