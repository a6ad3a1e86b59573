using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Paths;

/// <summary>What some facts prove by themselves, by all their clauses, and whether each is needed for one thing they prove.</summary>
internal sealed class FactsAlone
{
    private static readonly Dictionary<int, uint> s_nothing = [];

    private readonly ControlGraph _graph;
    private readonly ReachOptions _options;
    private readonly uint _cell;
    private readonly Dictionary<int, uint> _seeded;
    private readonly IReadOnlySet<Fact> _facts;
    private readonly List<int> _clauses = [];

    /// <param name="reach">A search of which they are part; only for who has its graph to itself.</param>
    /// <param name="cell">In which cell.</param>
    /// <param name="facts">They.</param>
    public FactsAlone(ReachResult reach, Cell cell, IReadOnlySet<Fact> facts)
    {
        (_graph, _options, _cell, _facts) = (reach.Graph, reach.Options, 1u << (int)cell, facts);
        _seeded = Seeded(reach);
        _graph.OnFact.Collect(facts, _clauses);
        _clauses.RemoveAll(number => (_graph.Store[number].Cells & _cell) == 0 || _options.Avoid?.Invoke(_graph.Store[number].To) == true);
    }

    /// <summary>Every clause in the cell that rests on no other facts.</summary>
    public IReadOnlyList<int> Clauses => _clauses;

    /// <summary>Whether they prove the goal, and would not without any one of them.</summary>
    /// <param name="node">Dense index.</param>
    /// <param name="right">Of which.</param>
    public bool AreAllNeeded(int node, Rights right)
    {
        var goal = CellBits.Word(right, _cell);
        return Prove(null) && (OneWayTo(node) is { } needed ? _facts.All(needed.Contains) : _facts.All(fact => !Prove(fact)));

        bool Prove(Fact? without)
        {
            Dictionary<int, uint> attained = new(_seeded);
            Conclude(attained, without);
            return (attained.GetValueOrDefault(node) & goal) != 0;
        }
    }

    /// <summary>The facts on the way to a node, where no other leads to anything on it; null: that cannot be seen so easily.</summary>
    private HashSet<Fact>? OneWayTo(int node)
    {
        Dictionary<int, int> into = [];
        foreach (var number in _clauses)
        {
            ref readonly var clause = ref _graph.Store[number];
            if (_seeded.ContainsKey(clause.To) || !into.TryAdd(clause.To, number) || !Holds(clause.Own, s_nothing, null) || !Holds(clause.Entry, s_nothing, null))
            {
                return null;
            }
        }

        HashSet<Fact> facts = [];
        for (var hops = 0; hops <= into.Count && into.TryGetValue(node, out var number); hops++)
        {
            foreach (var fact in _graph.Store.FactsOf(number))
            {
                facts.Add(fact);
            }

            node = _graph.Store[number].From;
        }

        return facts;
    }

    private Dictionary<int, uint> Seeded(ReachResult reach)
    {
        Dictionary<int, uint> seeded = [];
        foreach (var seed in reach.Seeds)
        {
            var word = _graph.WordOf(seed) & CellBits.Replicate(_cell);
            if (word != 0 && _options.Avoid?.Invoke(seed.Node.Index) != true)
            {
                seeded[seed.Node.Index] = seeded.GetValueOrDefault(seed.Node.Index) | word;
            }
        }

        return seeded;
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
                if ((attained.GetValueOrDefault(clause.From) & CellBits.Word(clause.Premise, _cell)) == 0
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
        && _options.Allows(way)
        && (attained.GetValueOrDefault(way.Node) & CellBits.Word(way.Rights, _cell)) != 0;
}
