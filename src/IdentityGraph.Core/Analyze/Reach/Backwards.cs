namespace IdentityGraph.Analyze.Reach;

/// <summary>Clauses turned round: for each node the nodes some clause that concludes on it starts from or rests on.</summary>
internal sealed class Backwards
{
    private readonly int[] _start;
    private readonly int[] _from;

    private Backwards(int[] start, int[] from, int clauses) => (_start, _from, Clauses) = (start, from, clauses);

    /// <summary>How many clauses there were.</summary>
    public int Clauses { get; }

    public static Backwards Of(ClauseStore store, int nodes)
    {
        List<(int To, int From)> pairs = new(store.Count);
        for (var number = 0; number < store.Count; number++)
        {
            ref readonly var clause = ref store[number];
            pairs.Add((clause.To, clause.From));
            foreach (var group in store.Groups(clause.Own))
            {
                AddWays(group, clause.To);
            }

            foreach (var group in store.Groups(clause.Entry))
            {
                AddWays(group, clause.To);
            }
        }

        var start = new int[nodes + 1];
        foreach (var (to, _) in pairs)
        {
            start[to + 1]++;
        }

        for (var node = 0; node < nodes; node++)
        {
            start[node + 1] += start[node];
        }

        var next = start.AsSpan(0, nodes).ToArray();
        var from = new int[pairs.Count];
        foreach (var (to, origin) in pairs)
        {
            from[next[to]++] = origin;
        }

        return new Backwards(start, from, store.Count);

        void AddWays(PremiseGroup group, int to)
        {
            foreach (var way in group.Alternatives)
            {
                pairs.Add((to, way.Node));
            }
        }
    }

    /// <summary>
    /// By dense index, whether the node may lead to one of the targets, premises that are needed together taken one by one: some of
    /// these do not, all others certainly do not. Targets count.
    /// </summary>
    public bool[] LeadingTo(IEnumerable<int> targets)
    {
        var leading = new bool[_start.Length - 1];
        var open = new Stack<int>();
        foreach (var target in targets)
        {
            leading[target] = true;
            open.Push(target);
        }

        while (open.TryPop(out var node))
        {
            for (var at = _start[node]; at < _start[node + 1]; at++)
            {
                if (!leading[_from[at]])
                {
                    leading[_from[at]] = true;
                    open.Push(_from[at]);
                }
            }
        }

        return leading;
    }
}
