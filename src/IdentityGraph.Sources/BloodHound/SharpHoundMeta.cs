using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>What a file says of itself. `count` is not read: SharpHound gets it wrong.</summary>
/// <param name="Type">`meta.type`, small letters; null: not said.</param>
/// <param name="Version">`meta.version`; null: not said.</param>
/// <param name="Problem">Why it cannot be read; null: it can.</param>
internal readonly record struct SharpHoundMeta(string? Type, int? Version, string? Problem)
{
    /// <summary>How much of the end of a file is looked at for it: far more than it takes.</summary>
    public const int EndBytes = 64 << 10;

    public static SharpHoundMeta Of(JsonValue meta, string? problem) => new(
        Small(meta["type"u8].GetString()),
        meta["version"u8].TryGetInt32(out var version) ? version : null,
        problem);

    /// <summary>
    /// The `meta` that a file ends with. A quote that no backslash stands before begins or ends a text; before `meta` and a quote it can only
    /// begin one, and a text before a colon is a name. What only blanks and the last brace stand behind is a member of the file itself. So
    /// this is `meta` if the file is JSON; whether it is comes out where its objects are read.
    /// </summary>
    /// <param name="end">The last bytes of the file.</param>
    /// <param name="depth">How deep it may nest.</param>
    /// <returns>Null where the file does not end with one.</returns>
    public static SharpHoundMeta? AtEnd(ArraySegment<byte> end, int depth)
    {
        var name = end.AsSpan().LastIndexOf("\"meta\""u8);
        if (name < 0 || end.AsSpan(0, name).TrimEnd(" \n\r\t"u8) is not [.., (byte)','])
        {
            return null;
        }

        var from = name + "\"meta\"".Length;
        from = Past(end, from) is var colon && colon < end.Count && end[colon] == (byte)':' ? Past(end, colon + 1) : end.Count;
        if (from == end.Count || end[from] != (byte)'{' || new JsonSkimmer(0).Skim(end.AsSpan(from)) is not (> 0 and var length))
        {
            return null;
        }

        if (end.AsSpan(from + length).Trim(" \n\r\t"u8) is not [(byte)'}'])
        {
            return null;
        }

        try
        {
            return Of(new JsonTree(depth, careful: false, once: true).Read(end.Array!, end.Offset + from, length, out var problem, out _), problem);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static int Past(ArraySegment<byte> end, int blanks) => end.AsSpan(blanks).IndexOfAnyExcept(" \n\r\t"u8) is >= 0 and var more ? blanks + more : end.Count;

    /// <summary>In small letters; as it is where its own letters look like a secret, which others would hide.</summary>
    private static string? Small(string? type) => type is null || SecretLooking.Find(type) is not null ? type : type.ToLowerInvariant();
}
