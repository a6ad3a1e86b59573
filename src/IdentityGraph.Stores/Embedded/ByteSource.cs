using System.Buffers.Binary;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Reads what <see cref="ByteSink"/> wrote; never past the end, whatever the bytes say.</summary>
internal ref struct ByteSource(ReadOnlySpan<byte> bytes)
{
    private ReadOnlySpan<byte> _rest = bytes;

    public readonly int Left => _rest.Length;

    public byte Byte() => Take(1)[0];

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
        return count <= (uint)(_rest.Length / bytesEach) ? (int)count : throw new InvalidDataException($"a list of {count} entries does not fit into {_rest.Length} bytes");
    }

    public ReadOnlySpan<byte> Take(int count)
    {
        if (count < 0 || count > _rest.Length)
        {
            throw new InvalidDataException($"{count} bytes are needed and {_rest.Length} are left");
        }

        var taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }
}
