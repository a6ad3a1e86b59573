using System.Globalization;
using System.Text.Json.Nodes;
using IdentityGraph.Bolt.Values;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Neo4j.Asking;

/// <summary>Values of Cypher as JSON: moments as RFC 3339, durations as ISO 8601, what JSON cannot say as text.</summary>
internal static class CypherJson
{
    public static JsonNode? Of(object? value) => value switch
    {
        null => null,
        string text => JsonValue.Create(text),
        bool truth => JsonValue.Create(truth),
        long number => JsonValue.Create(number),
        double number => double.IsFinite(number) ? JsonValue.Create(number) : JsonValue.Create(number.ToString(CultureInfo.InvariantCulture)),
        byte[] bytes => JsonValue.Create(Convert.ToBase64String(bytes)),
        BoltDateTime moment => JsonValue.Create(Instants.ToText(moment.ToDateTimeOffset())),
        BoltZonedDateTime moment => JsonValue.Create(Instants.ToText(moment.ToDateTimeOffset())),
        BoltLocalDateTime moment => JsonValue.Create(moment.ToDateTime().ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture)),
        BoltDate date => JsonValue.Create(date.ToDateOnly().ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)),
        BoltDuration duration => JsonValue.Create(Text(duration)),
        BoltNode node => new JsonObject { ["labels"] = List(node.Labels), ["properties"] = Map(node.Properties) },
        BoltRelationship edge => new JsonObject { ["type"] = edge.Type, ["start"] = edge.StartElementId, ["end"] = edge.EndElementId, ["properties"] = Map(edge.Properties) },
        BoltPath path => new JsonObject { ["nodes"] = List(path.Nodes), ["relationships"] = List(path.Relationships) },
        IReadOnlyDictionary<string, object?> map => Map(map),
        System.Collections.IEnumerable list => List(list.Cast<object?>()),
        _ => JsonValue.Create(Convert.ToString(value, CultureInfo.InvariantCulture)),
    };

    private static JsonArray List(IEnumerable<object?> items) => [.. items.Select(Of)];

    private static JsonObject Map(IReadOnlyDictionary<string, object?> map)
    {
        var json = new JsonObject();
        foreach (var (name, value) in map.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            json[name] = Of(value);
        }

        return json;
    }

    private static string Text(BoltDuration duration)
    {
        var seconds = duration.Seconds + (duration.Nanoseconds / 1_000_000_000m);
        return $"P{(duration.Months == 0 ? "" : $"{duration.Months}M")}{(duration.Days == 0 ? "" : $"{duration.Days}D")}T{seconds.ToString("0.#########", CultureInfo.InvariantCulture)}S";
    }
}
