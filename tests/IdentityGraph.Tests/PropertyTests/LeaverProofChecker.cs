using System.Text.RegularExpressions;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// Reads the proof of a leaver's path as a sceptic does: it is drawn from the person; what ties the person to where the rules begin is
/// that by the definition of its anchor, from the facts it names, none of which can be left out; and from there every step follows.
/// </summary>
/// <param name="naive">What the naive evaluator knows of the leaver.</param>
/// <param name="person">The leaver.</param>
internal sealed partial class LeaverProofChecker(NaiveLeavers naive, string person)
{
    private readonly ProofTimes _times = new(naive.World.View);
    private readonly Dictionary<(string Class, bool Certain), NaiveFixpoint> _begins = [];

    /// <param name="class">R1, R2 or R3.</param>
    /// <param name="claim">What the path says.</param>
    /// <param name="steps">From the person on.</param>
    public IReadOnlyList<string> Check(string @class, ProofClaim claim, IReadOnlyList<ProofStep> steps)
    {
        if (steps.Count == 0 || steps[0] is not { Rule: "seed", Rights: "U", Facts.Count: 0, Gates.Count: 0, Since: null } first || first.Node != person)
        {
            return ["is not drawn from the person"];
        }

        var known = naive.IsLeaver is true;
        if (steps.Any(step => !known && step.Truth != "Unknown") || (known && first.Truth != "True"))
        {
            return ["is surer than that they left"];
        }

        var wrong = steps.Skip(1).Where(IsTie).SelectMany(step => WrongWith(@class, claim, step, known)).ToList();
        if (steps.Skip(1).Any(step => step.Rule == "seed"))
        {
            wrong.Add("begins at what nothing ties to the person");
        }

        // From here on the ties are given; whether they left is told, and no rule asks for it.
        var isPersonUsed = steps.Any(step => !IsTie(step) && step.From.Contains(person));
        List<ProofStep> rest = [.. steps.Skip(isPersonUsed ? 0 : 1).Select(step => IsTie(step) ? step with { Rule = "seed", From = [], Facts = [], Since = null } : step)];
        return [.. wrong, .. known ? new ProofChecker(naive.World, naive.SeedsOf(@class, !claim.Possible)).Check(claim, rest) : []];
    }

    private static bool IsTie(ProofStep step) => Code().IsMatch(step.Rule);

    private IEnumerable<string> WrongWith(string @class, ProofClaim claim, ProofStep step, bool known)
    {
        var name = $"{step.Rule} {step.Node}";
        if (step.From is not [var from] || from != person)
        {
            yield return $"{name} does not hang on the person alone";
        }

        var sure = step.Truth == "True" || !(claim.Possible || !known);
        if (!Begins(@class, step.Node, sure) || (known && !sure && Begins(@class, step.Node, certain: true)))
        {
            yield return $"{name} is not {(sure ? "surely" : "only possibly")} where the paths of {@class} begin";
        }

        foreach (var wrong in step.Rule == "a3" ? WrongSecret(name, step, sure) : WrongTie(name, step, sure))
        {
            yield return wrong;
        }
    }

    private IEnumerable<string> WrongTie(string name, ProofStep step, bool sure)
    {
        if (step.Gates.Count > 0)
        {
            yield return $"{name} passes no gate";
        }

        if (step.Facts.Where(fact => fact.Node is not null).Select(fact => (fact.Node!, fact.Property!)).Order().SequenceEqual(RestsOn(step).Order()) is false)
        {
            yield return $"{name} rests on {string.Join(", ", RestsOn(step))}";
        }

        var edges = step.Facts.Where(fact => fact.Edge is not null and not "STEP_OF").Select(EdgeOf).ToHashSet();
        var isTie = naive.WaysOf(step.Rule, step.Node).Any(way => (sure ? way.Truth is true : way.Truth is not false) && way.Edges.SetEquals(edges));
        if (!isTie || edges.Count != step.Facts.Count(fact => fact.Edge is not null and not "STEP_OF"))
        {
            yield return $"{name} is none by {string.Join(", ", edges)}";
        }

        var holds = edges.All(edge => naive.World.View.Truth(edge) is not false);
        foreach (var late in holds ? _times.Wrong(step) : step.Since is null ? [] : [$"{name} rests on what is over, and claims to hold since {step.Since:O}"])
        {
            yield return late;
        }
    }

    /// <summary>What it names of now: that it was not replaced since they left. The rest held at one moment before; since when is told where all of it still does.</summary>
    private IEnumerable<string> WrongSecret(string name, ProofStep step, bool sure)
    {
        var edges = step.Facts.Where(fact => fact.Edge is not null).Select(EdgeOf).ToHashSet();
        var facts = step.Facts.Where(fact => fact.Node is not null).Select(fact => (fact.Node!, fact.Property!)).ToHashSet();
        if (!facts.Remove((step.Node, "rotatedAt")))
        {
            yield return $"{name} rests on that it was not replaced";
        }

        var by = new NaiveApplication(step.Rule, step.Node, edges, facts, step.Gates.ToHashSet());
        List<NaiveView> moments = [.. naive.KnewBy(step.Node, by, certain: true), .. sure ? [] : naive.KnewBy(step.Node, by, certain: false)];
        if (moments.Count == 0 || edges.Count + facts.Count + 1 != step.Facts.Count || by.Gates.Count != step.Gates.Count)
        {
            yield return $"{name} is none by {string.Join(", ", edges)}, {string.Join(", ", facts)}, {string.Join(' ', step.Gates)}";
            yield break;
        }

        var late = _times.Wrong(step).ToList();
        if (!moments.Exists(then => edges.All(edge => naive.World.View.Truth(edge) is not false) && facts.All(fact => IsStill(fact, then)) ? late.Count == 0 : step.Since is null))
        {
            yield return $"{name} held together at {string.Join(' ', moments.Select(then => then.AsOf.ToString("O")))}; {string.Join(", ", late.DefaultIfEmpty("some of it is over"))}, claimed {step.Since:O}";
        }
    }

    /// <summary>Whether the same is said of it now.</summary>
    private bool IsStill((string Node, string Property) fact, NaiveView then)
    {
        if (fact.Property is "live" or "state")
        {
            return naive.World.Liveness.Live(fact.Node) is not false;
        }

        return ProofTimes.IsSaidAlike(naive.World.View.Of(fact.Node, fact.Property), then.Of(fact.Node, fact.Property));
    }

    private static NaiveEdge EdgeOf(ProofFact fact) => new(fact.Edge!, fact.Of!, fact.To!, fact.Key ?? "");

    private bool Begins(string @class, string node, bool certain)
    {
        if (!_begins.TryGetValue((@class, certain), out var begins))
        {
            _begins[(@class, certain)] = begins = new NaiveFixpoint(naive.World, naive.SeedsOf(@class, certain), !certain, amplified: true, [], []);
        }

        return begins.Rights(node).Length > 0;
    }

    /// <summary>"Itself live at t"; "Suspended/Locked accounts, and live accounts"; what was made, as far as it is live.</summary>
    private (string Node, string Property)[] RestsOn(ProofStep step)
    {
        var view = naive.World.View;
        (string, string)[] own = step.Rule switch
        {
            "a1" or "a7" => [(step.Node, "state")],
            "a8" when view.Kind(step.Node) == "Credential" => [],
            _ => [(step.Node, "live")],
        };

        // "A step runs only while its workflow does"; of one that nobody described nothing is known.
        var workflows = view.Kind(step.Node) == "Step" ? view.From(step.Node, "STEP_OF").ToList() : [];
        return workflows.Count == 0 ? own : [.. own, .. step.Facts.Where(fact => fact.Edge == "STEP_OF" && workflows.Any(pair => pair.Edge.To == fact.To)).Select(fact => fact.To!).DefaultIfEmpty("?").Where(workflow => !view.Facts.IsPlaceholder(workflow)).Select(workflow => (workflow, "live"))];
    }

    [GeneratedRegex("^a([1-9]|10)$")]
    private static partial Regex Code();
}
