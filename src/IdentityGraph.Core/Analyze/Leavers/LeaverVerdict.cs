using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>The answer about one person; of those that apply the worst wins. Best first.</summary>
public enum LeaverVerdict
{
    /// <summary>In employment, or never was.</summary>
    NotALeaver,

    /// <summary>Nothing is reached, possibly not even, and every system of the footprint shows the removal, freshly read.</summary>
    Clear,

    /// <summary>Not closed or not proved closed, and still within the time allowed for it.</summary>
    Pending,

    /// <summary>Some premise is unknown, or the removal is not verified on some system.</summary>
    Unverified,

    /// <summary>Nothing works now; what is only suspended would (R2).</summary>
    Latent,

    /// <summary>Automation goes on working on their authority (R3).</summary>
    AutomationContinues,

    /// <summary>The leaver can still use a path (R1).</summary>
    Reachable,
}

/// <summary>Whether a leaver is out, everywhere, and what shows it.</summary>
public sealed record LeaverJudgement
{
    public required Node Person { get; init; }

    /// <summary>Whether they left; Unknown where HR leaves it open.</summary>
    public required Truth IsLeaver { get; init; }

    /// <summary>Latest end of their engagements; null: none is known.</summary>
    public required DateTimeOffset? LeaverAt { get; init; }

    public required LeaverVerdict Verdict { get; init; }

    /// <summary>Of the worst path; null: there is none.</summary>
    public required PathClass? Class { get; init; }

    /// <summary>When the last grace period that still runs ends, exclusive; null: none runs.</summary>
    public required DateTimeOffset? PendingUntil { get; init; }

    public required IReadOnlyList<LeaverPath> Paths { get; init; }

    public required IReadOnlyList<FootprintSystem> Systems { get; init; }

    /// <summary>For each secret of a proof that their accounts could once reach: by what they could.</summary>
    public IReadOnlyDictionary<Node, KnownSecret> HowKnown { get; init; } = new Dictionary<Node, KnownSecret>();

    /// <summary>
    /// What the judgement is about (the person, what ties them to a system, what is reached from it) that has edges of kinds nobody
    /// here knows: where they lead was not followed.
    /// </summary>
    public IReadOnlyList<Node> Unread { get; init; } = [];

    /// <summary>Where no account of theirs is known: how many accounts live, or may, and are linked to nobody; any of them may be theirs. Else 0.</summary>
    public int Unlinked { get; init; }

    /// <summary>What is unknown and would have to be read, in words, sorted.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }
}
