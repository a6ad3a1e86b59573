using IdentityGraph.Graph;

namespace IdentityGraph.Report.Answers;

/// <summary>Which proofs are asked for.</summary>
public sealed record PathQuestion
{
    /// <summary>Node id of what is held.</summary>
    public required string From { get; init; }

    /// <summary>Node id of the target.</summary>
    public required string To { get; init; }

    /// <summary>The right asked for is the highest of this level; null: the highest attained.</summary>
    public Level? Level { get; init; }

    /// <summary>How many proofs at most; at least 1.</summary>
    public int Count { get; init; } = 1;

    /// <summary>Ids of nodes that no step may go through.</summary>
    public IReadOnlyList<string> Avoid { get; init; } = [];

    /// <summary>No step may rest on a credential that is certainly dead, though it is held; unknown stays.</summary>
    public bool LiveOnly { get; init; }
}

/// <summary>How one thing gives control of another.</summary>
public sealed record PathAnswer
{
    /// <summary>Proofs, shortest first, each as steps with premises before conclusions; empty where there is none.</summary>
    public required IReadOnlyList<IReadOnlyList<ProofStep>> Paths { get; init; }

    /// <summary>Where there is none: why, in a sentence; else null. A group, role or the like is never attained: then it says what is true of it instead.</summary>
    public required string? Because { get; init; }

    /// <summary>These are all whose facts are minimal; false: there are more, or may be; null where only the chosen one was asked for.</summary>
    public required bool? All { get; init; }
}
