namespace IdentityGraph.Report.Answers;

/// <summary>From whom, together, to what, and how many choke points are told.</summary>
public sealed record ChokePointsQuestion
{
    /// <summary>These node ids, compromised together.</summary>
    public IReadOnlyList<string> From { get; init; } = [];

    /// <summary>Every node of these kinds that is there, or may be.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Every non-human identity that is there, or may be.</summary>
    public bool Everybody { get; init; }

    /// <summary>Node ids of the targets; empty: crown jewels, and where nobody stated any, every system and resource.</summary>
    public IReadOnlyList<string> To { get; init; } = [];

    /// <summary>At most so many, from 1 on.</summary>
    public int Top { get; init; } = 10;
}

/// <summary>Nodes each of which alone keeps targets from being attained, not even possibly, by all the starts together: those that keep most.</summary>
public sealed record ChokePointsAnswer
{
    public required string Profile { get; init; }

    /// <summary>How many starts, compromised together.</summary>
    public required int Starts { get; init; }

    /// <summary>`named`, `crown jewels` or `systems and resources`.</summary>
    public required string Targets { get; init; }

    /// <summary>How many targets there are.</summary>
    public required int Asked { get; init; }

    /// <summary>How many of them are attained as things are, at least possibly.</summary>
    public required int Attained { get; init; }

    /// <summary>Most targets first, then by id.</summary>
    public required IReadOnlyList<ChokePointAnswer> ChokePoints { get; init; }

    /// <summary>There are, or may be, others; on the ways, none keeps more targets than the last one told.</summary>
    public required bool Others { get; init; }
}

public sealed record ChokePointAnswer
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>It is one of the starts.</summary>
    public required bool IsStart { get; init; }

    /// <summary>How many targets, itself apart, are no longer attained once it is dead; where that was not verified, at least so many.</summary>
    public required int TakesAway { get; init; }

    /// <summary>The first of these, by id.</summary>
    public required IReadOnlyList<string> Lost { get; init; }

    /// <summary>A search with it dead, and all that lives by it judged anew, attains none of them. False: time ran out; it was only left out of the ways.</summary>
    public required bool Verified { get; init; }
}
