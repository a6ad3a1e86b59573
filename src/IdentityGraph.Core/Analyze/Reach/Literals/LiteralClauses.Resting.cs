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
    private SureWays? _sure;
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

    /// <summary>The clauses turned round, to ask who surely attains what.</summary>
    public SureWays Sure() => _sure is { } known && known.Count == Count ? known : _sure = new SureWays(this);

    /// <summary>What the clause concludes on its target, in the cells in which it does where its premises are attained. Of what is handed on, what goes with its premise.</summary>
    public uint Concluded(in LiteralClause clause)
    {
        var rights = clause.Kind switch
        {
            ClauseKind.Walk => Rights.Use,
            ClauseKind.Inherit => (Rights)(1 << clause.Premise),
            _ => clause.Rights,
        };
        return CellBits.Word(rights.Has(Rights.Admin) && ControlsIdentities(clause.To) ? Rights.All : rights, clause.Cells);
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
        (cut._same, cut._uses, cut._backwards, cut._forwards, cut._waiting, cut._sure, cut._cutGroups) = ([], null, null, null, null, null, []);
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

    /// <summary>Whether the clause falls with one of the edges; else it has but fewer ways to satisfy premises.</summary>
    public bool RestsOnAny(int clause, IReadOnlySet<int> edges)
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
