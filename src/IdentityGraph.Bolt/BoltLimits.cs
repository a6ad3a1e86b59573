namespace IdentityGraph.Bolt;

/// <summary>The most a server may send. What goes beyond is refused as <see cref="BoltProtocolException"/> before memory is taken for it.</summary>
public sealed record BoltLimits
{
    /// <summary>The limits used where none are given.</summary>
    public static BoltLimits Default { get; } = new();

    /// <summary>Largest message (one record, for instance) in bytes, its chunks put together.</summary>
    public int MaxMessageBytes { get; init; } = 64 << 20;

    /// <summary>How deep lists, maps and structures may stand in each other.</summary>
    public int MaxDepth { get; init; } = 100;

    /// <summary>Most items of one list, or entries of one map.</summary>
    public int MaxItems { get; init; } = 16_000_000;

    /// <summary>Longest text or byte string, in bytes.</summary>
    public int MaxStringBytes { get; init; } = 64 << 20;
}
