namespace IdentityGraph.Stores;

/// <summary>What a check of a whole store found.</summary>
public sealed record StoreCheck
{
    /// <summary>Runs read to their end, checksums and SHA-256 included.</summary>
    public required int WholeRuns { get; init; }

    public required int Runs { get; init; }

    public required long BytesRead { get; init; }

    /// <summary>Damage first, then what is harmless; each by file.</summary>
    public required IReadOnlyList<StoreProblem> Problems { get; init; }

    /// <summary>Every run is there and reads as it was sealed.</summary>
    public bool IsSound => Problems.All(problem => problem.Harmless);
}

/// <summary>Something in a store that should not be so.</summary>
public sealed record StoreProblem
{
    public required string File { get; init; }

    /// <summary>Byte at which it begins; null where it concerns the file as a whole.</summary>
    public long? Offset { get; init; }

    public required string Problem { get; init; }

    /// <summary>What to do about it.</summary>
    public required string WayOut { get; init; }

    /// <summary>No run is affected.</summary>
    public bool Harmless { get; init; }

    /// <summary>It is about the graph that a server shows to Cypher, which no answer reads; harmless, then.</summary>
    public bool OfGraph { get; init; }
}
