using System.Buffers.Binary;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>Remembers instants spelt `2025-06-02T08:00:00Z`: those of a run recur from line to line.</summary>
internal sealed class InstantPool
{
    private const int Length = 20;
    private const int Slots = 256;

    private readonly (ulong Head, ulong Middle, uint Tail, long Ticks)[] _slots = new (ulong, ulong, uint, long)[Slots];

    /// <summary>UTC ticks; false where it is no instant.</summary>
    public bool TryParse(ReadOnlySpan<byte> utf8, out long ticks)
    {
        if (utf8.Length != Length)
        {
            return Parse(utf8, out ticks);
        }

        var head = BinaryPrimitives.ReadUInt64LittleEndian(utf8);
        var middle = BinaryPrimitives.ReadUInt64LittleEndian(utf8[8..]);
        var tail = BinaryPrimitives.ReadUInt32LittleEndian(utf8[16..]);
        ref var slot = ref _slots[(int)(((head * 31) + (middle * 7) + tail) * 0x9E3779B97F4A7C15UL >> 56)];
        if (slot.Head == head && slot.Middle == middle && slot.Tail == tail)
        {
            ticks = slot.Ticks;
            return true;
        }

        if (!Parse(utf8, out ticks))
        {
            return false;
        }

        slot = (head, middle, tail, ticks);
        return true;
    }

    private static bool Parse(ReadOnlySpan<byte> utf8, out long ticks)
    {
        var read = Instants.TryParse(utf8, out var instant);
        ticks = instant.UtcTicks;
        return read;
    }
}
