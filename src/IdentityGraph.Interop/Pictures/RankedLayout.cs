namespace IdentityGraph.Interop.Pictures;

/// <summary>
/// Ranks from the starts on, then sweeps that put each thing at the middle of its neighbours to avoid crossings, then places as
/// straight as the gaps allow. The same picture always gets the same layout.
/// </summary>
public static class RankedLayout
{
    private const int Sweeps = 12;
    private const double Gap = 22;
    private const double Lane = 14;

    // What a curve needs before and after the label in its middle.
    private const double Curve = 34;
    private const double WidestToTheRight = 1150;

    // A long edge takes a lane in every rank it passes; past so many lanes it goes straight.
    private const int MostLanes = 20_000;

    /// <summary>To the right where that is narrow enough to be printed, else in the direction that is narrower.</summary>
    /// <param name="things">What is placed.</param>
    /// <param name="edges">Between places in <paramref name="things"/>; none from a thing to itself.</param>
    /// <param name="label">Room for the label of an edge.</param>
    public static Layout Of(IReadOnlyList<Sized> things, IReadOnlyList<(int From, int To)> edges, Sized label)
    {
        var right = Of(things, edges, label, down: false);
        if (right.Width <= WidestToTheRight)
        {
            return right;
        }

        var down = Of(things, edges, label, down: true);
        return down.Width < right.Width ? down : right;
    }

    /// <param name="things">What is placed.</param>
    /// <param name="edges">Between places in <paramref name="things"/>; none from a thing to itself.</param>
    /// <param name="label">Room for the label of an edge.</param>
    /// <param name="down">Which way ranks follow each other.</param>
    public static Layout Of(IReadOnlyList<Sized> things, IReadOnlyList<(int From, int To)> edges, Sized label, bool down)
    {
        ArgumentNullException.ThrowIfNull(things);
        ArgumentNullException.ThrowIfNull(edges);
        if (things.Count == 0)
        {
            return new Layout(0, 0, down, [], []);
        }

        var (ranks, turned) = Ranking.Of(things, edges);
        var (items, lanes) = Lanes(things, edges, ranks, turned, down);
        Ordering.Sweep(items, Sweeps);
        Placing.Place(items, Gap, Lane);

        // Along the ranks: each is as deep as its deepest thing.
        var depths = new double[items.Ranks.Count];
        var at = 0.0;
        var deep = items.Ranks.Select(rank => rank.Select(item => items.Depth[item]).DefaultIfEmpty().Max()).ToArray();
        for (var rank = 0; rank < depths.Length; rank++)
        {
            depths[rank] = at;
            at += deep[rank] + (rank + 1 < depths.Length ? Curve + (down ? label.Height : label.Width) : 0);
        }

        Point Corner(int item) => Turn(depths[items.Rank[item]] + ((deep[items.Rank[item]] - items.Depth[item]) / 2), items.Middle[item] - (items.Breadth[item] / 2), down);
        var corners = Enumerable.Range(0, things.Count).Select(Corner).ToArray();
        var routes = edges.Select((edge, number) => Route(edge, lanes[number], turned[number])).ToArray();
        var across = items.Middle.Select((middle, item) => middle + (items.Breadth[item] / 2)).Max();
        return new Layout(down ? across : at, down ? at : across, down, corners, routes);

        IReadOnlyList<Point> Route((int From, int To) edge, IReadOnlyList<int> passed, bool isTurned)
        {
            var (first, last) = isTurned ? (edge.To, edge.From) : (edge.From, edge.To);

            // Within one rank it goes out on the far side and comes back.
            List<Point> points = [End(first, after: true), .. passed.SelectMany(Through), End(last, after: ranks[first] == ranks[last])];
            if (isTurned)
            {
                points.Reverse();
            }

            return points;
        }

        Point End(int item, bool after)
        {
            var begin = depths[items.Rank[item]] + ((deep[items.Rank[item]] - items.Depth[item]) / 2);
            return Turn(after ? begin + items.Depth[item] : begin, items.Middle[item], down);
        }

        // A lane runs straight past the things of its rank.
        IEnumerable<Point> Through(int lane) =>
            [Turn(depths[items.Rank[lane]], items.Middle[lane], down), Turn(depths[items.Rank[lane]] + deep[items.Rank[lane]], items.Middle[lane], down)];
    }

    private static Point Turn(double along, double across, bool down) => down ? new Point(across, along) : new Point(along, across);

    /// <summary>Things and lanes as one graph whose edges go from one rank to the next; and the lanes of each edge.</summary>
    private static (Items Items, IReadOnlyList<int>[] Lanes) Lanes(IReadOnlyList<Sized> things, IReadOnlyList<(int From, int To)> edges, int[] ranks, bool[] turned, bool down)
    {
        var items = new Items(ranks.Max() + 1);
        for (var thing = 0; thing < things.Count; thing++)
        {
            var (depth, breadth) = down ? (things[thing].Height, things[thing].Width) : (things[thing].Width, things[thing].Height);
            items.Add(ranks[thing], depth, breadth, isLane: false);
        }

        var lanes = new IReadOnlyList<int>[edges.Count];
        for (var number = 0; number < edges.Count; number++)
        {
            var (from, to) = turned[number] ? (edges[number].To, edges[number].From) : edges[number];
            List<int> passed = [];
            var before = from;
            for (var rank = ranks[from] + 1; rank < ranks[to] && items.Count - things.Count < MostLanes; rank++)
            {
                var lane = items.Add(rank, 0, 0, isLane: true);
                items.Join(before, lane);
                passed.Add(lane);
                before = lane;
            }

            if (items.Rank[before] + 1 == ranks[to])
            {
                items.Join(before, to);
            }

            lanes[number] = passed;
        }

        return (items, lanes);
    }
}
