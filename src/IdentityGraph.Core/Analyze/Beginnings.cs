using IdentityGraph.Graph;

namespace IdentityGraph.Analyze;

/// <summary>
/// Since when each finding has held without a break: the rule is asked again at ever earlier moments at which something near the
/// finding changed, until it no longer finds it. Between two such moments nothing changes, so the instant is exact and does not
/// depend on when anybody looked. Findings are traced together: a moment's view is made once.
/// </summary>
internal sealed class Beginnings
{
    /// <summary>Moments looked at before the tracing gives up.</summary>
    public const int Enough = 3_000;

    private readonly Analysis _analysis;
    private readonly PriorityQueue<Trace, long> _next = new();
    private readonly Lazy<long[]> _everywhere;

    public Beginnings(Analysis analysis)
    {
        _analysis = analysis;
        _everywhere = new(() => [.. analysis.View.Snapshot.ChangePoints.ToArray().Where(IsPast)]);
    }

    /// <summary>How many could not be traced to their beginning.</summary>
    public int Untraced { get; private set; }

    /// <summary>The findings with the instants filled in; null where they have held for as long as anything is known, or could not be traced.</summary>
    public IReadOnlyList<Finding> Of(IReadOnlyList<(IAnalyzer Analyzer, Finding Finding)> found)
    {
        var traces = new List<Trace>(found.Count);
        HashSet<Trace> left = [];
        try
        {
            foreach (var (analyzer, finding) in found)
            {
                _analysis.Stop.ThrowIfCancellationRequested();
                traces.Add(Begin(analyzer, finding));
            }

            Follow(left);
        }
        catch (OperationCanceledException) when (_analysis.IsSpent)
        {
            left.UnionWith(_next.UnorderedItems.Select(item => item.Element));
            foreach (var (analyzer, finding) in found.Skip(traces.Count))
            {
                var untraced = new Trace(analyzer, finding, []);
                traces.Add(untraced);
                left.Add(untraced);
            }
        }

        Untraced = left.Count;
        return [.. traces.Select(trace => trace.Finding with { FirstTrueAt = left.Contains(trace) ? null : Instants.FromTicksOrNull(trace.Since) })];
    }

    /// <summary>Goes back moment by moment; those that lie too far back stay in <paramref name="left"/>, and one being looked at when the time is up.</summary>
    private void Follow(HashSet<Trace> left)
    {
        var looked = 0;
        while (_next.TryPeek(out _, out var priority))
        {
            if (++looked > Enough)
            {
                left.UnionWith(_next.UnorderedItems.Select(item => item.Element));
                return;
            }

            var then = _analysis.At(Instants.FromTicks(-priority));
            while (_next.TryPeek(out var trace, out var same) && same == priority)
            {
                _analysis.Stop.ThrowIfCancellationRequested();
                left.Add(_next.Dequeue());
                Look(trace, then, -priority);
                left.Remove(trace);
            }
        }
    }

    private Trace Begin(IAnalyzer analyzer, Finding finding)
    {
        var trace = new Trace(analyzer, finding, []);
        long[] turns = [.. analyzer.Turns(_analysis, finding).Select(turn => turn.UtcTicks).Where(IsPast)];
        var lastTurn = turns.Length == 0 ? Instants.Earliest : turns.Max();
        if (finding.TrueSince is { } known && (finding.NotBefore is null || (known <= finding.NotBefore && lastTurn <= finding.NotBefore.Value.UtcTicks)))
        {
            trace.Since = Max(known, finding.NotBefore).UtcTicks;
            return trace;
        }

        var moments = new SortedSet<long>(analyzer.Around(finding)?.Moments(_analysis.Liveness) ?? (IEnumerable<long>)_everywhere.Value);
        moments.UnionWith(turns);
        moments.UnionWith(_analysis.View.Snapshot.Streams.Select(stream => stream.FreshUntil).Where(until => until is not (Instants.Earliest or Instants.Latest)).Select(until => until + 1));
        var (lowest, highest) = (finding.NotBefore?.UtcTicks ?? Instants.Earliest, finding.TrueSince is { } since ? Math.Max(since.UtcTicks, lastTurn) : _analysis.View.AsOf.UtcTicks);
        long[] past = [.. moments.Where(moment => IsPast(moment) && moment >= lowest && moment <= highest)];
        if (finding.NotBefore is { } bound && (past.Length == 0 || past[0] > bound.UtcTicks))
        {
            past = [bound.UtcTicks, .. past];
        }

        trace.Moments = past;
        trace.Since = past.Length == 0 ? Instants.Earliest : past[^1];
        trace.At = past.Length - 1;
        Continue(trace);
        return trace;
    }

    private void Look(Trace trace, Analysis then, long moment)
    {
        if (Holds(trace, then))
        {
            trace.Since = moment;
            Continue(trace);
        }
    }

    /// <summary>The stretch before the one known to hold; before the first moment, an instant earlier than anything known.</summary>
    private void Continue(Trace trace)
    {
        trace.At--;
        if (trace.At >= 0)
        {
            _next.Enqueue(trace, -trace.Moments[trace.At]);
        }
        else if (trace.At == -1 && trace.Finding.NotBefore is null && trace.Moments.Length > 0)
        {
            trace.Since = HoldsBefore(trace) ? Instants.Earliest : trace.Since;
        }
    }

    private bool HoldsBefore(Trace trace) => trace.Moments[0] > 1 && Holds(trace, _analysis.At(Instants.FromTicks(trace.Moments[0] - 1)));

    private static bool Holds(Trace trace, Analysis then)
    {
        var finding = trace.Finding;
        var found = finding.Node is { } node ? trace.Analyzer.Of(then, then.View[node.Index]) : then.All(trace.Analyzer).Where(other => other.Subject == finding.Subject);
        return found.Any(other => other.Discriminator == finding.Discriminator && other.Certainty <= finding.Certainty && (finding.IsPending || !other.IsPending));
    }

    private bool IsPast(long moment) => moment > DateTimeOffset.MinValue.UtcTicks && moment <= _analysis.View.AsOf.UtcTicks;

    private static DateTimeOffset Max(DateTimeOffset one, DateTimeOffset? other) => other is { } later && later > one ? later : one;

    private sealed class Trace(IAnalyzer analyzer, Finding finding, long[] moments)
    {
        public IAnalyzer Analyzer { get; } = analyzer;

        public Finding Finding { get; } = finding;

        public long[] Moments { get; set; } = moments;

        public long Since { get; set; }

        public int At { get; set; }
    }
}
