namespace IdentityGraph.Report.Answers;

/// <summary>Every run that handed work over.</summary>
public sealed record HandoffListAnswer
{
    /// <summary>Sorted by run id.</summary>
    public required IReadOnlyList<RunWithHandoffs> Runs { get; init; }
}

public sealed record RunWithHandoffs
{
    public required string Run { get; init; }

    /// <summary>What it executed; null: not recorded.</summary>
    public required string? Workflow { get; init; }

    public required DateTimeOffset? StartedAt { get; init; }

    /// <summary>How many handoffs its chain has.</summary>
    public required int Handoffs { get; init; }

    /// <summary>Answered questions out of four for each handoff, 0 to 1.</summary>
    public required double Completeness { get; init; }
}

/// <summary>The four questions at every handoff of the chain a run is part of.</summary>
public sealed record HandoffsAnswer
{
    /// <summary>In order of time, then by id.</summary>
    public required IReadOnlyList<HandoffAnswer> Handoffs { get; init; }

    /// <summary>Answered questions out of four for each handoff, 0 to 1.</summary>
    public required double Completeness { get; init; }

    /// <summary>The chain as drawn: each handoff, and between two that nothing connects a hop of kind Unknown.</summary>
    public required IReadOnlyList<HandoffHop> Hops { get; init; }
}

public sealed record HandoffAnswer
{
    public required string Id { get; init; }

    /// <summary>Step run; null: not recorded.</summary>
    public required string? From { get; init; }

    /// <summary>Step run; null: not recorded.</summary>
    public required string? To { get; init; }

    public required DateTimeOffset? OccurredAt { get; init; }

    public required InitiatorAnswer Initiator { get; init; }

    public required HandoffCredential Credential { get; init; }

    /// <summary>ManuallyCopied, Unknown, Forwarded, Exchanged or PolicyIssued.</summary>
    public required string Issuance { get; init; }

    /// <summary>`method`, `pasted`, `noCredential`, `standing`, `actingPartyUnknown`, `notIssuedFor`, `audience`, `noPolicy`, `lifetime`; null where the class says it all.</summary>
    public required string? IssuanceReason { get; init; }

    public required HandoffExpiry Expiry { get; init; }

    /// <summary>References of the records the answers rest on, sorted.</summary>
    public required IReadOnlyList<string> Evidence { get; init; }
}

/// <param name="Id">The acting principal; null: not recorded.</param>
/// <param name="OnBehalfOf">For whom it acted directly; `none`: the record names nobody; null: not known.</param>
/// <param name="RootHuman">The human at the root; `none`: the record was read and names nobody; null: not known.</param>
public sealed record InitiatorAnswer(string? Id, string? OnBehalfOf, string? RootHuman)
{
    /// <summary>`initiatorUnknown`, `actingPartyUnknown` (a token was exchanged and no `act` says who acted before) or `rootHumanUnknown`: why this does not count as answered; null: it does.</summary>
    public string? Gap { get; init; }
}

/// <param name="Id">The credential used, by its id; null: not recorded.</param>
/// <param name="Gap">Whether no record says which.</param>
public sealed record HandoffCredential(string? Id, bool Gap);

public sealed record HandoffExpiry
{
    /// <summary>As the source states it: an instant, or `never`; null: not known.</summary>
    public required string? Declared { get; init; }

    /// <summary>With renewals: an instant, or `never`; null: not known.</summary>
    public required string? Effective { get; init; }

    /// <summary>Null: no revocation is known.</summary>
    public required RevocationAnswer? Revoked { get; init; }

    /// <summary>Live, Expired, Revoked or Unknown, at the asked instant.</summary>
    public required string State { get; init; }
}

/// <param name="By">Who; null: nobody recorded it.</param>
/// <param name="At">When (UTC); null: not known.</param>
/// <param name="Grade">How well it is shown.</param>
public sealed record RevocationAnswer(string? By, DateTimeOffset? At, string Grade);

/// <param name="Kind">Handoff, or Unknown for a gap.</param>
/// <param name="Handoff">Null for a gap.</param>
/// <param name="From">Step run; null: not recorded.</param>
/// <param name="To">Step run; null: not recorded.</param>
public sealed record HandoffHop(string Kind, string? Handoff, string? From, string? To);
