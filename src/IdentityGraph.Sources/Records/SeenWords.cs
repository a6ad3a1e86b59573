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

    private (string? Text, string? Upper)[] _slots = new (string?, string?)[Slots >> 5];
    private int _made;

    /// <summary>The text; null where it is none, or half of a UTF-16 pair.</summary>
    public string? Text(JsonValue json) => Fits(json) ? Find(json.Bytes).Text : json.GetString();

    /// <summary>The text without blanks around it, in upper case; "" where it is none, or looks like a secret.</summary>
    public string Upper(JsonValue json)
    {
        if (!Fits(json))
        {
            return BloodHound.JsonReading.Upper(json.GetString() ?? "");
        }

        ref var slot = ref Find(json.Bytes);
        return slot.Upper ??= BloodHound.JsonReading.Upper(slot.Text!);
    }

    private static bool Fits(JsonValue json) =>
        json.ValueKind == JsonValueKind.String && !json.IsEscaped && json.Bytes.Length <= Longest && Ascii.IsValid(json.Bytes);

    private ref (string? Text, string? Upper) Find(ReadOnlySpan<byte> ascii)
    {
        var hash = Hash(ascii);
        ref var slot = ref _slots[hash & (_slots.Length - 1)];
        if (slot.Text is null || slot.Text.Length != ascii.Length || !Ascii.Equals(ascii, slot.Text))
        {
            if (++_made > _slots.Length && _slots.Length < Slots)
            {
                // A file of a few records needs little; what was remembered is soon met again.
                _slots = new (string?, string?)[Math.Min(Slots, _slots.Length * 4)];
                slot = ref _slots[hash & (_slots.Length - 1)];
            }

            slot = (Encoding.ASCII.GetString(ascii), null);
        }

        return ref slot;
    }

    /// <summary>Of the length, the beginning, the middle and the end: identifiers of one kind differ in one of them.</summary>
    private static uint Hash(ReadOnlySpan<byte> bytes)
    {
        const ulong odd = 0x9E3779B97F4A7C15UL;
        var hash = (ulong)bytes.Length * odd;
        if (bytes.Length >= sizeof(ulong))
        {
            var middle = (bytes.Length - sizeof(ulong)) >> 1;
            hash ^= BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[middle..])) * odd;
            hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(bytes[^sizeof(ulong)..])) * odd;
        }
        else
        {
            foreach (var one in bytes)
            {
                hash = (BitOperations.RotateLeft(hash, 23) ^ one) * odd;
            }
        }

        // The highest bits: only they hang on every byte.
        return (uint)(hash >> 52);
    }
}
