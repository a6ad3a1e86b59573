using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws;

/// <summary>Rights on a pattern in one way.</summary>
internal sealed record GivenRights(string Pattern, Rights? Rights, Way Way, string Because);

/// <summary>What a holder's policies leave, service by service, where something takes away from them.</summary>
internal sealed class ServiceDecisions
{
    /// <summary>Statements compared with patterns, or lists of actions with actions, in one service.</summary>
    public const long MostComparisons = 20_000_000;

    private static readonly GivenRights[] s_tooMuch = [];

    private readonly Holder _holder;
    private readonly IReadOnlyDictionary<string, string> _known;
    private readonly ServiceSlices _slices;
    private readonly (HeldPolicy Policy, IReadOnlyDictionary<string, ServiceNote> Notes)[] _own;
    private readonly (HeldPolicy Policy, IReadOnlyDictionary<string, ServiceNote> Notes)[] _others;
    private readonly Dictionary<string, PolicySet> _sets = new(StringComparer.Ordinal);
    private readonly Dictionary<string, SortedDictionary<string, string>> _patterns = new(StringComparer.Ordinal);

    public ServiceDecisions(Holder holder, IReadOnlyDictionary<string, string> known, PolicyNotes notes, ServiceSlices slices)
    {
        (_holder, _known, _slices) = (holder, known, slices);
        _own = [.. holder.Policies.Select(policy => (policy, notes.Of(policy)))];
        _others = [.. holder.Levels.SelectMany(level => level).Concat(holder.Boundary is { } boundary ? [boundary] : []).Select(policy => (policy, notes.Of(policy)))];
        Services = [.. _own.SelectMany(policy => policy.Notes.Keys).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
    }

    /// <summary>Services that its own policies name actions of.</summary>
    public IReadOnlyList<string> Services { get; }

    /// <summary>Whether that is what was answered where it takes too much: nothing is known then.</summary>
    public static bool IsTooMuch(IReadOnlyList<GivenRights> rights) => ReferenceEquals(rights, s_tooMuch);

    /// <summary>Rights on each pattern in each way, actions taken together; see <see cref="IsTooMuch"/>.</summary>
    public IReadOnlyList<GivenRights> In(string service)
    {
        var set = Set(service);
        if (Alike(service) is not { } alike)
        {
            return s_tooMuch;
        }

        var compared = set.Compared;
        List<GivenRights> given = [];
        Dictionary<(string Ways, bool Known), GivenRights> ways = [];
        foreach (var (pattern, because) in PatternsOf(service))
        {
            foreach (var ((action, known), rights) in alike)
            {
                foreach (var way in set.Decide(new IamRequest(_holder.Arn, action, pattern) { Scope = ResourceScope.Every, Context = _known }).Ways)
                {
                    var key = (way.Text, known);
                    ways[key] = ways.TryGetValue(key, out var before) ? before with { Rights = before.Rights | rights } : new GivenRights(pattern, known ? rights : null, way, because);
                }
            }

            if (set.Compared - compared > MostComparisons)
            {
                return s_tooMuch;
            }

            given.AddRange(ways.Values);
            ways.Clear();
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
        foreach (var (policy, notes) in _own.Concat(_others))
        {
            foreach (var (pattern, statement) in notes.GetValueOrDefault(service)?.Patterns ?? [])
            {
                foreach (var text in TextsOf(pattern))
                {
                    patterns.TryAdd(text, Standing.Reference(policy, statement));
                }
            }
        }

        _patterns.Add(service, patterns);
        return patterns;
    }

    /// <summary>Equal keys give equal rights; null: nobody else has these policies.</summary>
    public string? KeyOf(string service)
    {
        if (_holder.Policies.Any(policy => !policy.IsRepeated && _slices.Of(policy.Document, service).Statements.Count > 0))
        {
            return null;
        }

        return service + " " + string.Join(',', Identity(service).Select(_slices.NumberOf)) + "|" + (_holder.Boundary is { } boundary ? _slices.NumberOf(_slices.Of(boundary.Document, service)) : "")
            + string.Concat(_holder.Levels.Select(level => "/" + string.Join(',', level.Select(policy => _slices.NumberOf(_slices.Of(policy.Document, service))))))
            + (Set(service).Documents().Any(document => document.UsesName) ? _holder.Node : "");
    }

    /// <summary>
    /// Actions that its own policies allow before anything is taken away: those that the same statements are about as one of them, with the
    /// rights of all. Null: too many to find out.
    /// </summary>
    private Dictionary<(string Action, bool Known), Rights>? Alike(string service)
    {
        ActionPatterns[] lists = [.. Set(service).Documents().SelectMany(document => document.Statements).Select(statement => statement.About).Distinct()];
        var actions = _own.SelectMany(policy => policy.Notes.GetValueOrDefault(service)?.Actions ?? []).DistinctBy(one => one.Key, StringComparer.OrdinalIgnoreCase).ToArray();
        if ((long)lists.Length * actions.Length > MostComparisons)
        {
            return null;
        }

        Dictionary<string, string> first = new(StringComparer.Ordinal);
        Dictionary<(string Action, bool Known), Rights> alike = [];
        foreach (var (action, rights) in actions)
        {
            // Only who passes a role says to which service: its conditions are decided otherwise.
            var about = string.Join(',', lists.Index().Where(each => _slices.IsAbout(each.Item, action)).Select(each => each.Index)) + (RequestKeys.IsPassRole(action) ? " passes" : "");
            if (!first.TryGetValue(about, out var one))
            {
                first.Add(about, one = action);
            }

            var key = (one, rights is not null);
            alike[key] = alike.GetValueOrDefault(key) | (rights ?? Rights.None);
        }

        return alike;
    }

    /// <summary>As it is written, with the holder's own name and what is certain of it; none where it surely lacks what is named there, and the pattern means nothing.</summary>
    private IEnumerable<string> TextsOf(ResourcePattern resource)
    {
        if (resource.HasUsername || !resource.IsNotAsWritten)
        {
            return resource.HasUsername ? Standing.PatternsFor(resource, _holder) : [resource.Text];
        }

        var known = PolicyVariables.Read(resource.Text, _known);
        return known.HasVariable && known.Pattern == resource.Pattern ? [resource.Text]
            : known.Pattern.Contains(RequestKeys.Absent, StringComparison.Ordinal) ? []
            : [known.Pattern];
    }

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
