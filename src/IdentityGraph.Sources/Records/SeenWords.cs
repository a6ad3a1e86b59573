using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// The texts of a file that recur (identifiers, kinds, rights): the same string for the same bytes as long as both are remembered.
/// Takes a fixed room; what falls on a taken place takes it.
/// </summary>
internal sealed class SeenWords
{
    private const int Slots = 4096;
    private const int Longest = 96;

    private readonly (string? Text, string Upper)[] _slots = new (string?, string)[Slots];

    /// <summary>The text; null where it is none, or half of a UTF-16 pair.</summary>
    public string? Text(JsonElement json) => json.ValueKind != JsonValueKind.String ? null : Find(json, out _);

    /// <summary>The text without blanks around it, in upper case; "" where it is none.</summary>
    public string Upper(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.String || Find(json, out var upper) is null)
        {
            return "";
        }

        return upper;
    }

    private string? Find(JsonElement json, out string upper)
    {
        var raw = JsonMarshal.GetRawUtf8Value(json);
        raw = raw[1..^1];
        if (raw.Length > Longest || raw.Contains((byte)'\\') || !Ascii.IsValid(raw))
        {
            var text = Read(json);
            upper = text?.Trim().ToUpperInvariant() ?? "";
            return text;
        }

        ref var slot = ref _slots[Hash(raw) & (Slots - 1)];
        if (slot.Text is null || !Ascii.Equals(raw, slot.Text))
        {
            var text = Encoding.ASCII.GetString(raw);
            slot = (text, text.Trim().ToUpperInvariant());
        }

        upper = slot.Upper;
        return slot.Text;
    }

    private static string? Read(JsonElement json)
    {
        try
        {
            return json.GetString();
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong odd = 0x9E3779B97F4A7C15UL;
        var hash = (ulong)bytes.Length;
        while (bytes.Length >= sizeof(ulong))
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes)) * odd;
            bytes = bytes[sizeof(ulong)..];
        }

        foreach (var one in bytes)
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ one) * odd;
        }

        return (uint)(hash >> 40);
    }
}
