using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>Rights on a pattern in one way.</summary>
internal sealed record GivenRights(string Pattern, Rights? Rights, Way Way, string Because);

/// <summary>What a holder's policies leave, service by service, where something takes away from them.</summary>
internal sealed class ServiceDecisions
{
    /// <summary>Actions times patterns times statements in one service.</summary>
    private const long MostComparisons = 20_000_000;

    private readonly Holder _holder;
    private readonly SortedDictionary<string, Dictionary<string, Rights?>> _actions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, string>> _patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicySet> _sets = new(StringComparer.Ordinal);

    public ServiceDecisions(Holder holder, ActionScope scope)
    {
        _holder = holder;
        foreach (var policy in holder.Policies)
        {
            Note(policy, scope, own: true);
        }

        foreach (var policy in holder.Levels.SelectMany(level => level).Concat(holder.Boundary is { } boundary ? [boundary] : []))
        {
            Note(policy, scope, own: false);
        }
    }

    public IEnumerable<string> Services => _actions.Keys;

    public bool IsTooMuch(string service) =>
        (long)_actions[service].Count * _patterns[service].Count * Set(service).Documents().Sum(document => document.Statements.Count) > MostComparisons;

    public IEnumerable<GivenRights> In(string service)
    {
        var set = Set(service);
        foreach (var (pattern, because) in _patterns[service])
        {
            foreach (var (action, rights) in _actions[service])
            {
                foreach (var way in set.Decide(new IamRequest(_holder.Arn, action, pattern) { Scope = ResourceScope.Every }).Ways)
                {
                    yield return new GivenRights(pattern, rights, way, because);
                }
            }
        }
    }

    /// <summary>Actions that its own policies allow, and patterns that anything allows: a boundary's narrower pattern is what is left of a wider one.</summary>
    private void Note(HeldPolicy policy, ActionScope scope, bool own)
    {
        foreach (var statement in policy.Document.Statements.Where(statement => statement is { Denies: false, Problem: null }))
        {
            foreach (var service in scope.Of(statement))
            {
                if (own)
                {
                    if (!_actions.TryGetValue(service.Service, out var actions))
                    {
                        _actions.Add(service.Service, actions = new(StringComparer.OrdinalIgnoreCase));
                    }

                    foreach (var (action, rights) in service.Known)
                    {
                        actions[action] = rights;
                    }

                    foreach (var pattern in service.HasUnknown ? statement.Actions.Where(action => action.StartsWith(service.Service + ":", StringComparison.OrdinalIgnoreCase)) : [])
                    {
                        // Asked for by a name that no pattern but its own and wider ones take in.
                        actions.TryAdd(pattern, null);
                    }
                }

                if (!_patterns.TryGetValue(service.Service, out var patterns))
                {
                    _patterns.Add(service.Service, patterns = new(StringComparer.Ordinal));
                }

                foreach (var resource in statement is { ResourcesExcluded: false, Resources: { } resources } ? resources.Select(resource => resource.Text) : ["*"])
                {
                    patterns.TryAdd(resource, Standing.Reference(policy, statement));
                }
            }
        }
    }

    private PolicySet Set(string service)
    {
        if (!_sets.TryGetValue(service, out var set))
        {
            _sets.Add(service, set = new PolicySet
            {
                Identity = [.. _holder.Policies.Select(policy => Of(policy, service)).Where(document => document.Statements.Count > 0)],
                Boundary = _holder.Boundary is { } boundary ? Of(boundary, service) : null,
                ServiceControl = [.. _holder.Levels.Select(level => (IReadOnlyList<PolicyDocument>)[.. level.Select(policy => Of(policy, service))])],
            });
        }

        return set;
    }

    private static PolicyDocument Of(HeldPolicy policy, string service) =>
        new([.. policy.Document.Statements.Where(statement => statement.Problem is null && (statement.ActionsExcluded || statement.Actions.Any(action => Glob.MayMeet(action, service + ":*", ignoreCase: true))))]);
}
