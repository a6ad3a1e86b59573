namespace IdentityGraph.Analyze.Reach;

/// <summary>For each node what the clauses that conclude on it start from or rest on, followed as clauses are written.</summary>
internal sealed class ClausesInto(ClauseStore store, int nodes)
{
    // By node, its last premise plus one; by premise, the one before it.
    private readonly int[] _last = new int[nodes];
    private ClausePremise[] _premises = new ClausePremise[256];
    private int _count;
    private int _followed;

    /// <summary>Takes in the clauses written since.</summary>
    public void Follow()
    {
        for (; _followed < store.Count; _followed++)
        {
            ref readonly var clause = ref store[_followed];
            Add(clause, clause.From, isFirst: true);
            AddWays(clause, clause.Own);
            AddWays(clause, clause.Entry);
        }
    }

    /// <summary>The last premise of clauses that conclude on the node; below 0: none does.</summary>
    public int LastOf(int node) => _last[node] - 1;

    public ref readonly ClausePremise this[int premise] => ref _premises[premise];

    private void AddWays(in Clause clause, int groups)
    {
        foreach (var group in store.Groups(groups))
        {
            foreach (ref readonly var way in group.Ways.AsSpan())
            {
                Add(clause, way.Node, isFirst: false);
            }
        }
    }

    private void Add(in Clause clause, int from, bool isFirst)
    {
        if (_count == _premises.Length)
        {
            Array.Resize(ref _premises, _count * 2);
        }

        _premises[_count++] = new ClausePremise(from, _followed, isFirst, clause.Kind == ClauseKind.Walk, _last[clause.To] - 1);
        _last[clause.To] = _count;
    }
}

/// <summary>What a clause starts from, or one way to satisfy what else it rests on.</summary>
internal readonly struct ClausePremise(int from, int clause, bool isFirst, bool isWalk, int before)
{
    private readonly int _clause = (clause << 2) | (isFirst ? 2 : 0) | (isWalk ? 1 : 0);

    /// <summary>Which node it is on.</summary>
    public int From => from;

    public int Clause => _clause >> 2;

    /// <summary>The clause starts from it.</summary>
    public bool IsFirst => (_clause & 2) != 0;

    /// <summary>To conclude costs no hop.</summary>
    public bool IsWalk => (_clause & 1) != 0;

    /// <summary>The premise before it of clauses on the same node; below 0: that was the first.</summary>
    public int Before => before;
}
