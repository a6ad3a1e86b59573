namespace IdentityGraph.Analyze.Reach;

/// <summary>For each node what the clauses that conclude on it start from or rest on, followed as clauses are written.</summary>
internal sealed class ClausesInto(ClauseStore store, int nodes)
{
    // By node, its last premise plus one; by premise, the one before it.
    private readonly int[] _last = new int[nodes];
    private (int From, bool IsWalk, int Before)[] _premises = new (int, bool, int)[256];
    private int _count;
    private int _followed;

    /// <summary>Takes in the clauses written since.</summary>
    public void Follow()
    {
        for (; _followed < store.Count; _followed++)
        {
            ref readonly var clause = ref store[_followed];
            Add(clause, clause.From);
            AddWays(clause, clause.Own);
            AddWays(clause, clause.Entry);
        }
    }

    /// <summary>The last premise of clauses that conclude on the node; below 0: none does.</summary>
    public int LastOf(int node) => _last[node] - 1;

    /// <summary>Which node it is on, whether to conclude costs no hop, and the premise before it; below 0: that was the first.</summary>
    public (int From, bool IsWalk, int Before) this[int premise] => _premises[premise];

    private void AddWays(in Clause clause, int groups)
    {
        foreach (var group in store.Groups(groups))
        {
            foreach (ref readonly var way in group.Ways.AsSpan())
            {
                Add(clause, way.Node);
            }
        }
    }

    private void Add(in Clause clause, int from)
    {
        if (_count == _premises.Length)
        {
            Array.Resize(ref _premises, _count * 2);
        }

        _premises[_count++] = (from, clause.Kind == ClauseKind.Walk, _last[clause.To] - 1);
        _last[clause.To] = _count;
    }
}
