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
