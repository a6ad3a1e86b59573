using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>Hashes of bytes, quick for long ones, by numbers drawn anew by each process, so that nobody can make many texts fall together.</summary>
internal static class ByteHash
{
    private static readonly ulong s_first = Drawn();
    private static readonly ulong s_second = Drawn();
    private static readonly ulong s_third = Drawn();
    private static readonly ulong s_fourth = Drawn();

    public static int Of(ReadOnlySpan<byte> bytes) => Long(bytes) is var hash ? (int)(hash ^ (hash >> 32)) : 0;

    /// <summary>The same of 64 bits: what is equal in them is taken for the same text, as nobody knows the numbers.</summary>
    public static ulong Long(ReadOnlySpan<byte> bytes)
    {
        var (first, second, third) = (s_first, s_second, s_third);
        var hash = Folded((ulong)bytes.Length ^ first, third);
        if (bytes.Length > 4 * sizeof(ulong))
        {
            // Two at a time, of which neither waits for the other.
            var (other, fourth) = (hash ^ s_fourth, s_fourth);
            do
            {
                hash = Folded(MemoryMarshal.Read<ulong>(bytes) ^ hash ^ first, MemoryMarshal.Read<ulong>(bytes[sizeof(ulong)..]) ^ second);
                other = Folded(MemoryMarshal.Read<ulong>(bytes[(2 * sizeof(ulong))..]) ^ other ^ third, MemoryMarshal.Read<ulong>(bytes[(3 * sizeof(ulong))..]) ^ fourth);
                bytes = bytes[(4 * sizeof(ulong))..];
            }
            while (bytes.Length > 4 * sizeof(ulong));

            hash ^= other;
        }

        for (; bytes.Length > 2 * sizeof(ulong); bytes = bytes[(2 * sizeof(ulong))..])
        {
            hash = Folded(MemoryMarshal.Read<ulong>(bytes) ^ hash ^ first, MemoryMarshal.Read<ulong>(bytes[sizeof(ulong)..]) ^ second);
        }

        Span<ulong> rest = stackalloc ulong[2];
        rest.Clear();
        bytes.CopyTo(MemoryMarshal.AsBytes(rest));
        return Folded(rest[0] ^ hash ^ second, rest[1] ^ third);
    }

    private static ulong Folded(ulong one, ulong other)
    {
        var high = Math.BigMul(one, other, out var low);
        return high ^ low;
    }

    private static ulong Drawn()
    {
        Span<byte> drawn = stackalloc byte[sizeof(ulong)];
        RandomNumberGenerator.Fill(drawn);
        return MemoryMarshal.Read<ulong>(drawn);
    }
}
