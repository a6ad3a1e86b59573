namespace IdentityGraph.Report.Answers;

/// <summary>What may still be used and is not.</summary>
public sealed record DormantAnswer
{
    /// <summary>The highest certain level first, then the highest possible one, the criticality, the longest unused, the id.</summary>
    public required IReadOnlyList<DormantIdentity> Ranked { get; init; }
}

public sealed record DormantIdentity
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>Null: a source says it was never used.</summary>
    public required DateTimeOffset? LastUsedAt { get; init; }

    /// <summary>L0 to L6, the highest it attains of any system or resource, by itself; with `?` where nothing is certain.</summary>
    public required string Level { get; init; }

    /// <summary>The highest that is stated of the systems and resources it attains to read or more, possibly attained ones too; null: none is.</summary>
    public required double? Criticality { get; init; }

    /// <summary>The certification about it that most needs somebody; null: there is none.</summary>
    public required ReviewItemAnswer? ReviewItem { get; init; }
}

/// <param name="Id">Of the item.</param>
/// <param name="State">Open, Decided, Closed (its campaign is, without a decision) or Unknown.</param>
public sealed record ReviewItemAnswer(string Id, string State);
