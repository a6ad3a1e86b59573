using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Goes through JSON from mark to mark: brackets, colons and commas outside texts, the quotes of texts, and the first byte of anything else
/// outside them that is no blank. Bytes are looked at 64 at a time; what stands between two marks is not, and behind a mark that is no
/// quote and begins nothing else only blanks do.
/// </summary>
/// <param name="bytes">Begins outside any text.</param>
internal ref struct JsonMarks(ReadOnlySpan<byte> bytes)
{
    private const int Block = 64;

    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _base = -Block;
    private ulong _marks;
    private ulong _inside;
    private ulong _escapes;
    private ulong _goesOn;
    private Vector256<byte> _all;
    private ulong _control;

    /// <summary>Whether a backslash stood in what was looked at, which may reach 63 bytes beyond the last mark.</summary>
    public bool SawEscapes { get; private set; }

    /// <summary>Whether everything looked at is ASCII.</summary>
    public readonly bool IsAscii => (_all & Vector256.Create((byte)0x80)) == Vector256<byte>.Zero;

    /// <summary>Whether a text that was looked at holds a control character as it is, which JSON forbids.</summary>
    public readonly bool SawControl => _control != 0;

    /// <summary>The position of the next mark; −1: the bytes end before it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int Next()
    {
        while (_marks == 0)
        {
            if (!Look())
            {
                return -1;
            }
        }

        var at = _base + BitOperations.TrailingZeroCount(_marks);
        _marks &= _marks - 1;
        return at;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private bool Look()
    {
        _base += Block;
        var left = _bytes.Length - _base;
        if (left <= 0)
        {
            _base -= Block;
            return false;
        }

        if (left >= Block)
        {
            Look(ref Unsafe.Add(ref MemoryMarshal.GetReference(_bytes), _base));
        }
        else
        {
            Span<byte> rest = stackalloc byte[Block];
            rest.Fill((byte)' ');
            _bytes[_base..].CopyTo(rest);
            Look(ref MemoryMarshal.GetReference(rest));
        }

        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Look(ref byte start)
    {
        var low = Vector256.LoadUnsafe(ref start);
        var high = Vector256.LoadUnsafe(ref start, (nuint)Vector256<byte>.Count);
        _all |= low | high;
        var backslash = Mask(low, high, (byte)'\\');
        var quotes = Mask(low, high, (byte)'"');
        if ((backslash | _escapes) != 0)
        {
            SawEscapes = true;
            quotes &= ~Escaped(backslash);
        }

        var inside = quotes;
        inside ^= inside << 1;
        inside ^= inside << 2;
        inside ^= inside << 4;
        inside ^= inside << 8;
        inside ^= inside << 16;
        inside ^= inside << 32;
        inside ^= _inside;
        _inside = (ulong)((long)inside >> (Block - 1));

        var top = Vector256.Create((byte)0xE0);
        _control |= inside & Mask(low & top, high & top, 0);

        var blanks = Mask(low, high, (byte)' ') | Mask(low, high, (byte)'\n') | Mask(low, high, (byte)'\r') | Mask(low, high, (byte)'\t');

        // In ASCII a brace is its square bracket with this bit set, and colon and comma have it.
        var bit = Vector256.Create((byte)0x20);
        (low, high) = (low | bit, high | bit);
        var others = Both(
            Vector256.Equals(low, Vector256.Create((byte)'{')) | Vector256.Equals(low, Vector256.Create((byte)'}')) | Vector256.Equals(low, Vector256.Create((byte)':')) | Vector256.Equals(low, Vector256.Create((byte)',')),
            Vector256.Equals(high, Vector256.Create((byte)'{')) | Vector256.Equals(high, Vector256.Create((byte)'}')) | Vector256.Equals(high, Vector256.Create((byte)':')) | Vector256.Equals(high, Vector256.Create((byte)',')));
        var plain = ~(others | blanks | inside | quotes);
        _marks = (others & ~inside) | quotes | (plain & ~((plain << 1) | _goesOn));
        _goesOn = plain >> (Block - 1);
    }

    /// <summary>The bytes that a backslash stands before which is not itself escaped.</summary>
    private ulong Escaped(ulong backslash)
    {
        const ulong even = 0x5555555555555555;
        backslash &= ~_escapes;
        var follows = (backslash << 1) | _escapes;
        var odd = backslash & ~even & ~follows;
        var runs = unchecked(odd + backslash);
        _escapes = runs < odd ? 1UL : 0;
        return (even ^ (runs << 1)) & follows;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Mask(Vector256<byte> low, Vector256<byte> high, byte wanted) =>
        Both(Vector256.Equals(low, Vector256.Create(wanted)), Vector256.Equals(high, Vector256.Create(wanted)));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ulong Both(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);
}
