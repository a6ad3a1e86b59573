using IdentityGraph.Graph;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// The change points of a snapshot at which control may change, with the nodes whose facts or edges change there: those of runs, handoffs, reviews, tickets and observed use, of which
/// there are most, are left out, because no control rule reads them.
/// </summary>
internal sealed class ControlInstants
{
    private static readonly HashSet<NodeKind> s_silent =
    [
        NodeKinds.Run, NodeKinds.StepRun, NodeKinds.Handoff, NodeKinds.LifecycleEvent, NodeKinds.ProvisioningAction, NodeKinds.BusinessProcess, NodeKinds.Team,
        NodeKinds.EntitlementRule, NodeKinds.Approval, NodeKinds.Ticket, NodeKinds.ReviewCampaign, NodeKinds.ReviewItem, NodeKinds.Exception,
        NodeKinds.UsageObservation, NodeKinds.AuditTrail, NodeKinds.Evidence, NodeKinds.CollectorRun, NodeKinds.AnalysisRun, NodeKinds.Finding,
    ];

    private readonly Dictionary<long, List<int>> _nodes = [];
    private readonly Dictionary<long, List<int>> _streams = [];
    private readonly HashSet<long> _everything = [];

    public ControlInstants(GraphSnapshot snapshot)
    {
        var columns = snapshot.Columns;
        var used = columns.PropertyNumbers.TryGetValue(Properties.LastUsedAt.Name, out var number) ? number : ushort.MaxValue;
        foreach (var kind in NodeKind.All.Where(kind => !s_silent.Contains(kind)))
        {
            for (var node = columns.KindStarts[kind.Index]; node < columns.KindStarts[kind.Index + 1]; node++)
            {
                TakeSpans(columns, columns.NodeSpans.AsSpan(columns.NodeSpanStarts[node]..columns.NodeSpanStarts[node + 1]), node, node);
                TakeRows(columns, columns.NodeStatements.Of(node), used, node, node);
            }
        }

        foreach (var kind in EdgeKind.All.Where(kind => kind.FeedsControl || kind == EdgeKinds.ConsentedBy || kind == EdgeKinds.EmployedAs))
        {
            var (first, count) = (columns.Kinds[kind.Index].First, columns.Kinds[kind.Index].Count);
            for (var edge = first; edge < first + count; edge++)
            {
                var (of, to) = (columns.EdgeOf[edge], columns.EdgeTo[edge]);
                TakeSpans(columns, columns.EdgeSpans.AsSpan(columns.EdgeSpanStarts[edge]..columns.EdgeSpanStarts[edge + 1]), of, to);
                TakeRows(columns, columns.EdgeStatements.Of(edge), used, of, to);
            }
        }

        for (var stream = 0; stream < columns.Streams.Length; stream++)
        {
            foreach (var start in columns.FullStarts[stream])
            {
                (_streams.TryGetValue(start, out var read) ? read : _streams[start] = []).Add(stream);
            }

            var end = columns.Streams[stream].FreshUntil;
            _everything.Add(end is Instants.Earliest or Instants.Latest ? end : end + 1);
        }

        Points = [.. snapshot.ChangePoints.ToArray().Where(point => _nodes.ContainsKey(point) || _streams.ContainsKey(point) || _everything.Contains(point))];
    }

    /// <summary>UTC ticks, sorted, distinct; each is a change point of the snapshot.</summary>
    public long[] Points { get; }

    /// <summary>Whether anything that was read may read otherwise from the instant on.</summary>
    public bool Touches(long instant, ReadLog log) =>
        _everything.Contains(instant)
        || (_streams.TryGetValue(instant, out var streams) && streams.Exists(log.HasReadStream))
        || _nodes.GetValueOrDefault(instant)?.Exists(log.HasRead) == true;

    private void TakeSpans(SnapshotColumns columns, ReadOnlySpan<Span> spans, int of, int to)
    {
        foreach (ref readonly var span in spans)
        {
            Take(columns.Times[span.UnknownFrom], of, to);
            Take(columns.Times[span.From], of, to);
            Take(columns.Times[span.EndsNotBefore], of, to);
            Take(columns.Times[span.Until], of, to);
            Take(columns.Times[span.FirstAt], of, to);
            Take(columns.Times[span.LastAt], of, to);
        }
    }

    private void TakeRows(SnapshotColumns columns, ReadOnlySpan<StatementRow> rows, ushort except, int of, int to)
    {
        foreach (ref readonly var row in rows)
        {
            if (row.Property == except)
            {
                continue;
            }

            Take(columns.Times[row.From], of, to);
            Take(columns.Times[row.Until], of, to);
            Take(columns.Times[row.FirstAt], of, to);
            Take(columns.Times[row.LastAt], of, to);
            if (columns.Values[row.Value].AsInstant() is { } value)
            {
                Take(value.UtcTicks, of, to);
            }
        }
    }

    private void Take(long instant, int of, int to)
    {
        if (instant is Instants.Earliest or Instants.Latest)
        {
            return;
        }

        var nodes = _nodes.TryGetValue(instant, out var known) ? known : _nodes[instant] = [];
        if (nodes.Count == 0 || nodes[^1] != of)
        {
            nodes.Add(of);
        }

        if (nodes[^1] != to)
        {
            nodes.Add(to);
        }
    }
}
