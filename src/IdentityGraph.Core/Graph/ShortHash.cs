using System.Buffers.Binary;
using System.Numerics;

namespace IdentityGraph.Graph;

/// <summary>A quick hash of short texts, the same in every process. Whoever looks up what strangers wrote must bound how many may collide.</summary>
public static class ShortHash
{
    private const ulong Odd = 0x9E3779B97F4A7C15UL;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var length = bytes.Length;
        if (length < 8)
        {
            return Mixed(Short(bytes), (ulong)length);
        }

        var hash = (ulong)length;
        var rest = bytes;
        while (rest.Length > 8)
        {
            hash = (BitOperations.RotateLeft(hash, 23) ^ BinaryPrimitives.ReadUInt64LittleEndian(rest)) * Odd;
            rest = rest[8..];
        }

        return Mixed(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]));
    }

    private static ulong Short(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) << 32),
        0 => 0,
        _ => bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16),
    };

    private static ulong Mixed(ulong one, ulong other)
    {
        var hash = (BitOperations.RotateLeft(one, 23) ^ other) * Odd;
        return (hash ^ (hash >> 29)) * Odd;
    }
}
