using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Proofs as people read them.</summary>
internal static class ProofText
{
    /// <summary>One line: nodes in the order of the derivation with the rule between.</summary>
    public static string Line(IReadOnlyList<ProofStep> steps) =>
        string.Join(' ', steps.Select(step => step.Rule == "seed" ? step.Node : $"-{step.Rule}{(step.Truth == "True" ? "" : "?")}-> {step.Node}"));

    /// <summary>One line a step: rule, what it gives, from what, by which facts, since when.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ProofStep> steps) => steps.Select(static step =>
        $"  {step.Rule,-5}{step.Node} [{step.Rights}]{(step.From.Count == 0 ? "" : $" from {string.Join(" & ", step.From)}")}{(step.Facts.Count == 0 ? "" : $" by {string.Join("; ", step.Facts.Select(Fact))}")}{(step.Gates.Count == 0 ? "" : $" gates {string.Join(", ", step.Gates)}")}{(step.Truth == "True" ? "" : $" ({step.Truth})")}{(step.Since is { } since ? $" since {Graph.Instants.ToText(since)}" : "")}");

    public static string Fact(ProofFact fact) => fact.Edge is null ? $"{fact.Node} {fact.Property}".TrimEnd() : $"{fact.Of} {fact.Edge} {fact.To}{(string.IsNullOrEmpty(fact.Key) ? "" : $" ({fact.Key})")}";
}
