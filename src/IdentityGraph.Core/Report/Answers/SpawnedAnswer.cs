namespace IdentityGraph.Report.Answers;

/// <summary>What one thing made, and what that made in its turn.</summary>
public sealed record SpawnedAnswer
{
    /// <summary>The first generation, sorted by id.</summary>
    public required IReadOnlyList<SpawnedChild> Children { get; init; }
}

/// <summary>Something that was made; it may be gone by now.</summary>
public sealed record SpawnedChild
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>Id of what made it.</summary>
    public required string By { get; init; }

    /// <summary>When; null where it is only known to have been there when it was first read.</summary>
    public required DateTimeOffset? At { get; init; }

    /// <summary>The first person, by id, who surely answers for it; null: nobody surely does.</summary>
    public required string? Owner { get; init; }

    /// <summary>Whether a certification decided about it: True, False or Unknown.</summary>
    public required string Reviewed { get; init; }

    /// <summary>Certain, or Possible where it may have been made later than the moment asked about.</summary>
    public required string Certainty { get; init; }

    /// <summary>True, False or Unknown.</summary>
    public required string Live { get; init; }

    /// <summary>Sorted by id; empty as well where it stands elsewhere in the tree with what it made.</summary>
    public required IReadOnlyList<SpawnedChild> Children { get; init; }
}
