using System.Text.Json;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>The same of documents.</summary>
internal static partial class JsonReading
{
    /// <summary>The member, or an undefined element.</summary>
    public static JsonElement Member(JsonElement json, string name)
    {
        try
        {
            return json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var value) ? value : default;
        }
        catch (InvalidOperationException)
        {
            // A name beside it is no valid UTF-8 or half of a UTF-16 pair.
            return default;
        }
    }

    /// <summary>The text; null where it is absent, or no valid UTF-8 or half of a UTF-16 pair.</summary>
    public static string? Text(JsonElement json, string name)
    {
        try
        {
            return Member(json, name) is { ValueKind: JsonValueKind.String } value ? value.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The text itself; null where it is none, or half of a UTF-16 pair.</summary>
    public static string? Plain(JsonElement json)
    {
        try
        {
            return json.ValueKind == JsonValueKind.String ? json.GetString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>The flag; null where it is none.</summary>
    public static bool? Flag(JsonElement json, string name) => Member(json, name).ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The elements of a list; none where it is absent or no list.</summary>
    public static IEnumerable<JsonElement> Elements(JsonElement json, string name) =>
        Member(json, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];
}
