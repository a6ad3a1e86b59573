using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Finds the chosen proof in what a search remembered: fewest hops, ties by rule number, then premise ids, then edges, all ordinal;
/// then leaves out what can be left out.
/// </summary>
internal sealed class ProofSearch(ReachResult result, Cell cell)
{
    private readonly uint _cell = 1u << (int)cell;
    private readonly ClauseStore _store = result.Graph.Store;
    private readonly GraphView _view = result.Graph.View;
    private readonly Dictionary<(int Node, uint Bit), ProofApplication> _chosen = [];
    private readonly Dictionary<int, (int Origin, List<int> Edges, uint Cells)> _origins = [];

    public Proof Prove(Node goal, Rights right)
    {
        var target = (goal.Index, Bit(right));
        var open = new Stack<(int Node, uint Bit)>([target]);
        var wanted = new HashSet<(int Node, uint Bit)> { target };
        var applications = new SortedSet<ProofApplication>(ProofApplication.Order);
        while (open.TryPop(out var next))
        {
            if (!_chosen.TryGetValue(next, out var best))
            {
                _chosen[next] = best = Choose(next.Node, next.Bit);
            }

            applications.Add(best);
            foreach (var premise in best.Needs)
            {
                if (wanted.Add(premise))
                {
                    open.Push(premise);
                }
            }
        }

        return ProofReduction.Reduce([.. applications], target, goal, right, cell, result);
    }

    private uint Bit(Rights right) => CellBits.Word(right, _cell);

    private ProofApplication Choose(int node, uint bit)
    {
        var hop = result.HopOf(node, bit);
        ProofApplication? best = null;
        List<ProofApplication> considered = [];
        foreach (var derivation in result.DerivationsOf(node))
        {
            if (derivation.Hop != hop || (derivation.Bits & bit) == 0 || (best is not null && ComesAfter(derivation, best)))
            {
                continue;
            }

            var candidate = derivation.Clause < 0 ? Seeded(node, derivation) : Applied(node, bit, derivation);
            considered.Add(candidate);
            best = best is null || ProofApplication.Order.Compare(candidate, best) < 0 ? candidate : best;
        }

        // What is left out of a proof first: facts without which the same rule concludes the same.
        foreach (var part in considered)
        {
            best = part.Edges.Count < best!.Edges.Count && part.Edges.All(best.Edges.Contains) && part.Needs.All(best.Needs.Contains) ? part : best;
        }

        return best!;
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

        if (clause.Own >= 0 || clause.Entry >= 0 || clause.Kind == ClauseKind.Inherit || best.PremiseIds.Count == 0)
        {
            return false;
        }

        var origin = Walker.IsWalked(_view[clause.From].Kind) ? OriginOf(clause.From).Origin : clause.From;
        return string.CompareOrdinal(_view[origin].Id, best.PremiseIds[0]) > 0;
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
        PremiseIds = [],
        Edges = [],
    };

    private ProofApplication Applied(int node, uint bit, Derivation derivation)
    {
        var clause = _store[derivation.Clause];
        var (origin, walked, surely) = Walker.IsWalked(_view[clause.From].Kind) ? OriginOf(clause.From) : (clause.From, [], CellBits.AllCells);
        List<(int Node, uint Bit)> needs = [(origin, Bit(clause.Premise))];
        if (clause.Kind == ClauseKind.Inherit)
        {
            needs.Add((clause.From, Inherited(clause, bit)));
        }

        List<List<(int Node, uint Bit)>> groups = [];
        List<int> edges = [.. walked];
        foreach (var fact in _store.FactsOf(derivation.Clause))
        {
            if (fact.IsEdge)
            {
                edges.Add(fact.Index);
            }
        }

        foreach (var group in (PremiseGroup[])[.. _store.Groups(clause.Own), .. _store.Groups(clause.Entry)])
        {
            if ((group.Given & _cell) != 0)
            {
                continue;
            }

            var way = Pick(group, derivation.Hop);
            needs.Add((way.Node, Attained(way)));
            groups.Add([.. group.Alternatives.Where(other => (other.Cells & _cell) != 0).SelectMany(Ways)]);
            if (way.Edge >= 0)
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
            Premise = (origin, Bit(clause.Premise)),
            Needs = [.. needs.Distinct()],
            Groups = groups,
            PremiseIds = [.. needs.Select(need => _view[need.Node].Id).Distinct().Order(StringComparer.Ordinal)],
            Edges = edges,
        };
    }

    /// <summary>The right on the container behind the wanted one: the same, unless it follows from Admin on a control plane.</summary>
    private uint Inherited(Clause clause, uint bit) => result.Has(clause.From, bit) ? bit : Bit(Rights.Admin);

    private Alternative Pick(PremiseGroup group, int hop) => group.Alternatives
        .Where(way => (way.Cells & _cell) != 0 && Ways(way).Any(premise => result.HopOf(premise.Node, premise.Bit) is >= 0 and var at && at < hop))
        .OrderBy(Hops)
        .ThenBy(way => _view[way.Node].Id, StringComparer.Ordinal)
        .First();

    private int Hops(Alternative way) => Ways(way).Select(premise => result.HopOf(premise.Node, premise.Bit)).Where(hop => hop >= 0).Min();

    private uint Attained(Alternative way) => Ways(way).Where(premise => result.Has(premise.Node, premise.Bit)).MinBy(premise => result.HopOf(premise.Node, premise.Bit)).Bit;

    private IEnumerable<(int Node, uint Bit)> Ways(Alternative way)
    {
        for (var left = (uint)way.Rights; left != 0; left &= left - 1)
        {
            yield return (way.Node, Bit((Rights)(left & ~(left - 1))));
        }
    }

    /// <summary>The same for every clause that starts from it, so found once.</summary>
    private (int Origin, List<int> Edges, uint Cells) OriginOf(int walked)
    {
        if (!_origins.TryGetValue(walked, out var origin))
        {
            _origins[walked] = origin = Origin(walked);
        }

        return origin;
    }

    /// <summary>Who walks: of those whose walk leads to the node in the fewest hops the first by id, with the edges walked. A group that is a seed walks itself.</summary>
    private (int Origin, List<int> Edges, uint Cells) Origin(int walked)
    {
        var use = Bit(Rights.Use);
        var hop = result.HopOf(walked, use);
        var cameBy = new Dictionary<int, (int Edge, int Next, uint Cells)> { [walked] = (-1, -1, CellBits.AllCells) };
        var open = new Queue<int>([walked]);
        List<int> origins = [];
        while (open.TryDequeue(out var node))
        {
            if (!Walker.IsWalked(_view[node].Kind) || result.DerivationsOf(node).Any(one => one.Clause < 0 && one.Hop == hop && (one.Bits & use) != 0))
            {
                origins.Add(node);
                continue;
            }

            foreach (var derivation in result.DerivationsOf(node).Where(one => (one.Bits & use) != 0 && one.Hop == hop && one.Clause >= 0))
            {
                var clause = _store[derivation.Clause];
                if (result.HopOf(clause.From, use) == hop && cameBy.TryAdd(clause.From, (_store.FactsOf(derivation.Clause)[0].Index, node, CellsOf(clause))))
                {
                    open.Enqueue(clause.From);
                }
            }
        }

        var origin = origins.MinBy(node => _view[node].Id, StringComparer.Ordinal);
        List<int> edges = [];
        var cells = CellBits.AllCells;
        for (var at = origin; cameBy[at].Next >= 0; at = cameBy[at].Next)
        {
            edges.Add(cameBy[at].Edge);
            cells &= cameBy[at].Cells;
        }

        return (origin, edges, cells);
    }

    /// <summary>Cells in which a step of a walk holds: by its own truth, and by gates that are passed there.</summary>
    private uint CellsOf(Clause clause) => _store.Groups(clause.Own).Aggregate((uint)clause.Cells, (cells, group) =>
        cells & (group.Given | group.Alternatives.Aggregate(0u, (any, way) => any | (Ways(way).Any(premise => result.Has(premise.Node, premise.Bit >> 2)) ? way.Cells : 0u))));
}
