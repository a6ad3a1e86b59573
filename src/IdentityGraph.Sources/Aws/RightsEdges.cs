using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>Rights on a target in one way.</summary>
/// <param name="Target">Node id.</param>
/// <param name="Key">Tells it from other rights on the target.</param>
/// <param name="Properties">Rights, service and gates.</param>
/// <param name="Because">What gives it; at most three.</param>
internal readonly record struct RightsEdge(string Target, string Key, KeyValuePair<string, PropertyValue>[] Properties, IReadOnlyList<string> Because)
{
    /// <summary>What it takes.</summary>
    public required Way Way { get; init; }

    /// <summary>ENTITLES, as long as it lasts.</summary>
    public void State(string stream, string entitlement, IReadOnlyList<EvidenceRef> evidence, DateTimeOffset? readAt, List<Observation> to)
    {
        var edge = AccountFacts.Edge(stream, EdgeKinds.Entitles, entitlement, Target, Key, evidence, Properties);
        if (Way.Until is null)
        {
            to.Add(edge);
        }
        else
        {
            to.AddRange(AccountFacts.Lasting(edge, Way, readAt));
        }
    }
}

/// <summary>Gathers rights on the same target in the same way into one edge.</summary>
internal sealed class RightsEdges(ResourceRegistry resources)
{
    /// <summary>So many are kept apart by looking at each.</summary>
    private const int Few = 8;

    private readonly List<Gathered> _edges = [];
    private Dictionary<EdgeKey, int>? _places;

    /// <param name="target">Whose rights.</param>
    /// <param name="rights">Null: of unknown level.</param>
    /// <param name="way">What it takes.</param>
    /// <param name="label">Service, or `*`.</param>
    /// <param name="because">The statement.</param>
    public void Add(NamedResource target, Rights? rights, Way way, string label, string because)
    {
        var key = new EdgeKey(target.Number, target.Number < 0 ? target.Node : null, label, way.Text, rights is not null);
        var at = Find(key);
        if (at < 0)
        {
            at = _edges.Count;
            _edges.Add(new Gathered(key, target, way));
            _places?.Add(key, at);
        }

        var edge = _edges[at];
        edge.Rights |= rights ?? Rights.None;
        if (edge.Because.Count < 3 && !edge.Because.Contains(because))
        {
            edge.Because.Add(because);
        }
    }

    public IEnumerable<RightsEdge> State()
    {
        foreach (var edge in _edges)
        {
            var (label, known, ways) = (edge.Key.Label, edge.Key.Known, edge.Key.Ways);
            yield return new(
                resources.NodeOf(edge.Target),
                known && ways.Length == 0 ? label : label + (known ? "" : " ?") + (ways.Length == 0 ? "" : " if " + AwsIds.Digest(ways)),
                [.. known ? [AccountFacts.Text(P.RightLetters, edge.Rights.ToLetters())] : Array.Empty<KeyValuePair<string, PropertyValue>>(), AccountFacts.Text(P.Right, label), .. AccountFacts.Gates(edge.Way)],
                edge.Because)
            {
                Way = edge.Way,
            };
        }
    }

    private int Find(EdgeKey key)
    {
        if (_edges.Count < Few)
        {
            return _edges.FindIndex(edge => edge.Key == key);
        }

        _places ??= _edges.Index().ToDictionary(each => each.Item.Key, each => each.Index);
        return _places.TryGetValue(key, out var at) ? at : -1;
    }

    private readonly record struct EdgeKey(int Number, string? Node, string Label, string Ways, bool Known);

    private sealed class Gathered(EdgeKey key, NamedResource target, Way way)
    {
        public EdgeKey Key { get; } = key;

        public NamedResource Target { get; } = target;

        public Way Way { get; } = way;

        public Rights Rights { get; set; }

        public List<string> Because { get; } = new(1);
    }
}
