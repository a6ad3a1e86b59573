using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
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
                told.Add(Anchored(judgement, path, line, steps[i]));
            }
        }

        // Everything rests on their having left.
        return judgement.IsLeaver is Truth.True ? told : [.. told.Select(step => step with { Truth = nameof(Truth.Unknown) })];
    }

    private static ProofStep Anchored(LeaverJudgement judgement, Analyze.Leavers.LeaverPath path, ProofLine line, ProofStep step)
    {
        var anchor = path.Anchor.Node == line.Node ? path.Anchor : AnchorAt(judgement, line.Node) ?? path.Anchor;
        var view = judgement.Person.View;
        var known = anchor.Way.Count > 0 ? null : judgement.HowKnown.GetValueOrDefault(line.Node);
        List<Edge> edges = [.. (known?.Edges ?? anchor.Way).Select(edge => view.EdgeAt(edge.Index)).Distinct()];
        List<(Node Node, string Property)> rests = [.. known?.NodeFacts.Select(fact => (view[fact.Node.Index], fact.Property)) ?? [], .. RestsOn(anchor.Code, line.Node)];
        if (line.Node.Kind == NodeKinds.Step && WorkflowOf(line.Node) is { } partOf)
        {
            edges.Add(partOf);
            rests.AddRange(partOf.To.IsPlaceholder ? [] : [(partOf.To, "live")]);
        }

        var holds = known?.Still != false && edges.Count > 0 && edges.TrueForAll(edge => edge.Holds != Truth.False);
        return step with
        {
            Rule = anchor.Word,
            From = [judgement.Person.Id],
            Facts = [.. edges.Select(ProofSteps.Of), .. rests.Select(fact => new ProofFact { Node = fact.Node.Id, Property = fact.Property })],
            Gates = known?.Gates ?? [],
            Evidence = [.. edges.SelectMany(edge => edge.Evidence).Distinct(StringComparer.Ordinal)],
            Since = holds && line.Times is { } times
                ? Instants.FromTicksOrNull(edges.Select(times.Since).Concat(rests.Select(fact => times.Since(fact.Node, fact.Property))).Max())
                : null,
        };
    }

    /// <summary>What of itself an anchor is one by: a secret that was not replaced, automation that still runs, an account that is paused or live.</summary>
    private static IEnumerable<(Node Node, string Property)> RestsOn(AnchorCode code, Node node) => code switch
    {
        AnchorCode.A3 => [(node, Properties.RotatedAt.Name)],
        AnchorCode.A1 or AnchorCode.A7 => [(node, Properties.State.Name)],
        AnchorCode.A5 or AnchorCode.A6 or AnchorCode.A10 => [(node, "live")],
        AnchorCode.A8 when node.Kind != NodeKinds.Credential => [(node, "live")],
        _ => [],
    };

    /// <summary>The step runs while its workflow does; null: nobody says of which it is.</summary>
    private static Edge? WorkflowOf(Node step)
    {
        Edge? surest = null;
        foreach (var edge in step.Out(EdgeKinds.StepOf))
        {
            surest = edge.Holds != Truth.False && (surest is not { } known || edge.Holds > known.Holds) ? edge : surest;
        }

        return surest;
    }

    private static Anchor? AnchorAt(LeaverJudgement judgement, Node node) =>
        judgement.Systems.SelectMany(system => system.Anchors).Where(anchor => anchor.Node == node).MaxBy(anchor => anchor.Now);
}
