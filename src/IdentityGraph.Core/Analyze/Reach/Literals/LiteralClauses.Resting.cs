using System.Runtime.InteropServices;
using IdentityGraph.Analyze.Measures;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>What clauses rest on, and what is left of them without some edges.</summary>
internal sealed partial class LiteralClauses
{
    // Edges that clauses rest on, clause after clause; where those of each end.
    private readonly List<int> _edges = [];
    private readonly List<int> _edgeEnds = [];
    private (int Clauses, int[] Edges, int[] Resting)? _uses;
    private (int Clauses, Backwards Backwards)? _backwards;
    private Dictionary<int, PremiseGroup[]>? _cutGroups;

    /// <summary>Numbers of the clauses that rest on the edge, or of which one way to satisfy a further premise does.</summary>
    public IEnumerable<int> RestingOn(int edge)
    {
        var (edges, resting) = Uses();
        var at = Array.BinarySearch(edges, edge);
        while (at > 0 && edges[at - 1] == edge)
        {
            at--;
        }

        for (; at >= 0 && at < edges.Length && edges[at] == edge; at++)
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

    /// <summary>The same clauses without those that rest on the edges, and without ways to satisfy premises that do.</summary>
    public LiteralClauses Without(IReadOnlySet<int> edges)
    {
        var cut = (LiteralClauses)MemberwiseClone();
        (cut._clauses, cut._same, cut._uses, cut._backwards, cut._cutGroups) = ([.. All], [], null, null, []);
        foreach (var number in edges.SelectMany(RestingOn))
        {
            ref var clause = ref cut._clauses[number];
            clause = RestsOnAny(number, edges) ? clause with { Cells = 0 } : clause;
            CutWays(cut._cutGroups, clause.Own, edges);
            CutWays(cut._cutGroups, clause.Entry, edges);
        }

        return cut;
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
