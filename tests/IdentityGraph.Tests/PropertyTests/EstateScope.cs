using System.Globalization;
using System.Text.Json.Nodes;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// What sources say and what they do not: estates outside it make the two sides disagree about nothing anybody could mean. What
/// began lies behind, but in the only run; an end that is only an end lies behind, ends what was told before, and says nothing else;
/// what was observed only states no interval; what is seen was described; a run that ends something says nothing else of it; a source
/// begins one run at a time, and tells in one grade
/// what it surely ends; an interval is not over before the source read what it is about.
/// </summary>
internal static class EstateScope
{
    public static bool Holds(RandomEstate estate)
    {
        if (estate.Runs.GroupBy(run => $"{run[0]["source"]} {run[0]["startedAt"]}").Any(runs => runs.Count() > 1) || EndsWhatWasToldInSeveralGrades(estate) || IntervalIsOverBeforeAReading(estate))
        {
            return false;
        }

        HashSet<string> told = [];
        foreach (var run in estate.Runs)
        {
            var started = Instant(run[0]["startedAt"])!.Value;
            var twice = run.Skip(1).Where(line => !line.ContainsKey("end")).GroupBy(SubjectOf).Where(group => group.Count() > 1);
            if (twice.Any(group => group.Any(line => Instant(line["from"]) > started || IsBareEnd(line))))
            {
                return false;
            }

            if (run.Skip(1).Where(line => !line.ContainsKey("end")).Any(line => !Holds(line, started, told, estate.Runs.Count == 1)))
            {
                return false;
            }

            told.UnionWith(run.Skip(1).Where(line => !line.ContainsKey("end") && !IsBareEnd(line)).Select(SubjectOf));
        }

        return true;
    }

    private static bool EndsWhatWasToldInSeveralGrades(RandomEstate estate) => estate.Runs
        .SelectMany(run => run.Skip(1).Where(line => !line.ContainsKey("end")), (run, line) => (Source: run[0]["source"]!.ToString(), Line: line))
        .GroupBy(told => (told.Source, SubjectOf(told.Line)))
        .Any(told => told.Any(one => one.Line["until"] is not null && one.Line["grade"] is null) && told.Select(one => one.Line["grade"]?.ToString()).Distinct().Count() > 1);

    private static bool IntervalIsOverBeforeAReading(RandomEstate estate) => estate.Runs
        .SelectMany(run => run.Skip(1).Where(line => !line.ContainsKey("end")), (run, line) => (Source: run[0]["source"]!.ToString(), At: Instant(line["at"]) ?? Instant(run[0]["startedAt"])!.Value, Line: line))
        .GroupBy(told => (told.Source, SubjectOf(told.Line)))
        .Any(told => told.Any(interval => interval.Line["until"] is not null && interval.Line["from"] is not null
            && told.Any(reading => reading.Line != interval.Line && reading.At >= Instant(interval.Line["until"]) && reading.At < interval.At)));

    public static string SubjectOf(JsonObject line) => (line["node"] ?? line["seen"])?.ToString() ?? $"{line["edge"]} {line["of"]} {line["to"]} {KeyOf(line)}";

    public static string KeyOf(JsonObject line) =>
        line["key"]?.ToString() ?? (NaiveWords.DefaultKey(line["edge"]!.ToString()) is { } member ? line["props"]?[member]?.ToString() : null) ?? "";

    public static bool IsBareEnd(JsonObject line) => line["until"] is not null && line["from"] is null;

    /// <summary>Null where it is none.</summary>
    public static DateTimeOffset? InstantOf(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    public static DateTimeOffset? Instant(JsonNode? text) => text is null ? null : DateTimeOffset.Parse(text.GetValue<string>(), CultureInfo.InvariantCulture);

    private static bool Holds(JsonObject line, DateTimeOffset started, HashSet<string> told, bool only)
    {
        if (line["seen"] is not null)
        {
            return told.Contains(SubjectOf(line));
        }

        var at = Instant(line["at"]) ?? started;
        var (from, until) = (Instant(line["from"]), Instant(line["until"]));
        return (only || !(from > at))
            && (until is null || line["precision"] is null)
            && (!IsBareEnd(line) || (until <= at && told.Contains(SubjectOf(line)) && line["props"] is not JsonObject { Count: > 0 }))
            && !(until <= from);
    }
}
