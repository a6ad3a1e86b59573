using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>An account with what is found out about it once and used by every mapping.</summary>
internal sealed class Standing
{
    /// <summary>Statements compared before it is left open whether an action is allowed somewhere.</summary>
    private const int MostComparisons = 5_000_000;

    private static readonly string[] s_making = ["iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"];
    private static readonly PolicyDocument s_everything = PolicyReading.Parse("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
    private readonly Dictionary<string, Lazy<Candidates>> _kinds;
    private Dictionary<string, Holder>? _byArn;

    public Standing(AccountModel account)
    {
        Account = account;
        Holders = [.. Holder.Of(account)];
        _kinds = new Dictionary<string, Lazy<Candidates>>(StringComparer.Ordinal)
        {
            ["user"] = new(() => new Candidates("user", [.. account.Users.Keys])),
            ["role"] = new(() => new Candidates("role", [.. account.Roles.Keys])),
            ["group"] = new(() => new Candidates("group", [.. account.Groups.Keys])),
            ["policy"] = new(() => new Candidates("policy", [.. account.Policies.Values.Where(policy => policy.IsOwn).Select(policy => policy.Arn)])),
        };
    }

    public AccountModel Account { get; }

    public IReadOnlyList<Holder> Holders { get; }

    public IReadOnlyDictionary<string, Holder> ByArn => _byArn ??= Holders.ToDictionary(holder => holder.Arn, StringComparer.Ordinal);

    public StatementIndex Index { get; private set; } = new();

    public Targets Targets { get; private set; } = new();

    /// <summary>Lets go of what was decided: it is decided anew where another account asks.</summary>
    public void Forget()
    {
        Index = new StatementIndex();
        Targets = new Targets();
    }

    /// <summary>On which users, roles, groups or own policies the holder may take the action.</summary>
    public IReadOnlyList<TargetGroup> On(Holder holder, string action, string kind) => Among(holder, action, _kinds[kind].Value, Account.Known);

    /// <summary>The same among some of them, under known conditions.</summary>
    /// <param name="holder">Who acts.</param>
    /// <param name="action">`iam:PassRole`.</param>
    /// <param name="candidates">What it may be about.</param>
    /// <param name="context">Condition keys whose value is certain.</param>
    public IReadOnlyList<TargetGroup> Among(Holder holder, string action, Candidates candidates, IReadOnlyDictionary<string, string> context) =>
        Index.Of(holder) is var alike && alike.May(AskedActions.Of(action)) ? Targets.Of(alike.First, alike.On(action), candidates, context) : [];

    /// <summary>Whether the holder may take the action on some resource at all: on what its policies, boundary or organization name.</summary>
    public Outcome Somewhere(Holder holder, string action)
    {
        var alike = Index.Of(holder);
        return alike.May(AskedActions.Of(action)) ? alike.On(action) is var deciding ? deciding.Somewhere ??= Somewhere(alike.First, action, deciding.Set) : Outcome.Denied : Outcome.Denied;
    }

    /// <summary>Whether the holder may take all of the actions on one user that does not exist.</summary>
    /// <param name="holder">Who acts.</param>
    /// <param name="action">The first of them.</param>
    /// <param name="other">The second.</param>
    /// <param name="third">The third; null: there are two.</param>
    public Outcome OnNew(Holder holder, string action, string other, string? third = null)
    {
        var alike = Index.Of(holder);
        string[] actions = third is null ? [action, other] : [action, other, third];
        if (!actions.All(each => alike.May(AskedActions.Of(each))))
        {
            return Outcome.Denied;
        }

        var first = alike.On(action);
        var others = new OtherActions(alike.On(other), third is null ? null : alike.On(third));
        if (!first.OnNew.TryGetValue(others, out var outcome))
        {
            first.OnNew.Add(others, outcome = OnNew(alike.First, [.. actions.Select(each => (each, alike.On(each).Set))]));
        }

        return outcome;
    }

    private Outcome OnNew(Holder holder, (string Action, PolicySet Set)[] sets)
    {
        var outcome = Outcome.Denied;
        var compared = sets.Sum(set => set.Set.Compared);
        foreach (var pattern in sets.SelectMany(set => Patterns(set.Set)).Distinct(StringComparer.Ordinal).Where(IsNew))
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

            Outcome On((string Action, PolicySet Set) set, ResourceScope scope) => set.Set.Decide(new IamRequest(holder.Arn, set.Action, pattern) { Scope = scope, Context = Account.Known });
        }

        return outcome;
    }

    /// <summary>Whether a user of a name that is not taken may be meant.</summary>
    private bool IsNew(string pattern) =>
        !Account.Users.ContainsKey(pattern) && !pattern.Contains(PolicyReading.UsernameMark)
        && (pattern == "*" || Glob.MayMeet(pattern, $"arn:{Account.Ids.Partition}:iam::{Account.Ids.Account}:user/*"));

    private Outcome Somewhere(Holder holder, string action, PolicySet set)
    {
        var outcome = Outcome.Denied;
        var compared = set.Compared;
        foreach (var pattern in Patterns(set).Distinct(StringComparer.Ordinal))
        {
            if (set.Compared - compared > MostComparisons)
            {
                return outcome.Or(Outcome.Unknown);
            }

            outcome = outcome.Or(set.Decide(new IamRequest(holder.Arn, action, pattern) { Scope = ResourceScope.Some, Context = Account.Known }));
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
            && s_making.All(action => set.Decide(new IamRequest(holder.Arn, action, "*") { Scope = ResourceScope.Every }).IsAllowed);
    }

    /// <summary>File, place, policy and statement of what allows the action on the target; at most three.</summary>
    public IEnumerable<string> Because(Holder holder, string action, string? target = null) => Index.Of(holder).Policies(holder)
        .SelectMany(policy => On(Index.About(policy.Document, action), holder, action, target)
            .Where(statement => !statement.Denies && (target is null || !PolicySet.Allows(statement, new IamRequest(holder.Arn, action, target) { Context = Account.Known }, holder.Identity.Name).IsDenied))
            .Select(statement => Reference(policy, statement)))
        .Take(3);

    private static IReadOnlyList<PolicyStatement> On(PolicyDocument about, Holder holder, string action, string? target) =>
        target is null ? about.Statements : about.On(new IamRequest(holder.Arn, action, target));

    public static string Reference(HeldPolicy policy, PolicyStatement statement) => $"{policy.Where}: policy {policy.Name}, {Hidden.Unless(statement.Name)}";

    /// <summary>Node id of a user, role, group or policy of the account.</summary>
    public string? NodeOf(string arn) =>
        Account.Users.TryGetValue(arn, out var user) ? Account.Ids.User(user.Name)
        : Account.Roles.TryGetValue(arn, out var role) ? Account.Ids.Role(role.Name)
        : Account.Groups.TryGetValue(arn, out var group) ? CarrierOf(group)
        : Account.Policies.ContainsKey(arn) ? Account.Ids.Policy(arn)
        : arn == Account.Ids.System ? arn
        : null;

    /// <summary>Where what a group gives is stated: on the group, or apart from it where something takes it away from a member.</summary>
    public string CarrierOf(IamGroup group) => HasConstrainedMembers(group) ? Account.Ids.GroupPolicies(group.Name) : Account.Ids.Group(group.Name);

    public bool HasConstrainedMembers(IamGroup group) => (_constrained ??= Constrained()).Contains(group.Name);

    /// <summary>Whether any user has something that takes away from what its groups give.</summary>
    public bool HasConstrained => (_constrained ??= Constrained()).Count > 0;

    private HashSet<string>? _constrained;

    private HashSet<string> Constrained() => Holders
        .Where(holder => holder.IsConstrained && holder.Identity is IamUser)
        .SelectMany(holder => Holder.Groups(Account, (IamUser)holder.Identity))
        .Select(group => group.Name)
        .ToHashSet(StringComparer.OrdinalIgnoreCase);

    /// <summary>Every pattern that an Allow names; `*` for one that excludes resources, names none or could not be read.</summary>
    private static IEnumerable<string> Patterns(PolicySet set) => set.Documents()
        .SelectMany(document => document.Statements)
        .Where(statement => !statement.Denies)
        .SelectMany(statement => statement is { Problem: null, ResourcesExcluded: false, Resources: { } resources } ? resources.Select(resource => resource.Pattern) : ["*"]);
}
