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
        ("a fact of a node left out", (steps, _) => EachFact(steps, (step, fact) => [step with { Facts = [.. step.Facts.Where(other => other != fact)] }])),
        ("another property of the node", (steps, _) => EachFact(steps, (step, fact) => [Replaced(step, fact, fact with { Property = fact.Property == "mfa" ? "kind" : "mfa" })])),
        ("the same of another node", (steps, _) => EachFact(steps, (step, fact) => steps.Select(other => other.Node).Where(node => step.Facts.All(known => known.Node != node)).Take(1).Select(node => Replaced(step, fact, fact with { Node = node })))),
        ("a property that decides nothing", (steps, _) => Changed(steps, IsDerived, step => step with { Facts = [.. step.Facts, new ProofFact { Node = step.Node, Property = "name" }] })),
        ("a gate left out", (steps, _) => Changed(steps, HasGate, step => step with { Gates = [.. step.Gates.Skip(1)] })),
        ("another gate", (steps, _) => Changed(steps, HasGate, step => step with { Gates = ["another", .. step.Gates.Skip(1)] })),
        ("a gate that nothing asks for", (steps, _) => Changed(steps, IsDerived, step => step with { Gates = [.. step.Gates, "pamApproval"] })),
        ("since a day later", (steps, _) => Changed(steps, step => step.Since is not null, step => step with { Since = step.Since!.Value.AddDays(1) })),
        ("since a day earlier", (steps, _) => Changed(steps, step => step.Since is not null, step => step with { Since = step.Since!.Value.AddDays(-1) })),
        ("since nobody knows when", (steps, _) => Changed(steps, step => step.Since is not null, step => step with { Since = null })),
        ("since now", (steps, view) => Changed(steps, step => step.Since is null, step => step with { Since = view.AsOf })),
        ("the other truth", (steps, _) => Changed(steps, IsDerived, step => step with { Truth = step.Truth == "True" ? "Unknown" : "True" })),
    ];

    private static IEnumerable<int> Each(IReadOnlyList<ProofStep> steps) => Enumerable.Range(0, steps.Count);

    private static IEnumerable<IReadOnlyList<ProofStep>> Changed(IReadOnlyList<ProofStep> steps, Func<ProofStep, bool> where, Func<ProofStep, ProofStep> change) =>
        Each(steps).Where(number => where(steps[number])).Select(number => (IReadOnlyList<ProofStep>)[.. steps.Select((step, other) => other == number ? change(step) : step)]);

    private static bool IsDerived(ProofStep step) => step.Rule != "seed";

    /// <summary>The next; but one capability may be to provision and to grant, and then D10 and D11 say the same.</summary>
    private static string AnotherRule(string rule) => rule is "D10" or "D11" or "D20" or "spawned" ? "D1" : $"D{int.Parse(rule[1..], CultureInfo.InvariantCulture) + 1}";

    private static bool HasGate(ProofStep step) => step.Gates.Count > 0;

    private static IEnumerable<IReadOnlyList<ProofStep>> EachFact(IReadOnlyList<ProofStep> steps, Func<ProofStep, ProofFact, IEnumerable<ProofStep>> change) =>
        from number in Each(steps)
        from fact in steps[number].Facts
        where !IsEdge(fact)
        from changed in change(steps[number], fact)
        select (IReadOnlyList<ProofStep>)[.. steps.Select((step, other) => other == number ? changed : step)];

    private static ProofStep Replaced(ProofStep step, ProofFact fact, ProofFact by) => step with { Facts = [.. step.Facts.Select(other => other == fact ? by : other)] };

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
