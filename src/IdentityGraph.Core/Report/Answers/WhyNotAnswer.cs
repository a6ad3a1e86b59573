namespace IdentityGraph.Report.Answers;

/// <summary>Why one thing does not give control of another.</summary>
public sealed record WhyNotAnswer
{
    public required string From { get; init; }

    public required string To { get; init; }

    /// <summary>True or Unknown where it is attained after all, certainly or possibly: then nothing is blocked. Else False.</summary>
    public required string Reached { get; init; }

    /// <summary>In a sentence: reached, no facts lead there, or what stands in the way.</summary>
    public required string Because { get; init; }

    /// <summary>The failing premises, sorted by reason, gate and fact.</summary>
    public required IReadOnlyList<BlockedAnswer> Blocked { get; init; }
}

/// <summary>One failing premise.</summary>
public sealed record BlockedAnswer
{
    public required ProofFact Fact { get; init; }

    /// <summary>gate, expired, revoked, rotated, disabled, notPresent, pinned, protected or network.</summary>
    public required string Reason { get; init; }

    /// <summary>The gate's word; null for other reasons.</summary>
    public required string? Gate { get; init; }

    /// <summary>Null where not stated.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Null where no end is stated.</summary>
    public required DateTimeOffset? Until { get; init; }
}
