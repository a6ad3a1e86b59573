namespace IdentityGraph.Report.Answers;

/// <summary>An edge of a kind nobody here knows: that it exists is all that is told, and no rule follows it.</summary>
public sealed record UnreadEdgeAnswer
{
    /// <summary>As said.</summary>
    public required string Kind { get; init; }

    public required string Of { get; init; }

    public required string To { get; init; }

    public required string Key { get; init; }

    /// <summary>True, False or Unknown: whether it holds at the asked instant.</summary>
    public required string Truth { get; init; }
}
