using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>Reading members that may be absent, null or of another shape: then they state nothing.</summary>
internal static partial class JsonReading
{
    /// <summary>The member, or no value. Names are plain ASCII.</summary>
    public static JsonValue Member(JsonValue json, string name) => json[name];

    /// <summary>The text; null where it is absent, or no valid UTF-8 or half of a UTF-16 pair.</summary>
    public static string? Text(JsonValue json, string name) => json[name].GetString();

    /// <summary>The text itself; null where it is none, or half of a UTF-16 pair.</summary>
    public static string? Plain(JsonValue json) => json.GetString();

    public static bool? Flag(JsonValue json, string name) => Flag(json[name]);

    /// <summary>The flag itself; null where it is none.</summary>
    public static bool? Flag(JsonValue json) => json.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        _ => null,
    };

    /// <summary>The elements of a list; none where it is absent or no list.</summary>
    public static JsonElementList Elements(JsonValue json, string name) => json[name].EnumerateArray();

    /// <summary>An object identifier, upper case as BloodHound keeps them; "" where it is absent.</summary>
    public static string Identifier(JsonValue json, string name = "ObjectIdentifier") => Upper(Text(json, name) ?? "");

    /// <summary>In capitals without blanks around it; "" where its own letters look like a secret, which capitals would hide.</summary>
    public static string Upper(string identifier)
    {
        var plain = identifier.Trim();
        return SecretLooking.Find(plain) is null ? plain.ToUpperInvariant() : "";
    }
}
