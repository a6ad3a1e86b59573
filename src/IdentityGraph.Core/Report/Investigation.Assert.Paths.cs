using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;
using IdentityGraph.Report.Assertions;

namespace IdentityGraph.Report;

public sealed partial class Investigation
{
    private void Judge(Opened opened, NoPathAssertion claim, Judgement judgement, CancellationToken stop, CancellationToken cancellationToken)
    {
        var from = Choosing.Of(opened.View, claim.From, id => Known(opened.View, id), judgement, cancellationToken);
        var to = Choosing.Of(opened.View, claim.To, id => Known(opened.View, id), judgement, cancellationToken);
        RefuseVacuous(from, to);
        from.RemoveAll(start => OpensNothing(opened, start, judgement));
        List<Node[]> starts = claim.Each ? from.ConvertAll(static node => new[] { node }) : from.Count == 0 ? [] : [[.. from]];
        judgement.Scope = starts.Sum(start => to.Count(target => !claim.Each || target != start[0]));
        if (judgement.Scope == 0)
        {
            judgement.Note($"nothing is chosen as {(from.Count == 0 ? "a start" : "a target")}");
            return;
        }

        DoubtUndescribed([.. from, .. to], judgement);
        var control = Control(opened);
        List<Node> perhaps = [.. Choosing.Perhaps(opened.View, claim.To, to).Where(static node => !Walker.IsWalked(node.Kind))];
        for (var number = 0; number < starts.Count; number++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var ids = Array.ConvertAll(starts[number], static node => node.Id);
            var (reach, warnings) = ReachFrom(opened, ids, null, new ReachOptions { Stop = stop, WithoutProofs = true }, cancellationToken);
            foreach (var target in to.Where(target => !claim.Each || target != starts[number][0]))
            {
                Judge(opened, claim, judgement, reach, ids, target, cancellationToken);
            }

            foreach (var attained in perhaps.Where(node => (!claim.Each || node.Index != starts[number][0].Index) && GoalOf(reach, node, Asked(claim)) is not null).Take(1))
            {
                judgement.Doubt($"`{attained.Id}` is attained, and may be meant: {(claim.To.Tier is null ? "sources disagree on whether it is a crown jewel" : "no source states the tier of its system, or they disagree on it")}");
            }

            DoubtUnread(opened.View, reach, judgement, behind => LeadsOn(control, claim, reach, behind, to, stop, cancellationToken));

            if (!claim.Each)
            {
                warnings.Concat(WhyNothing.In(reach, BlastRadius.Of(reach))).ToList().ForEach(judgement.Note);
            }

            if (reach.IsCutShort || stop.IsCancellationRequested)
            {
                judgement.CutShort($"time budget: {number} of {starts.Count} searches came to their end");
                return;
            }
        }
    }

    private void Judge(Opened opened, NoPathAssertion claim, Judgement judgement, ReachResult reach, string[] ids, Node target, CancellationToken cancellationToken)
    {
        if (GoalOf(reach, target, Asked(claim)) is not { } goal)
        {
            return;
        }

        var hops = reach.Hops(target, goal.Right, goal.Cell);
        judgement.Break(new Offence
        {
            Subject = ids,
            Target = target.Id,
            IsCertain = goal.Cell == Cell.CertainAmplified,
            What = $"{Words.Rights[System.Numerics.BitOperations.Log2((uint)goal.Right)].Word.Name} on `{target.Id}` is {(goal.Cell == Cell.CertainAmplified ? "attained" : "possibly attained")} in {hops} hop(s)",
            Badness = -hops,
            Show = () =>
            {
                var again = ReachFrom(opened, ids, null, new ReachOptions(), cancellationToken).Reach;
                return again.Proof(again.Graph.View.Find(target.Id)!.Value, goal.Right, goal.Cell) is { } proof ? new Shown(SeedsOf(proof), null, ProofSteps.Of(proof)) : null;
            },
        });
    }

    /// <summary>Whether a target would be attained, were what lies behind things that nobody described attained too.</summary>
    private static bool LeadsOn(ControlGraph control, NoPathAssertion claim, ReachResult reach, IReadOnlyList<Node> behind, List<Node> to, CancellationToken stop, CancellationToken cancellationToken)
    {
        List<Seed> seeds = [.. behind.Where(node => MayGain(reach, node)).SelectMany(node => Seeding.Of(node, control.Liveness, Rights.All))];
        if (seeds.Count == 0)
        {
            return false;
        }

        var further = control.Reach([.. reach.Seeds, .. seeds], new ReachOptions { Stop = stop, WithoutProofs = true }, cancellationToken);
        return to.Any(target => GoalOf(reach, target, Asked(claim)) is null && GoalOf(further, target, Asked(claim)) is not null);
    }

    /// <summary>Whether more could be attained of it than was, at least possibly; a group is never attained itself.</summary>
    private static bool MayGain(ReachResult reach, Node node) =>
        Walker.IsWalked(node.Kind) ? reach.PlaceOf(node.Index) < 0 : !reach[node].PossibleAmplified.Has(ControlGraph.OnlyKnowsUse(node.Kind) ? Rights.Use : Rights.All);

    /// <summary>Of what no source describes nobody can say what it leads to, or who has it.</summary>
    private static void DoubtUndescribed(IEnumerable<Node> named, Judgement judgement)
    {
        foreach (var node in named.Where(NeverDescribed.IsIt).Distinct())
        {
            judgement.Doubt($"`{node.Id}` is described by no source: it counts as never live, so that no path could be found from or to it; import a source that describes it");
        }
    }

    private static Level? Asked(NoPathAssertion claim) => claim.Level is Level.L0 ? null : claim.Level;

    /// <summary>The starts that a proof needs, sorted.</summary>
    private static IReadOnlyList<string> SeedsOf(Proof proof) =>
        [.. proof.Steps.Where(static step => step.Rule is null).Select(static step => step.Node.Id).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>An exposure that is not open at that moment is no start: a claim about it alone is about nothing.</summary>
    private bool OpensNothing(Opened opened, Node start, Judgement judgement)
    {
        var isShut = start.Kind == NodeKinds.Exposure && Seeding.Of(start, Control(opened).Liveness).Count == 0;
        if (isShut)
        {
            judgement.Note($"`{start.Id}` opens nothing at that moment");
        }

        return isShut;
    }

    /// <summary>What nobody can hold or attain is never on a path: a claim about it would hold whatever the facts are.</summary>
    private static void RefuseVacuous(IEnumerable<Node> from, IEnumerable<Node> to)
    {
        foreach (var start in from.Where(static node => !WhyNothing.IsStart(node.Kind)))
        {
            throw new WrongKindException(start.Id, start.Kind.Name, "a start that control begins from, such as an identity, credential, grant, application or resource");
        }

        foreach (var target in to.Where(static node => Walker.IsWalked(node.Kind)))
        {
            throw new WrongKindException(target.Id, target.Kind.Name, "a target that can be attained: what it gives rights on, or who administers it");
        }
    }
}
