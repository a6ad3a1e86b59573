using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>Who walks to groups, roles and the like in a search, and over which edges.</summary>
internal sealed class ProofWalks(ReachResult result, Cell cell)
{
    private readonly uint _use = CellBits.Word(Rights.Use, 1u << (int)cell);
    private readonly ClauseStore _store = result.Graph.Store;
    private readonly GraphView _view = result.Graph.View;
    private readonly int[] _ranks = result.Graph.View.Columns.IdRanks;
    private readonly Derivation[] _derivations = result.Derivations;
    private readonly Dictionary<int, (int Origin, List<int> Edges, uint Cells, List<int> Clauses)> _origins = [];
    private readonly Dictionary<int, int[]> _sortedWalks = [];
    private readonly Dictionary<int, int> _useHops = [];

    /// <summary>The same for every clause that starts from it, so found once.</summary>
    public (int Origin, List<int> Edges, uint Cells, List<int> Clauses) OriginOf(int walked)
    {
        if (!_origins.TryGetValue(walked, out var origin))
        {
            _origins[walked] = origin = Origin(walked);
        }

        return origin;
    }

    /// <summary>The edges walked to it, in the order of their names.</summary>
    public IReadOnlyList<int> Sorted(int walked)
    {
        var edges = OriginOf(walked).Edges;
        if (edges.Count < 2)
        {
            return edges;
        }

        if (!_sortedWalks.TryGetValue(walked, out var sorted))
        {
            _sortedWalks[walked] = sorted = ProofApplication.Sorted(_view, [.. edges]);
        }

        return sorted;
    }

    /// <summary>Who walks: of those whose walk leads to the node in the fewest hops the first by id, with the edges walked. A group that is a seed walks itself.</summary>
    private (int Origin, List<int> Edges, uint Cells, List<int> Clauses) Origin(int walked)
    {
        var hop = UseHop(walked);
        if (NextTo(walked, hop) is { } near)
        {
            return near;
        }

        var cameBy = new Dictionary<int, (int Clause, int Next)> { [walked] = (-1, -1) };
        var open = new Queue<int>([walked]);
        List<int> origins = [];
        while (open.TryDequeue(out var node))
        {
            if (!Walker.IsWalked(_view[node].Kind) || IsSeeded(node, hop))
            {
                origins.Add(node);
                continue;
            }

            for (var number = result.LastOn(node); number >= 0; number = _derivations[number].Previous)
            {
                ref readonly var derivation = ref _derivations[number];
                if ((derivation.Bits & _use) == 0 || derivation.Hop != hop || derivation.Clause < 0)
                {
                    continue;
                }

                var from = _store[derivation.Clause].From;
                if (!cameBy.ContainsKey(from) && UseHop(from) == hop)
                {
                    cameBy.Add(from, (derivation.Clause, node));
                    open.Enqueue(from);
                }
            }
        }

        var origin = origins.MinBy(node => _ranks[node]);
        List<int> edges = [];
        List<int> clauses = [];
        var cells = CellBits.AllCells;
        for (var at = origin; cameBy[at].Next >= 0; at = cameBy[at].Next)
        {
            var clause = cameBy[at].Clause;
            clauses.Add(clause);
            edges.Add(_store.FactsOf(clause)[0].Index);
            cells &= CellsOf(_store[clause]);
        }

        return (origin, edges, cells, clauses);
    }

    /// <summary>The same where all who walk are one step away; null where some may be farther.</summary>
    private (int Origin, List<int> Edges, uint Cells, List<int> Clauses)? NextTo(int walked, int hop)
    {
        var (origin, by) = (-1, -1);
        for (var number = result.LastOn(walked); number >= 0; number = _derivations[number].Previous)
        {
            ref readonly var derivation = ref _derivations[number];
            if ((derivation.Bits & _use) == 0 || derivation.Hop != hop)
            {
                continue;
            }

            if (derivation.Clause < 0)
            {
                return null;
            }

            var from = _store[derivation.Clause].From;
            if (UseHop(from) != hop)
            {
                continue;
            }

            if (Walker.IsWalked(_view[from].Kind))
            {
                return null;
            }

            (origin, by) = origin < 0 || _ranks[from] < _ranks[origin] ? (from, derivation.Clause) : (origin, by);
        }

        return by < 0 ? null : (origin, [_store.FactsOf(by)[0].Index], CellsOf(_store[by]), [by]);
    }

    private int UseHop(int node)
    {
        if (!_useHops.TryGetValue(node, out var hop))
        {
            _useHops[node] = hop = result.HopOf(node, _use);
        }

        return hop;
    }

    private bool IsSeeded(int node, int hop)
    {
        for (var number = result.LastOn(node); number >= 0; number = _derivations[number].Previous)
        {
            if (_derivations[number] is { Clause: < 0 } one && one.Hop == hop && (one.Bits & _use) != 0)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Cells in which a step of a walk holds: by its own truth, and by gates that are passed there.</summary>
    private uint CellsOf(Clause clause) => clause.Own < 0 ? clause.Cells : _store.Groups(clause.Own).Aggregate((uint)clause.Cells, (cells, group) =>
        cells & (group.Given | group.Alternatives.Aggregate(0u, (any, way) => any | (IsSurelyAttained(way) ? way.Cells : 0u))));

    private bool IsSurelyAttained(Alternative way)
    {
        for (var left = (uint)way.Rights; left != 0; left &= left - 1)
        {
            if (result.Has(way.Node, CellBits.Word((Rights)(left & ~(left - 1)), 1u << (int)cell) >> 2))
            {
                return true;
            }
        }

        return false;
    }
}
