using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Finds where an object or list of JSON ends, by its brackets and quotes alone: many times quicker than reading its tokens, and no proof
/// that they are well formed. Bytes may come in pieces.
/// </summary>
internal struct JsonSkimmer
{
    private const int Block = 64;

    private int _depth;
    private bool _inText;
    private bool _escaped;

    /// <summary>As if so many brackets had been opened before the first byte.</summary>
    public JsonSkimmer(int depth) => _depth = depth;

    /// <summary>Goes on behind what it was given last.</summary>
    /// <returns>The position behind the bracket that closes the outermost one; −1 where these bytes end before.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Skim(ReadOnlySpan<byte> bytes)
    {
        var at = 0;
        while (at < bytes.Length)
        {
            var block = bytes[at..Math.Min(at + Block, bytes.Length)];
            var passed = block.Length == Block && !_escaped ? Pass(block) : -1;
            if (passed < 0 && Walk(block) is >= 0 and var end)
            {
                return at + end;
            }

            at += block.Length;
        }

        return -1;
    }

    /// <summary>Passes over a block in which nothing is escaped and the outermost bracket cannot be closed.</summary>
    /// <returns>−1 where it is not such a block; nothing was passed then.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Pass(ReadOnlySpan<byte> block)
    {
        ref var start = ref MemoryMarshal.GetReference(block);
        var low = Vector256.LoadUnsafe(ref start);
        var high = Vector256.LoadUnsafe(ref start, (nuint)Vector256<byte>.Count);
        if (Mask(low, high, (byte)'\\') != 0)
        {
            return -1;
        }

        var inside = Mask(low, high, (byte)'"');
        inside ^= inside << 1;
        inside ^= inside << 2;
        inside ^= inside << 4;
        inside ^= inside << 8;
        inside ^= inside << 16;
        inside ^= inside << 32;
        inside ^= _inText ? ulong.MaxValue : 0;

        // In ASCII a brace is its square bracket with this bit set.
        var bit = Vector256.Create((byte)0x20);
        (low, high) = (low | bit, high | bit);
        var closed = BitOperations.PopCount(Mask(low, high, (byte)'}') & ~inside);
        if (closed >= _depth)
        {
            return -1;
        }

        _depth += BitOperations.PopCount(Mask(low, high, (byte)'{') & ~inside) - closed;
        _inText = inside >> (Block - 1) != 0;
        return Block;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte wanted) =>
        Vector256.Equals(low, Vector256.Create(wanted)).ExtractMostSignificantBits()
        | ((ulong)Vector256.Equals(high, Vector256.Create(wanted)).ExtractMostSignificantBits() << 32);

    private int Walk(ReadOnlySpan<byte> block)
    {
        for (var at = 0; at < block.Length; at++)
        {
            var letter = block[at];
            if (_inText)
            {
                (_inText, _escaped) = (_escaped || letter != '"', !_escaped && letter == '\\');
            }
            else if (letter == '"')
            {
                _inText = true;
            }
            else if (letter is (byte)'{' or (byte)'[')
            {
                _depth++;
            }
            else if (letter is (byte)'}' or (byte)']' && --_depth <= 0)
            {
                return at + 1;
            }
        }

        return -1;
    }
}
