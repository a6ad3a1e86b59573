using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Exposure, proofs and why-not beside the naive evaluator's.</summary>
internal static class QuestionsDifferential
{
    /// <summary>Who attains a target: each principal and credential by itself, what of it, in how many hops, and the share of all.</summary>
    public static IReadOnlyList<string> Exposure(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        return asked.IsSettled ? [.. asked.Targets(asked.Seeds).Take(1).Concat(Listed(asked).Take(1)).Distinct().SelectMany(target => Exposure(asked, target))] : [];
    }

    private static IEnumerable<string> Exposure(AskedEstate asked, string target)
    {
        var (naive, answer) = (NaiveExposure.Of(asked.World, target), asked.Answer(investigation => investigation.ExposureAsync(asked.Ask, target)));
        var expected = naive.Attackers.Select(one => $"{one.Key} {one.Value.CertainDirect}/{one.Value.CertainAmplified}/{one.Value.PossibleDirect}/{one.Value.PossibleAmplified} {one.Value.Hops}");
        var found = answer.Attackers.Select(one => $"{one.Id} {one.Certain.Direct}/{one.Certain.Amplified}/{one.Possible.Direct}/{one.Possible.Amplified} {one.Hops}");
        foreach (var difference in CutsDifferential.Differing($"exposure of {target}", expected, found))
        {
            yield return difference;
        }

        if (answer.Share is not { } share || Math.Abs(naive.Share - share) > 0.000001)
        {
            yield return $"share of {target}: {answer.Share}, naive {naive.Share}";
        }
    }

    /// <summary>
    /// Every set of edges from which the right follows and from none of which one can be left out is in some proof, every proof proves, the
    /// nearer come first, and none more is listed than asked for.
    /// </summary>
    public static IReadOnlyList<string> Proofs(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        return asked.IsSettled && asked.Seeds.Count > 0 ? [.. asked.Targets([asked.Seeds[0]]).Take(2).SelectMany(target => Proofs(asked, asked.Seeds[0], target))] : [];
    }

    private static IEnumerable<string> Proofs(AskedEstate asked, string seed, string target)
    {
        const int Many = 60;
        var answer = asked.Answer(investigation => investigation.PathAsync(asked.Ask, new PathQuestion { From = seed, To = target, Count = Many }));
        var reach = new NaiveReach(asked.World, [new NaiveSeed(seed)]);
        var possible = reach.CertainAmplified.Rights(target).Length == 0;
        var strongest = possible ? reach.PossibleAmplified : reach.CertainAmplified;
        var right = NaiveRights.Highest(strongest.Rights(target))!.Value;
        var (naive, checker) = (new NaiveProofs(asked.View, asked.Profile, seed), new ProofChecker(asked.World, [new NaiveSeed(seed)]));
        var hops = answer.Paths.Select(path => naive.HopsOf(EdgesOf(path), target, right, possible)).ToList();
        if (answer.Paths.Count == 0 || hops[0] != strongest.Hops(target, right) || hops.Any(hop => hop is null) || !hops.Order().SequenceEqual(hops))
        {
            yield return $"proofs of {right} of {target}: in {string.Join(' ', hops)} hops, naive the first in {strongest.Hops(target, right)}";
            yield break;
        }

        foreach (var (path, hop) in answer.Paths.Zip(hops))
        {
            // Another proof may need more edges than one before it, or go a longer way by the same ones, and rest on fewer properties.
            foreach (var wrong in checker.Check(new ProofClaim(target, right, possible, true, hop!.Value), path).Where(wrong => path == answer.Paths[0] || !IsOfTheFirst(wrong)))
            {
                yield return $"a proof of {right} of {target}: {wrong}";
            }
        }

        if (naive.Minimal(target, right, possible, 400) is not { } minimal || answer.All is not true)
        {
            yield break;
        }

        foreach (var missing in minimal.Where(set => !answer.Paths.Any(path => set.IsSubsetOf(EdgesOf(path)))))
        {
            yield return $"proofs of {right} of {target}: missing {string.Join(", ", missing)}";
        }
    }

    private static bool IsOfTheFirst(string wrong) => wrong.EndsWith("can be left out", StringComparison.Ordinal) || wrong.Contains("hops, claimed", StringComparison.Ordinal);

    /// <summary>
    /// What is attained is not blocked. Where one kind of premise alone stands in the way it is named; and nothing is named that would open
    /// nothing.
    /// </summary>
    public static IReadOnlyList<string> WhyNot(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        if (!asked.IsSettled || asked.Seeds.Count == 0)
        {
            return [];
        }

        var naive = new NaiveWhyNot(asked.View, asked.Profile, asked.Seeds[0]);
        return [.. Listed(asked).Where(target => target != asked.Seeds[0]).SelectMany(target => WhyNot(asked, naive, target))];
    }

    private static IEnumerable<string> WhyNot(AskedEstate asked, NaiveWhyNot naive, string target)
    {
        var answer = asked.Answer(investigation => investigation.WhyNotAsync(asked.Ask, asked.Seeds[0], target));
        var reach = new NaiveReach(asked.World, [new NaiveSeed(asked.Seeds[0])]);
        var reached = reach.CertainAmplified.Rights(target).Length > 0 ? "True" : reach.PossibleAmplified.Rights(target).Length > 0 ? "Unknown" : "False";
        if (answer.Reached != reached || (reached != "False" && answer.Blocked.Count > 0))
        {
            yield return $"why not {target}: {answer.Reached} and {answer.Blocked.Count} blocked, naive {reached}";
            yield break;
        }

        if (reached != "False")
        {
            yield break;
        }

        var named = answer.Blocked.Select(KindOf).Distinct().ToList();

        // What is not live because something it rests on is not there is told as what is not there.
        var isAbsent = answer.Blocked.Any(blocked => blocked is { Reason: "notPresent", Fact.Node: not null });
        foreach (var missing in naive.Alone(target).Where(kind => !named.Contains(kind) && !(kind == "liveness" && isAbsent)))
        {
            yield return $"why not {target}: {missing} alone stands in the way, told {string.Join(' ', named)}";
        }

        foreach (var idle in named.Where(kind => NaiveWhyNot.Kinds.Contains(kind) && !naive.Opens(kind)))
        {
            yield return $"why not {target}: {idle} opens nothing";
        }
    }

    /// <summary>The kind of premise that a reason belongs to; a gate by its word without argument.</summary>
    private static string KindOf(BlockedAnswer blocked) => blocked.Reason switch
    {
        "gate" => blocked.Gate!.Split('(')[0],
        "expired" or "revoked" or "rotated" or "disabled" => "liveness",
        "notPresent" when blocked.Fact.Property is not null => "liveness",
        var other => other,
    };

    private static HashSet<NaiveEdge> EdgesOf(IReadOnlyList<ProofStep> path) => [.. path.SelectMany(step => step.Facts).Where(fact => fact.Edge is not null).Select(CutsDifferential.EdgeOf)];

    private static IEnumerable<string> Listed(AskedEstate asked) =>
        asked.Facts.NodeIds.Where(node => NaiveWords.Listed.Contains(asked.View.Kind(node)) && !asked.Facts.IsPlaceholder(node));
}
