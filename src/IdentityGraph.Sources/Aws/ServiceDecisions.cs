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
    private readonly Dictionary<string, Dictionary<(string Action, bool Known), Rights>> _alike = new(StringComparer.Ordinal);

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

    /// <summary>Patterns that anything allows, and the statement that names each.</summary>
    public IReadOnlyDictionary<string, string> PatternsOf(string service) => _patterns[service];

    public bool IsTooMuch(string service)
    {
        var statements = Set(service).Documents().Sum(document => (long)document.Statements.Count);
        return _actions[service].Count * statements > MostComparisons || Alike(service).Count * _patterns[service].Count * statements > MostComparisons;
    }

    /// <summary>Rights on each pattern in each way, actions taken together.</summary>
    public IReadOnlyList<GivenRights> In(string service)
    {
        var set = Set(service);
        List<GivenRights> given = [];
        foreach (var (pattern, because) in _patterns[service])
        {
            Dictionary<(string Ways, bool Known), GivenRights> ways = [];
            foreach (var ((action, known), rights) in Alike(service))
            {
                foreach (var way in set.Decide(new IamRequest(_holder.Arn, action, pattern) { Scope = ResourceScope.Every }).Ways)
                {
                    var key = (string.Join(',', way.Gates) + way.Unread, known);
                    ways[key] = ways.TryGetValue(key, out var before) ? before with { Rights = before.Rights | rights } : new GivenRights(pattern, known ? rights : null, way, because);
                }
            }

            given.AddRange(ways.Values);
        }

        return given;
    }

    /// <summary>Actions that the same statements are about, as one of them, with the rights of all.</summary>
    private Dictionary<(string Action, bool Known), Rights> Alike(string service)
    {
        if (_alike.TryGetValue(service, out var alike))
        {
            return alike;
        }

        var documents = Set(service).Documents().ToArray();
        Dictionary<string, string> first = new(StringComparer.Ordinal);
        alike = [];
        foreach (var (action, rights) in _actions[service])
        {
            var about = string.Join('/', documents.Select(document => _slices.About(document, action)));
            if (!first.TryGetValue(about, out var one))
            {
                first.Add(about, one = action);
            }

            var key = (one, rights is not null);
            alike[key] = alike.GetValueOrDefault(key) | (rights ?? Rights.None);
        }

        _alike.Add(service, alike);
        return alike;
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

                foreach (var resource in statement is { ResourcesExcluded: false, Resources: { } resources } ? resources.Select(TextOf).OfType<string>() : ["*"])
                {
                    patterns.TryAdd(resource, Standing.Reference(policy, statement));
                }
            }
        }
    }

    /// <summary>As it is written, with the holder's own name; null where it has none, and the pattern means nothing.</summary>
    private string? TextOf(ResourcePattern resource) =>
        !resource.HasUsername ? resource.Text
        : _holder.Identity is IamUser ? resource.Pattern.Replace(PolicyReading.UsernameMark.ToString(), _holder.Identity.Name, StringComparison.Ordinal)
        : _holder.IsGroup ? resource.Pattern.Replace(PolicyReading.UsernameMark.ToString(), PolicySet.SomeMember, StringComparison.Ordinal)
        : null;

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
    private readonly Dictionary<PolicyDocument, Dictionary<string, string>> _about = new(ReferenceEqualityComparer.Instance);
    private readonly Dictionary<string, string> _texts = new(StringComparer.Ordinal);

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

    /// <summary>Which statements of a slice are about an action: equal texts, the same ones.</summary>
    public string About(PolicyDocument slice, string action)
    {
        if (!_about.TryGetValue(slice, out var actions))
        {
            _about.Add(slice, actions = new(StringComparer.OrdinalIgnoreCase));
        }

        if (!actions.TryGetValue(action, out var about))
        {
            var indexes = string.Join(',', slice.Statements.Index().Where(each => each.Item.IsAboutAction(action)).Select(each => each.Index));
            actions.Add(action, about = _texts.TryGetValue(indexes, out var same) ? same : _texts[indexes] = indexes);
        }

        return about;
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
