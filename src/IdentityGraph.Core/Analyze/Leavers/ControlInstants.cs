using IdentityGraph.Graph;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// The change points of a snapshot at which control may change, with what changes there, as keys of <see cref="ReadLog"/>: those of runs, handoffs, reviews, tickets and observed use, of which
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

    private readonly Dictionary<long, List<long>> _changes = [];
    private readonly Dictionary<long, List<int>> _streams = [];
    private readonly HashSet<long> _everything = [];

    /// <param name="snapshot">Where to look.</param>
    /// <param name="withSpawned">Also when something was made by something else.</param>
    public ControlInstants(GraphSnapshot snapshot, bool withSpawned = false)
    {
        var columns = snapshot.Columns;
        var used = columns.PropertyNumbers.TryGetValue(Properties.LastUsedAt.Name, out var number) ? number : ushort.MaxValue;
        foreach (var kind in NodeKind.All.Where(kind => !s_silent.Contains(kind)))
        {
            for (var node = columns.KindStarts[kind.Index]; node < columns.KindStarts[kind.Index + 1]; node++)
            {
                TakeSpans(columns, columns.NodeSpans.AsSpan(columns.NodeSpanStarts[node]..columns.NodeSpanStarts[node + 1]), [ReadLog.Facts(node)]);
                TakeRows(columns, columns.NodeStatements.Of(node), used, [ReadLog.Facts(node)]);
            }
        }

        foreach (var kind in EdgeKind.All.Where(kind => kind.FeedsControl || kind == EdgeKinds.ConsentedBy || kind == EdgeKinds.EmployedAs || (withSpawned && kind == EdgeKinds.Spawned)))
        {
            var (first, count) = (columns.Kinds[kind.Index].First, columns.Kinds[kind.Index].Count);
            for (var edge = first; edge < first + count; edge++)
            {
                ReadOnlySpan<long> changed = [ReadLog.Out(columns.EdgeOf[edge], kind.Index), ReadLog.In(columns.EdgeTo[edge], kind.Index), ReadLog.All(kind.Index)];
                TakeSpans(columns, columns.EdgeSpans.AsSpan(columns.EdgeSpanStarts[edge]..columns.EdgeSpanStarts[edge + 1]), changed);
                TakeRows(columns, columns.EdgeStatements.Of(edge), used, changed);
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

        Points = [.. snapshot.ChangePoints.ToArray().Where(point => _changes.ContainsKey(point) || _streams.ContainsKey(point) || _everything.Contains(point))];
    }

    /// <summary>UTC ticks, sorted, distinct; each is a change point of the snapshot.</summary>
    public long[] Points { get; }

    /// <summary>Whether every judgement may change at the instant: a stream goes stale.</summary>
    public bool ChangesEverything(long instant) => _everything.Contains(instant);

    /// <summary>What changes at the instant, as keys of <see cref="ReadLog"/>.</summary>
    public IReadOnlyList<long> ChangesAt(long instant) => _changes.GetValueOrDefault(instant) ?? [];

    /// <summary>Streams of which a full run began at the instant.</summary>
    public IReadOnlyList<int> ReadAt(long instant) => _streams.GetValueOrDefault(instant) ?? [];

    private void TakeSpans(SnapshotColumns columns, ReadOnlySpan<Span> spans, ReadOnlySpan<long> changed)
    {
        foreach (ref readonly var span in spans)
        {
            Take(columns.Times[span.UnknownFrom], changed);
            Take(columns.Times[span.From], changed);
            Take(columns.Times[span.EndsNotBefore], changed);
            Take(columns.Times[span.Until], changed);
            Take(columns.Times[span.FirstAt], changed);
            Take(columns.Times[span.LastAt], changed);
        }
    }

    private void TakeRows(SnapshotColumns columns, ReadOnlySpan<StatementRow> rows, ushort except, ReadOnlySpan<long> changed)
    {
        foreach (ref readonly var row in rows)
        {
            if (row.Property == except)
            {
                continue;
            }

            Take(columns.Times[row.From], changed);
            Take(columns.Times[row.Until], changed);
            Take(columns.Times[row.FirstAt], changed);
            Take(columns.Times[row.LastAt], changed);
            if (columns.Values[row.Value].AsInstant() is { } value)
            {
                Take(value.UtcTicks, changed);
            }
        }
    }

    private void Take(long instant, ReadOnlySpan<long> changed)
    {
        if (instant is Instants.Earliest or Instants.Latest)
        {
            return;
        }

        var there = _changes.TryGetValue(instant, out var known) ? known : _changes[instant] = [];
        foreach (var key in changed)
        {
            if (there.Count < changed.Length || !System.Runtime.InteropServices.CollectionsMarshal.AsSpan(there)[^changed.Length..].Contains(key))
            {
                there.Add(key);
            }
        }
    }
}
