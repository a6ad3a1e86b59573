using IdentityGraph.Analyze.Reach.Literals;

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
            AddWays(pairs, store.Groups(clause.Own), clause.To);
            AddWays(pairs, store.Groups(clause.Entry), clause.To);
        }

        return Of(pairs, nodes, store.Count);
    }

    /// <summary>Of every clause that can matter to some starts.</summary>
    public static Backwards Of(LiteralClauses clauses)
    {
        List<(int To, int From)> pairs = new(clauses.Count);
        foreach (ref readonly var clause in clauses.All)
        {
            pairs.Add((clause.To, clause.From));
            AddWays(pairs, clauses.Groups(clause.Own), clause.To);
            AddWays(pairs, clauses.Groups(clause.Entry), clause.To);
        }

        return Of(pairs, clauses.View.NodeCount, clauses.Count);
    }

    private static Backwards Of(List<(int To, int From)> pairs, int nodes, int clauses)
    {
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

        return new Backwards(start, from, clauses);
    }

    private static void AddWays(List<(int To, int From)> pairs, PremiseGroup[] groups, int to)
    {
        foreach (var group in groups)
        {
            foreach (ref readonly var way in group.Ways.AsSpan())
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
