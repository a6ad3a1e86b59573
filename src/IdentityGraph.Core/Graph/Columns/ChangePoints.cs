namespace IdentityGraph.Graph.Columns;

/// <summary>Every instant at which a view may change.</summary>
internal static class ChangePoints
{
    public static long[] Of(SnapshotColumns columns)
    {
        var points = new HashSet<long>(columns.Times);
        foreach (var value in columns.Values)
        {
            if (value.AsInstant() is { } instant)
            {
                points.Add(instant.UtcTicks);
            }
        }

        foreach (var stream in columns.Streams)
        {
            if (stream.FreshUntil is not (Instants.Earliest or Instants.Latest))
            {
                points.Add(stream.FreshUntil + 1);
            }
        }

        points.Remove(Instants.Earliest);
        points.Remove(Instants.Latest);
        var sorted = points.ToArray();
        Array.Sort(sorted);
        return sorted;
    }
}
