using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Proofs of a leaver's paths made wrong on purpose where something ties the leaver to where the rules begin, one way each.</summary>
internal static class LeaverProofMutations
{
    public static readonly IReadOnlyList<(string Name, Func<IReadOnlyList<ProofStep>, IEnumerable<IReadOnlyList<ProofStep>>> Of)> All =
    [
        ("the person left out", steps => [[.. steps.Skip(1)]]),
        ("another person", steps => [[steps[0] with { Node = "somebody" }, .. steps.Skip(1)]]),
        ("the tie said to be given", steps => EachTie(steps, tie => [tie with { Rule = "seed", From = [], Facts = [], Since = null }])),
        ("another anchor", steps => EachTie(steps, tie => [tie with { Rule = tie.Rule == "a5" ? "a6" : "a5" }])),
        ("hanging on nobody", steps => EachTie(steps, tie => [tie with { From = [] }])),
        ("a fact left out", steps => EachTie(steps, tie => tie.Facts.Select(fact => tie with { Facts = [.. tie.Facts.Where(other => other != fact)] }))),
        ("an edge turned round", steps => EachTie(steps, tie => tie.Facts.Where(fact => fact.Edge is not null).Select(fact => tie with { Facts = [.. tie.Facts.Select(other => other == fact ? fact with { Of = fact.To, To = fact.Of } : other)] }))),
        ("an edge of another kind", steps => EachTie(steps, tie => tie.Facts.Where(fact => fact.Edge is not null).Select(fact => tie with { Facts = [.. tie.Facts.Select(other => other == fact ? fact with { Edge = "OWNED_BY" } : other)] }))),
        ("another property", steps => EachTie(steps, tie => tie.Facts.Where(fact => fact.Node is not null).Select(fact => tie with { Facts = [.. tie.Facts.Select(other => other == fact ? fact with { Property = "mfa" } : other)] }))),
        ("the same of another node", steps => EachTie(steps, tie => tie.Facts.Where(fact => fact.Node is not null).Select(fact => tie with { Facts = [.. tie.Facts.Select(other => other == fact ? fact with { Node = steps[0].Node } : other)] }))),
        ("an edge too many", steps => EachTie(steps, tie => [tie with { Facts = [.. tie.Facts, new ProofFact { Edge = "OWNED_BY", Of = tie.Node, To = steps[0].Node }] }])),
        ("a gate", steps => EachTie(steps, tie => [tie with { Gates = ["corpNetwork"] }])),
        ("since a day later", steps => EachTie(steps, tie => tie.Since is { } since ? [tie with { Since = since.AddDays(1) }] : [])),
        ("since a day earlier", steps => EachTie(steps, tie => tie.Since is { } since ? [tie with { Since = since.AddDays(-1) }] : [])),
        ("the other truth", steps => EachTie(steps, tie => [tie with { Truth = tie.Truth == "True" ? "Unknown" : "True" }])),
    ];

    public static bool IsTie(ProofStep step) => step.Rule.StartsWith('a');

    private static IEnumerable<IReadOnlyList<ProofStep>> EachTie(IReadOnlyList<ProofStep> steps, Func<ProofStep, IEnumerable<ProofStep>> change) =>
        from number in Enumerable.Range(0, steps.Count)
        where IsTie(steps[number])
        from changed in change(steps[number])
        select (IReadOnlyList<ProofStep>)[.. steps.Select((step, other) => other == number ? changed : step)];
}
