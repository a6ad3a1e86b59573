namespace IdentityGraph.Report.Answers;

/// <summary>Everything whose state some sources, workflows or integrations decide.</summary>
public sealed record InfluenceAnswer
{
    /// <summary>Node ids, sorted.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Sorted by id, without the sources.</summary>
    public required IReadOnlyList<InfluencedAnswer> Influenced { get; init; }
}

public sealed record InfluencedAnswer
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>Certain, or Possible where a fact on every way is not known.</summary>
    public required string Certainty { get; init; }

    /// <summary>Steps of a shortest way.</summary>
    public required int Hops { get; init; }

    /// <summary>The facts on it, the first one first.</summary>
    public required IReadOnlyList<ProofFact> Way { get; init; }
}
