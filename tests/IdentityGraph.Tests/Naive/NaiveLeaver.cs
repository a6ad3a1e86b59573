namespace IdentityGraph.Tests.Naive;

/// <summary>One way in which something at Read or above can still be reached.</summary>
/// <param name="Class">R1 usable by the leaver, R2 latent, R3 automation continues.</param>
/// <param name="Target">A Resource or System.</param>
/// <param name="Level">L2 to L6, of the cell its certainty names.</param>
/// <param name="Certainty">Certain or Possible.</param>
/// <param name="PendingUntil">End of its SLA where that lies ahead; null: overdue.</param>
/// <param name="Anchors">Anchors that the chosen proof of its highest right stands on, as <c>code id</c>, sorted; the one an answer names is among them.</param>
internal sealed record NaiveLeaverPath(string Class, string Target, string Level, string Certainty, DateTimeOffset? PendingUntil, IReadOnlyList<string> Anchors);

/// <summary>What is left on one system of the footprint.</summary>
/// <param name="System">The system; <c>?</c> for anchors whose system nobody knows.</param>
/// <param name="Verified">Every anchor on it is verifiably removed, as a source showed that is fresh at t.</param>
/// <param name="State">Of its least advanced anchor.</param>
/// <param name="Anchors">Every anchor that was on it in the window, as <c>code id</c>, sorted.</param>
/// <param name="Open">Anchors not so removed, as <c>code id</c>, sorted.</param>
/// <param name="PendingUntil">End of its SLA where that lies ahead.</param>
internal sealed record NaiveLeaverSystem(string System, bool Verified, string State, IReadOnlyList<string> Anchors, IReadOnlyList<string> Open, DateTimeOffset? PendingUntil);

/// <summary>Whether, and how, a person who left can still reach anything.</summary>
/// <param name="Person">The person.</param>
/// <param name="IsLeaver">Three-valued; False: nothing else is judged.</param>
/// <param name="LeaverAt">Latest end; null where none is known.</param>
/// <param name="Verdict">Reachable, AutomationContinues, Latent, Unverified, Pending or Clear; null for somebody who did not leave.</param>
/// <param name="Paths">By class, then target.</param>
/// <param name="Systems">The footprint, by id.</param>
internal sealed record NaiveLeaver(
    string Person,
    bool? IsLeaver,
    DateTimeOffset? LeaverAt,
    string? Verdict,
    IReadOnlyList<NaiveLeaverPath> Paths,
    IReadOnlyList<NaiveLeaverSystem> Systems)
{
    /// <summary>Of the worst path: overdue before not yet due, certain before possible, then R1, R3, R2. Null: there is none.</summary>
    public string? Class { get; init; }

    /// <summary>End of the last SLA that still runs for something open; null: none runs.</summary>
    public DateTimeOffset? PendingUntil { get; init; }
}
