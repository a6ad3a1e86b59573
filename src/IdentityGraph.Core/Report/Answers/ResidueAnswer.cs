namespace IdentityGraph.Report.Answers;

/// <summary>What is left to an attacker after a containment.</summary>
public sealed record ResidueAnswer
{
    /// <summary>Node ids of what was held, sorted.</summary>
    public required IReadOnlyList<string> Seeds { get; init; }

    /// <summary>Node ids of what was shut down, sorted.</summary>
    public required IReadOnlyList<string> Contained { get; init; }

    public required DateTimeOffset ContainedAt { get; init; }

    /// <summary>When it began; null: not known, so as far back as anything is.</summary>
    public required DateTimeOffset? From { get; init; }

    /// <summary>What still is attained by what is known to be held; sorted by id.</summary>
    public required IReadOnlyList<ReachedNode> Observed { get; init; }

    /// <summary>What is attained besides, or with more rights, if credentials and principals that could be made were made; sorted by id.</summary>
    public required IReadOnlyList<ReachedNode> Hypothetical { get; init; }

    /// <summary>Ids an attacker keeps, sorted.</summary>
    public required IReadOnlyList<string> Durable { get; init; }

    /// <summary>IG-B04 where anything is left.</summary>
    public required IReadOnlyList<FindingAnswer> Findings { get; init; }

    /// <summary>Key to steps, premises first; empty with --no-proofs.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> Proofs { get; init; }
}
