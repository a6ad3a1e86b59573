using IdentityGraph.Graph;

namespace IdentityGraph.Collect;

/// <summary>How an import is to be done.</summary>
public sealed record ImportOptions
{
    /// <summary>Reads and reports, writes nothing.</summary>
    public bool DryRun { get; init; }

    /// <summary>Commits however many records were rejected.</summary>
    public bool AllowRejects { get; init; }

    /// <summary>From what on a disappearance is held.</summary>
    public VanishLimits Vanish { get; init; } = VanishLimits.Default;

    /// <summary>Mass disappearances are not held: the user knows that what is missing is gone.</summary>
    public bool ConfirmVanish { get; init; }

    /// <summary>Told every so many records, and at the end of a run.</summary>
    public IProgress<ImportProgress>? Progress { get; init; }

    /// <summary>Says which record times lie in the future.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Takes rejects, warnings and what was not recognised.</summary>
    public ImportReport Report { get; init; } = new();
}

/// <summary>How far an import got.</summary>
/// <param name="Read">Records read, rejected ones included.</param>
/// <param name="Observations">Observations they gave.</param>
public readonly record struct ImportProgress(long Read, long Observations);

/// <summary>What became of an import.</summary>
public sealed record ImportResult
{
    /// <summary>The runs in the order they were sealed; in a dry run those that would have been.</summary>
    public required IReadOnlyList<ImportedRun> Runs { get; init; }

    public required long Observations { get; init; }

    /// <summary>Records read, rejected ones included.</summary>
    public required long Read { get; init; }

    public required long Rejected { get; init; }

    public required ImportReport Report { get; init; }

    /// <summary>Why the input was refused; null where it was taken.</summary>
    public string? Refusal { get; init; }

    public bool DryRun { get; init; }

    /// <summary>Ids that this file's edges name and none of its lines describes.</summary>
    public required PlaceholderWatch Placeholders { get; init; }

    public bool IsPartial => Runs.Any(run => run.Outcome.Partial);

    public ImportVerdict Verdict =>
        Refusal is not null ? ImportVerdict.Refused
        : Rejected > 0 || IsPartial || Runs.Any(run => run.IsHeld) ? ImportVerdict.Partial
        : ImportVerdict.Clean;
}

/// <summary>One run of an import.</summary>
/// <param name="Header">As read.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Observations">How many it holds.</param>
/// <param name="Sealed">As the store keeps it; null in a dry run.</param>
public sealed record ImportedRun(RunHeader Header, RunOutcome Outcome, long Observations, SealedRun? Sealed)
{
    /// <summary>Mass disappearances that it found.</summary>
    public IReadOnlyList<Vanished> Vanished { get; init; } = [];

    /// <summary>Whether one of them waits to be confirmed.</summary>
    public bool IsHeld => Vanished.Any(one => !one.Confirmed);
}

/// <summary>How an import ended; the values are the program's exit codes.</summary>
public enum ImportVerdict
{
    Clean = 0,

    /// <summary>The input was refused and nothing of it committed.</summary>
    Refused = 2,

    /// <summary>Some records were rejected, the input was cut off, or a mass disappearance is held; the rest is committed.</summary>
    Partial = 7,
}
