using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// When things count as anchors: from 400 days before the person left until they left for what they could reach, until now for
/// what they had. Instants are UTC ticks.
/// </summary>
/// <param name="From">Inclusive.</param>
/// <param name="Left">When they left, exclusive end of what they could reach.</param>
/// <param name="Now">The moment asked about, inclusive.</param>
public readonly record struct AnchorWindow(long From, long Left, long Now)
{
    /// <param name="left">Null: no end is known; then the moment asked about.</param>
    /// <param name="now">The moment asked about.</param>
    /// <param name="back">How far back from leaving.</param>
    public static AnchorWindow Of(DateTimeOffset? left, DateTimeOffset now, TimeSpan back)
    {
        var until = Math.Min((left ?? now).UtcTicks, now.UtcTicks);
        return new AnchorWindow(Math.Max(0, until - back.Ticks), until, now.UtcTicks);
    }

    /// <summary>Whether the edge held at some instant of the window, up to now.</summary>
    public Truth Had(Edge edge) => During(edge, From, Now + 1);

    /// <summary>Whether the edge held at some instant before they left.</summary>
    public Truth HadBefore(Edge edge) => During(edge, From, Left);

    /// <summary>Whether both held at one instant before they left.</summary>
    public Truth HadTogether(Edge one, Edge other)
    {
        var both = Truth.False;
        foreach (var (from, until, truth) in Stretches(one))
        {
            both = both.Or(truth.And(During(other, Math.Max(from, From), Math.Min(until, Left))));
        }

        return both;
    }

    /// <summary>Whether it held at some instant of [from, until).</summary>
    public static Truth During(Edge edge, long from, long until)
    {
        var held = Truth.False;
        foreach (var (start, end, truth) in Stretches(edge))
        {
            held = start < until && end > from && from < until ? held.Or(truth) : held;
        }

        return held;
    }

    /// <summary>The stretches in which it held for certain, and in which it may have.</summary>
    public static IEnumerable<(long From, long Until, Truth Truth)> Stretches(Edge edge)
    {
        var columns = edge.View.Columns;
        for (var i = columns.EdgeSpanStarts[edge.Index]; i < columns.EdgeSpanStarts[edge.Index + 1]; i++)
        {
            var span = columns.EdgeSpans[i];
            if (span.CountsForPresence)
            {
                yield return (columns.Times[span.From], columns.Times[span.EndsNotBefore], Truth.True);
                yield return (columns.Times[span.UnknownFrom], columns.Times[span.Until], Truth.Unknown);
            }
        }
    }
}
