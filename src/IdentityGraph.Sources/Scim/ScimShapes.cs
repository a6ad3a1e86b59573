using System.Globalization;
using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.Scim;

/// <summary>What a SCIM value is, whatever spelling a vendor gave it.</summary>
internal static class ScimShapes
{
    private const string Core = "urn:ietf:params:scim:schemas:core:2.0:";
    private const string Messages = "urn:ietf:params:scim:api:messages:2.0:";

    /// <summary>The enterprise extension's name (RFC 7643, section 4.3).</summary>
    public const string Enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User";

    /// <summary>
    /// The attribute of that name: attribute names are compared without case (RFC 7643, section 2.1). The usual letters come first; no value
    /// where it is absent.
    /// </summary>
    public static JsonValue Of(JsonValue json, string name)
    {
        var exact = json[name];
        if (exact.ValueKind != JsonValueKind.Undefined)
        {
            return exact;
        }

        JsonValue found = default;
        foreach (var member in json.EnumerateObject())
        {
            var said = member.PlainName;
            found = said.Length == name.Length && Ascii.EqualsIgnoreCase(said, name) ? member.Value : found;
        }

        return found;
    }

    /// <summary>Whether that is the name of the schema of users or groups: what stands under it are their attributes.</summary>
    public static bool IsCoreSchema(string name) =>
        name.Equals(Core + "User", StringComparison.OrdinalIgnoreCase) || name.Equals(Core + "Group", StringComparison.OrdinalIgnoreCase);

    /// <summary>User, Group; null: another resource, or none.</summary>
    public static string? TypeOf(JsonValue resource)
    {
        if (Plain(Of(Of(resource, "meta"), "resourceType")) is { Length: > 0 } type)
        {
            return type is "User" or "Group" ? type : null;
        }

        foreach (var schema in Schemas(resource))
        {
            if (schema.Equals(Core + "User", StringComparison.OrdinalIgnoreCase))
            {
                return "User";
            }

            if (schema.Equals(Core + "Group", StringComparison.OrdinalIgnoreCase))
            {
                return "Group";
            }
        }

        return null;
    }

    /// <summary>
    /// User, Group, by what only they have: for a resource that names no type, or whose schemas nobody here knows and none of which is of
    /// another type by its last word (`urn:acme:Device`). Null: neither.
    /// </summary>
    public static string? ShapeOf(JsonValue resource)
    {
        if (Plain(Of(Of(resource, "meta"), "resourceType")) is { Length: > 0 } || Plain(Of(resource, "id")) is not { Length: > 0 } || Schemas(resource).Any(NamesAnotherType))
        {
            return null;
        }

        return Plain(Of(resource, "userName")) is { Length: > 0 } ? "User"
            : Plain(Of(resource, "displayName")) is { Length: > 0 } && Of(resource, "members").ValueKind == JsonValueKind.Array ? "Group"
            : null;
    }

    private static bool NamesAnotherType(string schema)
    {
        var word = schema[(schema.LastIndexOf(':') + 1)..];
        return word.Length > 0 && char.IsAsciiLetter(word[0]) && !word.Equals("User", StringComparison.OrdinalIgnoreCase) && !word.Equals("Group", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether the object names its type at all, known here or not.</summary>
    public static bool SaysWhatItIs(JsonValue resource) => Plain(Of(Of(resource, "meta"), "resourceType")) is { Length: > 0 } || Schemas(resource).Any();

    /// <summary>Whether the object is a message of that kind: `ListResponse`, `BulkRequest`…</summary>
    public static bool IsMessage(JsonValue json, string kind) => Schemas(json).Any(schema => schema.Equals(Messages + kind, StringComparison.OrdinalIgnoreCase));

    public static bool IsScim(JsonValue json) => Schemas(json).Any(schema => schema.StartsWith("urn:ietf:params:scim:", StringComparison.OrdinalIgnoreCase)) || TypeOf(json) is not null;

    /// <summary>A whole number from 0 on, also as a text, or written with a point or an exponent (`"3"`, `3.0`); null: it is none.</summary>
    public static long? WholeNumber(JsonValue value)
    {
        const NumberStyles written = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent;
        var text = value.ValueKind == JsonValueKind.Number ? value.GetRawText() : Plain(value);
        return text is { Length: > 0 and <= 28 } && decimal.TryParse(text, written, CultureInfo.InvariantCulture, out var number)
            && number is >= 0 and <= long.MaxValue && decimal.IsInteger(number) && !text.Contains("e-", StringComparison.OrdinalIgnoreCase)
            ? (long)number
            : null;
    }

    /// <summary>
    /// `active` in every spelling seen: true, "True", "1", 1, a list of one value, an object with a `value`. Null: absent, null, contradictory,
    /// or a word nobody knows (then <paramref name="word"/> is it).
    /// </summary>
    public static bool? Active(JsonValue value, out string? word)
    {
        word = null;
        switch (value.ValueKind)
        {
            case JsonValueKind.True:
                return true;
            case JsonValueKind.False:
                return false;
            case JsonValueKind.Number:
                var number = value.TryGetInt64(out var whole) ? whole : -1;
                word = number is 0 or 1 ? null : "(a number)";
                return number is 0 or 1 ? number == 1 : null;
            case JsonValueKind.String:
                return Word(value, ref word);
            case JsonValueKind.Object:
                return Active(Of(value, "value"), out word);
            case JsonValueKind.Array:
                bool? all = null;
                var first = true;
                foreach (var item in value.EnumerateArray())
                {
                    var one = Active(item, out var strange);
                    word ??= strange;
                    all = first ? one : all == one ? all : null;
                    first = false;
                }

                return all;
            default:
                return null;
        }
    }

    /// <summary>A text, or the `value` of an object that wraps one; null: none.</summary>
    public static string? Word(JsonValue value)
    {
        return value.ValueKind switch
        {
            JsonValueKind.String => value.GetString(),
            JsonValueKind.Object => Plain(Of(value, "value")),
            JsonValueKind.Number => value.GetRawText(),
            _ => null,
        };
    }

    /// <summary>
    /// The address that is the user's: the one marked primary (`primary` has the spellings of `active`), or the only one. Null: none, or nobody
    /// knows which. Whether it was verified SCIM does not say.
    /// </summary>
    public static string? Email(JsonValue emails)
    {
        string? primary = null, only = null;
        var (primaries, all) = (0, 0);
        foreach (var email in Many(emails))
        {
            if (Word(email) is not { } address || string.IsNullOrWhiteSpace(address))
            {
                continue;
            }

            all++;
            only = address;
            if (Active(Of(email, "primary"), out _) == true)
            {
                primaries++;
                primary = address;
            }
        }

        return primaries == 1 ? primary!.Trim() : primaries == 0 && all == 1 ? only!.Trim() : null;
    }

    /// <summary>The items of a list; the value itself where a vendor left the list out; none where it is absent or null.</summary>
    public static JsonElementList Many(JsonValue value) => value.ValueKind switch
    {
        JsonValueKind.Array => value.EnumerateArray(),
        JsonValueKind.Undefined or JsonValueKind.Null => default,
        _ => value.Alone(),
    };

    private static bool? Word(JsonValue value, ref string? word)
    {
        var said = Word(value)?.Trim() ?? "";
        bool? read = said.ToUpperInvariant() switch
        {
            "TRUE" or "1" => true,
            "FALSE" or "0" => false,
            _ => null,
        };
        word = read is null && said.Length > 0 ? said : null;
        return read;
    }

    private static IEnumerable<string> Schemas(JsonValue json) => Many(Of(json, "schemas")).Select(Word).OfType<string>();
}
