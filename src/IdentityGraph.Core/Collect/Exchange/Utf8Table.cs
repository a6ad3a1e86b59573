using System.Numerics;
using System.Text;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>What belongs to each of a few fixed words, looked up by their UTF-8 without making a string.</summary>
internal sealed class Utf8Table<T>
{
    private readonly (byte[]? Word, T Value)[] _slots;
    private readonly int _mask;

    /// <param name="words">None twice.</param>
    public Utf8Table(IEnumerable<KeyValuePair<string, T>> words)
    {
        var all = words.Select(word => (Utf8: Encoding.UTF8.GetBytes(word.Key), word.Value)).ToArray();
        _mask = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(4, all.Length * 4)) - 1;
        _slots = new (byte[]?, T)[_mask + 1];
        foreach (var (utf8, value) in all)
        {
            var slot = SlotOf(utf8);
            while (_slots[slot].Word is not null)
            {
                slot = (slot + 1) & _mask;
            }

            _slots[slot] = (utf8, value);
        }
    }

    public bool TryFind(ReadOnlySpan<byte> word, out T value)
    {
        for (var slot = SlotOf(word); _slots[slot].Word is { } known; slot = (slot + 1) & _mask)
        {
            if (word.SequenceEqual(known))
            {
                value = _slots[slot].Value;
                return true;
            }
        }

        value = default!;
        return false;
    }

    private int SlotOf(ReadOnlySpan<byte> word) => (int)(ShortHash.Of(word) >> 40) & _mask;
}
