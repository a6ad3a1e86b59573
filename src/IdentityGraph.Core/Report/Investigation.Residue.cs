using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Findings;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Timeline;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    /// <summary>What an attacker who held the seeds still attains once some nodes were shut down at a moment.</summary>
    /// <param name="ask">As known when, against which profile, within which time; the moment is that of the containment.</param>
    /// <param name="seeds">Node ids; an Exposure stands for what it opens.</param>
    /// <param name="contain">Node ids of what was shut down; an Exposure stands for what it opens.</param>
    /// <param name="containedAt">When.</param>
    /// <param name="from">When it began; null: when an exposure among the seeds, or of them, did, else as far back as anything is known.</param>
    /// <param name="proofs">Whether each node comes with its proof.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="UnknownIdentityException">An id that nobody stated.</exception>
    /// <exception cref="QuestionException">It began after the containment.</exception>
    public async ValueTask<Answer<ResidueAnswer>> ResidueAsync(
        Ask ask,
        IReadOnlyList<string> seeds,
        IReadOnlyList<string> contain,
        DateTimeOffset containedAt,
        DateTimeOffset? from = null,
        bool proofs = true,
        CancellationToken cancellationToken = default)
    {
        var opened = await OpenAsync(ask with { AsOf = containedAt }, cancellationToken).ConfigureAwait(false);
        using var clock = new AskClock(ask, time, cancellationToken);
        List<Node> named = [.. seeds.Distinct(StringComparer.Ordinal).Select(id => Known(opened.View, id))];
        List<Node> contained = [.. contain.Distinct(StringComparer.Ordinal).Select(id => Known(opened.View, id)).SelectMany(MeantBy)];
        var began = from?.UtcTicks ?? ExposedFrom(named);
        if (began > containedAt.UtcTicks)
        {
            throw new QuestionException($"it began ({Instants.ToText(began.Value)}) after it was contained ({Instants.ToText(containedAt)}); correct --from or --contained-at");
        }

        var question = new TimelineQuestion
        {
            Seeds = [.. named.Select(node => node.Index)],
            From = began,
            To = containedAt.UtcTicks,
            Proofs = proofs,
            Stop = clock.Budget,
            Progress = (done, of) => clock.Report("moments", done, of),
        };
        var timeline = Timeline.Of(opened.Snapshot, Judge, ask.Profile, question, cancellationToken);
        var residue = Residue.Of(Control(opened), timeline, question, contained.Select(node => node.Index).ToHashSet(), cancellationToken);
        var telling = new ReachTelling(clock, proofs);
        var data = new ResidueAnswer
        {
            Seeds = [.. named.SelectMany(MeantBy).Select(node => node.Id).Distinct().Order(StringComparer.Ordinal)],
            Contained = [.. contained.Select(node => node.Id).Distinct().Order(StringComparer.Ordinal)],
            ContainedAt = containedAt,
            From = began is { } known ? Instants.FromTicks(known) : null,
            Observed = Told(residue, residue.Observed, telling, cancellationToken),
            Hypothetical = Told(residue, residue.Hypothetical, telling, cancellationToken),
            Durable = residue.Durable,
            Findings = FindingOf(residue, named, containedAt) is { } finding ? [Told(finding, telling.Tell(ProofSteps.Of(finding)))] : [],
            Proofs = telling.Proofs,
        };
        // What lies beside what was contained may have been taken before it was.
        HashSet<Node> apart = [.. named, .. contained];
        List<string> warnings = [.. WithoutLevel(residue.Observed), .. NotFollowed(opened.View, node => apart.Contains(node) || residue.Observed.Reach.ComesNear(node))];
        warnings.AddRange(await OutlivingAsync(opened, contained, cancellationToken).ConfigureAwait(false));
        if (began is null)
        {
            warnings.Insert(0, "nobody stated when it began, so everything that was ever attained before the containment counts; narrow it with --from");
        }

        var cut = residue.Observed.Reach.IsCutShort || residue.Hypothetical.Reach.IsCutShort ? "time budget: more may be left" : null;
        return Seal(opened, "residue", data, Stopped(timeline) ?? cut ?? telling.Left, warnings);
    }

    private static List<ReachedNode> Told(Residue residue, BlastRadius radius, ReachTelling telling, CancellationToken cancellationToken)
    {
        var told = new List<ReachedNode>(radius.Nodes.Count);
        for (var number = 0; number < radius.Nodes.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var node = radius.Nodes[number];
            var one = ToldReach.Of(radius, number, telling.Prove(() => radius.Reach.Proof(node) is { } proof ? residue.Whole(proof) : null));
            told.Add(one with { Durable = one.Durable || residue.IsSpawned(node) });
        }

        return told;
    }

    /// <summary>The finding that something is left, on the exposure it came from, else on the first seed; null where nothing is.</summary>
    private static Finding? FindingOf(Residue residue, List<Node> named, DateTimeOffset containedAt)
    {
        var subject = named.Where(node => node.Kind == NodeKinds.Exposure).Concat(named.OrderBy(node => node.Id, StringComparer.Ordinal)).First();
        return ResidueAfterContainment.On(residue, subject, containedAt) is { } finding ? finding with { FirstTrueAt = containedAt } : null;
    }
}
