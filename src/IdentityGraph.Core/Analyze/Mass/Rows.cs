using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace IdentityGraph.Analyze.Mass;

/// <summary>A row of 512 bits for each part, one cache line each; and which rows changed and are to be passed on, lowest number first.</summary>
internal sealed unsafe class Rows : IDisposable
{
    /// <summary>Words of 64 bits a row.</summary>
    public const int Words = 8;

    private const int Ahead = 8;
    private readonly ulong* _rows;
    private readonly ulong[] _changed;
    private readonly ulong[] _touched;

    public Rows(int count)
    {
        Count = count;
        _rows = (ulong*)NativeMemory.AlignedAlloc((nuint)Math.Max(1, count) * Words * sizeof(ulong), 64);
        NativeMemory.Clear(_rows, (nuint)count * Words * sizeof(ulong));
        _changed = new ulong[(count / 64) + 1];
        _touched = new ulong[(count / 64) + 1];
    }

    public int Count { get; }

    /// <summary>What a row of each of so many parts takes, bytes.</summary>
    public static long BytesFor(long parts) => parts * ((Words * sizeof(ulong)) + 1);

    public Row512 this[int part]
    {
        get
        {
            var row = _rows + ((long)part * Words);
            return new Row512(Vector256.LoadAligned(row), Vector256.LoadAligned(row + 4));
        }
    }

    public void Set(int part, int column)
    {
        _rows[((long)part * Words) + (column >> 6)] |= 1UL << (column & 63);
        Change(part);
    }

    /// <summary>Adds the bits; whether there was a new one.</summary>
    public bool Or(int part, in Row512 bits)
    {
        var row = _rows + ((long)part * Words);
        var (low, high) = (Vector256.LoadAligned(row), Vector256.LoadAligned(row + 4));
        var (nextLow, nextHigh) = (low | bits.Low, high | bits.High);
        if (((nextLow ^ low) | (nextHigh ^ high)) == Vector256<ulong>.Zero)
        {
            return false;
        }

        nextLow.StoreAligned(row);
        nextHigh.StoreAligned(row + 4);
        return true;
    }

    /// <summary>Adds the bits to each part and marks those where there was a new one; joint parts are marked to be looked at.</summary>
    /// <param name="parts">Joint ones as their complement.</param>
    /// <param name="bits">What to add.</param>
    /// <returns>The lowest part marked; <see cref="int.MaxValue"/>: none.</returns>
    public int Push(ReadOnlySpan<int> parts, in Row512 bits)
    {
        var (low, high, lowest) = (bits.Low, bits.High, int.MaxValue);
        for (var i = 0; i < parts.Length; i++)
        {
            if (Sse.IsSupported && i + Ahead < parts.Length)
            {
                Sse.Prefetch0(_rows + ((long)Math.Max(parts[i + Ahead], 0) * Words));
            }

            var part = parts[i];
            if (part < 0)
            {
                part = ~part;
            }
            else
            {
                var row = _rows + ((long)part * Words);
                var (lowBefore, highBefore) = (Vector256.LoadAligned(row), Vector256.LoadAligned(row + 4));
                var (lowFresh, highFresh) = (Vector256.AndNot(low, lowBefore), Vector256.AndNot(high, highBefore));
                if ((lowFresh | highFresh) == Vector256<ulong>.Zero)
                {
                    continue;
                }

                (lowBefore | low).StoreAligned(row);
                (highBefore | high).StoreAligned(row + 4);
            }

            Change(part);
            lowest = Math.Min(lowest, part);
        }

        return lowest;
    }

    public void Change(int part)
    {
        _changed[part >> 6] |= 1UL << (part & 63);
        _touched[part >> 6] |= 1UL << (part & 63);
    }

    /// <summary>The lowest changed part from there on, no longer changed; -1: none.</summary>
    public int NextChanged(int from)
    {
        for (var word = from >> 6; word < _changed.Length; word++)
        {
            var bits = word == from >> 6 ? _changed[word] & (ulong.MaxValue << (from & 63)) : _changed[word];
            if (bits != 0)
            {
                var bit = BitOperations.TrailingZeroCount(bits);
                _changed[word] &= ~(1UL << bit);
                return (word << 6) + bit;
            }
        }

        return -1;
    }

    /// <summary>Hands out every touched part, lowest first, and clears it.</summary>
    public void Drain(Action<int, Row512> tell)
    {
        for (var word = 0; word < _touched.Length; word++)
        {
            for (var left = _touched[word]; left != 0; left &= left - 1)
            {
                var part = (word << 6) + BitOperations.TrailingZeroCount(left);
                tell(part, this[part]);
                var row = _rows + ((long)part * Words);
                Vector256<ulong>.Zero.StoreAligned(row);
                Vector256<ulong>.Zero.StoreAligned(row + 4);
            }

            _touched[word] = 0;
        }
    }

    public void Dispose() => NativeMemory.AlignedFree(_rows);
}
