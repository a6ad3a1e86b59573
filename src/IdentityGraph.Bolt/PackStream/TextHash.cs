using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityGraph.Bolt.PackStream;

/// <summary>
/// A hash of short texts, in few steps that do not wait for each other. A server that makes texts meet in one place costs only that they are
/// made anew.
/// </summary>
internal static class TextHash
{
    // The digits of pi after the point, 64 bits each, made odd: numbers nobody chose.
    private const ulong A = 0x243F6A8885A308D3;
    private const ulong B = 0x13198A2E03707345;
    private const ulong C = 0xA4093822299F31D1;
    private const ulong D = 0x082EFA98EC4E6C89;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Of(ReadOnlySpan<byte> text)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        var size = text.Length;
        var hash = size switch
        {
            < 8 => Folded(Few(ref first, size) ^ A, (ulong)size ^ B),
            <= 16 => Folded(Word(ref first, 0) ^ A ^ (ulong)size, Word(ref first, size - 8) ^ B),
            <= 32 => Folded(Word(ref first, 0) ^ A ^ (ulong)size, Word(ref first, 8) ^ B) ^ Folded(Word(ref first, size - 16) ^ C, Word(ref first, size - 8) ^ D),
            _ => Long(text),
        };
        return (uint)(hash >> 32);
    }

    private static ulong Long(ReadOnlySpan<byte> text)
    {
        ref var first = ref MemoryMarshal.GetReference(text);
        var hash = A ^ (ulong)text.Length;
        for (var at = 0; at < text.Length - 16; at += 16)
        {
            hash = Folded(Word(ref first, at) ^ hash, Word(ref first, at + 8) ^ B);
        }

        // The last words may take some bytes twice, which does no harm.
        return hash ^ Folded(Word(ref first, text.Length - 16) ^ C, Word(ref first, text.Length - 8) ^ D);
    }

    private static ulong Few(ref byte first, int size) => size switch
    {
        >= 4 => Unsafe.ReadUnaligned<uint>(ref first) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, size - 4)) << 32),
        0 => 0,
        _ => first | ((ulong)Unsafe.Add(ref first, size >> 1) << 8) | ((ulong)Unsafe.Add(ref first, size - 1) << 16),
    };

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Word(ref byte first, int at) => Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, at));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Folded(ulong one, ulong other)
    {
        var high = Math.BigMul(one, other, out var low);
        return high ^ low;
    }
}
