using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Report;

/// <summary>Proofs as answers spell them.</summary>
public static class ProofSteps
{
    private static readonly List<string> s_none = [];

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
        From = line.From.Count == 0 ? [] : Each(line.From, static node => node.Id),
        Facts = FactsOf(line),
        Gates = line.Gates,
        Truth = Spelt(line.Truth),
        Evidence = EvidenceOf(line.Edges),
        Since = Instants.FromTicksOrNull(line.Since),
    };

    private static string Spelt(Truth truth) => truth == Truth.True ? nameof(Truth.True) : truth.ToString();

    private static TTo[] Each<TFrom, TTo>(IReadOnlyList<TFrom> all, Func<TFrom, TTo> of)
    {
        var each = new TTo[all.Count];
        for (var i = 0; i < each.Length; i++)
        {
            each[i] = of(all[i]);
        }

        return each;
    }

    private static ProofFact[] FactsOf(ProofLine line)
    {
        var facts = new ProofFact[line.Edges.Count + line.NodeFacts.Count];
        for (var i = 0; i < facts.Length; i++)
        {
            facts[i] = i < line.Edges.Count ? Of(line.Edges[i])
                : new ProofFact { Node = line.NodeFacts[i - line.Edges.Count].Node.Id, Property = line.NodeFacts[i - line.Edges.Count].Property };
        }

        return facts;
    }

    /// <summary>Distinct, in the order of the edges.</summary>
    private static IReadOnlyList<string> EvidenceOf(IReadOnlyList<Edge> edges)
    {
        if (edges.Count == 1)
        {
            return edges[0].Evidence;
        }

        List<string>? evidence = null;
        foreach (var edge in edges)
        {
            foreach (var one in edge.Evidence)
            {
                if (evidence?.Contains(one) != true)
                {
                    (evidence ??= []).Add(one);
                }
            }
        }

        return evidence ?? s_none;
    }

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
