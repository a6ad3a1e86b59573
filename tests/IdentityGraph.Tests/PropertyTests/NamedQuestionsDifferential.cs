using System.Text.Json.Nodes;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>What something made, and what is not used, beside the naive reading.</summary>
internal static class NamedQuestionsDifferential
{
    public static IReadOnlyList<string> Spawned(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        var naive = new NaiveNamedQuestions(asked.View, asked.Profile);
        return [.. asked.Facts.EdgeIds.Where(edge => edge.Kind == "SPAWNED").Select(edge => edge.Of).Distinct().SelectMany(root => CutsDifferential.Differing(
            $"made by {root}",
            naive.Spawned(root).Where(made => made.Child != root).Select(made => $"{made.Child} by {made.By} {(made.Surely ? "Certain" : "Possible")}"),
            Flat(asked.Answer(investigation => investigation.SpawnedAsync(asked.Ask, root)).Children).Where(child => child.Id != root).Select(child => $"{child.Id} by {child.By} {child.Certainty}")))];
    }

    public static IReadOnlyList<string> Dormant(RandomEstate estate)
    {
        var asked = new AskedEstate(Unused(estate));
        return asked.IsSettled
            ? [.. CutsDifferential.Differing(
                "dormant",
                new NaiveNamedQuestions(asked.View, asked.Profile).Dormant().Select(one => $"{one.Key} {one.Value}"),
                asked.Answer(investigation => investigation.DormantAsync(asked.Ask)).Ranked.Select(one => $"{one.Id} {one.Level}"))]
            : [];
    }

    /// <summary>The same estate with words on use on most lines of a node that has a kind, but for those that only end it.</summary>
    private static RandomEstate Unused(RandomEstate estate)
    {
        var (number, own) = (0, RandomEstate.Parse(estate.ToString()));
        var lines = own.Runs.SelectMany(run => run.Skip(1).Where(line => !EstateScope.IsOnlyEnd(line, EstateScope.Instant(run[0]["startedAt"])!.Value)));
        foreach (var props in lines.Where(line => line["node"] is not null && line["kind"] is not null).Select(line => line["props"]).OfType<JsonObject>())
        {
            if (number++ % 4 is var turn && turn < 3)
            {
                props["lastUsedAt"] = turn == 0 ? null : turn == 1 ? "2024-06-01T00:00:00Z" : "2025-02-20T00:00:00Z";
            }
        }

        return own;
    }

    private static IEnumerable<SpawnedChild> Flat(IEnumerable<SpawnedChild> children) => children.SelectMany(child => Flat(child.Children).Prepend(child));
}
