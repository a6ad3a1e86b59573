using System.Globalization;
using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;
using IdentityGraph.Report.Assertions;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private void Judge(Opened opened, MaxBlastAssertion claim, Judgement judgement, CancellationToken stop, CancellationToken cancellationToken)
    {
        var chosen = Choosing.Of(opened.View, claim.Of, id => Known(opened.View, id), judgement, cancellationToken);
        RefuseVacuous(chosen, []);
        List<Node[]> starts = claim.Together && chosen.Count > 0 ? [[.. chosen]] : chosen.ConvertAll(static node => new[] { node });
        judgement.Scope = starts.Count;
        if (starts.Count == 0)
        {
            judgement.Note("nothing is chosen whose blast radius could be judged");
            return;
        }

        var control = Control(opened);
        var seeds = starts.ConvertAll(start => (IReadOnlyList<Seed>)[.. start.SelectMany(node => Seeding.Of(node, control.Liveness))]);
        var mass = MassReach.Of(control, seeds, new MassOptions { Stop = stop, Time = time }, cancellationToken);
        var whole = BlastRadius.WholeOf(control);
        var unlimited = 0;
        for (var number = 0; number < starts.Count; number++)
        {
            var budgets = BlastBudget.Of(claim, starts[number]);
            unlimited += budgets.Count == 0 ? 1 : 0;
            if (mass.Summaries[number] is { } summary)
            {
                foreach (var breach in budgets.SelectMany(budget => budget.Breaches(summary, whole)))
                {
                    judgement.Break(Told(opened, starts[number], breach, cancellationToken));
                }
            }
        }

        Note(judgement, GivingNothing(control, seeds));
        Note(judgement, unlimited == 0 ? [] : [$"{unlimited} of {starts.Count} are of a tier without a budget"]);
        var counted = mass.Summaries.Count(static summary => summary is not null);
        if (counted < starts.Count || stop.IsCancellationRequested)
        {
            judgement.CutShort($"time budget: {starts.Count - counted} of {starts.Count} blast radii are not counted");
        }
        else if (Disputed(opened.View, claim).ToList() is var disputed && (disputed.Count > 0 || opened.View.WithUnreadEdges().Any()))
        {
            var reach = control.Reach([.. seeds.SelectMany(static one => one)], new ReachOptions { Stop = stop, WithoutProofs = true }, cancellationToken);
            DoubtUnread(opened.View, reach, judgement);
            DoubtJewels(claim, [.. disputed.Where(node => reach[node].PossibleAmplified != Rights.None)], mass.Summaries.Max(static summary => summary?.PossibleCrownJewels ?? 0), judgement);
            if (reach.IsCutShort)
            {
                judgement.CutShort("time budget: it is not known whether what nobody can follow, or sources disagree on, is among what falls");
            }
        }
    }

    /// <summary>What sources disagree about may be a crown jewel, and counts for one only against a budget of them.</summary>
    private static IEnumerable<Node> Disputed(GraphView view, MaxBlastAssertion claim) =>
        LeastJewels(claim) is null ? [] : view.Of(NodeKinds.System).Concat(view.Of(NodeKinds.Resource)).Where(static node => node.Present != Truth.False && node[Properties.CrownJewel].Known == Graph.Known.Disputed);

    private static int? LeastJewels(MaxBlastAssertion claim) =>
        ((BlastLimits?[])[claim.Limits, claim.UnknownTier, .. claim.PerTier.Values]).Min(static limits => limits?.CrownJewels);

    private static void DoubtJewels(MaxBlastAssertion claim, List<Node> disputed, int known, Judgement judgement)
    {
        if (disputed.Count > 0 && known + disputed.Count > LeastJewels(claim))
        {
            judgement.Doubt($"`{disputed[0].Id}`{(disputed.Count == 1 ? "" : $" and {disputed.Count - 1} more")} may be a crown jewel: sources disagree on it");
        }
    }

    private static void Note(Judgement judgement, IEnumerable<string> words)
    {
        foreach (var word in words)
        {
            judgement.Note(word);
        }
    }

    /// <param name="view">The facts.</param>
    /// <param name="reach">Of all starts together: it comes to everything that each of them comes to.</param>
    /// <param name="judgement">Is told of edges that nobody can follow, and of what nobody described.</param>
    private static void DoubtUnread(GraphView view, ReachResult reach, Judgement judgement)
    {
        var concerns = OncePerNode(reach.ComesNear);
        foreach (var missing in Unread(view, concerns).Concat(OnlySeen(view, concerns)))
        {
            judgement.Doubt(missing);
        }

        Note(judgement, NeverDescribed(view, concerns));
    }

    private Offence Told(Opened opened, Node[] start, BlastBreach breach, CancellationToken cancellationToken)
    {
        var ids = Array.ConvertAll(start, static node => node.Id);
        return new Offence
        {
            Subject = [.. ids.Order(StringComparer.Ordinal)],
            IsCertain = breach.IsCertain,
            What = string.Create(CultureInfo.InvariantCulture, $"{breach.Measure} {breach.Measured:0.####} of at most {breach.Limit:0.####}{breach.Why}"),
            Badness = breach.Limit > 0 ? breach.Measured / breach.Limit : double.MaxValue,
            Measure = breach.Measure,
            Measured = Math.Round(breach.Measured, 6),
            Limit = breach.Limit,
            Show = () =>
            {
                var reach = ReachFrom(opened, ids, null, new ReachOptions(), cancellationToken).Reach;
                return BlastRadius.Of(reach).Heaviest is { } heaviest && reach.Proof(heaviest) is { } proof ? new Shown(null, heaviest.Id, ProofSteps.Of(proof)) : null;
            },
        };
    }
}
