using System.Buffers.Binary;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Reads what <see cref="ByteSink"/> wrote; never past the end, whatever the bytes say.</summary>
internal struct ByteSource(byte[] bytes, int start, int length)
{
    private readonly byte[] _bytes = bytes;
    private readonly int _end = start + length;
    private int _next = start;

    public readonly int Left => _end - _next;

    public byte Byte() => _next < _end ? _bytes[_next++] : throw new InvalidDataException("the bytes end within a record");

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    public uint Varint()
    {
        uint value = 0;
        for (var shift = 0; shift < 35; shift += 7)
        {
            var part = Byte();
            if (shift == 28 && part > 0x0F)
            {
                break;
            }

            value |= (uint)(part & 0x7F) << shift;
            if (part < 0x80)
            {
                return value;
            }
        }

        throw new InvalidDataException("a number is too long");
    }

    /// <summary>A count of things that take at least <paramref name="bytesEach"/> bytes each: never more than are left.</summary>
    public int Count(int bytesEach)
    {
        var count = Varint();
        return count <= (uint)(Left / bytesEach) ? (int)count : throw new InvalidDataException($"a list of {count} entries does not fit into {Left} bytes");
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > Left)
        {
            throw new InvalidDataException($"{count} bytes are needed and {Left} are left");
        }

        var taken = _bytes.AsSpan(_next, count);
        _next += count;
        return taken;
    }
}
