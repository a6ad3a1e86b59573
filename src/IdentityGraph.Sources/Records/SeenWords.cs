using System.Buffers.Binary;
using System.Numerics;
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

    private (string? Text, string Upper)[] _slots = new (string?, string)[Slots >> 5];
    private int _made;

    /// <summary>The text; null where it is none, or half of a UTF-16 pair.</summary>
    public string? Text(JsonValue json) => json.ValueKind != JsonValueKind.String ? null : Find(json, out _);

    /// <summary>The text without blanks around it, in upper case; "" where it is none.</summary>
    public string Upper(JsonValue json)
    {
        if (json.ValueKind != JsonValueKind.String || Find(json, out var upper) is null)
        {
            return "";
        }

        return upper;
    }

    private string? Find(JsonValue json, out string upper)
    {
        var raw = json.Bytes;
        if (raw.Length > Longest || json.IsEscaped || !Ascii.IsValid(raw))
        {
            var text = json.GetString();
            upper = text?.Trim().ToUpperInvariant() ?? "";
            return text;
        }

        ref var slot = ref _slots[Hash(raw) & (_slots.Length - 1)];
        if (slot.Text is null || !Ascii.Equals(raw, slot.Text))
        {
            if (++_made > _slots.Length && _slots.Length < Slots)
            {
                // A file of a few records needs little; what was remembered is soon met again.
                _slots = new (string?, string)[Slots];
                slot = ref _slots[Hash(raw) & (Slots - 1)];
            }

            var text = Encoding.ASCII.GetString(raw);
            slot = (text, text.Trim().ToUpperInvariant());
        }

        upper = slot.Upper;
        return slot.Text;
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
