using IdentityGraph.Report.Answers;

namespace IdentityGraph.Cli;

/// <summary>Proofs as people read them.</summary>
internal static class ProofText
{
    private const int MostInALine = 40;

    /// <summary>One line: nodes in the order of the derivation with the rule between; of a very long one the beginning and the end.</summary>
    public static string Line(IReadOnlyList<ProofStep> steps) => steps.Count <= MostInALine
        ? string.Join(' ', steps.Select(Word))
        : $"{string.Join(' ', steps.Take(MostInALine / 2).Select(Word))} … {steps.Count - MostInALine} steps … {string.Join(' ', steps.Skip(steps.Count - (MostInALine / 2)).Select(Word))}";

    private static string Word(ProofStep step) => step.Rule == "seed" ? step.Node : $"-{step.Rule}{(step.Truth == "True" ? "" : "?")}-> {step.Node}";

    /// <summary>One line a step: rule, what it gives, from what, by which facts, since when.</summary>
    public static IEnumerable<string> Lines(IReadOnlyList<ProofStep> steps) => steps.Select(static step =>
        $"  {step.Rule,-5}{step.Node} [{step.Rights}]{(step.From.Count == 0 ? "" : $" from {string.Join(" & ", step.From)}")}{(step.Facts.Count == 0 ? "" : $" by {string.Join("; ", step.Facts.Select(Fact))}")}{(step.Gates.Count == 0 ? "" : $" gates {string.Join(", ", step.Gates)}")}{(step.Truth == "True" ? "" : $" ({step.Truth})")}{(step.Since is { } since ? $" since {Graph.Instants.ToText(since)}" : "")}");

    public static string Fact(ProofFact fact) => fact.Edge is null ? $"{fact.Node} {fact.Property}".TrimEnd() : $"{fact.Of} {fact.Edge} {fact.To}{(string.IsNullOrEmpty(fact.Key) ? "" : $" ({fact.Key})")}";
}
