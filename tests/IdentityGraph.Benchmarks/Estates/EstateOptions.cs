namespace IdentityGraph.Benchmarks.Estates;

/// <summary>What estate to throw.</summary>
/// <param name="Edges">About how many edges.</param>
/// <param name="Full">
/// With rights of every size, gates, ends, disabled accounts, expired and encrypted credentials, network positions and things unknown;
/// otherwise everything is live, open and administered, so that plain search over the same edges finds the same set.
/// </param>
/// <param name="Seed">Of the dice.</param>
internal sealed record EstateOptions(int Edges, bool Full, ulong Seed = 20_250_602)
{
    /// <summary>Nodes of a unit of the company; most edges stay within one.</summary>
    public const int UnitNodes = 2_000;

    /// <summary>In the part of the company that keeps its secrets in order, this many units share some of their edges.</summary>
    public const int DivisionUnits = 4;

    /// <summary>Of a hundred units, those in which secrets lie about and everything leads to everything.</summary>
    public const int OpenPercent = 40;
}
