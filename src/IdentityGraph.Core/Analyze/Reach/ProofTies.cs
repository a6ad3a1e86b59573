using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Chooses among what gave the same in the same hop as <see cref="ProofApplication.Order"/> would, without writing each of them out:
/// where rule, premise and edges alone decide. One at a time.
/// </summary>
internal sealed class ProofTies(ReachResult result, ProofWalks walks)
{
    private readonly ClauseStore _store = result.Graph.Store;
    private readonly GraphView _view = result.Graph.View;
    private readonly int[] _ranks = result.Graph.View.Columns.IdRanks;
    private readonly Derivation[] _derivations = result.Derivations;
    private readonly List<int> _considered = [];
    private List<int> _edges = [];
    private List<int> _others = [];
    private int _first;

    /// <summary>Number of the derivation; below 0: the general way is to be asked.</summary>
    /// <param name="last">Number of the last derivation on what is attained.</param>
    /// <param name="bit">Which right in which cell.</param>
    /// <param name="hop">In how many hops.</param>
    public int Best(int last, uint bit, int hop)
    {
        var (best, rule, rank, joint) = (-1, int.MaxValue, int.MaxValue, int.MaxValue);
        _considered.Clear();
        Forget();
        for (var number = last; number >= 0; number = _derivations[number].Previous)
        {
            ref readonly var derivation = ref _derivations[number];
            if (derivation.Hop != hop || (derivation.Bits & bit) == 0)
            {
                continue;
            }

            if (derivation.Clause < 0)
            {
                return -1;
            }

            _considered.Add(derivation.Clause);
            ref readonly var clause = ref _store[derivation.Clause];
            if (clause.Rule > rule)
            {
                continue;
            }

            if (clause.Own >= 0 || clause.Entry >= 0 || clause.Kind == ClauseKind.Inherit)
            {
                joint = Math.Min(joint, clause.Rule);
                continue;
            }

            var at = _ranks[OriginOf(clause)];
            if (clause.Rule < rule || at < rank)
            {
                (best, rule, rank) = (number, clause.Rule, at);
                Forget();
            }
            else if (at == rank && derivation.Clause != _derivations[best].Clause)
            {
                var order = Compare(derivation.Clause, _derivations[best].Clause);
                if (order == 0)
                {
                    return -1;
                }

                if (order < 0)
                {
                    best = number;
                }
            }
        }

        return best < 0 || joint <= rule || MayRestOnLess(_derivations[best].Clause) ? -1 : best;
    }

    private void Forget()
    {
        _edges.Clear();
        _first = -1;
    }

    private int OriginOf(in Clause clause) => Walker.IsWalked(_view[clause.From].Kind) ? walks.OriginOf(clause.From).Origin : clause.From;

    /// <summary>By edges in the order of their names, the first of which mostly tells. What is known of the edges of whichever comes first is kept.</summary>
    private int Compare(int other, int best)
    {
        var (mine, its) = (_first >= 0 ? _first : FirstOf(best), FirstOf(other));
        if (mine >= 0 && its >= 0 && mine != its)
        {
            var order = ProofApplication.CompareNames(_view, its, mine);
            if (order != 0)
            {
                Forget();
                _first = order < 0 ? its : mine;
                return order;
            }
        }

        return CompareAll(other, best);
    }

    private int CompareAll(int other, int best)
    {
        if (_edges.Count == 0)
        {
            Fill(_edges, best);
        }

        Fill(_others, other);
        var order = 0;
        for (var i = 0; order == 0 && i < Math.Min(_others.Count, _edges.Count); i++)
        {
            order = ProofApplication.CompareNames(_view, _others[i], _edges[i]);
        }

        order = order != 0 ? order : _others.Count.CompareTo(_edges.Count);
        if (order < 0)
        {
            (_edges, _others) = (_others, _edges);
        }

        return order;
    }

    /// <summary>The first by name of the edges of a clause with one of its own, and of the walk before it; -1: it has none, or more.</summary>
    private int FirstOf(int number)
    {
        ref readonly var clause = ref _store[number];
        if (clause.FactCount == 0 || _store.FactsOf(number) is var facts && (!facts[0].IsEdge || MoreEdges(facts)))
        {
            return -1;
        }

        var own = facts[0].Index;
        if (!Walker.IsWalked(_view[clause.From].Kind) || walks.Sorted(clause.From) is not { Count: > 0 } walked)
        {
            return own;
        }

        return ProofApplication.CompareNames(_view, own, walked[0]) < 0 ? own : walked[0];
    }

    private static bool MoreEdges(ReadOnlySpan<Fact> facts)
    {
        foreach (var fact in facts[1..])
        {
            if (fact.IsEdge)
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Edges of the walk before a clause and its own, in the order of their names.</summary>
    private void Fill(List<int> edges, int number)
    {
        edges.Clear();
        ref readonly var clause = ref _store[number];
        if (Walker.IsWalked(_view[clause.From].Kind))
        {
            edges.AddRange(walks.Sorted(clause.From));
        }

        foreach (var fact in _store.FactsOf(number))
        {
            if (fact.IsEdge && !edges.Contains(fact.Index))
            {
                var at = edges.Count;
                while (at > 0 && ProofApplication.CompareNames(_view, fact.Index, edges[at - 1]) < 0)
                {
                    at--;
                }

                edges.Insert(at, fact.Index);
            }
        }
    }

    /// <summary>Whether the own edges of another are all among those of the best: it may be that with fewer facts.</summary>
    private bool MayRestOnLess(int best)
    {
        foreach (var other in _considered)
        {
            if (other == best)
            {
                continue;
            }

            if (_edges.Count == 0)
            {
                Fill(_edges, best);
            }

            var isPart = true;
            foreach (var fact in _store.FactsOf(other))
            {
                isPart &= !fact.IsEdge || _edges.Contains(fact.Index);
            }

            if (isPart)
            {
                return true;
            }
        }

        return false;
    }
}
