using System.Globalization;
using System.Text.Json;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Neo4j;

namespace IdentityGraph.Cli;

/// <summary>Values of `--param`: as the statement's header says where it has one, else by how they are written.</summary>
internal static class QueryParameters
{
    private const int Day = 10;

    /// <exception cref="ConfigurationException">One has no name, comes twice, or is not of the type its statement asks for.</exception>
    public static Dictionary<string, object?> Read(CypherRecipe recipe, IReadOnlyList<string> given)
    {
        var values = new Dictionary<string, object?>(StringComparer.Ordinal);
        foreach (var one in given)
        {
            var at = one.IndexOf('=', StringComparison.Ordinal);
            if (at < 1)
            {
                throw new ConfigurationException($"--param `{one}` has no name; write --param NAME=VALUE");
            }

            var (name, text) = (one[..at], one[(at + 1)..]);
            var meaning = recipe.Parameters.FirstOrDefault(parameter => parameter.Name == name).Meaning ?? "";
            if (!values.TryAdd(name, Value(name, text, meaning)))
            {
                throw new ConfigurationException($"--param `{name}` is given twice");
            }
        }

        return values;
    }

    private static object? Value(string name, string text, string meaning) => meaning.Split(' ')[0] switch
    {
        "STRING" => text,
        "DATETIME" => Instants.TryParse(text.Length == Day ? text + "T00:00:00Z" : text, out var moment) ? moment : throw Wrong(name, text, "an instant such as 2025-06-02T00:00:00Z"),
        "INTEGER" => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number) ? number : throw Wrong(name, text, "a whole number"),
        _ => Instants.TryParse(text, out var instant) ? instant : Json(text),
    };

    private static object? Json(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return Of(document.RootElement);
        }
        catch (JsonException)
        {
            return text;
        }
    }

    private static object? Of(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => null,
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => value.TryGetInt64(out var whole) ? (object)whole : value.GetDouble(),
        JsonValueKind.String => value.GetString(),
        JsonValueKind.Array => value.EnumerateArray().Select(Of).ToArray(),
        _ => value.EnumerateObject().GroupBy(member => member.Name).ToDictionary(member => member.Key, member => Of(member.Last().Value), StringComparer.Ordinal),
    };

    private static ConfigurationException Wrong(string name, string text, string wanted) => new($"--param {name}: `{text}` is not {wanted}");
}
