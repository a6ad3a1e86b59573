using System.Globalization;
using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.Naive;

/// <summary>The words the naive evaluator's own tests are written in: runs of exchange lines with most defaults left out.</summary>
internal static class NaiveStory
{
    /// <summary>A full run of a source that reads every stream it states to its end; dates are days of a year, UTC.</summary>
    public static IReadOnlyList<JsonObject> Run(string source, string day, params string[] lines) => Run(source, day, "full", true, lines);

    /// <summary>A run that states changes only and proves no absence.</summary>
    public static IReadOnlyList<JsonObject> Delta(string source, string day, params string[] lines) => Run(source, day, "delta", false, lines);

    /// <summary>A full run that was cut short.</summary>
    public static IReadOnlyList<JsonObject> Partial(string source, string day, params string[] lines) => Run(source, day, "full", false, lines);

    public static string Node(string id, string kind, string props = "", string? from = null, string? until = null, string? grade = null, string? stream = null) =>
        $"{{'node':'{id}','kind':'{kind}','props':{{{props}}}{Rest(from, until, grade, stream)}}}";

    public static string Edge(string kind, string of, string to, string props = "", string? from = null, string? until = null, string? grade = null, string? stream = null) =>
        $"{{'edge':'{kind}','of':'{of}','to':'{to}','props':{{{props}}}{Rest(from, until, grade, stream)}}}";

    /// <summary>A node of a kind that carries a state, Active.</summary>
    public static string Live(string id, string kind, string props = "") => Node(id, kind, props.Length == 0 ? "'state':'Active'" : "'state':'Active'," + props);

    /// <summary>A credential that never expires.</summary>
    public static string Secret(string id, string kind = "apiKey", string props = "") =>
        Node(id, "Credential", $"'kind':'{kind}','expiresAt':null" + (props.Length == 0 ? "" : "," + props));

    public static string Seen(string id, string stream) => $"{{'seen':'{id}','stream':'{stream}'}}";

    /// <summary>Reads a stream to its end though the run states nothing in it.</summary>
    public static string End(string stream) => $"{{'end':'{stream}','complete':true,'count':0}}";

    public static DateTimeOffset Day(string day) => DateTimeOffset.Parse(Instant(day), CultureInfo.InvariantCulture);

    private static IReadOnlyList<JsonObject> Run(string source, string day, string mode, bool complete, string[] lines)
    {
        var objects = lines.Select(line => JsonNode.Parse(line.Replace('\'', '"'))!.AsObject()).ToList();
        var header = $"{{'idgraph':1,'source':'{source}','tenant':'t','startedAt':'{Instant(day)}','recordedAt':'{Instant(day)}','mode':'{mode}','interval':'P365D'}}";
        var streams = objects.Where(line => line["end"] is null).Select(line => (line["stream"] ?? line["edge"] ?? line["kind"])!.ToString()).Distinct();
        var ends = complete ? streams.Select(End) : [];
        return [JsonNode.Parse(header.Replace('\'', '"'))!.AsObject(), .. objects, .. ends.Select(line => JsonNode.Parse(line.Replace('\'', '"'))!.AsObject())];
    }

    private static string Instant(string day) => day.Length == 10 ? day + "T00:00:00Z" : day;

    private static string Rest(string? from, string? until, string? grade, string? stream) =>
        (from is null ? "" : $",'from':'{Instant(from)}'")
        + (until is null ? "" : $",'until':'{Instant(until)}'")
        + (grade is null ? "" : $",'grade':'{grade}'")
        + (stream is null ? "" : $",'stream':'{stream}'");
}
