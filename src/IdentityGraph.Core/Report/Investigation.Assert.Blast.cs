using System.Globalization;
using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Questions;
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
        DoubtUndescribed(chosen, judgement);
        chosen.RemoveAll(start => OpensNothing(opened, start, judgement));
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
        if (unlimited > 0)
        {
            judgement.Doubt($"{unlimited} of {starts.Count} are of a tier without a budget: give it one, or choose others");
        }

        var counted = mass.Summaries.Count(static summary => summary is not null);
        if (counted < starts.Count || stop.IsCancellationRequested)
        {
            judgement.CutShort($"time budget: {starts.Count - counted} of {starts.Count} blast radii are not counted");
        }
        else if (CountsWorth(claim) || opened.View.WithUnreadEdges().Any() || NeverDescribed.All(opened.View).Any())
        {
            var reach = control.Reach([.. seeds.SelectMany(static one => one)], new ReachOptions { Stop = stop, WithoutProofs = true }, cancellationToken);
            DoubtUnread(opened.View, reach, judgement, behind => behind.Any(node => MayGain(reach, node)));
            DoubtJewels(claim, reach, mass.Summaries.Max(static summary => summary?.PossibleCrownJewels ?? 0), judgement);
            NoteUnstated(claim, reach, judgement);
            if (reach.IsCutShort)
            {
                judgement.CutShort("time budget: it is not known whether what nobody can follow, or sources disagree on, is among what falls");
            }
        }
    }

    private static IEnumerable<BlastLimits> LimitsOf(MaxBlastAssertion claim) => ((BlastLimits?[])[claim.Limits, claim.UnknownTier, .. claim.PerTier.Values]).OfType<BlastLimits>();

    private static bool CountsWorth(MaxBlastAssertion claim) => LimitsOf(claim).Any(static limits => (limits.CrownJewels, limits.Score, limits.Share) is not (null, null, null));

    /// <summary>Systems and resources that fall, at least possibly.</summary>
    private static IEnumerable<Node> Fallen(ReachResult reach) =>
        reach.Graph.View.Of(NodeKinds.System).Concat(reach.Graph.View.Of(NodeKinds.Resource)).Where(node => reach[node].PossibleAmplified != Rights.None);

    /// <summary>What sources disagree about, or said only after the moment asked about, may be a crown jewel; it counts for one only against a budget of them.</summary>
    private static void DoubtJewels(MaxBlastAssertion claim, ReachResult reach, int known, Judgement judgement)
    {
        if (LimitsOf(claim).Min(static limits => limits.CrownJewels) is not { } least)
        {
            return;
        }

        List<Node> disputed = [.. Fallen(reach).Where(static node => node[Properties.CrownJewel].Known == Graph.Known.Disputed)];
        List<Node> later = [.. Fallen(reach).Where(IsJewelLater)];
        if (disputed.Count + later.Count + known <= least)
        {
            return;
        }

        foreach (var (nodes, why) in ((List<Node>, string)[])[(disputed, "sources disagree on it"), (later, "no source had said at that moment, and one did later")])
        {
            if (nodes.Count > 0)
            {
                judgement.Doubt($"`{nodes[0].Id}`{(nodes.Count == 1 ? "" : $" and {nodes.Count - 1} more")} may be a crown jewel: {why}");
            }
        }
    }

    private static bool IsJewelLater(Node node) =>
        !node[Properties.CrownJewel].IsReported && node.Statements(Properties.CrownJewel).Any(static said => said.Value.AsFlag() is true);

    /// <summary>What nobody stated is taken for something: the budget is kept only so far as that is right.</summary>
    private static void NoteUnstated(MaxBlastAssertion claim, ReachResult reach, Judgement judgement)
    {
        if (LimitsOf(claim).Any(static limits => limits.CrownJewels is not null) && Fallen(reach).Count(static node => !node[Properties.CrownJewel].IsReported && !IsJewelLater(node)) is > 0 and var plain)
        {
            judgement.Note($"{plain} of what falls {(plain == 1 ? "is" : "are")} not taken for a crown jewel: no source says whether {(plain == 1 ? "it is" : "they are")}");
        }

        if (LimitsOf(claim).Any(static limits => (limits.Score, limits.Share) is not (null, null)) && Fallen(reach).Count(static node => !BlastRadius.CriticalityOf(node).Stated) is > 0 and var unweighed)
        {
            judgement.Note(string.Create(CultureInfo.InvariantCulture, $"{unweighed} of what falls {(unweighed == 1 ? "has" : "have")} no criticality stated and {(unweighed == 1 ? "counts" : "count")} as {BlastRadius.UnknownCriticality}"));
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
    /// <param name="mayBreak">Whether the claim may be broken by what lies behind the latter.</param>
    private static void DoubtUnread(GraphView view, ReachResult reach, Judgement judgement, Func<IReadOnlyList<Node>, bool> mayBreak)
    {
        var concerns = OncePerNode(reach.ComesNear);
        foreach (var missing in Unread(view, concerns).Concat(OnlySeen(view, concerns)))
        {
            judgement.Doubt(missing);
        }

        if (NeverDescribed.After(view, concerns) is { Count: > 0 } met)
        {
            foreach (var missing in NotDescribed(met))
            {
                if (mayBreak(NeverDescribed.Behind(met)))
                {
                    judgement.Doubt(missing);
                }
                else
                {
                    judgement.Note(missing);
                }
            }
        }
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
                var radius = BlastRadius.Of(reach);
                return (breach.Measure == "crownJewels" ? radius.HeaviestJewel : radius.Heaviest) is { } heaviest && reach.Proof(heaviest) is { } proof ? new Shown(null, heaviest.Id, ProofSteps.Of(proof)) : null;
            },
        };
    }
}
