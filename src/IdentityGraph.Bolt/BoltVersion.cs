namespace IdentityGraph.Bolt;

/// <summary>A version of the Bolt protocol.</summary>
/// <param name="Major">Its generation.</param>
/// <param name="Minor">What was added within it.</param>
public readonly record struct BoltVersion(byte Major, byte Minor) : IComparable<BoltVersion>
{
    /// <summary>Every version this client speaks, oldest first. 5.5 was never released.</summary>
    public static IReadOnlyList<BoltVersion> Supported { get; } = [new(5, 0), new(5, 1), new(5, 2), new(5, 3), new(5, 4), new(5, 6), new(5, 7), new(5, 8)];

    /// <inheritdoc />
    public int CompareTo(BoltVersion other) => (Major, Minor).CompareTo((other.Major, other.Minor));

    /// <summary>Whether the left one is older.</summary>
    public static bool operator <(BoltVersion left, BoltVersion right) => left.CompareTo(right) < 0;

    /// <summary>Whether the left one is newer.</summary>
    public static bool operator >(BoltVersion left, BoltVersion right) => left.CompareTo(right) > 0;

    /// <summary>Whether the left one is older, or they are the same.</summary>
    public static bool operator <=(BoltVersion left, BoltVersion right) => left.CompareTo(right) <= 0;

    /// <summary>Whether the left one is newer, or they are the same.</summary>
    public static bool operator >=(BoltVersion left, BoltVersion right) => left.CompareTo(right) >= 0;

    /// <inheritdoc />
    public override string ToString() => $"{Major}.{Minor}";
}
