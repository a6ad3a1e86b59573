using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Proofs as failures print them.</summary>
internal static class ProofText
{
    public static string Of(IEnumerable<ProofStep> steps) => string.Join('\n', steps.Select(Of));

    private static string Of(ProofStep step) =>
        $"  {step.Rule} {step.Node} {step.Rights} {step.Truth} from {string.Join(' ', step.From)}; {string.Join(", ", step.Facts.Select(fact => fact.Edge is null ? $"{fact.Node}.{fact.Property}" : $"{fact.Edge} {fact.Of} {fact.To} {fact.Key}"))}; {string.Join(' ', step.Gates)}; since {step.Since:O}";
}
