using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Reach through time beside the naive one, which computes everything anew at every instant at which anything may change.</summary>
internal static class TimeDifferential
{
    private static readonly bool[] s_both = [false, true];

    public static IReadOnlyList<string> Compare(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        return asked.IsSettled && asked.Seeds.Count > 0 ? [.. Over(asked, Beginning(estate))] : [];
    }

    /// <summary>A day before the end, a week, or two months, by the estate.</summary>
    public static DateTimeOffset Beginning(RandomEstate estate) => estate.Question.AsOf.AddDays((estate.Lines.Count() % 3) switch { 0 => -1, 1 => -7, _ => -60 });

    private static IEnumerable<string> Over(AskedEstate asked, DateTimeOffset from)
    {
        var to = asked.View.AsOf;
        var answer = asked.Answer(investigation => investigation.BlastRadiusOverTimeAsync(asked.Ask, asked.Seeds, from, to, proofs: false));
        var cells = s_both.SelectMany(_ => s_both, (possible, amplified) => new NaiveTimeReach(asked.Facts, asked.Profile, asked.Seeds, possible, amplified, from, to)).ToList();
        var ever = cells[^1].Ever;
        var meant = asked.Seeds.Concat(asked.Facts.EdgeIds.Where(edge => edge.Kind == "EXPOSES" && asked.Seeds.Contains(edge.Of) && asked.View.Kind(edge.Of) == "Exposure").Select(edge => edge.To)).ToHashSet();
        var expected = ever.Keys
            .Where(node => NaiveWords.Listed.Contains(asked.View.Kind(node)) && !asked.Facts.IsPlaceholder(node) && !meant.Contains(node))
            .Select(node => $"{node} {Cells(cell => cell.AtEnd.Rights(node))} {Told(ever[node].First)} {Told(ever[node].Last)} {ever[node].AtEnd}");
        var found = answer.Reached
            .Select(row => $"{row.Id} {row.Certain.Direct}/{row.Certain.Amplified}/{row.Possible.Direct}/{row.Possible.Amplified} {Told(row.Attained!.First)} {Told(row.Attained.Last)} {row.Attained.AtEnd}");
        return CutsDifferential.Differing($"from {from:s} to {to:s}", expected, found);

        string Cells(Func<NaiveTimeReach, string> rights) => string.Join('/', cells.Select(rights));
    }

    /// <summary>To the second: the naive instants lie a tick after a change where "after" begins.</summary>
    private static string Told(DateTimeOffset? instant) => instant is { } known ? RandomEstate.Text(known) : "";
}
