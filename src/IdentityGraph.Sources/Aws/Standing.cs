using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Sources.Aws;

/// <summary>An account with what is found out about it once and used by every mapping.</summary>
internal sealed class Standing
{
    /// <summary>Statements compared before it is left open whether an action is allowed somewhere.</summary>
    private const int MostComparisons = 5_000_000;

    /// <summary>Every role, those too that only a service of AWS may change; `role` are the others.</summary>
    public const string AnyRole = "any role";

    private static readonly string[] s_making = ["iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"];
    private static readonly PolicyDocument s_everything = PolicyReading.Parse("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
    private readonly Dictionary<string, Candidates> _kinds;
    private readonly bool _isPlain;

    /// <param name="account">What the files say of it.</param>
    /// <param name="isPlain">Whether nothing that somebody may change is certain: neither tags nor names.</param>
    public Standing(AccountModel account, bool isPlain = false)
    {
        (Account, _isPlain, Targets) = (account, isPlain, new Targets(this));
        Holders = new HolderList(this);
        var policies = new ArnTable($"arn:{account.Ids.Partition}:iam::{account.Ids.Account}:");
        foreach (var policy in account.Policies.Values.Where(policy => policy.IsOwn))
        {
            policies.Add(policy.Arn, out _);
        }

        _kinds = new Dictionary<string, Candidates>(StringComparer.Ordinal)
        {
            ["user"] = new("user", new ArnChoice(account.Users)),
            ["role"] = new("role", Changed(account)),
            [AnyRole] = new(AnyRole, new ArnChoice(account.Roles)),
            ["group"] = new("group", new ArnChoice(account.Groups)),
            ["policy"] = new("policy", new ArnChoice(policies)),
            [ProfileMaking.Kind] = new(ProfileMaking.Kind, new ArnChoice(ProfileMaking.Of(account))),
        };
        Whole = new ArnTable("");
        Whole.Add(account.Ids.System, out _);
    }

    public AccountModel Account { get; }

    /// <summary>The account itself.</summary>
    public ArnTable Whole { get; }

    public HolderList Holders { get; }

    public StatementIndex Index { get; private set; } = new();

    public Targets Targets { get; private set; }

    /// <summary>What of its users and roles is not certain; null: nothing of them is taken as certain here.</summary>
    public Changeable? Changeable => _isPlain ? null : field ??= new Changeable(Account);

    /// <summary>Tags that a user or role has and keeps; null: not known, or somebody may change them.</summary>
    public string? TagsAt(ArnTable table, int at) => Changeable?.TagsAt(table, at);

    /// <summary>Lets go of what was decided: it is decided anew where another account asks.</summary>
    public void Forget()
    {
        Index = new StatementIndex();
        Targets = new Targets(this);
    }

    /// <summary>On which users, roles, groups, own policies or instance profiles the holder may take the action.</summary>
    public IReadOnlyList<TargetGroup> On(Holder holder, string action, string kind) => Among(holder, action, _kinds[kind]);

    /// <summary>The same among some of them, under known conditions.</summary>
    /// <param name="holder">Who acts.</param>
    /// <param name="action">`iam:PassRole`.</param>
    /// <param name="candidates">What it may be about.</param>
    /// <param name="passedTo">The service that a role is passed to; null: none.</param>
    public IReadOnlyList<TargetGroup> Among(Holder holder, string action, Candidates candidates, string? passedTo = null)
    {
        var alike = Index.Of(holder);
        if (!alike.May(AskedActions.Of(action)))
        {
            return [];
        }

        var known = KnownOf(alike);
        return Targets.Of(alike.First, alike.On(action), candidates, passedTo is null ? known : new Dictionary<string, string>(known) { ["iam:passedtoservice"] = passedTo });
    }

    /// <summary>Whether the holder may take the action on one thing of that ARN.</summary>
    public Outcome OnArn(Holder holder, string action, string arn)
    {
        var alike = Index.Of(holder);
        return alike.May(AskedActions.Of(action)) ? alike.On(action).Set.Decide(new IamRequest(holder.Arn, action, arn) { Context = KnownOf(alike) }) : Outcome.Denied;
    }

    /// <summary>What is certain of the requests of all who are decided alike.</summary>
    private IReadOnlyDictionary<string, string> KnownOf(AlikeHolders alike) => alike.Name is null ? Account.Known : alike.First.Known;

    /// <summary>Whether the holder may take the action on some resource at all: on what its policies, boundary or organization name.</summary>
    public Outcome Somewhere(Holder holder, string action)
    {
        var alike = Index.Of(holder);
        return alike.May(AskedActions.Of(action)) && alike.On(action) is var deciding ? deciding.Somewhere ??= Somewhere(alike.First, action, deciding) : Outcome.Denied;
    }

    /// <summary>The same on each resource that the action is asked of.</summary>
    private Outcome Somewhere(Holder holder, string action, Deciding deciding)
    {
        var outcome = Somewhere(holder, action, deciding.Set, pattern => ResourceForms.Within(pattern, action, Account.Ids));
        if (ResourceForms.IsOfNothing(action))
        {
            var request = new IamRequest(holder.Arn, action, "*") { Context = KnownOf(Index.Of(holder)) };
            return deciding.Set.NotDenied(request) is { IsDenied: true } denied ? denied : deciding.Set.Decide(request).Or(outcome.And(Outcome.Unknown));
        }

        return ResourceForms.Beside(action, Account.Ids).Aggregate(outcome, (so, meant) => so.And(Somewhere(holder, action, deciding.Set, meant)));
    }

    /// <summary>Whether the holder may take the action on everything that the pattern means.</summary>
    public Outcome OnEvery(Holder holder, string action, string pattern)
    {
        var alike = Index.Of(holder);
        return alike.On(action).Set.Decide(new IamRequest(holder.Arn, action, pattern) { Scope = ResourceScope.Every, Context = KnownOf(alike) });
    }

    /// <summary>Whether the holder may take all of the actions on one user, role, group or instance profile that is not in the files.</summary>
    /// <param name="holder">Who acts.</param>
    /// <param name="actions">One to three.</param>
    /// <param name="kind">`user`, `role`, `group` or `instance-profile`.</param>
    public Outcome OnNew(Holder holder, string[] actions, string kind)
    {
        var taken = _kinds[kind].Arns.Table;
        var some = ResourceForms.OfIam(kind, Account.Ids);
        return OnOne(holder, actions, pattern => ResourceForms.Within(pattern, some) is { } name && taken.Find(name) < 0 ? name : null);
    }

    /// <summary>Names and patterns of users, roles or groups on which the holder may take the action, as far as its policies name them.</summary>
    public IReadOnlyList<string> Names(Holder holder, string action, string kind)
    {
        var (set, some) = (Index.Of(holder, action).Set, ResourceForms.OfIam(kind, Account.Ids));
        return
        [
            .. Patterns(set, holder).Select(pattern => ResourceForms.Within(pattern, some)).OfType<string>().Distinct(StringComparer.Ordinal)
                .Where(name => !set.Decide(new IamRequest(holder.Arn, action, name) { Scope = ResourceScope.Some, Context = KnownOf(Index.Of(holder)) }).IsDenied),
        ];
    }

    /// <summary>Whether the holder may take all of the actions on one and the same resource.</summary>
    /// <param name="holder">Who acts.</param>
    /// <param name="actions">One to three; nobody asks for the same ones of other resources.</param>
    /// <param name="meant">What of a name or pattern is looked at, if anything; null: what the first action may be about.</param>
    public Outcome OnOne(Holder holder, string[] actions, Func<string, string?>? meant = null)
    {
        var alike = Index.Of(holder);
        if (!actions.All(each => alike.May(AskedActions.Of(each))))
        {
            return Outcome.Denied;
        }

        var first = alike.On(actions[0]);
        var others = new OtherActions(actions.Length > 1 ? alike.On(actions[1]) : null, actions.Length > 2 ? alike.On(actions[2]) : null);
        if (!first.OnOne.TryGetValue(others, out var outcome))
        {
            first.OnOne.Add(others, outcome = OnOne(alike.First, [.. actions.Select(each => (each, alike.On(each).Set))], meant ?? (pattern => ResourceForms.Within(pattern, actions[0], Account.Ids))));
        }

        return outcome;
    }

    private Outcome OnOne(Holder holder, (string Action, PolicySet Set)[] sets, Func<string, string?> meant)
    {
        var outcome = Outcome.Denied;
        var compared = sets.Sum(set => set.Set.Compared);
        foreach (var pattern in sets.SelectMany(set => Patterns(set.Set, holder)).Select(meant).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (sets.Sum(set => set.Set.Compared) - compared > MostComparisons)
            {
                return outcome.Or(Outcome.Unknown);
            }

            // Two actions that are each allowed on some of the pattern only may be allowed on no name in common.
            Outcome[] some = [.. sets.Select(set => On(set, ResourceScope.Some))];
            Outcome[] every = [.. sets.Select(set => On(set, ResourceScope.Every))];
            outcome = outcome.Or(some.Aggregate(Outcome.Unknown, (all, one) => all.And(one)));
            for (var partly = 0; partly < sets.Length; partly++)
            {
                outcome = outcome.Or(every.Select((one, at) => at == partly ? some[at] : one).Aggregate(Outcome.Allowed, (all, one) => all.And(one)));
            }

            if (outcome.IsAllowed)
            {
                break;
            }

            Outcome On((string Action, PolicySet Set) set, ResourceScope scope) => set.Set.Decide(new IamRequest(holder.Arn, set.Action, pattern) { Scope = scope, Context = KnownOf(Index.Of(holder)) });
        }

        return outcome;
    }

    /// <summary>Whether these policies let the holder take the action on some resource at all; it may be one that is not asked for otherwise.</summary>
    public Outcome Somewhere(Holder holder, string action, PolicySet set, Func<string, string?>? meant = null)
    {
        var (outcome, compared, denied) = (Outcome.Denied, set.Compared, ResourceForms.WholeKinds(set, action));

        // What is asked for otherwise is known of all who are decided alike: these policies may be others, and ask who it is.
        var known = meant is null ? holder.Known : KnownOf(Index.Of(holder));
        foreach (var pattern in Patterns(set, holder).Select(meant ?? (static pattern => pattern)).OfType<string>().Distinct(StringComparer.Ordinal))
        {
            if (set.Compared - compared > MostComparisons)
            {
                return outcome.Or(Outcome.Unknown);
            }

            var some = set.Decide(new IamRequest(holder.Arn, action, pattern) { Scope = ResourceScope.Some, Context = known });
            outcome = outcome.Or(Array.Exists(denied, kind => Glob.MayMeet(kind, pattern)) ? some.And(Outcome.Unknown) : some);
            if (outcome.IsAllowed)
            {
                break;
            }
        }

        return outcome;
    }

    /// <summary>
    /// Whether a policy that allows the holder everything would give it everything: nothing of the organization is above it, and neither
    /// its boundary nor a Deny keeps it from making principals that have none.
    /// </summary>
    public static bool IsUnbounded(Holder holder)
    {
        if (!holder.IsConstrained)
        {
            return true;
        }

        var set = new PolicySet { Identity = [s_everything, .. holder.Policies.Select(policy => policy.Document)], Boundary = holder.Boundary?.Document };
        return holder.Levels.Count == 0
            && s_making.All(action => set.Decide(new IamRequest(holder.Arn, action, "*") { Scope = ResourceScope.Every, Context = holder.Known }).IsAllowed);
    }

    /// <summary>The roles that the account may change: not those that services and Identity Center keep for themselves.</summary>
    /// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/using-service-linked-roles.html</remarks>
    private static ArnChoice Changed(AccountModel account)
    {
        List<int> changed = new(account.Roles.Count);
        for (var at = 0; at < account.Roles.Count; at++)
        {
            if (account.Roles.HoldingsAt(at).Kind != IdentityKind.ServiceLinkedRole && !(account.Roles.Holds(at, "aws-reserved"u8) && IamRole.IsReserved(account.Roles[at])))
            {
                changed.Add(at);
            }
        }

        return changed.Count == account.Roles.Count ? new ArnChoice(account.Roles) : new ArnChoice(account.Roles, [.. changed]);
    }

    /// <summary>File, place, policy and statement of what allows the action on the target; at most three.</summary>
    public IEnumerable<string> Because(Holder holder, string action, string? target = null) => Index.Of(holder).Policies(holder)
        .SelectMany(policy => On(Index.About(policy.Document, action), holder, action, target)
            .Where(statement => !statement.Denies && (target is null || !PolicySet.Allows(statement, new IamRequest(holder.Arn, action, target) { Context = KnownOf(Index.Of(holder)) }, holder.Identity.Name).IsDenied))
            .Select(statement => Reference(policy, statement)))
        .Take(3);

    private static IReadOnlyList<PolicyStatement> On(PolicyDocument about, Holder holder, string action, string? target) =>
        target is null ? about.Statements : about.On(new IamRequest(holder.Arn, action, target));

    public static string Reference(HeldPolicy policy, PolicyStatement statement) => $"{policy.Where}: policy {policy.Name}, {Hidden.Unless(statement.Name)}";

    /// <summary>Node ids of what an ability is about, each once, and what is evidence of it there.</summary>
    public IEnumerable<(string Node, IReadOnlyList<EvidenceRef> Evidence)> TargetsOf(Ability ability) => ability.TrustedFor is { } action
        ? Positions(ability.Targets.Arns).Select(Account.Roles.At).Select(role => (Account.Ids.Role(role.Name), AccountFacts.Because(BecauseOf(role.Trust, action))))
        : NodesOf(ability.Targets.Arns).Select(node => (node, (IReadOnlyList<EvidenceRef>)[]));

    /// <summary>Place and statement of what a trust says of the action, but for its Deny; at most three.</summary>
    public static IEnumerable<string> BecauseOf(HeldPolicy trust, string action) => trust.Document.Statements
        .Where(statement => !statement.Denies && (statement.Problem is not null || statement.IsAboutAction(action)))
        .Select(statement => Reference(trust, statement))
        .Take(3);

    /// <summary>Node ids of users, roles, groups or policies of the account, or of itself; each once.</summary>
    public IEnumerable<string> NodesOf(ArnChoice arns) =>
        ReferenceEquals(arns.Table, Account.Users) && Account.Users.IsPlain ? Positions(arns).Select(at => Account.Ids.User(Account.Users.NameAt(at)))
        : ReferenceEquals(arns.Table, Account.Roles) && Account.Roles.IsPlain ? Positions(arns).Select(at => Account.Ids.Role(Account.Roles.NameAt(at)))
        : arns.Select(NodeOf).OfType<string>().Distinct(StringComparer.Ordinal);

    private static IEnumerable<int> Positions(ArnChoice arns) => Enumerable.Range(0, arns.Count).Select(arns.At);

    /// <summary>Node id of a user, role, group or policy of the account.</summary>
    public string? NodeOf(string arn) =>
        Account.Users.Find(arn, out _) is { } user ? Account.Ids.User(user.Name)
        : Account.Roles.Find(arn, out _) is { } role ? Account.Ids.Role(role.Name)
        : Account.Groups.Find(arn, out _) is { } group ? CarrierOf(group)
        : Account.Policies.ContainsKey(arn) ? Account.Ids.Policy(arn)
        : arn == Account.Ids.System ? arn
        : null;

    /// <summary>Where what a group gives is stated: on the group, or apart from it where something takes it away from a member.</summary>
    public string CarrierOf(IamGroup group) => CarrierOf(group.Name);

    /// <inheritdoc cref="CarrierOf(IamGroup)"/>
    public string CarrierOf(string group) => HasConstrainedMembers(group) ? Account.Ids.GroupPolicies(group) : Account.Ids.Group(group);

    public bool HasConstrainedMembers(string group) => (_constrained ??= Constrained()).Contains(group);

    /// <summary>Whether any user has something that takes away from what its groups give.</summary>
    public bool HasConstrained => (_constrained ??= Constrained()).Count > 0;

    private HashSet<string>? _constrained;

    private HashSet<string> Constrained()
    {
        HashSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var holdings in Account.Users.DistinctHoldings)
        {
            if (holdings.Groups.Length > 0 && Entitled.Of(Account, holdings).IsConstrained)
            {
                names.UnionWith(holdings.Groups.Select(Account.GroupNamed).OfType<IamGroup>().Select(group => group.Name));
            }
        }

        return names;
    }

    /// <summary>Every pattern that an Allow names, with the holder's own name; `*` for one that excludes resources, names none or could not be read.</summary>
    private static IEnumerable<string> Patterns(PolicySet set, Holder holder) => set.Documents()
        .SelectMany(document => document.Statements)
        .Where(statement => !statement.Denies)
        .SelectMany(statement => statement is { Problem: null, ResourcesExcluded: false, Resources: { } resources } ? resources.SelectMany(resource => PatternsFor(resource, holder)) : ["*"]);

    /// <summary>The same, and with any name for whoever may take one.</summary>
    public static IEnumerable<string> PatternsFor(ResourcePattern resource, Holder holder) =>
        [.. PatternFor(resource, holder) is { } own ? [own] : Array.Empty<string>(), .. resource.HasUsername && PolicyVariables.IsForRenamed(resource.Pattern) && holder.Known.ContainsKey(RequestKeys.Renamed) ? [PolicyVariables.ForAnyName(resource.Pattern)] : Array.Empty<string>()];

    /// <summary>The pattern with the holder's own name; null where it has none, and the pattern means nothing.</summary>
    private static string? PatternFor(ResourcePattern resource, Holder holder) =>
        !resource.HasUsername ? resource.Pattern
        : (holder.Identity is IamUser ? holder.Identity.Name : holder.IsGroup ? PolicySet.SomeMember : null) is { } name ? resource.Pattern.Replace(PolicyReading.UsernameMark.ToString(), name, StringComparison.Ordinal)
        : PolicyVariables.WithoutName(resource)?.Pattern;
}
