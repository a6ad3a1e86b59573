using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>An account with what is found out about it once and used by every mapping.</summary>
internal sealed class Standing
{
    /// <summary>Statements compared before it is left open whether an action is allowed somewhere.</summary>
    private const int MostComparisons = 1_000_000;

    private static readonly string[] s_making = ["iam:CreateUser", "iam:CreateAccessKey", "iam:AttachUserPolicy"];
    private static readonly PolicyDocument s_everything = PolicyReading.Parse("""{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""");
    private static readonly Dictionary<string, string> s_nothing = [];
    private readonly Dictionary<string, Dictionary<string, string>> _kinds;
    private readonly Dictionary<(string Action, string Key), Outcome> _somewhere = [];

    public Standing(AccountModel account)
    {
        Account = account;
        Holders = [.. Holder.Of(account)];
        ByArn = Holders.ToDictionary(holder => holder.Arn, StringComparer.Ordinal);
        Targets = new Targets(Index);
        _kinds = new(StringComparer.Ordinal)
        {
            ["user"] = account.Users.Keys.ToDictionary(arn => arn, StringComparer.Ordinal),
            ["role"] = account.Roles.Keys.ToDictionary(arn => arn, StringComparer.Ordinal),
            ["group"] = account.Groups.Keys.ToDictionary(arn => arn, StringComparer.Ordinal),
            ["policy"] = account.Policies.Values.Where(policy => policy.IsOwn).ToDictionary(policy => policy.Arn, policy => policy.Arn, StringComparer.Ordinal),
        };
    }

    public AccountModel Account { get; }

    public IReadOnlyList<Holder> Holders { get; }

    public IReadOnlyDictionary<string, Holder> ByArn { get; }

    public StatementIndex Index { get; private set; } = new();

    public Targets Targets { get; private set; }

    /// <summary>Lets go of what was decided: it is decided anew where another account asks.</summary>
    public void Forget()
    {
        Index = new StatementIndex();
        Targets = new Targets(Index);
        _somewhere.Clear();
    }

    /// <summary>On which users, roles, groups or own policies the holder may take the action.</summary>
    public IReadOnlyList<TargetGroup> On(Holder holder, string action, string kind) => Targets.Of(holder, action, kind, _kinds[kind], s_nothing);

    /// <summary>The same among some of them, under known conditions.</summary>
    /// <param name="holder">Who acts.</param>
    /// <param name="action">`iam:PassRole`.</param>
    /// <param name="name">Stands for <paramref name="candidates"/>.</param>
    /// <param name="candidates">ARNs.</param>
    /// <param name="context">Condition keys whose value is certain.</param>
    public IReadOnlyList<TargetGroup> Among(Holder holder, string action, string name, IReadOnlyDictionary<string, string> candidates, IReadOnlyDictionary<string, string> context) =>
        Targets.Of(holder, action, name, candidates, context);

    /// <summary>Whether the holder may take the action on some resource at all: on what its policies, boundary or organization name.</summary>
    public Outcome Somewhere(Holder holder, string action)
    {
        var (set, key) = Index.Of(holder, action);
        if (!_somewhere.TryGetValue((action, key), out var outcome))
        {
            _somewhere.Add((action, key), outcome = Somewhere(holder, action, set));
        }

        return outcome;
    }

    /// <summary>Whether the holder may take all of the actions on one user that does not exist.</summary>
    public Outcome OnNew(Holder holder, params IReadOnlyList<string> actions)
    {
        var sets = actions.Select(action => (Action: action, Index.Of(holder, action).Set, Index.Of(holder, action).Key)).ToArray();
        var key = ("new " + string.Join(' ', actions), string.Join(' ', sets.Select(set => set.Key)));
        if (!_somewhere.TryGetValue(key, out var outcome))
        {
            _somewhere.Add(key, outcome = OnNew(holder, [.. sets.Select(set => (set.Action, set.Set))]));
        }

        return outcome;
    }

    private Outcome OnNew(Holder holder, (string Action, PolicySet Set)[] sets)
    {
        var outcome = Outcome.Denied;
        var most = Math.Max(10, MostComparisons / Math.Max(1, sets.Sum(set => set.Set.Documents().Sum(document => document.Statements.Count))));
        foreach (var (index, pattern) in sets.SelectMany(set => Patterns(set.Set)).Distinct(StringComparer.Ordinal).Where(IsNew).Index())
        {
            if (index == most)
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

            Outcome On((string Action, PolicySet Set) set, ResourceScope scope) => set.Set.Decide(new IamRequest(holder.Arn, set.Action, pattern) { Scope = scope });
        }

        return outcome;
    }

    /// <summary>Whether a user of a name that is not taken may be meant.</summary>
    private bool IsNew(string pattern) =>
        !Account.Users.ContainsKey(pattern) && !pattern.Contains(PolicyReading.UsernameMark)
        && (pattern == "*" || Glob.MayMeet(pattern, $"arn:{Account.Ids.Partition}:iam::{Account.Ids.Account}:user/*"));

    private static Outcome Somewhere(Holder holder, string action, PolicySet set)
    {
        var outcome = Outcome.Denied;
        var most = Math.Max(10, MostComparisons / Math.Max(1, set.Documents().Sum(document => document.Statements.Count)));
        foreach (var (pattern, index) in Patterns(set).Distinct(StringComparer.Ordinal).Select((pattern, index) => (pattern, index)))
        {
            if (index == most)
            {
                return outcome.Or(Outcome.Unknown);
            }

            outcome = outcome.Or(set.Decide(new IamRequest(holder.Arn, action, pattern) { Scope = ResourceScope.Some }));
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
    public IEnumerable<string> Because(Holder holder, string action, string? target = null) => Index.PoliciesOf(holder)
        .SelectMany(policy => Index.About(policy.Document, action).Statements
            .Where(statement => !statement.Denies && (target is null || !PolicySet.Allows(statement, new IamRequest(holder.Arn, action, target), holder.Identity.Name).IsDenied))
            .Select(statement => Reference(policy, statement)))
        .Take(3);

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
