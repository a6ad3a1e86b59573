using System.Buffers;
using System.Buffers.Binary;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text.Unicode;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// 128 bits in place of an id: SipHash-1-3 with a key drawn anew in every process, so that nobody can choose ids that share one. Of ten
/// million ids two share one by chance once in 10²⁴ imports.
/// </summary>
/// <remarks>J.-P. Aumasson, D. J. Bernstein, “SipHash: a fast short-input PRF” (2012), with its 128-bit output.</remarks>
internal readonly record struct Fingerprint(ulong One, ulong Other)
{
    /// <summary>Characters of a text whose bytes stand on the stack.</summary>
    private const int Short = 128;

    /// <summary>In front of texts that are no Unicode; no UTF-8 begins with it.</summary>
    private const byte NoText = 0xFF;

    private static readonly Fingerprint s_key = Drawn();

    public static Fingerprint Of(ReadOnlySpan<byte> bytes)
    {
        var v0 = s_key.One ^ 0x736F6D6570736575UL;
        var v1 = s_key.Other ^ 0x646F72616E646F6DUL ^ 0xEE;
        var v2 = s_key.One ^ 0x6C7967656E657261UL;
        var v3 = s_key.Other ^ 0x7465646279746573UL;
        var last = (ulong)bytes.Length << 56;
        while (bytes.Length >= sizeof(ulong))
        {
            var word = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
            v3 ^= word;
            Mix(ref v0, ref v1, ref v2, ref v3);
            v0 ^= word;
            bytes = bytes[sizeof(ulong)..];
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            last |= (ulong)bytes[i] << (8 * i);
        }

        v3 ^= last;
        Mix(ref v0, ref v1, ref v2, ref v3);
        v0 ^= last;
        v2 ^= 0xEE;
        Mix(ref v0, ref v1, ref v2, ref v3);
        Mix(ref v0, ref v1, ref v2, ref v3);
        Mix(ref v0, ref v1, ref v2, ref v3);
        var one = v0 ^ v1 ^ v2 ^ v3;
        v1 ^= 0xDD;
        Mix(ref v0, ref v1, ref v2, ref v3);
        Mix(ref v0, ref v1, ref v2, ref v3);
        Mix(ref v0, ref v1, ref v2, ref v3);
        return new(one, v0 ^ v1 ^ v2 ^ v3);
    }

    /// <summary>The same as that of its UTF-8.</summary>
    public static Fingerprint Of(ReadOnlySpan<char> text)
    {
        if (text.Length <= Short)
        {
            Span<byte> room = stackalloc byte[(3 * Short) + 1];
            return Of(text, room);
        }

        var rented = ArrayPool<byte>.Shared.Rent((3 * text.Length) + 1);
        var fingerprint = Of(text, rented);
        ArrayPool<byte>.Shared.Return(rented);
        return fingerprint;
    }

    private static Fingerprint Of(ReadOnlySpan<char> text, Span<byte> room)
    {
        if (Utf8.FromUtf16(text, room, out _, out var length, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            return Of(room[..length]);
        }

        // Halves of UTF-16 pairs would all become one mark.
        room[0] = NoText;
        var units = MemoryMarshal.AsBytes(text);
        units.CopyTo(room[1..]);
        return Of(room[..(units.Length + 1)]);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Mix(ref ulong v0, ref ulong v1, ref ulong v2, ref ulong v3)
    {
        v0 += v1;
        v1 = BitOperations.RotateLeft(v1, 13) ^ v0;
        v0 = BitOperations.RotateLeft(v0, 32);
        v2 += v3;
        v3 = BitOperations.RotateLeft(v3, 16) ^ v2;
        v0 += v3;
        v3 = BitOperations.RotateLeft(v3, 21) ^ v0;
        v2 += v1;
        v1 = BitOperations.RotateLeft(v1, 17) ^ v2;
        v2 = BitOperations.RotateLeft(v2, 32);
    }

    private static Fingerprint Drawn()
    {
        Span<byte> key = stackalloc byte[16];
        RandomNumberGenerator.Fill(key);
        return MemoryMarshal.Read<Fingerprint>(key);
    }
}
