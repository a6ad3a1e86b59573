using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Since when what proofs rest on holds: edges, that nodes are live, and what is said of them as it is said now. What surely holds, since
/// it does without a break; what may hold, since it last surely began, or else since it may. Asked again just before ever earlier changes
/// of what was read to answer. Safe to share between threads.
/// </summary>
/// <param name="now">Judged at the moment asked about.</param>
internal sealed class FactTimes(Liveness now)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<(int Node, string Property), long> _since = [];
    private readonly GraphSnapshot _snapshot = now.View.Snapshot;
    private readonly SnapshotColumns _columns = now.View.Columns;
    private readonly ControlScratch _scratch = new(now.View.NodeCount);

    /// <summary>UTC ticks; <see cref="Instants.Earliest"/> where it holds for as long as anything is known.</summary>
    /// <param name="node">Of the view.</param>
    /// <param name="property">"live", "state" for a principal and the like, which live by their state, or the name of a property.</param>
    public long Since(Node node, string property)
    {
        lock (_gate)
        {
            if (!_since.TryGetValue((node.Index, property), out var since))
            {
                _since[(node.Index, property)] = since = IsLiving(node.Index, property) ? SinceLive(node.Index) : SinceSaid(node.Index, property);
            }

            return since;
        }
    }

    /// <summary>The same for an edge, as its sources show it: while one that is stale is all that shows it, it only may hold.</summary>
    public long Since(Edge edge)
    {
        var spans = _columns.EdgeSpans.AsSpan(_columns.EdgeSpanStarts[edge.Index].._columns.EdgeSpanStarts[edge.Index + 1]);
        var at = now.View.AsOf.UtcTicks;
        var sure = TruthAt(spans, at);
        while (LastChange(spans, at) is var changed && changed > 0)
        {
            at = changed - 1;
            var then = TruthAt(spans, at);
            sure = sure.Or(then);
            if (then != sure || then == Truth.False)
            {
                return changed;
            }
        }

        return Instants.Earliest;
    }

    private Truth TruthAt(ReadOnlySpan<Span> spans, long at)
    {
        var (truth, rank) = (Truth.False, _columns.RankAt(at));
        foreach (ref readonly var span in spans)
        {
            var shown = span.TruthAt(rank, at > _columns.Streams[span.Stream].FreshUntil);
            truth = truth.Or(shown);
        }

        return truth;
    }

    private long LastChange(ReadOnlySpan<Span> spans, long at)
    {
        var last = 0L;
        foreach (ref readonly var span in spans)
        {
            foreach (var instant in (ReadOnlySpan<long>)
                [_columns.Times[span.UnknownFrom], _columns.Times[span.From], _columns.Times[span.EndsNotBefore], _columns.Times[span.Until], StaleFrom(span.Stream)])
            {
                last = instant <= at ? Math.Max(last, instant) : last;
            }
        }

        return last;
    }

    /// <summary>The instant from which what the stream shows only may hold.</summary>
    private long StaleFrom(int stream) => _columns.Streams[stream].FreshUntil is not (Instants.Earliest or Instants.Latest) and var until ? until + 1 : 0;

    /// <summary>Of what is paused or disabled it is the state that is meant.</summary>
    private bool IsLiving(int node, string property) => property == "live" || (property == "state" && now.Of(now.View[node]) != Truth.False);

    private long SinceLive(int node) => Begins(view => now.At(view, _scratch.Cleared()).Of(view[node]));

    private long SinceSaid(int node, string property)
    {
        var said = now.View[node].Get(property);
        return Begins(view => view[node].Get(property) is var then && then.Known == said.Known && (!said.HasValue || then.Value.Equals(said.Value))
            ? then.Fresh ? Truth.True : Truth.Unknown
            : Truth.False);
    }

    private long Begins(Func<GraphView, Truth> truth)
    {
        var (at, read) = (now.View.AsOf.UtcTicks, new ReadLog());
        var sure = truth(new GraphView(_snapshot, now.View.AsOf, read));
        while (LastChange(read, at) is var changed && changed > 0)
        {
            (at, read) = (changed - 1, new ReadLog());
            var then = truth(new GraphView(_snapshot, Instants.FromTicks(at), read));
            sure = sure.Or(then);
            if (then != sure || then == Truth.False)
            {
                return changed;
            }
        }

        return Instants.Earliest;
    }

    /// <summary>The last instant up to another at which anything that was read changed; 0: nothing did.</summary>
    private long LastChange(ReadLog read, long at)
    {
        var last = 0L;
        foreach (var key in read.Keys)
        {
            if (key < 0)
            {
                var edges = _columns.Kinds[(int)(-1 - key)];
                Take(edges.First, edges.Count, null);
                continue;
            }

            var (node, way) = ((int)(key / ReadLog.Ways), (int)(key % ReadLog.Ways));
            if (way == 0)
            {
                TakeNode(node);
                continue;
            }

            var kind = _columns.Kinds[(way - 1) / 2];
            var isOut = way % 2 == 1;
            var (start, end) = isOut ? kind.Out.Of(node) : kind.In.Of(node);
            Take(isOut ? kind.First + start : start, end - start, isOut ? null : kind.Backward);
        }

        foreach (var stream in read.Streams)
        {
            // Starts of full runs decide only where something was to be seen again.
            var starts = _columns.FullStarts[stream];
            var found = Array.BinarySearch(starts, at);
            var place = found >= 0 ? found : ~found - 1;
            last = place >= 0 ? Math.Max(last, starts[place]) : last;
        }

        return last;

        void TakeNode(int node)
        {
            TakeSpans(_columns.NodeSpans.AsSpan(_columns.NodeSpanStarts[node]..(_columns.NodeSpanStarts[node + 1])));
            TakeRows(_columns.NodeStatements.Of(node));
            if (now.View[node] is { } told && told.Kind == NodeKinds.Employment)
            {
                One(HrDates.Start(told)?.UtcTicks);
                One(HrDates.End(told)?.UtcTicks);
            }
        }

        void Take(int first, int count, int[]? order)
        {
            for (var i = first; i < first + count; i++)
            {
                var edge = order is null ? i : order[i];
                TakeSpans(_columns.EdgeSpans.AsSpan(_columns.EdgeSpanStarts[edge]..(_columns.EdgeSpanStarts[edge + 1])));
                TakeRows(_columns.EdgeStatements.Of(edge));
            }
        }

        void TakeSpans(ReadOnlySpan<Span> spans)
        {
            foreach (ref readonly var span in spans)
            {
                foreach (var rank in (ReadOnlySpan<int>)[span.UnknownFrom, span.From, span.EndsNotBefore, span.Until, span.FirstAt, span.LastAt])
                {
                    One(_columns.Times[rank]);
                }

                Stale(span.Stream);
            }
        }

        void TakeRows(ReadOnlySpan<StatementRow> rows)
        {
            foreach (ref readonly var row in rows)
            {
                foreach (var rank in (ReadOnlySpan<int>)[row.From, row.Until, row.FirstAt, row.LastAt])
                {
                    One(_columns.Times[rank]);
                }

                One(_columns.Values[row.Value].AsInstant()?.UtcTicks);
                Stale(row.Stream);
            }
        }

        void Stale(int stream) => One(StaleFrom(stream));

        void One(long? instant) => last = instant is { } known && known <= at && known > last ? known : last;
    }
}
