using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityGraph.Collect.Exchange;

/// <summary>Where the quotes of a line are, found many bytes at a time. Reused from line to line.</summary>
internal sealed class LineMarks
{
    /// <summary>In bytes; longer lines are not looked at.</summary>
    public const int LongestLine = 4_096;

    /// <summary>Bytes looked at together, and so many must lie behind a line.</summary>
    public const int Block = 64;

    // A bit for each byte, the first the lowest; one block more than needed, which stays empty.
    private readonly ulong[] _quotes = new ulong[(LongestLine / Block) + 1];
    private int _blocks;

    /// <summary>Whether every byte of the line is ASCII.</summary>
    public bool IsAscii { get; private set; }

    /// <summary>False where quotes alone do not tell where texts end: the line is long, or holds escapes or control characters.</summary>
    /// <param name="padded">The line, and a block of bytes behind it of which nothing is meant.</param>
    /// <param name="length">Of the line alone.</param>
    public bool Look(ReadOnlySpan<byte> padded, int length)
    {
        if (length > LongestLine || padded.Length < length + Block)
        {
            return false;
        }

        _blocks = (length + Block - 1) / Block;
        ref var first = ref MemoryMarshal.GetReference(padded);
        ulong high = 0;
        for (var block = 0; block < _blocks; block++)
        {
            var low = Vector256.LoadUnsafe(ref first, (nuint)(block * Block));
            var top = Vector256.LoadUnsafe(ref first, (nuint)((block * Block) + Vector256<byte>.Count));
            var left = length - (block * Block);
            var meant = left >= Block ? ulong.MaxValue : (1UL << left) - 1;
            if ((Bits(Strange(low), Strange(top)) & meant) != 0)
            {
                return false;
            }

            _quotes[block] = Bits(Vector256.Equals(low, Vector256.Create((byte)'"')), Vector256.Equals(top, Vector256.Create((byte)'"'))) & meant;
            high |= Bits(low, top) & meant;
        }

        _quotes[_blocks] = 0;
        IsAscii = high == 0;
        return true;
    }

    /// <summary>Place of the first quote from there on; -1 where there is none.</summary>
    public int NextQuote(int from)
    {
        var block = from / Block;
        var bits = _quotes[block] & (ulong.MaxValue << from);
        while (bits == 0)
        {
            if (++block >= _blocks)
            {
                return -1;
            }

            bits = _quotes[block];
        }

        return (block * Block) + BitOperations.TrailingZeroCount(bits);
    }

    private static Vector256<byte> Strange(Vector256<byte> bytes) =>
        Vector256.Equals(bytes, Vector256.Create((byte)'\\'))
        | Vector256.Equals(bytes, Vector256.Create((byte)0x7F))
        | Vector256.Equals(bytes, Vector256.Min(bytes, Vector256.Create((byte)0x1F)));

    private static ulong Bits(Vector256<byte> low, Vector256<byte> top) => low.ExtractMostSignificantBits() | ((ulong)top.ExtractMostSignificantBits() << 32);
}
