using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Timeline;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>
    /// What falls between two moments, if the seeds are held throughout and what can be kept is kept: attained at the end, and what was
    /// attained only earlier with empty cells.
    /// </summary>
    /// <param name="ask">As known when, against which profile, within which time; the moment is the end.</param>
    /// <param name="seeds">Node ids; an Exposure stands for what it opens.</param>
    /// <param name="from">When it began; null: when an exposure among the seeds, or of them, did.</param>
    /// <param name="to">When it ends; null: the asked moment.</param>
    /// <param name="rights">Rights on seeds that are resources or systems; null: discover and read, all.</param>
    /// <param name="proofs">Whether each node reached comes with its proof.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">A seed that nobody stated.</exception>
    /// <exception cref="QuestionException">No beginning is said or known, or it lies after the end.</exception>
    public async ValueTask<Answer<BlastRadiusAnswer>> BlastRadiusOverTimeAsync(
        Ask ask,
        IReadOnlyList<string> seeds,
        DateTimeOffset? from = null,
        DateTimeOffset? to = null,
        Rights? rights = null,
        bool proofs = true,
        CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(to is null ? ask : ask with { AsOf = to }, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        List<Node> named = [.. seeds.Distinct(StringComparer.Ordinal).Select(id => Known(opened.View, id))];
        var began = from?.UtcTicks ?? ExposedFrom(named)
            ?? throw new QuestionException("nobody stated an exposure of these, so it is not known when it began; say it with --from");
        if (began > opened.AsOf.UtcTicks)
        {
            throw new QuestionException($"the time asked about begins ({Instants.ToText(began)}) after its end ({Instants.ToText(opened.AsOf)}); swap or correct --from and --to");
        }

        var question = new TimelineQuestion
        {
            Seeds = [.. named.Select(node => node.Index)],
            Rights = rights,
            From = began,
            To = opened.AsOf.UtcTicks,
            Proofs = proofs,
            Stop = clock.Budget,
            Progress = (done, of) => clock.Report("moments", done, of),
        };
        var control = Control(opened);
        var timeline = Timeline.Of(opened.Snapshot, Judge, ask.Profile, question, cancellationToken);
        var reach = timeline.End(control);
        var apart = named.SelectMany(MeantBy).Select(node => node.Index).ToHashSet();
        var radius = BlastRadius.Of(reach, apart);
        var telling = new ReachTelling(clock, proofs);
        var reached = TimedNodes(opened.View, timeline, radius, apart, telling, cancellationToken);
        var data = new BlastRadiusAnswer
        {
            Seeds = [.. named.SelectMany(MeantBy).Select(node => node.Id).Distinct().Order(StringComparer.Ordinal)],
            Profile = ask.Profile.ToString(),
            Mode = "timeRespecting",
            Reached = reached,
            Score = Told(radius, telling.Boundaries),
            Durable = [.. radius.Durable.Concat(SpawnedAt(reach, timeline)).Distinct().Order(StringComparer.Ordinal)],
            Proofs = telling.Proofs,
        };
        List<string> warnings =
        [
            .. named.Where(node => !MeantBy(node).Any()).Select(node => $"`{node.Id}` opens nothing"),
            .. WhyNothing.In(reach, radius, [.. named.SelectMany(node => Seeding.Of(node, control.Liveness, rights)).Select(seed => seed.Node.Kind == NodeKinds.Credential ? seed with { GainedAt = seed.GainedAt ?? began } : seed)]),
            .. WithoutLevel(radius),
            .. NotFollowed(opened.View, reach.ComesNear),
        ];
        return Seal(opened, "blast-radius", data, Stopped(timeline) ?? CutShort(reach) ?? telling.Left, warnings);
    }

    private Liveness Judge(GraphView view) => new(view, Policy.CorrelationConfidence);

    private static string? Stopped(Timeline timeline) =>
        timeline.StoppedAt is { } instant ? $"time budget: what changed from {Instants.ToText(instant)} on was not followed, so more may be kept and reached" : null;

    /// <summary>What a named start stands for: an exposure for all it ever opens.</summary>
    private static IEnumerable<Node> MeantBy(Node node) => node.Kind != NodeKinds.Exposure ? [node] : node.Out(EdgeKinds.Exposes).ToList().Select(edge => edge.To);

    /// <summary>When the first exposure among them, or else of them, began by the view's instant, UTC ticks; null: nobody states one.</summary>
    private static long? ExposedFrom(IReadOnlyList<Node> named)
    {
        var exposures = named.Where(node => node.Kind == NodeKinds.Exposure).ToList();
        exposures = exposures.Count > 0 ? exposures : [.. named.SelectMany(node => node.In(EdgeKinds.Exposes).ToList()).Select(edge => edge.Of).Where(node => node.Kind == NodeKinds.Exposure)];
        return exposures.Select(exposure => exposure[Properties.At].Ticks()).Where(at => at is not null).Min();
    }

    /// <summary>Ids of what was made and is still theirs.</summary>
    private static IEnumerable<string> SpawnedAt(ReachResult reach, Timeline timeline) =>
        from kept in timeline.Kept
        where kept.How == Keeping.Spawned
        let node = reach.Graph.View[kept.Node]
        where !reach[node].IsEmpty
        select node.Id;

    private static List<ReachedNode> TimedNodes(GraphView view, Timeline timeline, BlastRadius radius, HashSet<int> apart, ReachTelling telling, CancellationToken cancellationToken)
    {
        var reach = radius.Reach;
        var made = timeline.Kept.Where(kept => kept.How == Keeping.Spawned).Select(kept => kept.Node).ToHashSet();
        var reached = new Dictionary<int, ReachedNode>();
        for (var number = 0; number < radius.Nodes.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = radius.Nodes[number];
            var told = ToldReach.Of(radius, number, telling.Prove(() => reach.Proof(node) is { } proof ? timeline.Whole(proof) : null));
            reached[node.Index] = told with { Durable = told.Durable || made.Contains(node.Index), Attained = Told(timeline.Attained[node.Index], atEnd: true) };
        }

        foreach (var (index, stretch) in timeline.Attained)
        {
            var node = view[index];
            if (BlastRadius.IsListed(node.Kind) && !apart.Contains(index) && !reached.ContainsKey(index))
            {
                reached[index] = OnlyEarlier(node, stretch);
            }
        }

        return [.. reached.Values.OrderBy(node => node.Id, StringComparer.Ordinal)];
    }

    private static ReachedNode OnlyEarlier(Node node, (long First, long Last) stretch) => new()
    {
        Id = node.Id,
        Kind = node.Kind.Name,
        Name = node.Name,
        Certain = SpeltRights.Cell(Rights.None, Rights.None),
        Possible = SpeltRights.Cell(Rights.None, Rights.None),
        Level = Level.L0.ToString(),
        Hops = null,
        Durable = false,
        Attained = Told(stretch, atEnd: false),
        Proof = null,
    };

    private static AttainedAnswer Told((long First, long Last) stretch, bool atEnd) => new(Instants.FromTicksOrNull(stretch.First), Instants.FromTicksOrNull(stretch.Last), atEnd);
}

/// <summary>A question that leaves out or contradicts something it needs.</summary>
public sealed class QuestionException(string message) : Exception(message);
