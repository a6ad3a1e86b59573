using System.Runtime.Intrinsics;

namespace IdentityGraph.Analyze.Mass;

/// <summary>512 bits as the processor holds them: two vectors of 256, for wider ones bring nothing where memory decides.</summary>
internal readonly record struct Row512(Vector256<ulong> Low, Vector256<ulong> High)
{
    public bool IsZero => (Low | High) == Vector256<ulong>.Zero;

    public bool Has(int column)
    {
        var word = column >> 6;
        return (((word < 4 ? Low : High).GetElement(word & 3) >> (column & 63)) & 1) != 0;
    }
}
