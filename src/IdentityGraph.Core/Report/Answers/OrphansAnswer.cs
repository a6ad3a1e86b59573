using System.Text.Json.Serialization;

namespace IdentityGraph.Report.Answers;

/// <summary>What can still authenticate though no employed human answers for it.</summary>
public sealed record OrphansAnswer
{
    /// <summary>Service identities, agents, credentials, grants, applications and connectors, sorted by id (ordinal).</summary>
    public required IReadOnlyList<OwnedIdentity> Identities { get; init; }

    /// <summary>Whether no source described anything that somebody should answer for: then an empty list says nothing.</summary>
    [JsonIgnore]
    public bool IsNothingDescribed { get; init; }
}

public sealed record OwnedIdentity
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>Orphaned, Unknown, AtRisk, UnderOwned or Owned.</summary>
    public required string Ownership { get; init; }

    /// <summary>O1 to O8 where orphaned, O7 where unknown, `tombstone` for what cannot authenticate any more; else null.</summary>
    public required string? Reason { get; init; }

    /// <summary>Persons in employment who surely answer for it, by id.</summary>
    public required IReadOnlyList<string> Accountable { get; init; }

    /// <summary>scopeApproval, usageMonitoring, revocation: those that nobody in employment fills; only where they are needed.</summary>
    public required IReadOnlyList<string> MissingRoles { get; init; }

    /// <summary>Active, Ended or Unknown.</summary>
    public required string Purpose { get; init; }

    /// <summary>Used, Dormant or Unknown; ranks only.</summary>
    public required string Use { get; init; }

    /// <summary>True, False or Unknown.</summary>
    public required string Live { get; init; }

    /// <summary>Certain or Possible.</summary>
    public required string Certainty { get; init; }

    /// <summary>A person who could take over; null where none can be named or none is needed.</summary>
    public required string? SuggestedOwner { get; init; }

    /// <summary>Where it is not known whether somebody answers: the owners stated, and what is not known of each. Printed in tables; in JSON among the warnings.</summary>
    [JsonIgnore]
    public IReadOnlyList<string> Untold { get; init; } = [];
}
