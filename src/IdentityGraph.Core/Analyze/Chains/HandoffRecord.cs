using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Chains;

/// <summary>One handoff with the answers to its four questions.</summary>
public sealed record HandoffRecord
{
    public required Node Handoff { get; init; }

    /// <summary>Step run the work came from; null: not recorded.</summary>
    public required Node? From { get; init; }

    /// <summary>Step run the work went to; null: not recorded.</summary>
    public required Node? To { get; init; }

    public required DateTimeOffset? OccurredAt { get; init; }

    public required Initiation Initiation { get; init; }

    /// <summary>Null: not recorded, a gap.</summary>
    public required Node? Credential { get; init; }

    public required IssuanceClass Issuance { get; init; }

    /// <summary>Null without a credential.</summary>
    public required CredentialEnding? Ending { get; init; }

    /// <summary>The edges the answers rest on.</summary>
    public required IReadOnlyList<Edge> Facts { get; init; }

    /// <summary>Of the four questions, how many are answered: 0 to 4.</summary>
    public int Answered =>
        (Initiation.IsAnswered ? 1 : 0)
        + (Credential is not null ? 1 : 0)
        + (Issuance.Class is not Chains.Issuance.Unknown ? 1 : 0)
        + (Ending is { State: not CredentialEnd.Unknown } ? 1 : 0);
}

/// <summary>Who set it off, and for whom.</summary>
/// <param name="Initiator">The acting principal; null: not recorded.</param>
/// <param name="OnBehalfOf">Id (or the words of the record) of whom it acted for directly; `none`: the record names nobody; null: not known.</param>
/// <param name="RootHuman">Person (or account of nobody known) at the root; `none`: the record was read and names no human; null: not known.</param>
/// <param name="Actors">From the acting principal to whom it acted for in the end, as far as recorded.</param>
public sealed record Initiation(Node? Initiator, string? OnBehalfOf, string? RootHuman, IReadOnlyList<Node> Actors)
{
    public const string Nobody = "none";

    /// <summary>A token was exchanged, and nothing says who acted with it before: whom the initiator acted for directly is not known, whoever is at the root.</summary>
    public bool IsActingPartyUnknown { get; init; }

    public bool IsAnswered => Gap is null;

    /// <summary>What is not answered: `initiatorUnknown`, `actingPartyUnknown` or `rootHumanUnknown`, the first that holds; null: it is all answered.</summary>
    public string? Gap => Initiator is null ? "initiatorUnknown" : IsActingPartyUnknown ? "actingPartyUnknown" : RootHuman is null ? "rootHumanUnknown" : null;
}

/// <summary>Whether a credential has come to its end.</summary>
public enum CredentialEnd
{
    Live,
    Expired,
    Revoked,
    Unknown,
}

/// <summary>When a credential ends or ended.</summary>
/// <param name="State">At the view's instant.</param>
/// <param name="Declared">As its source states it.</param>
/// <param name="Effective">With renewals.</param>
/// <param name="Revocation">Null: none is known.</param>
public sealed record CredentialEnding(CredentialEnd State, Expiry Declared, Expiry Effective, Revocation? Revocation);

/// <param name="By">Node id or words; null: nobody recorded who.</param>
/// <param name="At">UTC; null: not known.</param>
/// <param name="Grade">How well it is shown.</param>
public sealed record Revocation(string? By, DateTimeOffset? At, EvidenceGrade Grade);
