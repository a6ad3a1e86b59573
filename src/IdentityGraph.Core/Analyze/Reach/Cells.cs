using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>The four sets of rights attained on a node: certain or possible, without and with amplifying rules.</summary>
/// <param name="Word">24 bits: a nibble a right, lowest right first; in a nibble certain direct, certain amplified, possible direct, possible amplified.</param>
public readonly record struct Cells(uint Word)
{
    public Rights CertainDirect => Of(Cell.CertainDirect);

    public Rights CertainAmplified => Of(Cell.CertainAmplified);

    public Rights PossibleDirect => Of(Cell.PossibleDirect);

    public Rights PossibleAmplified => Of(Cell.PossibleAmplified);

    public bool IsEmpty => Word == 0;

    /// <summary>The cell that speaks for the node: certain with amplification, else possible with it.</summary>
    public Cell Strongest => CertainAmplified != Rights.None ? Cell.CertainAmplified : Cell.PossibleAmplified;

    /// <summary>The highest right in the cell; none where it is empty.</summary>
    public Rights Highest(Cell cell)
    {
        var rights = (uint)Of(cell);
        return rights == 0 ? Rights.None : (Rights)(1 << System.Numerics.BitOperations.Log2(rights));
    }

    public Rights Of(Cell cell)
    {
        if (System.Runtime.Intrinsics.X86.Bmi2.IsSupported)
        {
            return (Rights)System.Runtime.Intrinsics.X86.Bmi2.ParallelBitExtract(Word, 0x111111u << (int)cell);
        }

        var rights = 0;
        for (var right = 0; right < 6; right++)
        {
            rights |= (int)((Word >> ((4 * right) + (int)cell)) & 1) << right;
        }

        return (Rights)rights;
    }
}

/// <summary>Position of a cell in a nibble.</summary>
public enum Cell : byte
{
    CertainDirect = 0,
    CertainAmplified = 1,
    PossibleDirect = 2,
    PossibleAmplified = 3,
}

/// <summary>Arithmetic of rights × cells on one word.</summary>
internal static class CellBits
{
    /// <summary>Every cell of every right.</summary>
    public const uint All = 0xFFFFFF;

    /// <summary>Beside the rights: in which cells a credential stays with the attacker.</summary>
    public const int DurableShift = 24;

    public const uint AllCells = 0b1111;
    public const uint PossibleCells = 0b1100;
    public const uint AmplifiedCells = 0b1010;

    private static readonly uint[] s_spread = [.. Enumerable.Range(0, 64).Select(rights =>
        Enumerable.Range(0, 6).Where(right => (rights & (1 << right)) != 0).Aggregate(0u, (word, right) => word | (1u << (4 * right))))];

    /// <summary>The cells in which a premise of that truth counts.</summary>
    public static uint Of(Truth truth) => truth switch
    {
        Truth.True => AllCells,
        Truth.Unknown => PossibleCells,
        _ => 0,
    };

    /// <summary>The rights in each of the cells.</summary>
    public static uint Word(Rights rights, uint cells) => s_spread[(int)rights] * cells;

    /// <summary>Every right in each of the cells.</summary>
    public static uint Replicate(uint cells) => 0x111111u * cells;

    /// <summary>The cells in which any of the rights is attained.</summary>
    public static uint CellsOf(uint word, Rights rights)
    {
        var cells = 0u;
        for (var left = (uint)rights; left != 0; left &= left - 1)
        {
            cells |= word >> (4 * System.Numerics.BitOperations.TrailingZeroCount(left));
        }

        return cells & AllCells;
    }
}
