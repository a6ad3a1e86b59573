using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>What a proof says it proves.</summary>
/// <param name="Node">On which node.</param>
/// <param name="Right">One letter of DRWUAC.</param>
/// <param name="Possible">From True or Unknown premises; else from True ones only.</param>
/// <param name="Amplified">With the amplifying rules; else without.</param>
/// <param name="Hops">How far the answer says it is; null: it does not say.</param>
internal sealed record ProofClaim(string Node, char Right, bool Possible, bool Amplified, int? Hops);

/// <summary>
/// Reads a proof as a sceptic does: each step by its rule from the steps and facts it names and nothing else, judged by the naive
/// evaluator; and then each step and fact left out, to see that the rest proves nothing.
/// </summary>
/// <param name="world">The facts at the moment asked about, the naive reading of them.</param>
/// <param name="seeds">What was given.</param>
internal sealed class ProofChecker(NaiveWorld world, IReadOnlyList<NaiveSeed> seeds)
{
    // Proofs share their beginnings: what was read of a step by its text and what it rests on, in which cell.
    private readonly Dictionary<string, IReadOnlyList<string>> _read = [];
    private readonly Dictionary<(bool Possible, bool Amplified), NaiveFixpoint> _given = [];
    private readonly ProofTimes _times = new(world.View);

    /// <summary>What is wrong with it; empty: it proves what it claims, and nothing in it can be left out.</summary>
    public IReadOnlyList<string> Check(ProofClaim claim, IReadOnlyList<ProofStep> steps)
    {
        if (steps.Count == 0 || steps[^1].Node != claim.Node || !steps[^1].Rights.Contains(claim.Right))
        {
            return [$"does not end at {claim.Right} of {claim.Node}"];
        }

        var wrong = steps.SelectMany((step, number) => WrongWith(claim, steps, number)).ToList();
        if (wrong.Count > 0)
        {
            return wrong;
        }

        if (claim.Hops is { } hops && HopsOf(steps) != hops)
        {
            wrong.Add($"{HopsOf(steps)} hops, claimed {hops}");
        }

        return [.. wrong, .. Needless(claim, steps)];
    }

    private IEnumerable<string> WrongWith(ProofClaim claim, IReadOnlyList<ProofStep> steps, int number)
    {
        var step = steps[number];
        if (step.Rule == "seed")
        {
            return step.From.Count > 0 || step.Facts.Count > 0 || step.Gates.Count > 0 || step.Since is not null || !IsSome(step.Rights, Given(claim).Rights(step.Node))
                ? [$"{step.Node} is not given with {step.Rights}"]
                : [];
        }

        var held = steps.Take(number).Where(earlier => step.From.Contains(earlier.Node)).Select(earlier => (earlier.Node, earlier.Rights)).ToList();
        var missing = step.From.Except(held.Select(premise => premise.Node)).ToList();
        if (missing.Count > 0)
        {
            return [$"{step.Rule} {step.Node} rests on {string.Join(' ', missing)}, which no earlier step concludes"];
        }

        var key = $"{claim.Possible} {claim.Amplified} {ProofText.Of([step])} {string.Join(' ', held)} {string.Join(' ', steps.Take(number).Where(earlier => step.From.Contains(earlier.Node)).Select(earlier => earlier.Truth))}";
        if (!_read.TryGetValue(key, out var wrong))
        {
            _read[key] = wrong = [.. Read(claim, steps, step, held)];
        }

        return wrong;
    }

    private NaiveFixpoint Given(ProofClaim claim)
    {
        if (!_given.TryGetValue((claim.Possible, claim.Amplified), out var given))
        {
            _given[(claim.Possible, claim.Amplified)] = given = Fixpoint(claim, seeds, [], []);
        }

        return given;
    }

    private IEnumerable<string> Read(ProofClaim claim, IReadOnlyList<ProofStep> steps, ProofStep step, List<(string Node, string Rights)> held)
    {
        var unheld = EdgesOf(step).Where(edge => !(claim.Possible ? world.View.Truth(edge) is not false : world.View.Truth(edge) is true)).ToList();
        if (unheld.Count > 0)
        {
            return [$"{step.Rule} {step.Node} cites {unheld[0]}, which does not hold"];
        }

        var given = Fixpoint(claim, [], held, []).Concludes(Application(step));
        if (!IsSome(step.Rights, given))
        {
            return [$"{step.Rule} {step.Node} gives {(given.Length == 0 ? "nothing" : given)} from {string.Join(' ', step.From)}, claimed {step.Rights}"];
        }

        return [.. WrongTruth(claim, steps, step, held), .. NeedlessIn(claim, step, held), .. _times.Wrong(step)];
    }

    /// <summary>"No premise can be left out": without any one property of a node or gate it names, the step concludes less, or less surely.</summary>
    private IEnumerable<string> NeedlessIn(ProofClaim claim, ProofStep step, List<(string Node, string Rights)> held)
    {
        var whole = Application(step);
        foreach (var fact in whole.Facts.Where(fact => Stands(whole with { Facts = whole.Facts.Where(other => other != fact).ToHashSet() })))
        {
            yield return $"{step.Rule} {step.Node}: {fact.Property} of {fact.Node} can be left out";
        }

        foreach (var gate in whole.Gates.Where(gate => Stands(whole with { Gates = whole.Gates.Where(other => other != gate).ToHashSet() })))
        {
            yield return $"{step.Rule} {step.Node} passes no {gate}";
        }

        foreach (var twice in step.Gates.GroupBy(gate => gate).Where(same => same.Count() > 1))
        {
            yield return $"{step.Rule} {step.Node} names {twice.Key} twice";
        }

        bool Stands(NaiveApplication less) => IsSome(step.Rights, Fixpoint(claim, [], held, []).Concludes(less))
            && IsSure(step, held, less) == IsSure(step, held, whole);

        bool IsSure(ProofStep step, List<(string Node, string Rights)> held, NaiveApplication by) =>
            IsSome(step.Rights, Fixpoint(claim with { Possible = false }, [], held, []).Concludes(by));
    }

    /// <summary>"True, or Unknown where a premise is": its own facts, or a step it rests on.</summary>
    private IEnumerable<string> WrongTruth(ProofClaim claim, IReadOnlyList<ProofStep> steps, ProofStep step, List<(string Node, string Rights)> held)
    {
        var surely = IsSome(step.Rights, Fixpoint(claim with { Possible = false }, [], held, []).Concludes(Application(step)));
        var expected = surely && steps.TakeWhile(other => other != step).Where(other => step.From.Contains(other.Node)).All(other => other.Truth == "True");
        if (step.Truth != (expected ? "True" : "Unknown") || (step.Truth == "Unknown" && !claim.Possible))
        {
            yield return $"{step.Rule} {step.Node} is {(expected ? "True" : "Unknown")}, claimed {step.Truth}";
        }
    }

    /// <summary>"Irredundant": without any one step, or any one fact wherever it is cited, what is claimed does not follow.</summary>
    private IEnumerable<string> Needless(ProofClaim claim, IReadOnlyList<ProofStep> steps)
    {
        for (var number = 0; number < steps.Count; number++)
        {
            var (step, rest) = (steps[number], steps.Where((_, other) => other != number).ToList());

            // Where one application stands twice, the second time for more rights, the rest has to follow in its order.
            var stands = rest.Any(other => IsSameApplication(other, step)) ? FollowsInOrder(claim, rest) : StillFollows(claim, rest, null);
            if (stands)
            {
                yield return $"{step.Rule} {step.Node} can be left out";
            }
        }

        foreach (var edge in steps.SelectMany(EdgesOf).Distinct().Where(edge => StillFollows(claim, steps, edge)))
        {
            yield return $"{edge} can be left out";
        }
    }

    private bool FollowsInOrder(ProofClaim claim, IReadOnlyList<ProofStep> steps)
    {
        var held = new List<(string Node, string Rights)>();
        foreach (var step in steps)
        {
            held.Add((step.Node, step.Rule == "seed" ? step.Rights : Fixpoint(claim, [], held, []).Concludes(Application(step))));
        }

        return held.Any(one => one.Node == claim.Node && one.Rights.Contains(claim.Right));
    }

    private static bool IsSameApplication(ProofStep one, ProofStep other) =>
        one.Rule == other.Rule && one.Node == other.Node && EdgesOf(one).ToHashSet().SetEquals(EdgesOf(other));

    private bool StillFollows(ProofClaim claim, IReadOnlyList<ProofStep> steps, NaiveEdge? without)
    {
        var given = steps.Where(step => step.Rule == "seed").Select(step => (step.Node, step.Rights));
        return Fixpoint(claim, [], given, [.. steps.Where(step => step.Rule != "seed").Select(step => Application(step, without))]).Rights(claim.Node).Contains(claim.Right);
    }

    private NaiveFixpoint Fixpoint(ProofClaim claim, IEnumerable<NaiveSeed> given, IEnumerable<(string Node, string Rights)> held, IReadOnlyList<NaiveApplication> only) =>
        new(world, given, claim.Possible, claim.Amplified, held, only);

    /// <summary>"Seeds 0; one rule application is one hop: 1 + max over attained premises."</summary>
    private static int HopsOf(IReadOnlyList<ProofStep> steps)
    {
        var hops = new Dictionary<string, int>();
        foreach (var step in steps)
        {
            var own = step.Rule == "seed" ? 0 : 1 + step.From.Max(node => hops[node]);
            hops[step.Node] = Math.Max(hops.GetValueOrDefault(step.Node), own);
        }

        return hops[steps[^1].Node];
    }

    internal static NaiveApplication Application(ProofStep step, NaiveEdge? without = null) => new(
        step.Rule,
        step.Node,
        EdgesOf(step).Where(edge => edge != without).ToHashSet(),
        step.Facts.Where(fact => fact.Node is not null).Select(fact => (fact.Node!, fact.Property!)).ToHashSet(),
        step.Gates.ToHashSet());

    private static IEnumerable<NaiveEdge> EdgesOf(ProofStep step) =>
        step.Facts.Where(fact => fact.Edge is not null).Select(fact => new NaiveEdge(fact.Edge!, fact.Of!, fact.To!, fact.Key ?? ""));

    private static bool IsSome(string rights, string of) => rights.Length > 0 && rights.All(of.Contains);
}
