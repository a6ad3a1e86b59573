using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>
/// Since when each hop is in the state it has: by all that is known now, judged again at every earlier instant at which something
/// about it may change, newest first and until the state was another. Hops share the instants, so that each is judged once.
/// </summary>
/// <param name="now">The instant asked about.</param>
/// <param name="stop">Cancels.</param>
internal sealed class HopsSince(HopStates now, CancellationToken stop)
{
    private const int Enough = 1_000;

    private readonly PriorityQueue<Trace, long> _next = new();
    private readonly Dictionary<int, Trace> _traces = [];
    private readonly HashSet<Trace> _left = [];

    /// <summary>Hops whose past is too long to go through.</summary>
    public int Left => _left.Count;

    /// <summary>UTC ticks; null: nothing known begins the state, or it was not found.</summary>
    public long? Of(int number) => _traces.TryGetValue(number, out var trace) && !_left.Contains(trace) ? Earlier(trace) : null;

    /// <summary>
    /// What was first read later can say itself since when it is dead: a date of its end, an expiry, a revocation. It counts where the
    /// hop was not live in between.
    /// </summary>
    private long? Earlier(Trace trace)
    {
        if (trace.State is not Truth.False || trace.Before is Truth.True || now.Liveness.Holds(trace.Hop.Fact) is Truth.False)
        {
            return trace.Since;
        }

        var stated = now.Liveness.Explain(trace.Hop.To).Since;
        return stated is Instants.Earliest or Instants.Always || stated > now.View.AsOf.UtcTicks ? trace.Since : Math.Min(stated, trace.Since ?? stated);
    }

    public void Find(IReadOnlyList<IdentityHop> hops)
    {
        for (var number = 0; number < hops.Count; number++)
        {
            _left.Add(_traces[number] = new Trace(hops[number], now.Of(hops[number])));
        }

        foreach (var trace in _traces.Values)
        {
            stop.ThrowIfCancellationRequested();
            if (Moments(trace.Hop) is { } moments)
            {
                trace.Moments = moments;
                trace.At = moments.Length;
                Continue(trace);
            }
        }

        for (var looked = 0; looked < Enough && _next.TryPeek(out _, out var priority); looked++)
        {
            stop.ThrowIfCancellationRequested();
            var then = now.At(-priority);
            while (_next.TryPeek(out var trace, out var same) && same == priority)
            {
                Look(_next.Dequeue(), then, -priority);
            }
        }
    }

    private void Look(Trace trace, HopStates then, long moment)
    {
        if (then.OfSame(trace.Hop) is var state && state != trace.State)
        {
            trace.Before = state;
            _left.Remove(trace);
            return;
        }

        trace.Since = moment;
        Continue(trace);
    }

    /// <summary>On to the instant before; before the first of all, nothing known begins it if it was so even then.</summary>
    private void Continue(Trace trace)
    {
        if (--trace.At >= 0)
        {
            _next.Enqueue(trace, -trace.Moments[trace.At]);
        }
        else if (trace.At == -1 && trace.Moments.Length > 0 && trace.Moments[0] > 1)
        {
            _next.Enqueue(trace, -(trace.Moments[0] - 1));
        }
        else
        {
            trace.Since = null;
            _left.Remove(trace);
        }
    }

    /// <summary>Ascending, up to the instant asked about; null: too many things decide it.</summary>
    private long[]? Moments(IdentityHop hop)
    {
        var around = new Neighbourhood([hop.Fact.Of, hop.Fact.To], Neighbourhood.LivingOutward, Neighbourhood.LivingInward).Moments(now.Liveness);
        if (around is null)
        {
            return null;
        }

        foreach (var claim in hop.Fact.Claims)
        {
            around.UnionWith([claim.From, claim.BeginsNotBefore, claim.Until, claim.EndsNotBefore, claim.FirstAt, claim.LastAt]);
        }

        foreach (var said in hop.Fact.Statements())
        {
            around.UnionWith([said.From, said.Until, said.At]);
        }

        around.UnionWith(now.View.Snapshot.Streams.Select(static stream => stream.FreshUntil).Where(static until => until is not (Instants.Earliest or Instants.Latest)).Select(static until => until + 1));
        return [.. around.Where(moment => moment > Instants.Always && moment <= now.View.AsOf.UtcTicks)];
    }

    private sealed class Trace(IdentityHop hop, Truth state)
    {
        public IdentityHop Hop { get; } = hop;

        public Truth State { get; } = state;

        public long[] Moments { get; set; } = [];

        public int At { get; set; }

        public long? Since { get; set; }

        /// <summary>The state before; null: none was found.</summary>
        public Truth? Before { get; set; }
    }
}
