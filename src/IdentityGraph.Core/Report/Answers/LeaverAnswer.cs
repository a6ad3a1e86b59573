using System.Text.Json.Serialization;

namespace IdentityGraph.Report.Answers;

/// <summary>For each leaver: can they, or automation on their authority, still reach something, and what proves the rest is closed.</summary>
public sealed record LeaversAnswer
{
    /// <summary>Sorted by person id.</summary>
    public required IReadOnlyList<LeaverAnswer> Leavers { get; init; }

    public required IReadOnlyDictionary<string, IReadOnlyList<ProofStep>> Proofs { get; init; }

    /// <summary>No source described a person, so that nobody listed does not mean nobody left. Not printed; warned of.</summary>
    [JsonIgnore]
    public bool IsNobodyDescribed { get; init; }

    /// <summary>`3 leavers, 2 perhaps`: those who surely left, and those of whom HR leaves it open.</summary>
    public string InWords()
    {
        var (perhaps, left) = (Leavers.Count(static leaver => leaver.IsPerhaps), Leavers.Count(static leaver => !leaver.IsPerhaps && leaver.Verdict != "NotALeaver"));
        return $"{left} {(left == 1 ? "leaver" : "leavers")}{(perhaps == 0 ? "" : $", {perhaps} perhaps")}";
    }
}

public sealed record LeaverAnswer
{
    public required string Person { get; init; }

    /// <summary>Latest end of their employments; null: no end is known.</summary>
    public required DateTimeOffset? LeaverAt { get; init; }

    /// <summary>Reachable, AutomationContinues, Latent, Unverified, Pending or Clear: the worst wins. NotALeaver for a person in employment.</summary>
    public required string Verdict { get; init; }

    /// <summary>R1, R2 or R3 of the worst path; null where there is none.</summary>
    public required string? Class { get; init; }

    /// <summary>When the last grace period that still runs ends; null: none runs.</summary>
    public required DateTimeOffset? PendingUntil { get; init; }

    /// <summary>One row per class and target, sorted by class, target, certainty.</summary>
    public required IReadOnlyList<LeaverPath> Paths { get; init; }

    /// <summary>The footprint: every system where an anchor existed, plus declared targets; sorted by system.</summary>
    public required IReadOnlyList<LeaverSystem> Systems { get; init; }

    /// <summary>HR leaves open whether they left. Not printed; among the unknowns.</summary>
    [JsonIgnore]
    public bool IsPerhaps { get; init; }

    /// <summary>No account of theirs is known, and there are accounts that belong to nobody known. Not printed; among the unknowns.</summary>
    [JsonIgnore]
    public bool LacksAccounts { get; init; }

    /// <summary>What is unknown and would have to be read, in words, sorted.</summary>
    public required IReadOnlyList<string> Unknown { get; init; }
}

public sealed record LeaverPath
{
    /// <summary>R1 usable by the leaver, R3 automation continues on their authority, R2 latent.</summary>
    public required string Class { get; init; }

    public required AnchorAnswer Anchor { get; init; }

    public required string Target { get; init; }

    public required string Level { get; init; }

    /// <summary>Certain or Possible.</summary>
    public required string Certainty { get; init; }

    /// <summary>Key into proofs.</summary>
    public required string? Proof { get; init; }
}

/// <param name="Code">a1 to a10.</param>
/// <param name="Id">The node.</param>
public sealed record AnchorAnswer(string Code, string Id)
{
    /// <summary>Under a system: no fact puts it there, it stands there for the accounts it opens, acts for or runs as. Not printed as JSON.</summary>
    [JsonIgnore]
    public bool IsIndirect { get; init; }

    /// <summary>"a2 key", and where that is so "a2 key (of the account in shop)".</summary>
    /// <param name="system">Id of the system it is shown under.</param>
    public string InWords(string system) => $"{Code} {Id}{(IsIndirect ? $" (of the account in {system})" : "")}";
}

public sealed record LeaverSystem
{
    public required string System { get; init; }

    /// <summary>State of the least advanced anchor there: NotStarted, Requested, Accepted, Claimed, Verified, Failed, Reappeared or Unknown.</summary>
    public required string State { get; init; }

    public required IReadOnlyList<AnchorAnswer> Anchors { get; init; }

    /// <summary>Null where nothing was ever read.</summary>
    public required EvidenceAnswer? LastEvidence { get; init; }
}

public sealed record EvidenceAnswer(string Grade, DateTimeOffset At);
