using System.Buffers.Binary;

namespace IdentityGraph.Graph;

/// <summary>A quick hash of short texts, the same in every process. Whoever looks up what strangers wrote must bound how many may collide.</summary>
public static class ShortHash
{
    private const ulong First = 0x9E3779B97F4A7C15UL;
    private const ulong Second = 0xD6E8FEB86659FD93UL;

    public static ulong Of(ReadOnlySpan<byte> bytes)
    {
        var hash = (ulong)bytes.Length ^ Second;
        if (bytes.Length < 8)
        {
            return Mixed(Short(bytes) ^ First, hash);
        }

        var rest = bytes;
        while (rest.Length > 16)
        {
            hash = Mixed(BinaryPrimitives.ReadUInt64LittleEndian(rest) ^ First, BinaryPrimitives.ReadUInt64LittleEndian(rest[8..]) ^ hash);
            rest = rest[16..];
        }

        // Two readings that overlap each other, or what was read before, tell all of the rest.
        var ahead = bytes.Length < 16 ? bytes : bytes[^16..];
        return Mixed(Mixed(BinaryPrimitives.ReadUInt64LittleEndian(ahead) ^ First, BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..]) ^ hash), First);
    }

    private static ulong Short(ReadOnlySpan<byte> bytes) => bytes.Length switch
    {
        >= 4 => BinaryPrimitives.ReadUInt32LittleEndian(bytes) | ((ulong)BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) << 32),
        0 => 0,
        _ => bytes[0] | ((ulong)bytes[bytes.Length / 2] << 8) | ((ulong)bytes[^1] << 16),
    };

    /// <summary>Both halves of the product.</summary>
    private static ulong Mixed(ulong one, ulong other)
    {
        var high = Math.BigMul(one, other, out var low);
        return high ^ low;
    }
}
