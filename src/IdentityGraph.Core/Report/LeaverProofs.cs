using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>
/// Proofs of a leaver's paths, drawn from the person. Where no control rule leads from the person to the first hop, the step's rule
/// is the code of the anchor (`a3`, `a5`…) and its facts are what makes it one.
/// </summary>
public static class LeaverProofs
{
    /// <summary>Premises before conclusions; the first step is the person.</summary>
    public static IReadOnlyList<ProofStep> Of(LeaverJudgement judgement, Analyze.Leavers.LeaverPath path)
    {
        var person = judgement.Person.Id;
        var steps = ProofSteps.Of(path.Proof);
        List<ProofStep> told = [new ProofStep { Rule = "seed", Node = person, Kind = judgement.Person.Kind.Name, Name = judgement.Person.Name, Rights = Rights.Use.ToLetters(), Truth = judgement.IsLeaver.ToString() }];
        for (var i = 0; i < steps.Count; i++)
        {
            var line = path.Proof.Steps[i];
            if (line.Rule is not null)
            {
                told.Add(steps[i]);
            }
            else if (line.Node != judgement.Person)
            {
                told.Add(Anchored(judgement, path, line.Node, steps[i]));
            }
        }

        return told;
    }

    private static ProofStep Anchored(LeaverJudgement judgement, Analyze.Leavers.LeaverPath path, Node node, ProofStep step)
    {
        var anchor = path.Anchor.Node == node ? path.Anchor : AnchorAt(judgement, node) ?? path.Anchor;
        IReadOnlyList<Edge> edges = [.. anchor.Facts, .. judgement.HowKnown.GetValueOrDefault(node, [])];
        return step with
        {
            Rule = anchor.Word,
            From = [judgement.Person.Id],
            Facts = [.. edges.Select(edge => new ProofFact { Edge = edge.Kind.Name, Of = edge.Of.Id, To = edge.To.Id, Key = edge.Key.Length == 0 ? null : edge.Key }).Distinct()],
            Evidence = [.. edges.SelectMany(edge => edge.Evidence).Distinct(StringComparer.Ordinal)],
        };
    }

    private static Anchor? AnchorAt(LeaverJudgement judgement, Node node) =>
        judgement.Systems.SelectMany(system => system.Anchors).Where(anchor => anchor.Node == node).MaxBy(anchor => anchor.Now);
}
