using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Ownership;

/// <summary>Who answers for one node, and whether what it is for still exists: separate answers, side by side.</summary>
public sealed record OwnershipResult
{
    public required Node Node { get; init; }

    public required OwnershipState State { get; init; }

    /// <summary>Only for Orphaned, and O7 for Unknown; null for what cannot authenticate.</summary>
    public required OrphanReason? Reason { get; init; }

    public required Answering Answering { get; init; }

    /// <summary>Whether a person in employment answers without a group or team in between.</summary>
    public required bool IsNamed { get; init; }

    /// <summary>Of a connector, grant or third-party application: scopeApproval, usageMonitoring, revocation that nobody in employment fills; in that order.</summary>
    public required IReadOnlyList<string> MissingRoles { get; init; }

    public required IReadOnlyList<OwnerAtRisk> AtRisk { get; init; }

    public required Purpose Purpose { get; init; }

    public required Use Use { get; init; }

    public required Truth Live { get; init; }

    /// <summary>Live itself, or by a live credential or grant.</summary>
    public required Truth CanAuthenticate { get; init; }

    /// <summary>Null where nobody can be suggested or nobody needs to be.</summary>
    public required Node? SuggestedOwner { get; init; }

    /// <summary>The edges that show it, from the node outwards; of a node that nobody owns any more, the ended ones. At most about 64.</summary>
    public IReadOnlyList<Edge> Chain => Draw(Node);

    /// <summary>Draws the chain when it is asked for: few of many results are.</summary>
    public required Func<Node, IReadOnlyList<Edge>> Draw { get; init; }

    /// <summary>It cannot authenticate any more: kept for the record, never a finding.</summary>
    public bool IsTombstone => CanAuthenticate is Truth.False;

    /// <summary>Whether the state is sure: orphaned only where it surely can authenticate; unknown never.</summary>
    public bool IsCertain => State switch
    {
        OwnershipState.Orphaned => CanAuthenticate is Truth.True,
        OwnershipState.Unknown => IsTombstone && Answering.IsNobody,
        _ => true,
    };
}
