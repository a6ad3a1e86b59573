using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Finds the chosen proof in what a search remembered: fewest hops, ties by rule number, then premise ids, then edges, all ordinal;
/// then leaves out what can be left out.
/// </summary>
internal sealed class ProofSearch(ReachResult result, Cell cell)
{
    private static readonly List<int> s_none = [];

    private readonly uint _cell = 1u << (int)cell;
    private readonly ClauseStore _store = result.Graph.Store;
    private readonly GraphView _view = result.Graph.View;
    private readonly Dictionary<(int Node, uint Bit), ProofApplication> _chosen = [];
    private readonly ProofWalks _walks = new(result, cell);
    private readonly ProofChains _chains = new(result, cell);
    private readonly List<int> _considered = [];
    private readonly int[] _ranks = result.Graph.View.Columns.IdRanks;

    public Proof Prove(Node goal, Rights right) => Prove(goal, right, Bit(right));

    /// <summary>Of a credential that is kept: how, though it may be attained in fewer hops for as long as something else is.</summary>
    public Proof ProveKept(Node credential) => Prove(credential, Rights.Use, _cell << CellBits.DurableShift);

    /// <summary>By one clause, though the goal may be attained by others, in fewer hops too.</summary>
    public Proof ProveBy(int clause, Node goal, Rights right)
    {
        var last = Written(goal.Index, Bit(right), new Derivation(clause, CellBits.Word(right, CellBits.AllCells), result.HopsBy(clause, (Cell)cell), -1));
        return ProofReduction.Reduce([.. Needed(last.Needs)], (goal.Index, Bit(right)), goal, right, cell, result, last);
    }

    private Proof Prove(Node goal, Rights right, uint bit)
    {
        var target = (goal.Index, bit);
        if (_chains.To(target, Chosen) is { } chain)
        {
            return new Proof(goal, right, cell, chain);
        }

        return ProofReduction.Reduce([.. Needed([target])], target, goal, right, cell, result);
    }

    /// <summary>The applications chosen for some that are attained, and for all that those rest on.</summary>
    private SortedSet<ProofApplication> Needed(IReadOnlyList<(int Node, uint Bit)> goals)
    {
        var open = new Stack<(int Node, uint Bit)>(goals);
        var wanted = new HashSet<(int Node, uint Bit)>(goals);
        var applications = new SortedSet<ProofApplication>(ProofApplication.Order);
        while (open.TryPop(out var next))
        {
            var best = Chosen(next);
            applications.Add(best);
            foreach (var premise in best.Needs)
            {
                if (wanted.Add(premise))
                {
                    open.Push(premise);
                }
            }
        }

        return applications;
    }

    private ProofApplication Chosen((int Node, uint Bit) attained)
    {
        if (!_chosen.TryGetValue(attained, out var best))
        {
            _chosen[attained] = best = Choose(attained.Node, attained.Bit);
        }

        return best;
    }

    private uint Bit(Rights right) => CellBits.Word(right, _cell);

    private ProofApplication Choose(int node, uint bit)
    {
        var hop = result.HopOf(node, bit);
        ProofApplication? best = null;
        _considered.Clear();
        for (var number = result.LastOn(node); number >= 0; number = result.DerivationAt(number).Previous)
        {
            ref readonly var derivation = ref result.DerivationAt(number);
            if (derivation.Hop != hop || (derivation.Bits & bit) == 0 || (best is not null && ComesAfter(derivation, best)))
            {
                continue;
            }

            _considered.Add(number);
            if (best is null || !IsSurelyNoBetter(derivation, best))
            {
                var candidate = Written(node, bit, derivation);
                best = best is null || ProofApplication.Order.Compare(candidate, best) < 0 ? candidate : best;
            }
        }

        // What is left out of a proof first: facts without which the same rule concludes the same.
        foreach (var number in _considered)
        {
            ref readonly var derivation = ref result.DerivationAt(number);
            if (RestsOnPartOf(derivation, best!))
            {
                var part = Written(node, bit, derivation);
                best = part.Edges.Count < best!.Edges.Count && part.Edges.All(best.Edges.Contains) && part.Needs.All(best.Needs.Contains) ? part : best;
            }
        }

        return best!;
    }

    private ProofApplication Written(int node, uint bit, Derivation derivation) =>
        derivation.Clause < 0 ? Seeded(node, derivation) : Applied(node, bit, derivation);

    /// <summary>With one premise, the same as the other's, and edges that come after: seen without writing it out.</summary>
    private bool IsSurelyNoBetter(Derivation derivation, ProofApplication best)
    {
        if (derivation.Clause < 0 || best.PremiseRanks.Count != 1)
        {
            return false;
        }

        ref readonly var clause = ref _store[derivation.Clause];
        if (clause.Rule != best.RuleNumber || clause.Own >= 0 || clause.Entry >= 0 || clause.Kind == ClauseKind.Inherit)
        {
            return false;
        }

        var facts = _store.FactsOf(derivation.Clause);
        if (facts.Length == 0 || !facts[0].IsEdge || EdgesIn(facts) > 1)
        {
            return false;
        }

        var isWalked = Walker.IsWalked(_view[clause.From].Kind);
        var origin = isWalked ? _walks.OriginOf(clause.From).Origin : clause.From;
        return _ranks[origin] == best.PremiseRanks[0] && best.CompareEdges(isWalked ? _walks.Sorted(clause.From) : [], facts[0].Index) > 0;
    }

    private static int EdgesIn(ReadOnlySpan<Fact> facts)
    {
        var edges = 0;
        foreach (var fact in facts)
        {
            edges += fact.IsEdge ? 1 : 0;
        }

        return edges;
    }

    /// <summary>Whether its own edges are all among the other's.</summary>
    private bool RestsOnPartOf(Derivation derivation, ProofApplication best)
    {
        if (derivation.Clause >= 0 && derivation.Clause != best.Clause)
        {
            foreach (var fact in _store.FactsOf(derivation.Clause))
            {
                if (fact.IsEdge && !best.Edges.Contains(fact.Index))
                {
                    return false;
                }
            }
        }

        return true;
    }

    /// <summary>Whether the order prefers the other by rule, or by its first premise, alone: then it need not be written out to be left.</summary>
    private bool ComesAfter(Derivation derivation, ProofApplication best)
    {
        if (derivation.Clause < 0)
        {
            return false;
        }

        ref readonly var clause = ref _store[derivation.Clause];
        if (clause.Rule != best.RuleNumber)
        {
            return clause.Rule > best.RuleNumber;
        }

        if (clause.Own >= 0 || clause.Entry >= 0 || clause.Kind == ClauseKind.Inherit || best.PremiseRanks.Count == 0)
        {
            return false;
        }

        var origin = Walker.IsWalked(_view[clause.From].Kind) ? _walks.OriginOf(clause.From).Origin : clause.From;
        return _ranks[origin] > best.PremiseRanks[0];
    }

    private ProofApplication Seeded(int node, Derivation derivation) => new()
    {
        View = _view,
        Clause = -1,
        Node = node,
        Origin = -1,
        Hop = derivation.Hop,
        Bits = derivation.Bits,
        Needs = [],
        Groups = [],
        PremiseRanks = [],
        Edges = [],
    };

    /// <summary>An application with one premise.</summary>
    private ProofApplication Simple(int node, Derivation derivation)
    {
        ref readonly var clause = ref _store[derivation.Clause];
        var (origin, walked, surely, clauses) = Walker.IsWalked(_view[clause.From].Kind) ? _walks.OriginOf(clause.From) : (clause.From, s_none, CellBits.AllCells, s_none);
        var premise = (origin, Bit(clause.Premise));
        return new ProofApplication
        {
            View = _view,
            Clause = derivation.Clause,
            Rule = ControlRules.All[clause.Rule],
            Node = node,
            Origin = origin,
            Hop = derivation.Hop,
            Bits = derivation.Bits,
            Surely = surely & clause.Cells,
            Walked = clauses,
            Premise = premise,
            Needs = [premise],
            Groups = [],
            PremiseRanks = [_ranks[origin]],
            Edges = EdgesOf(walked, derivation.Clause),
        };
    }

    private List<int> EdgesOf(List<int> walked, int clause)
    {
        var facts = _store.FactsOf(clause);
        var edges = new List<int>(walked.Count + facts.Length);
        edges.AddRange(walked);
        foreach (var fact in facts)
        {
            if (fact.IsEdge && !edges.Contains(fact.Index))
            {
                edges.Add(fact.Index);
            }
        }

        return edges;
    }

    private ProofApplication Applied(int node, uint bit, Derivation derivation)
    {
        var clause = _store[derivation.Clause];
        if (clause.Own < 0 && clause.Entry < 0 && clause.Kind != ClauseKind.Inherit)
        {
            return Simple(node, derivation);
        }

        var (origin, walked, surely, clauses) = Walker.IsWalked(_view[clause.From].Kind) ? _walks.OriginOf(clause.From) : (clause.From, s_none, CellBits.AllCells, s_none);
        List<(int Node, uint Bit)> needs = [(origin, Bit(clause.Premise))];
        if (clause.Kind == ClauseKind.Inherit)
        {
            needs.Add((clause.From, Inherited(clause, bit)));
        }

        List<List<(int Node, uint Bit)>> groups = [];
        var edges = EdgesOf(walked, derivation.Clause);

        foreach (var group in (PremiseGroup[])[.. _store.Groups(clause.Own), .. _store.Groups(clause.Entry)])
        {
            if ((group.Given & _cell) != 0)
            {
                continue;
            }

            var way = Pick(group, derivation.Hop);
            needs.Add((way.Node, Attained(way)));
            groups.Add([.. group.Alternatives.Where(Counts).SelectMany(Ways)]);

            // A restriction that only may be there is met, whether it is there or not: no fact of a certain proof.
            if (way.Edge >= 0 && (cell > Cell.CertainAmplified || new Edge(_view, way.Edge).Holds == Truth.True))
            {
                edges.Add(way.Edge);
            }
        }

        edges = [.. edges.Distinct()];
        return new ProofApplication
        {
            View = _view,
            Clause = derivation.Clause,
            Rule = ControlRules.All[clause.Rule],
            Inherits = clause.Kind == ClauseKind.Inherit,
            Node = node,
            Origin = origin,
            Hop = derivation.Hop,
            Bits = derivation.Bits,
            Surely = surely & clause.Cells,
            Walked = clauses,
            Premise = (origin, Bit(clause.Premise)),
            Needs = [.. needs.Distinct()],
            Groups = groups,
            PremiseRanks = [.. needs.Select(need => _ranks[need.Node]).Distinct().Order()],
            Edges = edges,
        };
    }

    /// <summary>The right on the container behind the wanted one: the same, unless it follows from Admin on a control plane.</summary>
    private uint Inherited(Clause clause, uint bit) => result.Has(clause.From, bit) ? bit : Bit(Rights.Admin);

    private Alternative Pick(PremiseGroup group, int hop) => group.Alternatives
        .Where(way => Counts(way) && Ways(way).Any(premise => result.HopOf(premise.Node, premise.Bit) is >= 0 and var at && at < hop))
        .OrderBy(Hops)
        .ThenBy(way => _view[way.Node].Id, StringComparer.Ordinal)
        .First();

    private bool Counts(Alternative way) => (way.Cells & _cell) != 0 && result.Options.Allows(way);

    private int Hops(Alternative way) => Ways(way).Select(premise => result.HopOf(premise.Node, premise.Bit)).Where(hop => hop >= 0).Min();

    private uint Attained(Alternative way) => Ways(way).Where(premise => result.Has(premise.Node, premise.Bit)).MinBy(premise => result.HopOf(premise.Node, premise.Bit)).Bit;

    private IEnumerable<(int Node, uint Bit)> Ways(Alternative way)
    {
        for (var left = (uint)way.Rights; left != 0; left &= left - 1)
        {
            yield return (way.Node, Bit((Rights)(left & ~(left - 1))));
        }
    }
}
