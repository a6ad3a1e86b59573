using System.Globalization;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Proofs made wrong on purpose, one way each.</summary>
internal static class ProofMutations
{
    public static readonly IReadOnlyList<(string Name, Func<IReadOnlyList<ProofStep>, NaiveView, IEnumerable<IReadOnlyList<ProofStep>>> Of)> All =
    [
        ("a step left out", (steps, _) => Each(steps).Select(number => (IReadOnlyList<ProofStep>)[.. steps.Take(number), .. steps.Skip(number + 1)])),
        ("another rule", (steps, _) => Changed(steps, IsDerived, step => step with { Rule = AnotherRule(step.Rule) })),
        ("a step said to be given", (steps, _) => Changed(steps, IsDerived, step => step with { Rule = "seed", From = [], Facts = [] })),
        ("a premise of another step", (steps, _) => Changed(steps, step => IsDerived(step) && Other(steps, step) is not null, step => step with { From = [Other(steps, step)!, .. step.From.Skip(1)] })),
        ("a premise that nothing concludes", (steps, _) => Changed(steps, IsDerived, step => step with { From = ["nobody", .. step.From.Skip(1)] })),
        ("more rights", (steps, _) => Changed(steps, IsDerived, step => step with { Rights = step.Rights.Contains('C') ? "DRWUACX" : step.Rights + "C" })),
        ("the premises behind", (steps, _) => steps.Count < 2 ? [] : [[.. steps.Reverse()]]),
        ("a fact left out", (steps, _) => Changed(steps, HasEdge, step => step with { Facts = [.. step.Facts.Where(fact => fact != step.Facts.First(IsEdge))] })),
        ("a fact turned round", (steps, _) => Changed(steps, HasTurnable, step => Replaced(step, fact => fact with { Of = fact.To, To = fact.Of }))),
        ("a fact that never was", (steps, _) => Changed(steps, HasEdge, step => Replaced(step, fact => fact with { Key = "never" }))),
        ("a fact that no longer holds", (steps, view) => Changed(steps, step => HasEdge(step) && Ended(view) is not null, step => step with { Facts = [.. step.Facts, Ended(view)!] })),
        ("a fact that decides nothing", (steps, view) => Changed(steps, step => IsDerived(step) && Unused(view) is not null, step => step with { Facts = [.. step.Facts, Unused(view)!] })),
        ("the other truth", (steps, _) => Changed(steps, IsDerived, step => step with { Truth = step.Truth == "True" ? "Unknown" : "True" })),
    ];

    private static IEnumerable<int> Each(IReadOnlyList<ProofStep> steps) => Enumerable.Range(0, steps.Count);

    private static IEnumerable<IReadOnlyList<ProofStep>> Changed(IReadOnlyList<ProofStep> steps, Func<ProofStep, bool> where, Func<ProofStep, ProofStep> change) =>
        Each(steps).Where(number => where(steps[number])).Select(number => (IReadOnlyList<ProofStep>)[.. steps.Select((step, other) => other == number ? change(step) : step)]);

    private static bool IsDerived(ProofStep step) => step.Rule != "seed";

    /// <summary>The next; but one capability may be to provision and to grant, and then D10 and D11 say the same.</summary>
    private static string AnotherRule(string rule) => rule is "D10" or "D11" or "D20" ? "D1" : $"D{int.Parse(rule[1..], CultureInfo.InvariantCulture) + 1}";

    private static bool IsEdge(ProofFact fact) => fact.Edge is not null;

    private static bool HasEdge(ProofStep step) => step.Facts.Any(IsEdge);

    /// <summary>A copy is one either way, so that turning it round may say something else that is there.</summary>
    private static bool HasTurnable(ProofStep step) => step.Facts.FirstOrDefault(IsEdge) is { Edge: not "DERIVED_FROM" } fact && fact.Of != fact.To;

    private static ProofStep Replaced(ProofStep step, Func<ProofFact, ProofFact> change)
    {
        var first = step.Facts.First(IsEdge);
        return step with { Facts = [.. step.Facts.Select(fact => fact == first ? change(fact) : fact)] };
    }

    /// <summary>The node of another step, on which this one does not rest.</summary>
    private static string? Other(IReadOnlyList<ProofStep> steps, ProofStep step) =>
        step.From.Count == 0 ? null : steps.Select(other => other.Node).FirstOrDefault(node => !step.From.Contains(node) && node != step.Node);

    private static ProofFact? Ended(NaiveView view) =>
        view.Facts.EdgeIds.Where(edge => view.Truth(edge) is false).Select(Fact).FirstOrDefault();

    private static ProofFact? Unused(NaiveView view) => view.Edges
        .Where(pair => pair.Truth is true && pair.Edge.Kind == "OWNED_BY")
        .Select(pair => Fact(pair.Edge))
        .FirstOrDefault();

    private static ProofFact Fact(NaiveEdge edge) => new() { Edge = edge.Kind, Of = edge.Of, To = edge.To, Key = edge.Key.Length == 0 ? null : edge.Key };
}
