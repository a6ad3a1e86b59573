using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>A user, role or group with every policy that decides what it may do.</summary>
internal sealed class Holder
{
    private readonly Entitled _entitled;
    private (StatementIndex Index, AlikeHolders Holders)? _alike;

    /// <param name="standing">Its account.</param>
    /// <param name="identity">Who it is.</param>
    /// <param name="number">Its place among the holders of the account.</param>
    public Holder(Standing standing, IamIdentity identity, int number)
    {
        (Standing, Identity, Number) = (standing, identity, number);
        _entitled = Entitled.Of(standing.Account, identity.Holdings);
    }

    public Standing Standing { get; }

    public IamIdentity Identity { get; }

    /// <summary>Its place among the holders of the account.</summary>
    public int Number { get; }

    public string Arn => Identity.Arn;

    /// <summary>Its node id; made where it is told, as there are many.</summary>
    public string Node => field ??= Identity switch
    {
        IamUser => Identity.Ids.User(Identity.Name),
        IamRole => Identity.Ids.Role(Identity.Name),
        _ => Identity.Ids.Group(Identity.Name),
    };

    public bool IsGroup => Identity is IamGroup;

    /// <summary>Its own and its groups'.</summary>
    public IReadOnlyList<HeldPolicy> Policies => field ??= Identity.Inline.Count == 0 ? _entitled.Others : [.. Identity.Inline, .. _entitled.Others];

    /// <summary>Their documents.</summary>
    public IReadOnlyList<PolicyDocument> Documents => _entitled.Documents;

    public HeldPolicy? Boundary => _entitled.Boundary;

    /// <summary>Service control policies by level; those that bind nobody are left out.</summary>
    public IReadOnlyList<IReadOnlyList<HeldPolicy>> Levels => _entitled.Levels;

    /// <summary>Whether something takes away from what its policies give, or they ask who it is: then they cannot be looked at one by one.</summary>
    public bool IsConstrained => _entitled.IsConstrained;

    /// <summary>What is certain of its requests; of a role a session may bring other tags than its own.</summary>
    public IReadOnlyDictionary<string, string> Known => field ??= Identity is IamUser ? KnownOfUser() : Standing.Account.Known;

    /// <summary>Whether any of what decides says different things of different principals.</summary>
    public bool UsesName => _entitled.UsesName;

    /// <summary>Whether what it has of policies asks for an MFA device anywhere.</summary>
    public bool AsksFactor => _entitled.AsksFactor;

    /// <summary>Whether it comes by an MFA device without having one: what asks for one may be met then.</summary>
    public bool MayEnrol => _mayEnrol ??= Standing.Changeable?.MayEnrol(this) is true;

    private bool? _mayEnrol;

    /// <summary>The holders that the index decides as this one; found once for all that have the same while the same index asks.</summary>
    public AlikeHolders AlikeIn(StatementIndex index)
    {
        _alike ??= _entitled.Alike;
        if (_alike is not { } known || known.Index != index)
        {
            _alike = known = (index, index.Find(this));
            _entitled.Alike = known.Holders.Name is null ? known : null;
        }

        return known.Holders;
    }

    private IReadOnlyDictionary<string, string> KnownOfUser()
    {
        var known = Standing.TagsAt(Standing.Account.Users, Number) is { } tags ? Tags.With(Standing.Account.Known, RequestKeys.PrincipalTag, tags) : Standing.Account.Known;
        return Standing.Changeable?.MayRename(this) is true ? new Dictionary<string, string>(known, StringComparer.Ordinal) { [RequestKeys.Renamed] = "true" } : known;
    }

    /// <summary>The groups of a user that the files describe.</summary>
    public static IEnumerable<IamGroup> Groups(AccountModel account, IamUser user) => Groups(account, user.Groups);

    /// <summary>The groups of these names that the files describe.</summary>
    public static IEnumerable<IamGroup> Groups(AccountModel account, IEnumerable<string> names) =>
        names.Select(account.GroupNamed).OfType<IamGroup>().DistinctBy(group => group.Arn, StringComparer.Ordinal);

    public static IReadOnlyList<HeldPolicy> OwnPolicies(AccountModel account, IamIdentity identity) =>
        identity.Attached.Count == 0 ? identity.Inline : [.. identity.Inline, .. Attached(account, identity)];

    public static IEnumerable<HeldPolicy> Attached(AccountModel account, IamIdentity identity) => identity.Attached.Select(account.Managed);
}

/// <summary>What follows from what somebody has in an account, for all who have the same.</summary>
internal sealed class Entitled
{
    private Entitled(AccountModel account, Holdings holdings)
    {
        List<HeldPolicy> others = [.. holdings.Attached.Select(account.Managed)];
        List<IamGroup> groups = [];
        foreach (var name in holdings.Groups)
        {
            if (account.GroupNamed(name) is { } group && !groups.Exists(known => known.Arn == group.Arn))
            {
                groups.Add(group);
                others.AddRange(Holder.OwnPolicies(account, group));
            }
        }

        Others = others;
        Documents = [.. holdings.Inline.Select(policy => policy.Document), .. others.Select(policy => policy.Document)];
        Boundary = holdings.Boundary is { } arn ? account.Managed(arn) : null;
        Levels = holdings.Kind is IdentityKind.Group or IdentityKind.ServiceLinkedRole ? [] : account.Binding;
        foreach (var document in Documents.Concat(Levels.SelectMany(level => level).Append(Boundary).OfType<HeldPolicy>().Select(policy => policy.Document)))
        {
            AsksFactor |= document.AsksFactor;
            UsesName |= document.UsesName;
        }

        IsConstrained = Boundary is not null || Levels.Count > 0 || Documents.Any(document => document.HasDeny || document.HasProblems || document.AsksPrincipal);
    }

    /// <summary>Of its policies those that are not part of it: attached ones, and its groups'.</summary>
    public IReadOnlyList<HeldPolicy> Others { get; }

    /// <summary>Of all its policies.</summary>
    public IReadOnlyList<PolicyDocument> Documents { get; }

    public HeldPolicy? Boundary { get; }

    public IReadOnlyList<IReadOnlyList<HeldPolicy>> Levels { get; }

    public bool IsConstrained { get; }

    public bool AsksFactor { get; }

    public bool UsesName { get; }

    public (StatementIndex Index, AlikeHolders Holders)? Alike { get; set; }

    public static Entitled Of(AccountModel account, Holdings holdings)
    {
        if (holdings.Entitled is { } known)
        {
            return known;
        }

        var found = new Entitled(account, holdings);
        if (holdings.IsShared)
        {
            holdings.Entitled = found;
        }

        return found;
    }
}
