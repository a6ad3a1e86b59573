using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>Proofs as answers spell them.</summary>
public static class ProofSteps
{
    /// <summary>Premises before conclusions.</summary>
    public static IReadOnlyList<ProofStep> Of(Proof proof) => [.. proof.Steps.Select(Of)];

    /// <summary>The same, for many proofs that share lines.</summary>
    /// <param name="lines">Of one of them.</param>
    /// <param name="spelt">What was spelt for those before.</param>
    /// <param name="fresh">Is told each line that none before had.</param>
    internal static IReadOnlyList<ProofStep> Of(IReadOnlyList<ProofLine> lines, Dictionary<ProofLine, ProofStep> spelt, Action<ProofLine> fresh)
    {
        var steps = new ProofStep[lines.Count];
        for (var i = 0; i < steps.Length; i++)
        {
            var line = lines[i];
            if (!spelt.TryGetValue(line, out var step))
            {
                spelt[line] = step = Of(line);
                fresh(line);
            }

            steps[i] = step;
        }

        return steps;
    }

    private static ProofStep Of(ProofLine line) => new()
    {
        Rule = line.Rule?.Id ?? "seed",
        Node = line.Node.Id,
        Kind = line.Node.Kind.Name,
        Name = line.Node.Name,
        Rights = line.Rights.ToLetters(),
        From = [.. line.From.Select(node => node.Id)],
        Facts =
        [
            .. line.Edges.Select(Of),
            .. line.NodeFacts.Select(fact => new ProofFact { Node = fact.Node.Id, Property = fact.Property }),
        ],
        Gates = line.Gates,
        Truth = line.Truth.ToString(),
        Evidence = [.. line.Edges.SelectMany(edge => edge.Evidence).Distinct(StringComparer.Ordinal)],
        Since = Instants.FromTicksOrNull(line.Since),
    };

    /// <summary>What is reached and how, then the facts that make it a finding.</summary>
    public static IReadOnlyList<ProofStep> Of(Finding finding) =>
    [
        .. finding.Proof is { } proof ? Of(proof) : [],
        new()
        {
            Rule = finding.Rule.Id,
            Node = finding.Subject,
            Rights = "",
            From = finding.Proof is { } reached ? [reached.Goal.Id] : [],
            Facts = [.. finding.Facts.Select(Of)],
            Truth = (finding.Certainty is Certainty.Certain ? Truth.True : Truth.Unknown).ToString(),
            Evidence = [.. finding.Facts.SelectMany(edge => edge.Evidence).Distinct(StringComparer.Ordinal)],
            Since = finding.FirstTrueAt,
        },
    ];

    internal static ProofFact Of(Edge edge) => new() { Edge = edge.Kind.Name, Of = edge.Of.Id, To = edge.To.Id, Key = edge.Key.Length == 0 ? null : edge.Key };
}
