namespace IdentityGraph.Interop.Pictures;

/// <summary>Orders each rank so that few edges cross: again and again each item goes to the middle of its neighbours, forwards and backwards by turns.</summary>
internal static class Ordering
{
    public static void Sweep(Items items, int sweeps)
    {
        var place = new double[items.Count];
        foreach (var rank in items.Ranks)
        {
            Number(rank, place);
        }

        var best = items.Ranks.Select(static rank => rank.ToArray()).ToArray();
        var fewest = Crossings(items, place);
        for (var sweep = 0; sweep < sweeps && fewest > 0; sweep++)
        {
            var forwards = sweep % 2 == 0;
            for (var step = 1; step < items.Ranks.Count; step++)
            {
                var rank = items.Ranks[forwards ? step : items.Ranks.Count - 1 - step];
                Sort(rank, forwards ? items.Before : items.After, place);
            }

            var crossings = Crossings(items, place);
            if (crossings < fewest)
            {
                fewest = crossings;
                best = [.. items.Ranks.Select(static rank => rank.ToArray())];
            }
        }

        for (var rank = 0; rank < best.Length; rank++)
        {
            items.Ranks[rank].Clear();
            items.Ranks[rank].AddRange(best[rank]);
        }
    }

    /// <summary>What has no neighbour on that side stays where it is.</summary>
    private static void Sort(List<int> rank, List<List<int>> neighbours, double[] place)
    {
        var wish = rank.ToDictionary(static item => item, item => neighbours[item].Count == 0 ? place[item] : neighbours[item].Average(other => place[other]));
        List<int> sorted = [.. rank.OrderBy(item => wish[item]).ThenBy(item => place[item])];
        rank.Clear();
        rank.AddRange(sorted);
        Number(rank, place);
    }

    /// <summary>Places from 0 to 1, so that ranks of different lengths compare.</summary>
    private static void Number(List<int> rank, double[] place)
    {
        for (var at = 0; at < rank.Count; at++)
        {
            place[rank[at]] = (at + 0.5) / rank.Count;
        }
    }

    /// <summary>Pairs of edges between two ranks that cross, counted as inversions.</summary>
    private static long Crossings(Items items, double[] place)
    {
        var crossings = 0L;
        foreach (var rank in items.Ranks)
        {
            int[] ends = [.. rank.SelectMany(item => items.After[item].OrderBy(to => place[to]).ThenBy(static to => to))];
            if (ends.Length < 2)
            {
                continue;
            }

            var order = ends.Distinct().OrderBy(end => place[end]).Select(static (end, at) => (end, at)).ToDictionary(static pair => pair.end, static pair => pair.at);
            var seen = new int[order.Count + 1];
            for (var number = 0; number < ends.Length; number++)
            {
                var at = order[ends[number]];
                crossings += number - Sum(seen, at + 1);
                for (var tree = at + 1; tree < seen.Length; tree += tree & -tree)
                {
                    seen[tree]++;
                }
            }
        }

        return crossings;
    }

    private static int Sum(int[] tree, int until)
    {
        var sum = 0;
        for (var at = until; at > 0; at -= at & -at)
        {
            sum += tree[at];
        }

        return sum;
    }
}
