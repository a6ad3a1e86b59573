using IdentityGraph.Graph;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// The change points of a snapshot at which control may change: those of runs, handoffs, reviews, tickets and observed use, of which
/// there are most, are left out, because no control rule reads them.
/// </summary>
internal static class ControlInstants
{
    private static readonly HashSet<NodeKind> s_silent =
    [
        NodeKinds.Run, NodeKinds.StepRun, NodeKinds.Handoff, NodeKinds.LifecycleEvent, NodeKinds.ProvisioningAction, NodeKinds.BusinessProcess, NodeKinds.Team,
        NodeKinds.EntitlementRule, NodeKinds.Approval, NodeKinds.Ticket, NodeKinds.ReviewCampaign, NodeKinds.ReviewItem, NodeKinds.Exception,
        NodeKinds.UsageObservation, NodeKinds.AuditTrail, NodeKinds.Evidence, NodeKinds.CollectorRun, NodeKinds.AnalysisRun, NodeKinds.Finding,
    ];

    /// <summary>UTC ticks, sorted, distinct; each is a change point of the snapshot.</summary>
    public static long[] Of(GraphSnapshot snapshot)
    {
        var columns = snapshot.Columns;
        var instants = new HashSet<long>();
        var used = columns.PropertyNumbers.TryGetValue(Properties.LastUsedAt.Name, out var number) ? number : ushort.MaxValue;
        foreach (var kind in NodeKind.All)
        {
            if (!s_silent.Contains(kind))
            {
                TakeSpans(columns, columns.NodeSpans.AsSpan(columns.NodeSpanStarts[columns.KindStarts[kind.Index]]..columns.NodeSpanStarts[columns.KindStarts[kind.Index + 1]]), instants);
                TakeRows(columns, columns.NodeStatements, columns.KindStarts[kind.Index], columns.KindStarts[kind.Index + 1], used, instants);
            }
        }

        foreach (var kind in EdgeKind.All)
        {
            if (kind.FeedsControl || kind == EdgeKinds.ConsentedBy || kind == EdgeKinds.EmployedAs)
            {
                var (first, count) = (columns.Kinds[kind.Index].First, columns.Kinds[kind.Index].Count);
                TakeSpans(columns, columns.EdgeSpans.AsSpan(columns.EdgeSpanStarts[first]..columns.EdgeSpanStarts[first + count]), instants);
                TakeRows(columns, columns.EdgeStatements, first, first + count, used, instants);
            }
        }

        for (var stream = 0; stream < columns.Streams.Length; stream++)
        {
            instants.UnionWith(columns.FullStarts[stream]);
            var end = columns.Streams[stream].FreshUntil;
            instants.Add(end is Instants.Earliest or Instants.Latest ? end : end + 1);
        }

        return [.. snapshot.ChangePoints.ToArray().Where(instants.Contains)];
    }

    private static void TakeSpans(SnapshotColumns columns, ReadOnlySpan<Span> spans, HashSet<long> instants)
    {
        foreach (ref readonly var span in spans)
        {
            instants.Add(columns.Times[span.UnknownFrom]);
            instants.Add(columns.Times[span.From]);
            instants.Add(columns.Times[span.EndsNotBefore]);
            instants.Add(columns.Times[span.Until]);
            instants.Add(columns.Times[span.FirstAt]);
            instants.Add(columns.Times[span.LastAt]);
        }
    }

    private static void TakeRows(SnapshotColumns columns, Statements statements, int first, int end, ushort except, HashSet<long> instants)
    {
        for (var i = statements.Starts[first]; i < statements.Starts[end]; i++)
        {
            ref readonly var row = ref statements.Rows[i];
            if (row.Property == except)
            {
                continue;
            }

            instants.Add(columns.Times[row.From]);
            instants.Add(columns.Times[row.Until]);
            instants.Add(columns.Times[row.FirstAt]);
            instants.Add(columns.Times[row.LastAt]);
            if (columns.Values[row.Value].AsInstant() is { } value)
            {
                instants.Add(value.UtcTicks);
            }
        }
    }
}
