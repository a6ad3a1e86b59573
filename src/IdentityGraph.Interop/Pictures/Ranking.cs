namespace IdentityGraph.Interop.Pictures;

/// <summary>Gives every thing a rank after all that lead to it; edges that close a cycle are turned for that.</summary>
internal static class Ranking
{
    public static (int[] Ranks, bool[] Turned) Of(IReadOnlyList<Sized> things, IReadOnlyList<(int From, int To)> edges)
    {
        var after = new List<int>[things.Count];
        for (var thing = 0; thing < after.Length; thing++)
        {
            after[thing] = [];
        }

        for (var number = 0; number < edges.Count; number++)
        {
            after[edges[number].From].Add(number);
        }

        var turned = Cycles(after, edges);
        for (var number = 0; number < edges.Count; number++)
        {
            // Given ranks win over the way an edge points.
            if (things[edges[number].From].Rank is { } from && things[edges[number].To].Rank is { } to)
            {
                turned[number] = from > to;
            }
        }

        return (Longest(things, edges, turned), turned);
    }

    /// <summary>Edges back to what is still being walked, found depth first in the order given.</summary>
    private static bool[] Cycles(List<int>[] after, IReadOnlyList<(int From, int To)> edges)
    {
        var turned = new bool[edges.Count];
        var state = new byte[after.Length];
        var path = new Stack<(int Thing, int Next)>();
        for (var start = 0; start < after.Length; start++)
        {
            if (state[start] != 0)
            {
                continue;
            }

            state[start] = 1;
            path.Push((start, 0));
            while (path.TryPop(out var at))
            {
                if (at.Next == after[at.Thing].Count)
                {
                    state[at.Thing] = 2;
                    continue;
                }

                path.Push((at.Thing, at.Next + 1));
                var edge = after[at.Thing][at.Next];
                var to = edges[edge].To;
                turned[edge] = state[to] == 1;
                if (state[to] == 0)
                {
                    state[to] = 1;
                    path.Push((to, 0));
                }
            }
        }

        return turned;
    }

    private static int[] Longest(IReadOnlyList<Sized> things, IReadOnlyList<(int From, int To)> edges, bool[] turned)
    {
        var ranks = things.Select(static thing => thing.Rank ?? 0).ToArray();
        var after = Enumerable.Range(0, edges.Count).ToLookup(number => turned[number] ? edges[number].To : edges[number].From, number => turned[number] ? edges[number].From : edges[number].To);
        var left = new int[things.Count];
        foreach (var to in after.SelectMany(static group => group))
        {
            left[to]++;
        }

        var open = new Queue<int>(Enumerable.Range(0, things.Count).Where(thing => left[thing] == 0));
        while (open.TryDequeue(out var at))
        {
            foreach (var to in after[at])
            {
                ranks[to] = things[to].Rank ?? Math.Max(ranks[to], ranks[at] + 1);
                if (--left[to] == 0)
                {
                    open.Enqueue(to);
                }
            }
        }

        var first = ranks.Min();
        return Array.ConvertAll(ranks, rank => rank - first);
    }
}
