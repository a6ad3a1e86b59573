namespace IdentityGraph.Graph.Fold;

/// <summary>An edge that nobody stated, concluded from statements: as fresh as the stalest of them.</summary>
internal sealed record Conclusion
{
    public required EdgeKind Kind { get; init; }

    /// <summary>Number of its start.</summary>
    public required int Of { get; init; }

    /// <summary>Number of its end.</summary>
    public required int To { get; init; }

    public required string Key { get; init; }

    /// <summary>UTC ticks, inclusive.</summary>
    public required long From { get; init; }

    /// <summary>Whether it is known not to hold before; else that is Unknown.</summary>
    public required bool FromStated { get; init; }

    /// <summary>UTC ticks, exclusive.</summary>
    public required long Until { get; init; }

    public required long FirstAt { get; init; }

    public required long LastAt { get; init; }

    /// <summary>Numbers of the streams it was concluded from.</summary>
    public required int[] Streams { get; init; }

    public required IReadOnlyList<(Property Property, PropertyValue Value)> Properties { get; init; }

    public required string Evidence { get; init; }
}
