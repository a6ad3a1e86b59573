namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// For each fact the clauses that rest on it, each by one fact alone, followed as clauses are written: by the last of its edges, which
/// fewest others share, or by the last property of a node where it has none.
/// </summary>
internal sealed class ClausesOnFact(ClauseStore store, int edges, int nodes)
{
    // By edge, and by node, its last clause plus one; by clause, the one before it plus one.
    private readonly int[] _byEdge = new int[edges];
    private readonly List<int> _onNone = [];
    private int[]? _byNode;
    private int[] _before = new int[256];
    private int _followed;

    /// <summary>Takes in the clauses written since.</summary>
    public void Follow()
    {
        if (store.Count > _before.Length)
        {
            Array.Resize(ref _before, Math.Max(store.Count, 2 * _before.Length));
        }

        for (; _followed < store.Count; _followed++)
        {
            if (FactOf(_followed) is { } fact)
            {
                ref var last = ref fact.IsEdge ? ref _byEdge[fact.Index] : ref (_byNode ??= new int[nodes])[fact.Index];
                (_before[_followed], last) = (last, _followed + 1);
            }
            else
            {
                _onNone.Add(_followed);
            }
        }
    }

    /// <summary>Adds the clauses that rest on no other facts.</summary>
    public void Collect(IReadOnlySet<Fact> facts, List<int> clauses)
    {
        clauses.AddRange(_onNone);
        foreach (var fact in facts)
        {
            for (var at = fact.IsEdge ? _byEdge[fact.Index] : _byNode?[fact.Index] ?? 0; at > 0; at = _before[at - 1])
            {
                if (FactOf(at - 1) == fact && RestsOnNoOther(at - 1, facts))
                {
                    clauses.Add(at - 1);
                }
            }
        }
    }

    private Fact? FactOf(int clause)
    {
        var facts = store.FactsOf(clause);
        for (var i = facts.Length - 1; i >= 0; i--)
        {
            if (facts[i].IsEdge)
            {
                return facts[i];
            }
        }

        return facts.Length == 0 ? null : facts[^1];
    }

    private bool RestsOnNoOther(int clause, IReadOnlySet<Fact> facts)
    {
        foreach (var fact in store.FactsOf(clause))
        {
            if (!facts.Contains(fact))
            {
                return false;
            }
        }

        return true;
    }
}
