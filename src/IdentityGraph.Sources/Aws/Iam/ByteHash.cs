using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>Hashes of bytes, quick for long ones, by numbers drawn anew by each process, so that nobody can make many texts fall together.</summary>
internal static class ByteHash
{
    private static readonly ulong[] s_secrets = Drawn();

    public static int Of(ReadOnlySpan<byte> bytes)
    {
        var (first, second, third) = (s_secrets[0], s_secrets[1], s_secrets[2]);
        var hash = Folded((ulong)bytes.Length ^ first, third);
        for (; bytes.Length > 2 * sizeof(ulong); bytes = bytes[(2 * sizeof(ulong))..])
        {
            hash = Folded(MemoryMarshal.Read<ulong>(bytes) ^ hash ^ first, MemoryMarshal.Read<ulong>(bytes[sizeof(ulong)..]) ^ second);
        }

        Span<ulong> rest = stackalloc ulong[2];
        rest.Clear();
        bytes.CopyTo(MemoryMarshal.AsBytes(rest));
        hash = Folded(rest[0] ^ hash ^ second, rest[1] ^ third);
        return (int)(hash ^ (hash >> 32));
    }

    private static ulong Folded(ulong one, ulong other)
    {
        var high = Math.BigMul(one, other, out var low);
        return high ^ low;
    }

    private static ulong[] Drawn()
    {
        var drawn = new ulong[3];
        RandomNumberGenerator.Fill(MemoryMarshal.AsBytes(drawn.AsSpan()));
        return drawn;
    }
}
