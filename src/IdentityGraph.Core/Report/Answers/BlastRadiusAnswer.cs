namespace IdentityGraph.Report.Answers;

/// <summary>What falls if the seeds are compromised.</summary>
public sealed record BlastRadiusAnswer
{
    public required IReadOnlyList<string> Seeds { get; init; }

    public required string Profile { get; init; }

    /// <summary>snapshot or timeRespecting.</summary>
    public required string Mode { get; init; }

    /// <summary>Sorted by id (ordinal), without the seeds.</summary>
    public required IReadOnlyList<ReachedNode> Reached { get; init; }

    public required BlastScore Score { get; init; }

    /// <summary>Ids an attacker keeps, sorted.</summary>
    public required IReadOnlyList<string> Durable { get; init; }

    /// <summary>Key to steps, premises first; empty with --no-proofs.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> Proofs { get; init; }

    /// <summary>Nobody ever described any of the seeds: what they give cannot be told. Not printed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool IsOfUndescribed { get; init; }
}

public sealed record ReachedNode
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    public required RightsCell Certain { get; init; }

    public required RightsCell Possible { get; init; }

    /// <summary>Of certain/amplified, or of possible/amplified with a `?` where nothing is certain.</summary>
    public required string Level { get; init; }

    /// <summary>To the highest right; null where nothing is attained any more.</summary>
    public required int? Hops { get; init; }

    public required bool Durable { get; init; }

    /// <summary>Only in timeRespecting mode: the first instant, the end of the last stretch, and whether it is attained at the end of the time asked about.</summary>
    public AttainedAnswer? Attained { get; init; }

    /// <summary>Key into proofs; null with --no-proofs.</summary>
    public required string? Proof { get; init; }
}

public sealed record AttainedAnswer(DateTimeOffset? First, DateTimeOffset? Last, bool AtEnd);

/// <summary>Sets of rights as letters in the order DRWUAC, "" for none; direct leaves amplifying rules out.</summary>
public sealed record RightsCell(string Direct, string Amplified);

public sealed record BlastScore
{
    public required double Raw { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Share { get; init; }

    public required double DirectRaw { get; init; }

    public required double Amplification { get; init; }

    public required IReadOnlyList<string> CrownJewels { get; init; }

    /// <summary>Counted, and the proofs that cross them looked for, when it is first read where proofs are told as they are read.</summary>
    public required BoundaryAnswer Boundaries { get => field ??= Crossed?.Invoke()!; init; }

    /// <summary>Counts the boundaries; null: they are counted.</summary>
    internal Func<BoundaryAnswer>? Crossed { get; init; }

    /// <summary>Latest effective expiry of what is held; null: none, or never ends.</summary>
    public required DateTimeOffset? ExposureEnd { get; init; }

    /// <summary>How many counted nodes have no criticality stated (3 is taken).</summary>
    public required int UnknownCriticality { get; init; }
}

/// <summary>Distinct (from, to) pairs crossed.</summary>
public sealed record BoundaryAnswer(int Tenant, int Environment, int Organization);
