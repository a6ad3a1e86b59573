using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Finds the chosen proof in what a search remembered: fewest hops, ties by rule number, then premise ids, then edges, all ordinal;
/// then leaves out what can be left out.
/// </summary>
internal sealed partial class ProofSearch
{
    private static readonly List<int> s_none = [];
    private static readonly IReadOnlyList<(int Node, uint Bit)>[] s_noGroups = [];

    private readonly ReachResult _result;
    private readonly Cell _which;
    private readonly uint _cell;
    private readonly ClauseStore _store;
    private readonly GraphView _view;
    private readonly Dictionary<(int Node, uint Bit), ProofApplication> _chosen = [];
    private readonly ProofWalks _walks;
    private readonly ProofTies _ties;
    private readonly ProofChains _chains;
    private readonly int[] _ranks;
    private readonly Derivation[] _derivations;

    public ProofSearch(ReachResult result, Cell cell)
    {
        (_result, _which, _cell) = (result, cell, 1u << (int)cell);
        (_store, _view, _ranks) = (result.Graph.Store, result.Graph.View, result.Graph.View.Columns.IdRanks);
        _derivations = result.Derivations;
        _walks = new(result, cell);
        _ties = new(result, _walks);
        _chains = new(result, cell, Chosen);
    }

    public Proof Prove(Node goal, Rights right) => Prove(goal, right, Bit(right));

    /// <summary>Of a credential that is kept: how, though it may be attained in fewer hops for as long as something else is.</summary>
    public Proof ProveKept(Node credential) => Prove(credential, Rights.Use, _cell << CellBits.DurableShift);

    /// <summary>By one clause, though the goal may be attained by others, in fewer hops too.</summary>
    public Proof ProveBy(int clause, Node goal, Rights right)
    {
        var last = Written(goal.Index, Bit(right), new Derivation(clause, CellBits.Word(right, CellBits.AllCells), _result.HopsBy(clause, (Cell)_which), -1));
        return ProofReduction.Reduce([.. Needed(last.Needs)], (goal.Index, Bit(right)), goal, right, _which, _result, last);
    }

    private Proof Prove(Node goal, Rights right, uint bit)
    {
        var target = (goal.Index, bit);
        if (_chains.To(target) is { } chain)
        {
            return new Proof(goal, right, _which, chain);
        }

        return ProofReduction.Reduce([.. Needed([target])], target, goal, right, _which, _result);
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

    private ProofApplication Written(int node, uint bit, Derivation derivation) =>
        derivation.Clause < 0 ? Seeded(node, derivation) : Applied(node, bit, derivation);

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
            Needs = new[] { premise },
            Groups = s_noGroups,
            PremiseRanks = new[] { _ranks[origin] },
            Edges = EdgesOf(walked, derivation.Clause),
        };
    }

    private IReadOnlyList<int> EdgesOf(List<int> walked, int clause)
    {
        var facts = _store.FactsOf(clause);
        if (walked.Count == 0 && facts.Length == 1)
        {
            return facts[0].IsEdge ? new[] { facts[0].Index } : s_none;
        }

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
        List<int> edges = [.. EdgesOf(walked, derivation.Clause)];
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
            if (way.Edge >= 0 && (_which > Cell.CertainAmplified || new Edge(_view, way.Edge).Holds == Truth.True))
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
    private uint Inherited(Clause clause, uint bit) => _result.Has(clause.From, bit) ? bit : Bit(Rights.Admin);

    private Alternative Pick(PremiseGroup group, int hop) => group.Alternatives
        .Where(way => Counts(way) && Ways(way).Any(premise => _result.HopOf(premise.Node, premise.Bit) is >= 0 and var at && at < hop))
        .OrderBy(Hops)
        .ThenBy(way => _view[way.Node].Id, StringComparer.Ordinal)
        .First();

    private bool Counts(Alternative way) => (way.Cells & _cell) != 0 && _result.Options.Allows(way);

    private int Hops(Alternative way) => Ways(way).Select(premise => _result.HopOf(premise.Node, premise.Bit)).Where(hop => hop >= 0).Min();

    private uint Attained(Alternative way) => Ways(way).Where(premise => _result.Has(premise.Node, premise.Bit)).MinBy(premise => _result.HopOf(premise.Node, premise.Bit)).Bit;

    private IEnumerable<(int Node, uint Bit)> Ways(Alternative way)
    {
        for (var left = (uint)way.Rights; left != 0; left &= left - 1)
        {
            yield return (way.Node, Bit((Rights)(left & ~(left - 1))));
        }
    }
}
