using System.Buffers.Binary;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>
/// The distinct texts of a frame, each written once and called by its place. Texts are compared as they were written, so that no string
/// is kept: a frame holds tens of thousands, and keeping them would have each moved by the garbage collector.
/// </summary>
internal sealed class TextTable
{
    /// <summary>Set in the end offset of a text that stands there as UTF-16.</summary>
    public const uint Utf16 = 1u << 31;

    /// <summary>A text that meets so many others at its slot is written again: ids made to collide cost room, not time.</summary>
    private const int MostProbes = 64;

    private const uint NoPlace = uint.MaxValue;

    private readonly ByteSink _ends = new(1 << 12);
    private readonly ByteSink _texts = new(1 << 14);

    // A hash, and the place and one; 0 is free.
    private (uint Hash, uint Next)[] _slots = new (uint, uint)[1 << 10];

    public int Count { get; private set; }

    /// <summary>End offsets, four bytes a text.</summary>
    public ByteSink Ends => _ends;

    /// <summary>The texts one behind the other.</summary>
    public ByteSink Texts => _texts;

    public void Clear()
    {
        _ends.Clear();
        _texts.Clear();
        Array.Clear(_slots);
        Count = 0;
    }

    /// <summary>Its place; written if it was not there.</summary>
    public uint PlaceOf(string text)
    {
        var start = _texts.Length;
        var flag = _texts.Text(text) ? Utf16 : 0;
        var written = _texts.Written[start..];
        var hash = (uint)(ShortHash.Of(written) >> 32) + flag;
        if (Free(hash, written, flag, out var place) is { } free)
        {
            _slots[free] = (hash, (uint)Count + 1);
        }
        else if (place != NoPlace)
        {
            _texts.CutTo(start);
            return place;
        }

        _ends.UInt32((uint)_texts.Length | flag);
        if (++Count * 2 > _slots.Length)
        {
            Grow();
        }

        return (uint)Count - 1;
    }

    /// <summary>The slot for the text; null where it was written before, at <paramref name="place"/>, or where too many others are in the way.</summary>
    private int? Free(uint hash, ReadOnlySpan<byte> written, uint flag, out uint place)
    {
        place = NoPlace;
        var mask = _slots.Length - 1;
        for (int probe = 0, slot = (int)hash & mask; probe < MostProbes; probe++, slot = (slot + 1) & mask)
        {
            var held = _slots[slot];
            if (held.Next == 0)
            {
                return slot;
            }

            if (held.Hash == hash && Is(held.Next - 1, written, flag))
            {
                place = held.Next - 1;
                return null;
            }
        }

        return null;
    }

    private bool Is(uint place, ReadOnlySpan<byte> written, uint flag)
    {
        var start = place == 0 ? 0 : EndOf(place - 1) & ~Utf16;
        var end = EndOf(place);
        return (end & Utf16) == flag && _texts.Written[(int)start..(int)(end & ~Utf16)].SequenceEqual(written);
    }

    private uint EndOf(uint place) => BinaryPrimitives.ReadUInt32LittleEndian(_ends.Written[((int)place * sizeof(uint))..]);

    private void Grow()
    {
        var before = _slots;
        _slots = new (uint, uint)[before.Length * 2];
        foreach (var (hash, next) in before)
        {
            if (next != 0)
            {
                Move(hash, next);
            }
        }
    }

    /// <summary>One that finds no slot is forgotten, and written again when it is met again.</summary>
    private void Move(uint hash, uint next)
    {
        var mask = _slots.Length - 1;
        for (int probe = 0, slot = (int)hash & mask; probe < MostProbes; probe++, slot = (slot + 1) & mask)
        {
            if (_slots[slot].Next == 0)
            {
                _slots[slot] = (hash, next);
                return;
            }
        }
    }
}
