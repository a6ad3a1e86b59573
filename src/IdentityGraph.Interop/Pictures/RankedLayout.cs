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

    // Where ranks are taller, nobody sees their middle first.
    private const double Tall = 900;

    // A long edge takes a lane in every rank it passes; past so many lanes it goes straight.
    private const int MostLanes = 20_000;

    /// <param name="things">What is placed.</param>
    /// <param name="edges">Between places in <paramref name="things"/>; none from a thing to itself.</param>
    /// <param name="labels">Room for the label of each edge; nothing for an edge without one.</param>
    /// <param name="down">Ranks follow each other downwards, not to the right.</param>
    public static Layout Of(IReadOnlyList<Sized> things, IReadOnlyList<(int From, int To)> edges, IReadOnlyList<Sized> labels, bool down)
    {
        ArgumentNullException.ThrowIfNull(things);
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(labels);
        if (things.Count == 0)
        {
            return new Layout(0, 0, down, [], [], [], []);
        }

        var (ranks, turned) = Ranking.Of(things, edges);
        var (items, lanes) = Lanes(things, edges, ranks, turned, down);
        Ordering.Sweep(items, Sweeps);
        Placing.Place(items, Gap, Lane);
        if (!down && Breadth(items) > Tall)
        {
            Placing.ToTheTop(items, Gap, Lane);
        }

        var routes = new Routes(items, edges, lanes, turned, down);
        var spots = Deepen(routes, labels);
        var (corners, lines) = (Enumerable.Range(0, things.Count).Select(routes.Corner).ToArray(), Enumerable.Range(0, edges.Count).Select(routes.Of).ToArray());
        return Framed(new Layout(down ? Breadth(items) : routes.Depth, down ? routes.Depth : Breadth(items), down, corners, lines, [.. spots.Select(static spot => spot?.At)], [.. spots.Select(static spot => spot?.Bow ?? LabelRoom.Curve)]), labels);
    }

    private static double Breadth(Items items) => items.Middle.Select((middle, item) => middle + (items.Breadth[item] / 2)).Max();

    /// <summary>One rank after the other gets its place along, with as much room after it as its labels need.</summary>
    private static (Point At, double Bow)?[] Deepen(Routes routes, IReadOnlyList<Sized> labels)
    {
        var rooms = Enumerable.Range(0, labels.Count).Where(edge => labels[edge].Width > 0).ToLookup(routes.RoomOf);
        var spots = new (Point At, double Bow)?[labels.Count];
        for (var rank = 0; rank < routes.Ranks; rank++)
        {
            var end = routes.Begin(rank);
            var lines = rooms[rank].Select(edge => routes.Passing(edge, labels[edge])).ToList();
            if (rank + 1 == routes.Ranks && lines.Count == 0)
            {
                break;
            }

            var (depth, placed) = LabelRoom.Place(lines);
            for (var number = 0; number < placed.Length; number++)
            {
                spots[lines[number].Edge] = (routes.Turn(end + placed[number].Along, placed[number].Across), lines[number].IsBeside ? placed[number].Bow : 0);
            }

            routes.Leave(depth);
        }

        return spots;
    }

    /// <summary>A label may stand out on the side; then everything moves.</summary>
    private static Layout Framed(Layout layout, IReadOnlyList<Sized> labels)
    {
        var shown = Enumerable.Range(0, labels.Count).Where(edge => layout.Labels[edge] is not null).Select(edge => (At: layout.Labels[edge]!.Value, Size: labels[edge])).ToList();
        var left = Math.Max(0, shown.Select(static label => (label.Size.Width / 2) - label.At.X).DefaultIfEmpty().Max());
        var top = Math.Max(0, shown.Select(static label => (label.Size.Height / 2) - label.At.Y).DefaultIfEmpty().Max());
        Point Moved(Point point) => new(point.X + left, point.Y + top);
        return layout with
        {
            Width = left + shown.Select(static label => label.At.X + (label.Size.Width / 2)).Append(layout.Width).Max(),
            Height = top + shown.Select(static label => label.At.Y + (label.Size.Height / 2)).Append(layout.Height).Max(),
            Corners = [.. layout.Corners.Select(Moved)],
            Routes = [.. layout.Routes.Select(route => (IReadOnlyList<Point>)[.. route.Select(Moved)])],
            Labels = [.. layout.Labels.Select(label => label is { } at ? Moved(at) : (Point?)null)],
        };
    }

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
