namespace IdentityGraph.Interop.Pictures;

/// <summary>
/// The room between two ranks, in which labels stand on their lines. No two of them overlap: a label slides along its line, and where that is
/// not enough the room gets deeper by a track.
/// </summary>
internal static class LabelRoom
{
    /// <summary>What a line needs before and after the labels, together.</summary>
    public const double Curve = 34;

    // Between a label and what stands before or behind it: a pointed end, or a mark on a box.
    private const double Clear = 11;
    private const double Apart = 3;
    private const double Step = 3;
    private const double Shallowest = 20;

    // With more tracks labels stand in the middle of one: then each takes one at most, and there is always one that is free.
    private const int MostSliding = 1;

    /// <summary>How far a bow has to be pulled for its middle to get somewhere.</summary>
    private const double Pull = 1 / 0.75;

    /// <summary>A line with a label, as it passes the room.</summary>
    /// <param name="Edge">Which one.</param>
    /// <param name="Along">How long the label is in the direction of the ranks.</param>
    /// <param name="Across">How long it is the other way.</param>
    /// <param name="From">Where the line comes from, across.</param>
    /// <param name="To">Where it goes, across.</param>
    /// <param name="Before">How far before the room it begins.</param>
    /// <param name="After">How far after the room it ends.</param>
    /// <param name="IsBeside">It comes from this rank and goes back to it.</param>
    public readonly record struct Passing(int Edge, double Along, double Across, double From, double To, double Before, double After, bool IsBeside);

    /// <summary>Where a label stands: along from the begin of the room, and across.</summary>
    public readonly record struct Spot(double Along, double Across)
    {
        /// <summary>Of a line within one rank: how far its curve is drawn out for the label to be on it.</summary>
        public double Bow => Along * Pull;
    }

    /// <summary>How deep the room is, and where each label stands in it, in the order given.</summary>
    public static (double Depth, Spot[] Spots) Place(IReadOnlyList<Passing> lines)
    {
        var deepest = lines.Select(static line => line.Along).DefaultIfEmpty().Max();
        for (var tracks = 1; ; tracks = tracks <= MostSliding ? tracks + 1 : Math.Min(Math.Max(lines.Count, 1), tracks + ((tracks + 1) / 2)))
        {
            var depth = Math.Max(Shallowest, (tracks * deepest) + ((tracks - 1) * Apart)) + Curve;
            if (TryPlace(lines, depth, deepest, tracks) is { } spots)
            {
                return (depth, spots);
            }
        }
    }

    /// <summary>What can move least comes first. Null: there is not enough room.</summary>
    private static Spot[]? TryPlace(IReadOnlyList<Passing> lines, double depth, double deepest, int tracks)
    {
        var spots = new Spot[lines.Count];
        var taken = new Dictionary<int, List<(double Along, double Across, double Depth, double Breadth)>>();
        foreach (var number in Enumerable.Range(0, lines.Count).OrderBy(number => lines[number].IsBeside ? 0 : Math.Abs(lines[number].From - lines[number].To)).ThenBy(static number => number))
        {
            var line = lines[number];
            var isPlaced = false;
            foreach (var (track, along) in tracks <= MostSliding ? Sliding(line, depth).Select(static along => (0, along)) : Tracks(depth, deepest, tracks))
            {
                var across = AcrossAt(line, along, depth);
                var others = taken.TryGetValue(track, out var known) ? known : taken[track] = [];
                if (others.TrueForAll(other => Math.Abs(other.Along - along) >= ((other.Depth + line.Along) / 2) + Apart || Math.Abs(other.Across - across) >= ((other.Breadth + line.Across) / 2) + Apart))
                {
                    others.Add((along, across, line.Along, line.Across));
                    spots[number] = new Spot(along, across);
                    isPlaced = true;
                    break;
                }
            }

            if (!isPlaced)
            {
                return null;
            }
        }

        return spots;
    }

    /// <summary>From the middle on, farther and farther to both sides.</summary>
    private static IEnumerable<double> Sliding(Passing line, double depth)
    {
        var middle = depth / 2;
        yield return middle;
        for (var off = Step; middle - off >= Clear + (line.Along / 2); off += Step)
        {
            yield return middle + off;
            yield return middle - off;
        }
    }

    private static IEnumerable<(int Track, double Along)> Tracks(double depth, double deepest, int tracks)
    {
        var first = (depth - ((tracks - 1) * (deepest + Apart))) / 2;
        return Enumerable.Range(0, tracks)
            .OrderBy(track => Math.Abs((2 * track) - (tracks - 1))).ThenBy(static track => track)
            .Select(track => (track, first + (track * (deepest + Apart))));
    }

    /// <summary>Where the line is when it is so far along.</summary>
    private static double AcrossAt(Passing line, double along, double depth)
    {
        if (line.IsBeside)
        {
            return (line.From + line.To) / 2;
        }

        // Along grows all the way, so that halving finds the share of the curve.
        var share = (along + line.Before) / (depth + line.Before + line.After);
        double low = 0, high = 1;
        for (var half = 0; half < 30; half++)
        {
            var at = (low + high) / 2;
            (low, high) = (at * (1.5 + (at * (at - 1.5))) < share) ? (at, high) : (low, at);
        }

        return line.From + ((line.To - line.From) * low * low * (3 - (2 * low)));
    }
}
