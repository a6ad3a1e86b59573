using System.Globalization;
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
    private readonly ServiceSlices _slices;
    private readonly SortedDictionary<string, Dictionary<string, Rights?>> _actions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, string>> _patterns = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PolicySet> _sets = new(StringComparer.Ordinal);

    public ServiceDecisions(Holder holder, ActionScope scope, ServiceSlices slices)
    {
        (_holder, _slices) = (holder, slices);
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

    /// <summary>Rights on each pattern in each way, actions taken together.</summary>
    public IReadOnlyList<GivenRights> In(string service)
    {
        var set = Set(service);
        List<GivenRights> given = [];
        foreach (var (pattern, because) in _patterns[service])
        {
            Dictionary<(string Ways, bool Known), GivenRights> ways = [];
            foreach (var (action, rights) in _actions[service])
            {
                foreach (var way in set.Decide(new IamRequest(_holder.Arn, action, pattern) { Scope = ResourceScope.Every }).Ways)
                {
                    var key = (string.Join(',', way.Gates) + way.Unread, rights is not null);
                    ways[key] = ways.TryGetValue(key, out var before) ? before with { Rights = before.Rights | rights } : new GivenRights(pattern, rights, way, because);
                }
            }

            given.AddRange(ways.Values);
        }

        return given;
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

    /// <summary>Equal keys give equal rights.</summary>
    public string KeyOf(string service) =>
        service + " " + string.Join(',', Identity(service).Select(_slices.NumberOf)) + "|" + (_holder.Boundary is { } boundary ? _slices.NumberOf(_slices.Of(boundary.Document, service)) : "")
        + string.Concat(_holder.Levels.Select(level => "/" + string.Join(',', level.Select(policy => _slices.NumberOf(_slices.Of(policy.Document, service))))))
        + (Set(service).Documents().Any(document => document.UsesName) ? _holder.Node : "");

    private IEnumerable<PolicyDocument> Identity(string service) => _holder.Policies.Select(policy => _slices.Of(policy.Document, service)).Where(document => document.Statements.Count > 0);

    private PolicySet Set(string service)
    {
        if (!_sets.TryGetValue(service, out var set))
        {
            _sets.Add(service, set = new PolicySet
            {
                Identity = [.. Identity(service)],
                Boundary = _holder.Boundary is { } boundary ? _slices.Of(boundary.Document, service) : null,
                ServiceControl = [.. _holder.Levels.Select(level => (IReadOnlyList<PolicyDocument>)[.. level.Select(policy => _slices.Of(policy.Document, service))])],
            });
        }

        return set;
    }
}

/// <summary>The statements of a document that are about a service; found once a document.</summary>
internal sealed class ServiceSlices
{
    private readonly Dictionary<PolicyDocument, Dictionary<string, PolicyDocument>> _slices = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<PolicyDocument, string> _numbers = new(ReferenceEqualityComparer.Instance);

    public PolicyDocument Of(PolicyDocument document, string service)
    {
        if (!_slices.TryGetValue(document, out var services))
        {
            _slices.Add(document, services = new(StringComparer.Ordinal));
        }

        if (!services.TryGetValue(service, out var slice))
        {
            var statements = document.Statements.Where(statement => IsAbout(statement, service)).ToArray();
            services.Add(service, slice = statements.Length == 0 ? PolicyDocument.Empty : new PolicyDocument(statements));
        }

        return slice;
    }

    public string NumberOf(PolicyDocument slice)
    {
        if (!_numbers.TryGetValue(slice, out var number))
        {
            _numbers.Add(slice, number = _numbers.Count.ToString(CultureInfo.InvariantCulture));
        }

        return number;
    }

    private static bool IsAbout(PolicyStatement statement, string service) =>
        statement.Problem is null && (statement.ActionsExcluded || statement.Actions.Any(action => Glob.MayMeet(action, service + ":*", ignoreCase: true)));
}
