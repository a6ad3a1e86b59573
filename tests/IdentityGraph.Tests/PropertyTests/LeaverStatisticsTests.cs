using System.Text.Json.Nodes;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Random leavers are worth judging: agreement on people none of whom comes out a certain way would say nothing of that way.</summary>
public sealed class LeaverStatisticsTests
{
    private const int Estates = 500;

    private static readonly string[] s_words =
    [
        "Reachable", "AutomationContinues", "Latent", "Unverified", "Pending", "Clear", "NotALeaver",
        .. Enumerable.Range(1, 10).Select(number => $"a{number}"),
        .. new[] { 1, 2, 3, 5, 6, 7, 8, 10 }.Select(number => $"path from a{number}"),
        "Verified", "Claimed", "Accepted", "Requested", "Failed", "Unknown", "NotStarted", "Reappeared", "no leaver for certain", "declared and open", "declared and proved",
    ];

    /// <summary>What decides something of the answer where leaving it out changes it.</summary>
    private static readonly IReadOnlyList<(string Word, Func<JsonObject, bool> Is)> s_decisive =
    [
        ("what was asked", line => IdOf(line).Contains("ask-change", StringComparison.Ordinal)),
        ("what failed", line => line["props"]?["outcome"]?.ToString() == "failed"),
        ("what was said to be done", line => line["props"]?["appliedAt"] is not null || line["props"]?["verifiedAt"] is not null),
        ("a declared map", line => line["edge"]?.ToString() is "TRIGGERS" or "CONNECTS" && IdOf(line).Contains("ask-", StringComparison.Ordinal)),
        ("what a ticket says", line => line["kind"]?.ToString() == "Ticket"),
    ];

    [Fact]
    public void Every_verdict_every_anchor_and_every_state_comes_up_in_one_estate_of_a_hundred()
    {
        var decided = s_decisive.Select(decisive => "decided by " + decisive.Word).Append("decided by a cascade").ToList();
        var all = s_words.Concat(decided).ToList();
        var seen = all.ToDictionary(word => word, _ => 0);
        var estates = 0;
        for (var number = 0; estates < Estates; number++)
        {
            if (LeaverEstates.Generate(number) is not { } estate)
            {
                continue;
            }

            estates++;
            var leaver = LeaverDifferential.Naive(estate);
            List<string> words =
            [
                leaver.Verdict ?? "NotALeaver",
                .. leaver.IsLeaver is null ? ["no leaver for certain"] : Array.Empty<string>(),
                .. leaver.Systems.SelectMany(system => system.Anchors).Select(anchor => anchor.Split(' ')[0]),
                .. leaver.Systems.Select(system => system.State),
                .. leaver.Systems.Where(system => system.Anchors.Count == 0).Select(system => system.Verified ? "declared and proved" : "declared and open"),
                .. Decided(estate, leaver, word => seen[word] * 100 < Estates),
                .. leaver.Paths.SelectMany(path => path.Anchors).Select(anchor => "path from " + anchor.Split(' ')[0]),
            ];
            foreach (var word in words.Distinct().Where(seen.ContainsKey))
            {
                seen[word]++;
            }
        }

        var rare = all.Where(word => seen[word] * 100 < Estates).Select(word => $"{word} ({seen[word]})").ToList();
        Assert.True(rare.Count == 0, $"of {Estates} leavers too few show {string.Join(", ", rare)}; all, the last counted until enough: {string.Join(", ", all.Select(word => $"{word} {seen[word]}"))}");
    }

    /// <param name="estate">A leaver's.</param>
    /// <param name="leaver">The naive answer.</param>
    /// <param name="isRare">Of the others enough have been found.</param>
    private static IEnumerable<string> Decided(RandomEstate estate, NaiveLeaver leaver, Func<string, bool> isRare)
    {
        var answer = Answer(leaver);
        foreach (var (word, matches) in s_decisive.Where(decisive => isRare("decided by " + decisive.Word) && estate.Lines.Any(decisive.Is)))
        {
            if (Answer(LeaverDifferential.Naive(EstateShrinker.Without(estate, matches))) != answer)
            {
                yield return "decided by " + word;
            }
        }

        if (isRare("decided by a cascade") && estate.Lines.Any(line => Cascades(line).Count > 0) && Answer(LeaverDifferential.Naive(WithoutCascades(estate))) != answer)
        {
            yield return "decided by a cascade";
        }
    }

    private static RandomEstate WithoutCascades(RandomEstate estate) => estate with
    {
        Runs =
        [
            .. estate.Runs.Select(run => (IReadOnlyList<JsonObject>)
            [
                .. run.Select(line =>
                {
                    var without = line.DeepClone().AsObject();
                    foreach (var cascade in Cascades(line))
                    {
                        without["props"]!.AsObject().Remove(cascade);
                    }

                    return without;
                }),
            ]),
        ],
    };

    private static List<string> Cascades(JsonObject line) => line["props"] is JsonObject props ? [.. props.Select(prop => prop.Key).Where(name => name.StartsWith("cascade_", StringComparison.Ordinal))] : [];

    private static string IdOf(JsonObject line) => $"{line["node"]}{line["of"]}";

    private static string Answer(NaiveLeaver leaver) =>
        $"{leaver.Verdict} {leaver.Class} {string.Join(' ', leaver.Paths.Select(path => $"{path.Class}:{path.Target}:{path.Level}:{path.Certainty}"))} {string.Join(' ', leaver.Systems.Select(system => $"{system.System}:{system.State}:{system.Verified}"))}";
}
