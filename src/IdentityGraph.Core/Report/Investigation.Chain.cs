using IdentityGraph.Analyze.Chains;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private const int MostChainHops = 2000;

    /// <summary>The chain around an identity, each hop live, dead or unknown, since when, with its evidence; at most 2,000 hops, and it says when cut.</summary>
    /// <param name="ask">As of when, as known when.</param>
    /// <param name="id">Where it begins.</param>
    /// <param name="direction">What it leads to, what leads to it, or both.</param>
    /// <param name="depth">Longest chain, in hops; at least 1.</param>
    /// <param name="liveOnly">Leaves out what is certainly dead; unknown stays.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">Nobody stated that id.</exception>
    public async ValueTask<Answer<IdentityChainAnswer>> IdentityChainAsync(
        Ask ask,
        string id,
        ChainDirection direction = ChainDirection.Out,
        int depth = 6,
        bool liveOnly = false,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(depth, 1);
        var opened = await OpenAsync(ask, cancellationToken).ConfigureAwait(false);
        var start = Known(opened.View, id);
        var states = new HopStates(opened.View, Policy.CorrelationConfidence);
        var chain = new IdentityChain(states.Liveness, states.Employments);
        var walk = direction switch
        {
            ChainDirection.Out => chain.Walk(start, outwards: true, depth, liveOnly),
            ChainDirection.In => chain.Walk(start, outwards: false, depth, liveOnly),
            _ => chain.Walk(start, outwards: true, depth, liveOnly).Concat(chain.Walk(start, outwards: false, depth, liveOnly)),
        };
        var hops = new List<IdentityHop>();
        HashSet<Node> met = [start];
        string? truncated = null;
        foreach (var hop in walk)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (hops.Count == MostChainHops)
            {
                truncated = $"hops: the first {MostChainHops}; a smaller --depth shows less at once";
                break;
            }

            hops.Add(hop);
            met.Add(hop.To);
        }

        using var clock = new AskClock(ask, time, cancellationToken);
        var since = new HopsSince(states, clock.Token);
        try
        {
            since.Find(hops);
        }
        catch (OperationCanceledException) when (clock.IsSpent)
        {
        }

        if (since.Left > 0)
        {
            truncated = string.Join("; ", new[] { truncated, $"since when: not found for {since.Left} of {hops.Count} hops, whose past is long; ask about one of them" }.OfType<string>());
        }

        var answer = new IdentityChainAnswer { Id = start.Id, Kind = start.Kind.Name, Name = start.Name, Direction = Word(direction), Depth = depth, LiveOnly = liveOnly, Hops = [.. hops.Select((hop, number) => Told(hop, states, since.Of(number)))], UnreadEdges = UnreadOf(opened.View, met.OrderBy(node => node.Index), out var unreadTotal) };
        return Seal(opened, "identity chain", answer, truncated ?? UnreadCut(unreadTotal), [.. Unread(opened.View, met.Contains)]);
    }

    private static string Word(ChainDirection direction) => direction switch
    {
        ChainDirection.Out => "out",
        ChainDirection.In => "in",
        _ => "both",
    };

    private static IdentityHopAnswer Told(IdentityHop hop, HopStates states, long? since)
    {
        var liveness = states.Liveness;
        return new()
        {
            Depth = hop.Depth,
            Direction = Word(hop.Outwards ? ChainDirection.Out : ChainDirection.In),
            Kind = hop.Fact.Kind.Name,
            From = hop.From.Id,
            To = hop.To.Id,
            ToKind = hop.To.Kind.Name,
            ToName = hop.To.Name,
            State = states.Of(hop) switch
            {
                Truth.True => "live",
                Truth.False => "dead",
                _ => "unknown",
            },
            Why = liveness.Holds(hop.Fact) switch
            {
                Truth.False => hop.Fact.HasHeld is Truth.False && hop.Fact.Claims.Any(claim => claim.From > hop.Fact.View.AsOf.UtcTicks) ? "the link has not begun" : "the link does not hold",
                Truth.Unknown when hop.Live is Truth.Unknown => "the link is not known to hold",
                _ when hop.To.Kind == NodeKinds.Employment && hop.Fact.Kind == EdgeKinds.EmployedAs => hop.Live switch
                {
                    Truth.True => "active",
                    Truth.False => states.Employments.HasEndedBy(hop.Fact) ? "ended" : "not begun yet",
                    _ => "whether it is active is not known",
                },
                _ => liveness.Explain(hop.To).Why,
            },
            StateSince = since is { } ticks ? Instants.FromTicksOrNull(ticks) : null,
            Since = hop.Fact.Holds is Truth.False ? null : Instants.FromTicksOrNull(hop.Fact.Since),
            Until = Instants.FromTicksOrNull(hop.Fact.Until),
            Fact = new ProofFact { Edge = hop.Fact.Kind.Name, Of = hop.Fact.Of.Id, To = hop.Fact.To.Id, Key = hop.Fact.Key is { Length: > 0 } key ? key : null },
            Evidence = hop.Fact.Evidence,
        };
    }
}
