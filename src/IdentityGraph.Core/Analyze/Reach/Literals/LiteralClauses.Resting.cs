using System.Runtime.InteropServices;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>What clauses rest on, and what is left of them without some edges.</summary>
internal sealed partial class LiteralClauses
{
    // Edges that clauses rest on, clause after clause; where those of each end.
    private readonly List<int> _edges = [];
    private readonly List<int> _edgeEnds = [];
    private (int Clauses, int[] Edges, int[] Resting)? _uses;
    private (int Clauses, Backwards Backwards)? _backwards;
    private (int Clauses, int[] From, int[] Numbers)? _forwards;
    private Dictionary<int, PremiseGroup[]>? _cutGroups;

    /// <summary>Numbers of the clauses that rest on the edge, or of which one way to satisfy a further premise does.</summary>
    public IEnumerable<int> RestingOn(int edge)
    {
        var (edges, resting) = Uses();
        for (var at = FirstOf(edges, edge); at < edges.Length && edges[at] == edge; at++)
        {
            yield return resting[at];
        }
    }

    /// <summary>By dense index, whether the node may lead to one of these.</summary>
    public bool[] LeadingTo(IEnumerable<int> nodes)
    {
        if (_backwards is not { } known || known.Clauses != Count)
        {
            _backwards = known = (Count, Backwards.Of(this));
        }

        return known.Backwards.LeadingTo(nodes);
    }

    /// <summary>
    /// Those of the clauses that can matter to some of the starts, without those that rest on the edges and without ways to satisfy
    /// premises that do. It covers these starts and no others.
    /// </summary>
    public LiteralClauses Without(IReadOnlySet<int> edges, IEnumerable<IReadOnlyList<Seed>> starts)
    {
        var cut = (LiteralClauses)MemberwiseClone();
        var near = Following(starts.SelectMany(start => start).Select(seed => seed.Node.Index), out var clauses);
        (cut._reached, cut._clauses, cut.Count) = (new Rights[_reached.Length], new LiteralClause[clauses.Count], clauses.Count);
        (cut._same, cut._uses, cut._backwards, cut._forwards, cut._cutGroups) = ([], null, null, null, []);
        foreach (var node in near)
        {
            cut._reached[node] = _reached[node];
        }

        var resting = edges.SelectMany(RestingOn).ToHashSet();
        for (var i = 0; i < clauses.Count; i++)
        {
            var clause = _clauses[clauses[i]];
            cut._clauses[i] = clause;
            if (resting.Contains(clauses[i]))
            {
                cut._clauses[i] = RestsOnAny(clauses[i], edges) ? clause with { Cells = 0 } : clause;
                CutWays(cut._cutGroups, clause.Own, edges);
                CutWays(cut._cutGroups, clause.Entry, edges);
            }
        }

        return cut;
    }

    /// <summary>Nodes that clauses lead to from these, premises left aside; and those clauses, in their order.</summary>
    private List<int> Following(IEnumerable<int> nodes, out List<int> clauses)
    {
        if (_forwards is not { } known || known.Clauses != Count)
        {
            var byFrom = new int[Count];
            var keys = new int[Count];
            for (var number = 0; number < Count; number++)
            {
                (keys[number], byFrom[number]) = (_clauses[number].From, number);
            }

            RadixSort.Sort(keys, byFrom, Math.Max(1, _reached.Length));
            _forwards = known = (Count, keys, byFrom);
        }

        var seen = new HashSet<int>();
        List<int> near = [];
        clauses = [];
        foreach (var node in nodes.Where(seen.Add))
        {
            near.Add(node);
        }

        for (var next = 0; next < near.Count; next++)
        {
            for (var at = FirstOf(known.From, near[next]); at < known.From.Length && known.From[at] == near[next]; at++)
            {
                var number = known.Numbers[at];
                clauses.Add(number);
                if (seen.Add(_clauses[number].To))
                {
                    near.Add(_clauses[number].To);
                }
            }
        }

        clauses.Sort();
        return near;
    }

    /// <summary>Where the first of the sorted keys stands that is not below the one sought.</summary>
    private static int FirstOf(int[] keys, int sought)
    {
        var (low, high) = (0, keys.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = keys[middle] < sought ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private bool RestsOnAny(int clause, IReadOnlySet<int> edges)
    {
        foreach (var edge in EdgesOf(clause))
        {
            if (edges.Contains(edge))
            {
                return true;
            }
        }

        return false;
    }

    private void CutWays(Dictionary<int, PremiseGroup[]> cut, int groups, IReadOnlySet<int> edges)
    {
        if (groups >= 0)
        {
            cut[groups] = Array.ConvertAll(
                _control.Store.Groups(groups),
                group => new PremiseGroup(group.Given, [.. group.Ways.Where(way => way.Edge < 0 || !edges.Contains(way.Edge))]));
        }
    }

    private void Rest(ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts)
        {
            if (fact.IsEdge)
            {
                _edges.Add(fact.Index);
            }
        }

        _edgeEnds.Add(_edges.Count);
    }

    private ReadOnlySpan<int> EdgesOf(int clause) =>
        CollectionsMarshal.AsSpan(_edges)[(clause == 0 ? 0 : _edgeEnds[clause - 1]).._edgeEnds[clause]];

    private (int[] Edges, int[] Resting) Uses()
    {
        if (_uses is { } known && known.Clauses == Count)
        {
            return (known.Edges, known.Resting);
        }

        List<int> edges = [];
        List<int> resting = [];
        for (var clause = 0; clause < Count; clause++)
        {
            foreach (var edge in EdgesOf(clause))
            {
                Add(edge, clause);
            }

            AddWays(Groups(_clauses[clause].Own), clause);
            AddWays(Groups(_clauses[clause].Entry), clause);
        }

        var uses = (Count, Edges: edges.ToArray(), Resting: resting.ToArray());
        RadixSort.Sort(uses.Edges, uses.Resting, Math.Max(1, View.EdgeCount));
        _uses = uses;
        return (uses.Edges, uses.Resting);

        void AddWays(PremiseGroup[] groups, int clause)
        {
            foreach (var group in groups)
            {
                foreach (var way in group.Ways.Where(way => way.Edge >= 0))
                {
                    Add(way.Edge, clause);
                }
            }
        }

        void Add(int edge, int clause)
        {
            edges.Add(edge);
            resting.Add(clause);
        }
    }
}
