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
        "Verified", "Claimed", "Accepted", "NotStarted", "no leaver for certain",
    ];

    [Fact]
    public void Every_verdict_every_anchor_and_every_state_comes_up_in_one_estate_of_a_hundred()
    {
        var seen = s_words.ToDictionary(word => word, _ => 0);
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
                .. leaver.Paths.SelectMany(path => path.Anchors).Select(anchor => "path from " + anchor.Split(' ')[0]),
            ];
            foreach (var word in words.Distinct().Where(seen.ContainsKey))
            {
                seen[word]++;
            }
        }

        var rare = s_words.Where(word => seen[word] * 100 < Estates).Select(word => $"{word} ({seen[word]})").ToList();
        Assert.True(rare.Count == 0, $"of {Estates} leavers too few show {string.Join(", ", rare)}; all: {string.Join(", ", s_words.Select(word => $"{word} {seen[word]}"))}");
    }
}
