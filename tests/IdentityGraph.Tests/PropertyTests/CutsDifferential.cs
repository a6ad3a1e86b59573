using IdentityGraph.Analyze.Questions;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Cuts beside those that trying every set finds.</summary>
internal static class CutsDifferential
{
    /// <summary>Up to so many candidates every set of them is tried; beyond, sets of one and two.</summary>
    private const int FewEnough = 11;

    public static IReadOnlyList<string> Compare(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        var targets = asked.Targets(asked.Seeds);
        if (!asked.IsSettled || targets.Count == 0)
        {
            return [];
        }

        IReadOnlyList<string> last = [targets[0]];
        return [.. ByNode(asked, last), .. ByNode(asked, [.. targets.Take(2)]), .. ByEdge(asked, last), .. ByAction(asked, last)];
    }

    private static IEnumerable<string> ByNode(AskedEstate asked, IReadOnlyList<string> targets)
    {
        var naive = new NaiveCuts(asked.View, asked.Profile, asked.Seeds, targets);
        int? most = naive.Nodes.Count <= FewEnough ? null : 2;
        var all = Ask(asked, targets, CutBy.Node, most, all: true);
        var told = $"cuts of {string.Join(' ', targets)}";
        if (!all.Attained)
        {
            yield return $"{told}: not attained, naive attained";
        }

        var expected = naive.ByNode(most ?? FewEnough).Select(Names);
        foreach (var difference in Differing(told, expected, all.Cuts.Select(cut => Names(cut.Members.Select(member => member.Node!)))))
        {
            yield return difference;
        }

        foreach (var difference in Differing($"choke points of {string.Join(' ', targets)}", naive.ByNode(1).Select(Names), all.ChokePoints.Select(member => member.Node!)))
        {
            yield return difference;
        }

        foreach (var cut in all.Cuts)
        {
            var costs = cut.Members.Select(member => naive.CostOf(member.Node!)).ToList();
            if (cut.Status != "proved minimal" || cut.Cost < costs.Sum(cost => cost.Least) || cut.Cost > costs.Sum(cost => cost.Most))
            {
                yield return $"{told}: {Names(cut.Members.Select(member => member.Node!))} is {cut.Status} at {cut.Cost}";
            }
        }

        var cheapest = all.Cuts.Where(cut => cut.Cost == all.Cuts.Min(other => other.Cost)).Select(cut => Names(cut.Members.Select(member => member.Node!)));
        foreach (var difference in Differing($"cheapest {told}", cheapest, Ask(asked, targets, CutBy.Node, most, all: false).Cuts.Select(cut => Names(cut.Members.Select(member => member.Node!)))))
        {
            yield return difference;
        }
    }

    /// <summary>Facts that only ever open a way: what is said of others depends on which of them may be cut at all.</summary>
    private static IEnumerable<string> ByEdge(AskedEstate asked, IReadOnlyList<string> targets)
    {
        var naive = new NaiveCuts(asked.View, asked.Profile, asked.Seeds, targets);
        var most = naive.Edges.Count <= 2 * FewEnough ? 2 : 1;
        var found = Ask(asked, targets, CutBy.Edge, most, all: true).Cuts.Select(cut => cut.Members.Select(member => EdgeOf(member.Edge!)).ToList()).ToList();
        return Differing(
                $"facts to cut for {targets[0]}",
                naive.ByEdge(most).Select(cut => Names(cut.Select(edge => edge.ToString()))),
                found.Where(cut => cut.All(edge => NaiveCuts.Opens(edge.Kind))).Select(cut => Names(cut.Select(edge => edge.ToString()))))
            .Concat(found.Where(cut => !naive.Falls(NaiveSwitches.Without(cut))).Select(cut => $"{targets[0]} does not fall by {Names(cut.Select(edge => edge.ToString()))}"));
    }

    /// <summary>Whatever the action: with what it acts on dead, or its gate closed, the target falls, and no member can be spared.</summary>
    private static IEnumerable<string> ByAction(AskedEstate asked, IReadOnlyList<string> targets)
    {
        var naive = new NaiveCuts(asked.View, asked.Profile, asked.Seeds, targets);
        foreach (var cut in Ask(asked, targets, CutBy.Action, 2, all: true).Cuts.Where(cut => cut.Members.All(member => member.Gate is null || member.Edge is not null)))
        {
            if (!naive.Falls(Applied(cut.Members)))
            {
                yield return $"{targets[0]} does not fall by {Told(cut)}";
            }

            foreach (var spared in cut.Members.Where(spared => naive.Falls(Applied(cut.Members.Where(member => member != spared)))))
            {
                yield return $"{targets[0]} falls by {Told(cut)} without {spared.Action} {spared.Node}";
            }
        }
    }

    private static NaiveSwitches Applied(IEnumerable<CutMember> members) => NaiveSwitches.None with
    {
        Dead = members.Where(member => member.Node is not null).Select(member => member.Node!).ToHashSet(),
        DeadEdges = members.Where(member => member.Edge is not null).Select(member => EdgeOf(member.Edge!)).ToHashSet(),
    };

    private static string Told(CutAnswer cut) => string.Join(", ", cut.Members.Select(member => $"{member.Action} {member.Node}{(member.Edge is { } edge ? EdgeOf(edge) : null)} {member.Gate}"));

    private static CutsAnswer Ask(AskedEstate asked, IReadOnlyList<string> targets, CutBy by, int? most, bool all) =>
        asked.Answer(investigation => investigation.CutsAsync(asked.Ask, new CutsQuestion { From = asked.Seeds, To = targets, By = by, MaxSize = most, All = all }));

    internal static NaiveEdge EdgeOf(ProofFact fact) => new(fact.Edge!, fact.Of!, fact.To!, fact.Key ?? "");

    private static string Names(IEnumerable<string> names) => string.Join(" + ", names.Order(StringComparer.Ordinal));

    internal static IEnumerable<string> Differing(string what, IEnumerable<string> expected, IEnumerable<string> found)
    {
        var (left, right) = (expected.ToHashSet(StringComparer.Ordinal), found.ToHashSet(StringComparer.Ordinal));
        return [.. left.Except(right).Select(one => $"{what}: missing {one}"), .. right.Except(left).Select(one => $"{what}: not expected {one}")];
    }
}
