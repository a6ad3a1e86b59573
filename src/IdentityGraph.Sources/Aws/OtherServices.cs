using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// What no row of <see cref="ComputeRows"/> is about: whoever may hand a role to a service that the role trusts, and may do more there than
/// read by an action that no row names, may have a way, Unknown. So a way that nobody wrote down yet is not taken for none.
/// </summary>
internal sealed class OtherServices
{
    /// <summary>Actions decided for one holder before it is taken that one of them is allowed.</summary>
    private const int MostDecided = 200;

    private const int MostKept = 4_096;
    private const Rights Reads = Rights.Discover | Rights.Read;

    /// <summary>Of these it is known what they take to run code as a role.</summary>
    private static readonly HashSet<string> s_known = ComputeRows.All.SelectMany(row => row.Actions).ToHashSet(StringComparer.OrdinalIgnoreCase);

    private readonly Standing _standing;
    private readonly ActionScope _scope;
    private readonly List<PassedService> _services = [];
    private readonly Dictionary<ServiceActions, string[]> _changes = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<IReadOnlyList<PolicyDocument>, Dictionary<PassedService, string?>> _found = new(ReferenceEqualityComparer.Instance);

    public OtherServices(Standing standing, ActionRights catalogue, ActionScope scope)
    {
        (_standing, _scope) = (standing, scope);
        var prefixes = catalogue.Services.ToHashSet(StringComparer.Ordinal);
        var services = standing.Account.Roles.DistinctHoldings.Select(holdings => holdings.Trust).Distinct()
            .SelectMany(trust => trust.Statements)
            .SelectMany(statement => statement.Principals?.Services ?? [])
            .Where(static written => SecretLooking.Find(written) is null)
            .Select(written => ServiceNames.Plain(written).ToLowerInvariant())
            .Where(service => service != "*")
            .Distinct(StringComparer.Ordinal);
        _services.AddRange(services.Order(StringComparer.Ordinal).Select(service => PassedService.Of(service, prefixes)));
    }

    /// <summary>Services that roles trust, in lower case.</summary>
    public IEnumerable<string> Services => _services.Select(service => service.Row.Service);

    /// <summary>Ways that the holder may have, and an action that makes it so.</summary>
    /// <param name="holder">Who may pass roles.</param>
    /// <param name="told">Services of which a row already says as much.</param>
    public IEnumerable<(ComputeRow Row, string Action)> For(Holder holder, IReadOnlySet<string> told) =>
        from service in _services
        where !told.Contains(service.Row.Service)
        let action = Found(holder, service)
        where action is not null
        select (service.Row, action);

    /// <summary>An action of the service that the holder may take, and that does more than read; null: none. The same for all who have the same, unless who they are decides.</summary>
    public string? Found(Holder holder, PassedService service)
    {
        if (holder.UsesName)
        {
            return ChangeIn(holder, service);
        }

        if (!_found.TryGetValue(holder.Documents, out var services))
        {
            if (_found.Count == MostKept)
            {
                _found.Clear();
            }

            _found.Add(holder.Documents, services = new(ReferenceEqualityComparer.Instance));
        }

        if (!services.TryGetValue(service, out var action))
        {
            services.Add(service, action = ChangeIn(holder, service));
        }

        return action;
    }

    /// <summary>An action of the service that the holder may take and that no row names; null: it has none.</summary>
    private string? ChangeIn(Holder holder, PassedService service)
    {
        var actions = holder.Documents
            .SelectMany(document => document.Statements)
            .Where(statement => !statement.Denies)
            .SelectMany(statement => statement.Problem is null ? In(statement, service) : [service.Anything]);
        if (!holder.IsConstrained)
        {
            return actions.FirstOrDefault();
        }

        var set = new PolicySet { Identity = holder.Documents, Boundary = holder.Boundary?.Document, ServiceControl = [.. holder.Levels.Select(level => (IReadOnlyList<PolicyDocument>)[.. level.Select(policy => policy.Document)])] };
        PolicyStatement[] denied = [.. set.Documents().SelectMany(document => document.Statements).Where(statement => statement is { Denies: true, Problem: null, Conditions.Count: 0, ResourcesExcluded: false } && (statement.Resources is null || statement.Resources.Any(resource => resource.Pattern == "*")))];
        var decided = 0;
        foreach (var action in actions.Distinct(StringComparer.OrdinalIgnoreCase).Where(action => !Array.Exists(denied, statement => statement.IsAboutAction(action))))
        {
            if (++decided > MostDecided || !_standing.Somewhere(holder, action, set).IsDenied)
            {
                return action;
            }
        }

        return null;
    }

    private IEnumerable<string> In(PolicyStatement statement, PassedService service)
    {
        foreach (var actions in _scope.Of(statement).Where(actions => service.Means(actions.Service)))
        {
            foreach (var action in ChangesOf(actions, service))
            {
                yield return action;
            }

            // An action nobody knows may hand over a role.
            foreach (var action in actions.HasUnknown ? statement.Actions.Where(action => action.StartsWith(actions.Service + ":", StringComparison.OrdinalIgnoreCase)) : [])
            {
                if (!actions.Known.Any(known => Glob.IsMatch(action, known.Action, ignoreCase: true)))
                {
                    yield return action.Replace('*', 'x').Replace('?', 'x');
                }
            }
        }
    }

    /// <summary>Place, policy and statement each of what allows the holder to do more than read in the service; at most three.</summary>
    public IEnumerable<string> Because(Holder holder, PassedService service) => holder.Policies
        .SelectMany(policy => policy.Document.Statements.Where(statement => !statement.Denies && (statement.Problem is not null || In(statement, service).Any())).Select(statement => Standing.Reference(policy, statement)))
        .Take(3);

    /// <summary>Those of the actions that give more than to read and may be of use there, but for those that rows know.</summary>
    private string[] ChangesOf(ServiceActions actions, PassedService service)
    {
        if (service.IsCenter)
        {
            return Changes(actions, service);
        }

        if (!_changes.TryGetValue(actions, out var changes))
        {
            if (_changes.Count == MostKept)
            {
                _changes.Clear();
            }

            _changes.Add(actions, changes = [.. Changes(actions, service).Where(action => !s_known.Contains(action))]);
        }

        return changes;
    }

    private static string[] Changes(ServiceActions actions, PassedService service) =>
        [.. actions.Known.Where(row => row.Rights is not { } rights || (rights & ~Reads) != Rights.None).Select(row => row.Action).Where(action => !service.IsHarmless(action))];
}
