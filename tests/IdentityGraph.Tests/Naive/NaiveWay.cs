namespace IdentityGraph.Tests.Naive;

/// <summary>The attained premises one rule application stands on; facts cost nothing. Null where one is missing.</summary>
internal sealed class NaiveWay : IComparable<NaiveWay>
{
    private readonly SortedSet<(string Node, char Right)> _premises = [];

    private NaiveWay(int hops) => Hops = hops;

    /// <summary>Nothing needed to be attained.</summary>
    public static NaiveWay Free { get; } = new(0);

    /// <summary>Hops of the farthest premise.</summary>
    public int Hops { get; }

    public IEnumerable<(string Node, char Right)> Premises => _premises;

    /// <summary>One attained right.</summary>
    public static NaiveWay By(string node, char right, int hops)
    {
        var way = new NaiveWay(hops);
        way._premises.Add((node, right));
        return way;
    }

    /// <summary>All of them are needed.</summary>
    public static NaiveWay? All(IEnumerable<NaiveWay?> needed)
    {
        var ways = needed.ToList();
        if (ways.Any(way => way is null))
            return null;
        var together = new NaiveWay(ways.Max(way => way?.Hops) ?? 0);
        foreach (var premise in ways.SelectMany(way => way!._premises))
            together._premises.Add(premise);
        return together;
    }

    /// <summary>"Fewest hops first", then premise ids, ordinal.</summary>
    public int CompareTo(NaiveWay? other) =>
        other is null ? -1 : Hops != other.Hops ? Hops.CompareTo(other.Hops) : string.CompareOrdinal(Ids, other.Ids);

    private string Ids => string.Join('\n', _premises.Select(premise => premise.Node + premise.Right).Order(StringComparer.Ordinal));
}
