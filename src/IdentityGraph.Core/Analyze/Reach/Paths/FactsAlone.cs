using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>What some facts prove by themselves, with all their ways to, and whether each is needed for one thing they prove.</summary>
internal sealed class FactsAlone
{
    private readonly ReachResult _reach;
    private readonly ControlGraph _graph;
    private readonly uint _cell;
    private readonly IReadOnlySet<Fact> _facts;

    // A bit of every fact's number: most of what does not rest on them alone is seen by it.
    private readonly ulong[] _bits = new ulong[16];
    private readonly List<int> _clauses = [];
    private readonly Dictionary<int, uint> _all;

    /// <param name="reach">A search of which they are part; only for who has its graph to itself.</param>
    /// <param name="cell">In which cell.</param>
    /// <param name="facts">They.</param>
    public FactsAlone(ReachResult reach, Cell cell, IReadOnlySet<Fact> facts)
    {
        (_reach, _graph, _cell, _facts) = (reach, reach.Graph, 1u << (int)cell, facts);
        foreach (var fact in facts)
        {
            _bits[(fact.Index >> 6) & 15] |= 1UL << (fact.Index & 63);
        }

        _all = Seeded();
        HashSet<int> written = [];
        for (var fresh = _all.Keys.ToList(); fresh.Count > 0; fresh = [.. _all.Keys.Where(node => !written.Contains(node))])
        {
            foreach (var node in fresh)
            {
                written.Add(node);
                Collect(node);
            }

            Conclude(_all, null);
        }
    }

    /// <summary>Dense indexes of all that is attained by them, nodes of walks too.</summary>
    public IReadOnlyCollection<int> Attained => _all.Keys;

    /// <summary>Whether they prove the goal, and would not without any one of them.</summary>
    /// <param name="node">Dense index.</param>
    /// <param name="right">Of which.</param>
    public bool AreAllNeeded(int node, Rights right)
    {
        var goal = CellBits.Word(right, _cell);
        return Proves(_all) && _facts.All(fact =>
        {
            var attained = Seeded();
            Conclude(attained, fact);
            return !Proves(attained);
        });

        bool Proves(Dictionary<int, uint> attained) => (attained.GetValueOrDefault(node) & goal) != 0;
    }

    private Dictionary<int, uint> Seeded()
    {
        Dictionary<int, uint> attained = [];
        foreach (var seed in _reach.Seeds)
        {
            var word = _graph.WordOf(seed) & CellBits.Replicate(_cell);
            if (word != 0 && _reach.Options.Avoid?.Invoke(seed.Node.Index) != true)
            {
                attained[seed.Node.Index] = attained.GetValueOrDefault(seed.Node.Index) | word;
            }
        }

        return attained;
    }

    /// <summary>Clauses from the node that rest on no other facts.</summary>
    private void Collect(int node)
    {
        var store = _graph.Store;
        for (var next = store.FirstChunk(node); next >= 0;)
        {
            ref readonly var chunk = ref store.ChunkAt(next);
            for (var number = chunk.Start; number < chunk.End; number++)
            {
                if (RestsOnThem(number) && _reach.Options.Avoid?.Invoke(store[number].To) != true)
                {
                    _clauses.Add(number);
                }
            }

            next = chunk.Next;
        }
    }

    private bool RestsOnThem(int number)
    {
        foreach (var fact in _graph.Store.FactsOf(number))
        {
            if ((_bits[(fact.Index >> 6) & 15] >> (fact.Index & 63) & 1) == 0 || !_facts.Contains(fact))
            {
                return false;
            }
        }

        return true;
    }

    /// <param name="attained">By node, rights in the cell; added to until nothing follows.</param>
    /// <param name="without">A fact left out; null: none.</param>
    private void Conclude(Dictionary<int, uint> attained, Fact? without)
    {
        for (var changed = true; changed;)
        {
            changed = false;
            foreach (var number in _clauses)
            {
                ref readonly var clause = ref _graph.Store[number];
                if ((clause.Cells & _cell) == 0 || (attained.GetValueOrDefault(clause.From) & CellBits.Word(clause.Premise, _cell)) == 0
                    || (without is { } fact && _graph.Store.FactsOf(number).Contains(fact))
                    || !Holds(clause.Own, attained, without) || !Holds(clause.Entry, attained, without))
                {
                    continue;
                }

                var bits = clause.Kind == ClauseKind.Inherit ? attained[clause.From] : CellBits.Word(clause.Kind == ClauseKind.Walk ? Rights.Use : clause.Rights, _cell);
                if ((bits >> 16 & CellBits.AllCells) != 0 && _graph.ControlsIdentities(clause.To))
                {
                    bits = ControlGraph.Whole(bits);
                }

                var known = attained.GetValueOrDefault(clause.To);
                attained[clause.To] = known | bits;
                changed |= (bits & ~known) != 0;
            }
        }
    }

    private bool Holds(int groups, Dictionary<int, uint> attained, Fact? without) =>
        groups < 0 || Array.TrueForAll(_graph.Store.Groups(groups), group => (group.Given & _cell) != 0 || Array.Exists(group.Ways, way => Holds(way, attained, without)));

    private bool Holds(Alternative way, Dictionary<int, uint> attained, Fact? without) =>
        (way.Cells & _cell) != 0
        && (way.Edge < 0 || (_facts.Contains(Fact.OfEdge(way.Edge)) && without != Fact.OfEdge(way.Edge)))
        && _reach.Options.Allows(way)
        && (attained.GetValueOrDefault(way.Node) & CellBits.Word(way.Rights, _cell)) != 0;
}
