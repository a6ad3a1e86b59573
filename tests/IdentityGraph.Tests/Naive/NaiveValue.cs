using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.Naive;

internal enum NaiveSaid
{
    /// <summary>Absent: no source said anything.</summary>
    NotReported,

    /// <summary><c>null</c>: the source says there is none, or never.</summary>
    None,

    /// <summary>A value.</summary>
    Stated,

    /// <summary>Sources contradict each other, or the one that said it is no longer fresh.</summary>
    Unknown,
}

/// <summary>One property at one moment: what holds, how well it is known, and what it might be if that is Unknown.</summary>
internal sealed record NaiveValue(NaiveSaid Said, JsonNode? Json, int Grade, DateTimeOffset At, DateTimeOffset From, IReadOnlyList<JsonNode?> Candidates)
{
    public static NaiveValue NotReported { get; } = new(NaiveSaid.NotReported, null, 0, default, default, []);

    /// <summary>Null unless a value is stated.</summary>
    public string? Text => Said is NaiveSaid.Stated ? Json!.ToString() : null;

    /// <summary>A three-valued flag: "there is none" is False, what nobody said is Unknown.</summary>
    public bool? Flag => Said switch
    {
        NaiveSaid.None => false,
        NaiveSaid.Stated => FlagOf(Json),
        _ => null,
    };

    /// <summary>The flag a source states; <c>null</c>, "there is none", is False.</summary>
    public static bool? FlagOf(JsonNode? json) => json is null ? false : json.ToString().ToUpperInvariant() switch { "TRUE" => true, "FALSE" => false, _ => null };

    /// <summary>Null unless an instant is stated; a date without a time is 24:00 UTC of that day.</summary>
    public DateTimeOffset? Instant => InstantOf(Text);

    public double? Number => Text is { } text && double.TryParse(text, out var number) ? number : null;

    /// <summary>The words of a list; a single word is a list of one. Empty unless a value is stated.</summary>
    public IReadOnlyList<string> Words => Said is NaiveSaid.Stated ? WordsOf(Json) : [];

    public bool IsUnknown => Said is NaiveSaid.Unknown;

    /// <summary>Unknown only because who said it is no longer fresh.</summary>
    public bool IsStale { get; init; }

    public static IReadOnlyList<string> WordsOf(JsonNode? json) => json switch
    {
        JsonArray list => [.. list.Select(word => word?.ToString() ?? "")],
        null => [],
        _ => [json.ToString()],
    };

    public static DateTimeOffset? InstantOf(string? text) =>
        text is null || NaiveTime.Parse(text) is not { } instant ? null : NaiveTime.IsDate(text) ? NaiveTime.EndOfDay(instant, null) : instant;
}

/// <summary>One statement of one property by one line.</summary>
internal sealed record NaiveStatement(NaiveLine Line, JsonNode? Json)
{
    public DateTimeOffset From => Line.Since;
    public DateTimeOffset At => Line.At;
    public int Grade => Line.Grade;
    public (string, string) Source => (Line.Run.Source, Line.Run.Tenant);

    public bool SameAs(NaiveStatement other) => JsonNode.DeepEquals(Json, other.Json);
}

/// <summary>"Which value holds", policy naming no source of truth.</summary>
internal static class NaiveWhichValue
{
    public static NaiveValue Of(string property, IReadOnlyList<NaiveStatement> statements)
    {
        if (statements.Count == 0)
            return NaiveValue.NotReported;

        // "Latest = the largest `from` among the statements of one source": one word per source and grade.
        // Decision: of two with one `from`, the one observed later is the later.
        var words = statements
            .GroupBy(statement => (statement.Source, statement.Grade))
            .SelectMany(group => Latest(group, statement => (statement.From, statement.At)))
            .ToList();
        return NaiveWords.Protective.Contains(property) ? Protective(words) : Other(words);
    }

    /// <summary>
    /// "The latest of the strongest grade; a later weaker statement that differs makes it Unknown; equal grade and time and
    /// different value: Unknown".
    /// </summary>
    private static NaiveValue Protective(List<NaiveStatement> words)
    {
        var strongest = words.Where(word => word.Grade == words.Max(other => other.Grade));
        var latest = Latest(strongest, word => (word.At, word.From)).ToList();
        var holds = latest[0];
        var against = words.Where(word => word.Grade < holds.Grade && !word.SameAs(holds) && IsLater(word, holds)).ToList();
        return against.Count > 0 || latest.Any(word => !word.SameAs(holds)) ? Unknown([.. latest, .. against]) : Stated(holds);
    }

    /// <summary>"For all others: the latest, then the stronger grade."</summary>
    private static NaiveValue Other(List<NaiveStatement> words)
    {
        var ofEachSource = words.GroupBy(word => word.Source).SelectMany(group => Latest(group, word => (word.From, word.At)));
        var latest = Latest(ofEachSource, word => (word.At, word.From)).ToList();
        var best = latest.Where(word => word.Grade == latest.Max(other => other.Grade)).ToList();
        return best.Any(word => !word.SameAs(best[0])) ? Unknown(best) : Stated(best[0]);
    }

    /// <summary>"Between sources the largest `at`, then `from`"; within one source the largest `from`.</summary>
    private static bool IsLater(NaiveStatement word, NaiveStatement than) => word.Source == than.Source
        ? word.From > than.From || (word.From == than.From && word.At > than.At)
        : word.At > than.At || (word.At == than.At && word.From > than.From);

    /// <summary>All that share the latest time.</summary>
    private static IEnumerable<NaiveStatement> Latest<TTime>(IEnumerable<NaiveStatement> words, Func<NaiveStatement, TTime> time) =>
        words.GroupBy(time).OrderByDescending(group => group.Key).First();

    private static NaiveValue Stated(NaiveStatement holds) =>
        new(holds.Json is null ? NaiveSaid.None : NaiveSaid.Stated, holds.Json, holds.Grade, holds.At, holds.From, [holds.Json]);

    private static NaiveValue Unknown(List<NaiveStatement> words) =>
        new(NaiveSaid.Unknown, null, words[0].Grade, words[0].At, words[0].From, [.. words.Select(word => word.Json)]);
}
