namespace IdentityGraph.Report.Answers;

/// <summary>Nodes that a text may mean.</summary>
public sealed record IdentityFindAnswer
{
    public required string Text { get; init; }

    /// <summary>Best first (the whole id, a whole property, part of an id, part of a name or property), then by id.</summary>
    public required IReadOnlyList<FoundIdentity> Matches { get; init; }

    /// <summary>How many match in all.</summary>
    public required int Total { get; init; }
}

public sealed record FoundIdentity
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>`id`, or the property that matched.</summary>
    public required string MatchedOn { get; init; }

    /// <summary>True, False or Unknown: whether it exists in its source at the asked instant.</summary>
    public required string Present { get; init; }
}
