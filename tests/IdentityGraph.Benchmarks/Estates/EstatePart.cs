using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Estates;

/// <summary>The nodes of one kind, numbered one after the other.</summary>
/// <param name="Kind">Which.</param>
/// <param name="Prefix">What their ids begin with.</param>
/// <param name="First">Number of the first among all nodes.</param>
/// <param name="Count">How many.</param>
/// <param name="Units">In how many units of the company they fall.</param>
internal sealed record EstatePart(NodeKind Kind, string Prefix, int First, int Count, int Units)
{
    public int UnitOf(int number) => (int)((long)(number - First) * Units / Count);

    /// <summary>First and one past the last number of those in the units from <paramref name="unit"/> to before <paramref name="end"/>.</summary>
    public (int First, int End) In(int unit, int end) => (First + Start(unit), First + Start(end));

    private int Start(int unit) => (int)(((long)unit * Count + Units - 1) / Units);
}
