namespace IdentityGraph.Interop.Pictures;

/// <summary>Places the items of each rank across: near the middle of their neighbours, in their order, none closer than the gap.</summary>
internal static class Placing
{
    private const int Passes = 8;
    private const int Settling = 12;
    private const int Straightening = 12;

    public static void Place(Items items, double gap, double lane)
    {
        foreach (var rank in items.Ranks)
        {
            var at = 0.0;
            foreach (var item in rank)
            {
                at += items.Breadth[item] / 2;
                items.Middle[item] = at;
                at += (items.Breadth[item] / 2) + (items.IsLane[item] ? lane : gap);
            }
        }

        for (var pass = 0; pass < Passes + Settling; pass++)
        {
            var forwards = pass % 2 == 0;
            for (var step = 0; step < items.Ranks.Count; step++)
            {
                var rank = items.Ranks[forwards ? step : items.Ranks.Count - 1 - step];
                Settle(items, rank, rank.ConvertAll(item => Wish(items, item, forwards, ofAll: pass >= Passes)), gap, lane);
            }
        }

        Straighten(items, gap, lane);
        var first = items.Ranks.SelectMany(static rank => rank).Min(item => items.Middle[item] - (items.Breadth[item] / 2));
        for (var item = 0; item < items.Count; item++)
        {
            items.Middle[item] -= first;
        }
    }

    /// <summary>
    /// Everything stands as high as its order allows, and next to the first thing it leads to: where ranks are taller than a screen, what
    /// is held at the start is not to stand in the middle of an empty side.
    /// </summary>
    public static void ToTheTop(Items items, double gap, double lane)
    {
        foreach (var rank in items.Ranks)
        {
            for (var at = 0; at < rank.Count; at++)
            {
                var item = rank[at];
                var wish = items.Before[item].Select(before => items.Middle[before]).DefaultIfEmpty(0).Min();
                items.Middle[item] = Math.Max(wish, at == 0 ? items.Breadth[item] / 2 : items.Middle[rank[at - 1]] + Between(items, rank[at - 1], item, gap, lane));
            }
        }

        foreach (var rank in items.Ranks.Reverse())
        {
            for (var at = rank.Count - 1; at >= 0; at--)
            {
                var item = rank[at];
                var wish = items.After[item].Select(after => items.Middle[after]).DefaultIfEmpty(0).Min();
                var lowest = at == rank.Count - 1 ? double.MaxValue : items.Middle[rank[at + 1]] - Between(items, item, rank[at + 1], gap, lane);
                items.Middle[item] = Math.Min(lowest, Math.Max(items.Middle[item], wish));
            }
        }
    }

    /// <summary>The least way from the middle of one to the middle of the next.</summary>
    private static double Between(Items items, int above, int below, double gap, double lane) =>
        ((items.Breadth[above] + items.Breadth[below]) / 2) + (items.IsLane[above] || items.IsLane[below] ? lane : gap);

    /// <summary>The middle of the neighbours before it, or after it; in the end of all of them, until little moves. Lanes pull more, so that long edges are straight.</summary>
    private static double Wish(Items items, int item, bool forwards, bool ofAll)
    {
        var neighbours = ofAll ? [.. items.Before[item], .. items.After[item]] : forwards ? items.Before[item] : items.After[item];
        if (neighbours.Count == 0)
        {
            return items.Middle[item];
        }

        double sum = 0, weights = 0;
        foreach (var neighbour in neighbours)
        {
            var weight = (items.IsLane[neighbour], items.IsLane[item]) switch
            {
                (true, true) => 8.0,
                (false, false) => 1.0,
                _ => 2.0,
            };
            sum += weight * items.Middle[neighbour];
            weights += weight;
        }

        return sum / weights;
    }

    /// <summary>Things and lanes that follow each other one by one stand in one line, as far as there is room.</summary>
    private static void Straighten(Items items, double gap, double lane)
    {
        var runs = Runs(items);
        for (var round = 0; round < Straightening; round++)
        {
            var middles = runs.ConvertAll(run => run.Average(item => items.Middle[item]));
            var wish = new Dictionary<int, double>();
            for (var number = 0; number < runs.Count; number++)
            {
                runs[number].ForEach(item => wish[item] = middles[number]);
            }

            foreach (var rank in items.Ranks)
            {
                Settle(items, rank, rank.ConvertAll(item => wish.TryGetValue(item, out var middle) ? middle : items.Middle[item]), gap, lane);
            }
        }
    }

    private static List<List<int>> Runs(Items items)
    {
        List<List<int>> runs = [];
        for (var item = 0; item < items.Count; item++)
        {
            if (Follows(items, item))
            {
                continue;
            }

            List<int> run = [item];
            while (items.After[run[^1]] is [var next] && items.Before[next].Count == 1)
            {
                run.Add(next);
            }

            if (run.Count > 1)
            {
                runs.Add(run);
            }
        }

        return runs;
    }

    /// <summary>It is the only one after the only one before it.</summary>
    private static bool Follows(Items items, int item) => items.Before[item] is [var before] && items.After[before].Count == 1;

    /// <summary>
    /// As near to the wishes as the order and the gaps allow (least squares): runs of items that push each other become one block at
    /// the mean of what they wish.
    /// </summary>
    private static void Settle(Items items, List<int> rank, List<double> wishes, double gap, double lane)
    {
        // With the room before each item taken off, the gaps say only that the order must not fall.
        var offsets = new double[rank.Count];
        for (var at = 1; at < rank.Count; at++)
        {
            offsets[at] = offsets[at - 1] + Between(items, rank[at - 1], rank[at], gap, lane);
        }

        var blocks = new Stack<(double Sum, int Count)>();
        for (var at = 0; at < rank.Count; at++)
        {
            var block = (Sum: wishes[at] - offsets[at], Count: 1);
            while (blocks.TryPeek(out var before) && before.Sum / before.Count > block.Sum / block.Count)
            {
                blocks.Pop();
                block = (block.Sum + before.Sum, block.Count + before.Count);
            }

            blocks.Push(block);
        }

        var next = 0;
        foreach (var (sum, count) in blocks.Reverse())
        {
            for (var number = 0; number < count; number++, next++)
            {
                items.Middle[rank[next]] = (sum / count) + offsets[next];
            }
        }
    }
}
