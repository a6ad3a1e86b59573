using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace IdentityGraph.Collect.Exchange;

/// <summary>What belongs to each of a few fixed words, looked up by their UTF-8 without making a string.</summary>
internal sealed class Utf8Table<T>
{
    private const ulong Odd = 0x9E3779B97F4A7C15UL;

    // Head and tail tell all of a word of up to sixteen bytes; free slots have no word.
    private readonly (ulong Head, ulong Tail, byte[]? Word, T Value)[] _slots;
    private readonly int _shift;

    /// <param name="words">None twice.</param>
    public Utf8Table(IEnumerable<KeyValuePair<string, T>> words)
    {
        var all = words.Select(word => (Utf8: Encoding.UTF8.GetBytes(word.Key), word.Value)).ToArray();
        var bits = BitOperations.Log2((uint)Math.Max(1, all.Length)) + 3;
        _shift = 64 - bits;
        _slots = new (ulong, ulong, byte[]?, T)[1 << bits];
        foreach (var (utf8, value) in all)
        {
            var (head, tail) = Ends(utf8);
            var slot = SlotOf(head, tail, utf8.Length);
            while (_slots[slot].Word is not null)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = (head, tail, utf8, value);
        }
    }

    public bool TryFind(ReadOnlySpan<byte> word, out T value)
    {
        var (head, tail) = Ends(word);
        for (var slot = SlotOf(head, tail, word.Length); ; slot = (slot + 1) & (_slots.Length - 1))
        {
            ref readonly var held = ref _slots[slot];
            if (held.Word is null)
            {
                value = default!;
                return false;
            }

            if (held.Head == head && held.Tail == tail && held.Word.Length == word.Length && (word.Length <= 16 || word.SequenceEqual(held.Word)))
            {
                value = held.Value;
                return true;
            }
        }
    }

    private int SlotOf(ulong head, ulong tail, int length) => (int)(((head ^ BitOperations.RotateLeft(tail, 29)) + (uint)length) * Odd >> _shift);

    /// <summary>Two readings that overlap where the word is short.</summary>
    private static (ulong Head, ulong Tail) Ends(ReadOnlySpan<byte> word) => word.Length switch
    {
        >= 8 => (BinaryPrimitives.ReadUInt64LittleEndian(word), BinaryPrimitives.ReadUInt64LittleEndian(word[^8..])),
        >= 4 => (BinaryPrimitives.ReadUInt32LittleEndian(word), BinaryPrimitives.ReadUInt32LittleEndian(word[^4..])),
        0 => default,
        _ => (word[0] | ((uint)word[word.Length / 2] << 8) | ((uint)word[^1] << 16), 0),
    };
}
