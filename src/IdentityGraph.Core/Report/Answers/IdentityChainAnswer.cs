using System.Text.Json.Serialization;

namespace IdentityGraph.Report.Answers;

/// <summary>The chain around one identity: employment, account, credential, grant, scope, workflow, handoff.</summary>
public sealed record IdentityChainAnswer
{
    public required string Id { get; init; }

    /// <summary>Name of its kind, for pictures. Not printed.</summary>
    [JsonIgnore]
    public string? Kind { get; init; }

    /// <summary>For pictures. Not printed; null: it has none.</summary>
    [JsonIgnore]
    public string? Name { get; init; }

    /// <summary>out, in or both.</summary>
    public required string Direction { get; init; }

    /// <summary>Longest chain asked for, in hops.</summary>
    public required int Depth { get; init; }

    public required bool LiveOnly { get; init; }

    /// <summary>Outwards before inwards; nearest first, then by the order in which a chain runs, then by id.</summary>
    public required IReadOnlyList<IdentityHopAnswer> Hops { get; init; }

    /// <summary>Edges of kinds nobody here knows at the identities of the chain: they are not hops, and nothing behind them was walked; at most 1,000.</summary>
    public required IReadOnlyList<UnreadEdgeAnswer> UnreadEdges { get; init; }
}

public sealed record IdentityHopAnswer
{
    /// <summary>Hops from the identity asked about, 1 for the first.</summary>
    public required int Depth { get; init; }

    /// <summary>out or in.</summary>
    public required string Direction { get; init; }

    /// <summary>Kind of the fact.</summary>
    public required string Kind { get; init; }

    /// <summary>The end nearer to the identity asked about.</summary>
    public required string From { get; init; }

    /// <summary>The end farther from it.</summary>
    public required string To { get; init; }

    public required string ToKind { get; init; }

    public required string? ToName { get; init; }

    /// <summary>live, dead or unknown: whether the fact holds and what it meets is usable.</summary>
    public required string State { get; init; }

    /// <summary>What decided the state, in a few words.</summary>
    public required string Why { get; init; }

    /// <summary>Since when the state is that one, by all that is known now; null: nothing known begins it, or its past was too long to go through (then the answer says it was cut).</summary>
    public required DateTimeOffset? StateSince { get; init; }

    /// <summary>Since when the fact holds; null: no start is known, or it does not hold.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>When it stops, as stated; null: open.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>The fact as it points.</summary>
    public required ProofFact Fact { get; init; }

    public required IReadOnlyList<string> Evidence { get; init; }
}
