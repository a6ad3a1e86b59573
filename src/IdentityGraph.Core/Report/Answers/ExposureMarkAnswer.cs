namespace IdentityGraph.Report.Answers;

/// <summary>What was recorded of compromises.</summary>
public sealed record ExposureMarkAnswer
{
    /// <summary>Number of the run it was recorded in.</summary>
    public required int Run { get; init; }

    /// <summary>Whether it was recorded for the first time.</summary>
    public required bool IsNew { get; init; }

    public required IReadOnlyList<MarkAnswer> Marks { get; init; }
}

public sealed record MarkAnswer
{
    /// <summary>Id of the exposure.</summary>
    public required string Exposure { get; init; }

    /// <summary>Id of what it exposes.</summary>
    public required string Exposes { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Null: open.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>Null: not said this time.</summary>
    public required string? Basis { get; init; }
}
