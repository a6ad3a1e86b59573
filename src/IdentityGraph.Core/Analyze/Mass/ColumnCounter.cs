using System.Numerics;
using System.Runtime.Intrinsics;

namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// For each of 512 columns, how often its bit was set in the rows added: sums kept bit by bit across the columns, two rows and what
/// is there made one sum and one carry at a time (carry-save addition), so that a row costs a handful of operations for all columns.
/// </summary>
internal sealed class ColumnCounter
{
    // Up to 2^31 rows.
    private const int Levels = 32;

    // By level: the sum's bit, and one row that waits for a second.
    private readonly ulong[] _sum = new ulong[Levels * Rows.Words];
    private readonly ulong[] _waiting = new ulong[Levels * Rows.Words];
    private uint _isWaiting;
    private uint _isUsed;

    /// <summary>Adds the row so many times.</summary>
    public void Add(in Row512 row, int times)
    {
        for (var left = (uint)times; left != 0; left &= left - 1)
        {
            AddAt(row.Low, row.High, BitOperations.TrailingZeroCount(left));
        }
    }

    /// <summary>Hands out every column that is not 0 with its count, and begins anew.</summary>
    public void Drain(Action<int, long> tell)
    {
        if (_isUsed == 0)
        {
            return;
        }

        var counts = new long[Rows.Words * 64];
        for (var level = 0; level < Levels; level++)
        {
            if ((_isUsed & (1u << level)) == 0)
            {
                continue;
            }

            Take(_sum, level, counts);
            if ((_isWaiting & (1u << level)) != 0)
            {
                Take(_waiting, level, counts);
            }
        }

        (_isUsed, _isWaiting) = (0, 0);
        for (var column = 0; column < counts.Length; column++)
        {
            if (counts[column] != 0)
            {
                tell(column, counts[column]);
            }
        }
    }

    private static void Take(ulong[] rows, int level, long[] counts)
    {
        for (var word = 0; word < Rows.Words; word++)
        {
            for (var left = rows[(level * Rows.Words) + word]; left != 0; left &= left - 1)
            {
                counts[(word * 64) + BitOperations.TrailingZeroCount(left)] += 1L << level;
            }

            rows[(level * Rows.Words) + word] = 0;
        }
    }

    private void AddAt(Vector256<ulong> low, Vector256<ulong> high, int level)
    {
        for (; ; level++)
        {
            var bit = 1u << level;
            _isUsed |= bit;
            ref var waiting = ref _waiting[level * Rows.Words];
            if ((_isWaiting & bit) == 0)
            {
                _isWaiting |= bit;
                low.StoreUnsafe(ref waiting);
                high.StoreUnsafe(ref waiting, 4);
                return;
            }

            _isWaiting &= ~bit;
            ref var sum = ref _sum[level * Rows.Words];
            low = Carry(ref sum, 0, Vector256.LoadUnsafe(ref waiting), low);
            high = Carry(ref sum, 4, Vector256.LoadUnsafe(ref waiting, 4), high);
            if ((low | high) == Vector256<ulong>.Zero)
            {
                return;
            }
        }
    }

    private static Vector256<ulong> Carry(ref ulong sum, nuint offset, Vector256<ulong> one, Vector256<ulong> other)
    {
        var before = Vector256.LoadUnsafe(ref sum, offset);
        var either = one ^ other;
        (before ^ either).StoreUnsafe(ref sum, offset);
        return (one & other) | (before & either);
    }
}
