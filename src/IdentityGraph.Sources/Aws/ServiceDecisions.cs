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
    private readonly PolicyNotes _notes;
    private readonly ServiceSlices _slices;
    private readonly HeldPolicy[] _others;
    private readonly Dictionary<string, PolicySet> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, string>> _patterns = new(StringComparer.Ordinal);

    public ServiceDecisions(Holder holder, PolicyNotes notes, ServiceSlices slices)
    {
        (_holder, _notes, _slices) = (holder, notes, slices);
        _others = [.. holder.Levels.SelectMany(level => level), .. holder.Boundary is { } boundary ? [boundary] : Array.Empty<HeldPolicy>()];
        Services = [.. holder.Policies.SelectMany(policy => notes.Of(policy).Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Services that its own policies name actions of.</summary>
    public IReadOnlyList<string> Services { get; }

    public bool IsTooMuch(string service)
    {
        var set = Set(service);
        var statements = set.Documents().Sum(document => (long)document.Statements.Count);
        return ActionsOf(service).Count() * statements > MostComparisons || Alike(service).Count * PatternsOf(service).Count * statements > MostComparisons;
    }

    /// <summary>Rights on each pattern in each way, actions taken together.</summary>
    public IReadOnlyList<GivenRights> In(string service)
    {
        var set = Set(service);
        List<GivenRights> given = [];
        foreach (var (pattern, because) in PatternsOf(service))
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

    /// <summary>Patterns that anything allows, and the statement that names each: a boundary's narrower pattern is what is left of a wider one.</summary>
    public IReadOnlyDictionary<string, string> PatternsOf(string service)
    {
        if (_patterns.TryGetValue(service, out var patterns))
        {
            return patterns;
        }

        patterns = new(StringComparer.Ordinal);
        foreach (var (pattern, because) in _holder.Policies.Concat(_others).SelectMany(policy => _notes.Of(policy).GetValueOrDefault(service)?.Patterns ?? []))
        {
            if (TextOf(pattern) is { } text)
            {
                patterns.TryAdd(text, because);
            }
        }

        _patterns.Add(service, patterns);
        return patterns;
    }

    /// <summary>Actions that its own policies allow before anything is taken away.</summary>
    private IEnumerable<KeyValuePair<string, Rights?>> ActionsOf(string service) =>
        _holder.Policies.SelectMany(policy => _notes.Of(policy).GetValueOrDefault(service)?.Actions ?? []);

    /// <summary>Actions that the same statements are about, as one of them, with the rights of all; found once for policies that name the same actions.</summary>
    private Dictionary<(string Action, bool Known), Rights> Alike(string service)
    {
        PolicyDocument[] documents = [.. Set(service).Documents().DistinctBy(_slices.ActionsOf)];
        return _slices.Alike($"{service} {string.Join(',', documents.Select(_slices.ActionsOf))} {string.Join(',', Identity(service).Select(_slices.ActionsOf).Distinct())}", () => Alike(documents, ActionsOf(service)));
    }

    private Dictionary<(string Action, bool Known), Rights> Alike(PolicyDocument[] documents, IEnumerable<KeyValuePair<string, Rights?>> actions)
    {
        Dictionary<string, string> first = new(StringComparer.Ordinal);
        Dictionary<(string Action, bool Known), Rights> alike = [];
        foreach (var (action, rights) in actions.DistinctBy(one => one.Key, StringComparer.OrdinalIgnoreCase))
        {
            var about = string.Join('/', documents.Select(document => _slices.About(document, action)));
            if (!first.TryGetValue(about, out var one))
            {
                first.Add(about, one = action);
            }

            var key = (one, rights is not null);
            alike[key] = alike.GetValueOrDefault(key) | (rights ?? Rights.None);
        }

        return alike;
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
