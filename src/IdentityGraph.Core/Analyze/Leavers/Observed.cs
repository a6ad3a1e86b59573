using IdentityGraph.Graph;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>What was read of a node by the view's instant: when, how well, and whether by a source that is still fresh.</summary>
internal static class Observed
{
    /// <summary>Whether some source that says it is there, or says that it ended, is fresh at the view's instant.</summary>
    public static bool IsFresh(Node node)
    {
        foreach (var span in SpansOf(node))
        {
            if (span.CountsForPresence && node.View.IsFresh(node.View.Columns.Streams[span.Stream]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>The streams that say of the node that it is there, or that it ended; one may come up more than once.</summary>
    public static IEnumerable<StreamCoverage> StreamsOf(Node node)
    {
        foreach (var span in SpansOf(node))
        {
            if (span.CountsForPresence)
            {
                yield return node.View.Columns.Streams[span.Stream];
            }
        }
    }

    /// <summary>The last reading of it, presence or property; the strongest of those at one instant. Null: none.</summary>
    public static RemovalEvidence? Last(Node node)
    {
        RemovalEvidence? last = null;
        foreach (var span in SpansOf(node))
        {
            last = Later(last, span.Grade, node.View.Columns.ReadBy(node.View.AsOf.UtcTicks, span.Stream, span.FirstAt, span.LastAt), node);
        }

        foreach (var said in node.Statements())
        {
            last = Later(last, said.Grade, said.SeenBy(node.View.AsOf.UtcTicks), node);
        }

        return last;
    }

    /// <summary>The reading that showed it gone: when its end was established. Null: it has not ended.</summary>
    public static RemovalEvidence? Ended(Node node)
    {
        RemovalEvidence? ended = null;
        foreach (var span in SpansOf(node))
        {
            if (span.CountsForPresence)
            {
                ended = Later(ended, EvidenceGrade.SystemState, node.View.Columns.Times[span.Until], node);
            }
        }

        return ended;
    }

    /// <summary>Whether it ended and was read again by now, since the instant given (UTC ticks).</summary>
    public static bool ReturnedSince(Node node, long since) =>
        node.View.Columns.NodeStatements.Returns.TryGetValue(node.Index, out var returns)
        && returns.Any(one => one.Again > since && one.Again <= node.View.AsOf.UtcTicks);

    /// <summary>Whether some source that says of the edge that it held, or that it ended, is fresh at the view's instant.</summary>
    public static bool IsFresh(Edge edge)
    {
        foreach (var span in SpansOf(edge))
        {
            if (span.CountsForPresence && edge.View.IsFresh(edge.View.Columns.Streams[span.Stream]))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>When the end of the edge was established. Null: it has not ended.</summary>
    public static RemovalEvidence? Ended(Edge edge)
    {
        RemovalEvidence? ended = null;
        foreach (var span in SpansOf(edge))
        {
            if (span.CountsForPresence)
            {
                ended = Later(ended, EvidenceGrade.SystemState, edge.View.Columns.Times[span.Until], edge.To);
            }
        }

        return ended;
    }

    private static RemovalEvidence? Later(RemovalEvidence? known, EvidenceGrade grade, long at, Node node) =>
        at <= node.View.AsOf.UtcTicks && (known is not { } other || (at, grade).CompareTo((other.At, other.Grade)) > 0) ? new RemovalEvidence(grade, at) : known;

    private static Span[] SpansOf(Edge edge)
    {
        var columns = edge.View.Columns;
        return columns.EdgeSpans[columns.EdgeSpanStarts[edge.Index]..columns.EdgeSpanStarts[edge.Index + 1]];
    }

    private static Span[] SpansOf(Node node)
    {
        var columns = node.View.Columns;
        return columns.NodeSpans[columns.NodeSpanStarts[node.Index]..columns.NodeSpanStarts[node.Index + 1]];
    }
}
