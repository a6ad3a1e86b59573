using IdentityGraph.Collect;

namespace IdentityGraph.Report.Answers;

/// <summary>What became of an import.</summary>
public sealed record ImportAnswer
{
    public required string File { get; init; }

    /// <summary>The format it was taken for.</summary>
    public required string Format { get; init; }

    public required bool DryRun { get; init; }

    public required IReadOnlyList<ImportedRunAnswer> Runs { get; init; }

    /// <summary>Records read, rejected ones included.</summary>
    public required long Read { get; init; }

    public required long Observations { get; init; }

    public required long Rejected { get; init; }

    /// <summary>At most the first thousand; <see cref="Rejected"/> counts all.</summary>
    public required IReadOnlyList<Reject> Rejects { get; init; }

    /// <summary>What was kept but not recognised, with counts.</summary>
    public required IReadOnlyDictionary<string, long> Unrecognised { get; init; }

    /// <summary>Ids that edges name and nothing known describes, at most the first thousand, sorted; null where there were too many ids to tell.</summary>
    public required IReadOnlyList<string>? Placeholders { get; init; }

    /// <summary>Why nothing was committed; null where it was.</summary>
    public required string? Refusal { get; init; }

    /// <summary>A command that asks with a fitting moment; null where nothing was committed.</summary>
    public required string? Next { get; init; }
}

/// <summary>One run. Run is its number in the store; null in a dry run.</summary>
public sealed record ImportedRunAnswer
{
    public required int? Run { get; init; }

    public required string Source { get; init; }

    public required string Tenant { get; init; }

    public required DateTimeOffset StartedAt { get; init; }

    public required DateTimeOffset? RecordedAt { get; init; }

    public required long Observations { get; init; }

    public required bool Partial { get; init; }

    /// <summary>Why it is partial, or what of it is held until confirmed; null where neither is so.</summary>
    public required string? Reason { get; init; }

    /// <summary>Mass disappearances that wait to be confirmed, in words.</summary>
    public required IReadOnlyList<string> Held { get; init; }
}
