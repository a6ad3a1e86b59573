using System.Numerics;
using System.Runtime.Intrinsics;

namespace IdentityGraph.Analyze.Mass;

/// <summary>512 bits as the processor holds them: two vectors of 256, for wider ones bring nothing where memory decides.</summary>
internal readonly record struct Row512(Vector256<ulong> Low, Vector256<ulong> High)
{
    /// <param name="words">Eight.</param>
    public static Row512 Of(ReadOnlySpan<ulong> words) => new(Vector256.Create(words[..4]), Vector256.Create(words[4..]));

    public bool Has(int column)
    {
        var word = column >> 6;
        return (((word < 4 ? Low : High).GetElement(word & 3) >> (column & 63)) & 1) != 0;
    }

    public Row512 Or(in Row512 other) => new(Low | other.Low, High | other.High);

    public Row512 And(in Row512 other) => new(Low & other.Low, High & other.High);

    /// <summary>The same with one column not set.</summary>
    public Row512 Without(int column)
    {
        var bit = Vector256<ulong>.Zero.WithElement((column >> 6) & 3, 1UL << (column & 63));
        return column < 256 ? new(Vector256.AndNot(Low, bit), High) : new(Low, Vector256.AndNot(High, bit));
    }

    /// <summary>Which of the columns are not set, lowest first.</summary>
    public IEnumerable<int> Missing(Row512 columns)
    {
        var (low, high) = (Vector256.AndNot(columns.Low, Low), Vector256.AndNot(columns.High, High));
        if ((low | high) == Vector256<ulong>.Zero)
        {
            return [];
        }

        List<int> missing = [];
        for (var word = 0; word < Rows.Words; word++)
        {
            for (var left = (word < 4 ? low : high).GetElement(word & 3); left != 0; left &= left - 1)
            {
                missing.Add((word << 6) + BitOperations.TrailingZeroCount(left));
            }
        }

        return missing;
    }

    /// <summary>How many of the columns are set.</summary>
    public int CountIn(in Row512 columns)
    {
        var (low, high, count) = (Low & columns.Low, High & columns.High, 0);
        for (var word = 0; word < 4; word++)
        {
            count += BitOperations.PopCount(low.GetElement(word)) + BitOperations.PopCount(high.GetElement(word));
        }

        return count;
    }
}
