using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>How far the removal of something got, least advanced first.</summary>
public enum RemovalState
{
    /// <summary>Was removed, and is there again.</summary>
    Reappeared,

    /// <summary>Was tried, and did not work.</summary>
    Failed,

    /// <summary>Nothing is known to have been done.</summary>
    NotStarted,

    /// <summary>Never described by any source.</summary>
    Unknown,

    /// <summary>Asked for.</summary>
    Requested,

    /// <summary>The target's own log accepted it.</summary>
    Accepted,

    /// <summary>An engine, a ticket or a person says it is done.</summary>
    Claimed,

    /// <summary>Read from the target itself at or after it was done.</summary>
    Verified,
}

/// <param name="State">How far it got.</param>
/// <param name="Evidence">What shows it; null: nothing was ever read.</param>
/// <param name="IsFresh">Whether the source that shows it was read recently enough: what a stale one showed as removed stays so, but proves nothing closed.</param>
public readonly record struct Removal(RemovalState State, RemovalEvidence? Evidence, bool IsFresh)
{
    public bool IsProved => State == RemovalState.Verified && IsFresh;
}

/// <param name="Grade">Of the reading.</param>
/// <param name="At">UTC ticks.</param>
public readonly record struct RemovalEvidence(EvidenceGrade Grade, long At);
