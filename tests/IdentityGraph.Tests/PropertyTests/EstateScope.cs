using System.Globalization;
using System.Text.Json.Nodes;
using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// What is compared: all that can be said, but intervals that end before they start, which no reader takes, two intervals of one thing
/// that one source tells at one instant, and what else a line says that only ends something: of both the law is silent.
/// </summary>
internal static class EstateScope
{
    public static bool Holds(RandomEstate estate) => estate.Runs.All(run => run.Skip(1).All(line => Holds(line, Instant(run[0]["startedAt"])!.Value))) && !TellsTwoIntervalsAtOnce(estate);

    private static bool TellsTwoIntervalsAtOnce(RandomEstate estate) => estate.Runs
        .SelectMany(run => run.Skip(1).Where(line => line["from"] is not null && line["until"] is not null), (run, line) => (run[0]["source"]!.ToString(), (line["at"] ?? run[0]["startedAt"])!.ToString(), SubjectOf(line)))
        .GroupBy(told => told)
        .Any(told => told.Count() > 1);

    private static bool Holds(JsonObject line, DateTimeOffset started)
    {
        var (from, until) = (Instant(line["from"]), Instant(line["until"]));
        return !(until < from) && (!IsOnlyEnd(line, started) || line["props"] is not JsonObject { Count: > 0 });
    }

    public static bool IsOnlyEnd(JsonObject line, DateTimeOffset started) =>
        line["until"] is not null && (line["from"] is null || (line["precision"]?.ToString() == "observed" && !(Instant(line["until"]) > (Instant(line["at"]) ?? started))));

    public static string SubjectOf(JsonObject line) => (line["node"] ?? line["seen"])?.ToString() ?? $"{line["edge"]} {line["of"]} {line["to"]} {KeyOf(line)}";

    public static string KeyOf(JsonObject line) =>
        line["key"]?.ToString() ?? (NaiveWords.DefaultKey(line["edge"]!.ToString()) is { } member ? line["props"]?[member]?.ToString() : null) ?? "";

    public static bool IsBareEnd(JsonObject line) => line["until"] is not null && line["from"] is null;

    /// <summary>Null where it is none.</summary>
    public static DateTimeOffset? InstantOf(string text) => DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant) ? instant : null;

    public static DateTimeOffset? Instant(JsonNode? text) => text is null ? null : DateTimeOffset.Parse(text.GetValue<string>(), CultureInfo.InvariantCulture);
}
