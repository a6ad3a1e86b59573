using System.Text.Json;

namespace IdentityGraph.Report.Answers;

/// <summary>Everything known about one node at the asked instant, and how it came to be.</summary>
public sealed record IdentityAnswer
{
    public required IdentityNode Node { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<PropertyAnswer> Properties { get; init; }

    /// <summary>Edge kind to its edges that start or end here, whatever their truth; kinds by name, edges by start, end, key.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<EdgeAnswer>> Edges { get; init; }

    /// <summary>Who answers for it; null for persons, employments and what nobody described.</summary>
    public required OwnedIdentity? Ownership { get; init; }

    /// <summary>True, False or Unknown.</summary>
    public required string Live { get; init; }

    /// <summary>What decided that, in a few words.</summary>
    public required string LiveReason { get; init; }

    /// <summary>What was stated to begin or end when, oldest first; at equal times by what, then source.</summary>
    public required IReadOnlyList<HistoryEntry> History { get; init; }

    /// <summary>Edges of kinds nobody here knows that start or end here, by start, kind, end, key; at most 1,000.</summary>
    public required IReadOnlyList<UnreadEdgeAnswer> UnreadEdges { get; init; }
}

public sealed record IdentityNode
{
    public required string Id { get; init; }

    /// <summary>Unknown for a placeholder.</summary>
    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>True, False or Unknown: whether it exists in its source at the asked instant.</summary>
    public required string Present { get; init; }

    /// <summary>Only named by an edge; no source described it.</summary>
    public required bool Placeholder { get; init; }

    /// <summary>Each as `source` or `source/tenant`, sorted.</summary>
    public required IReadOnlyList<string> Sources { get; init; }

    /// <summary>Null for a placeholder.</summary>
    public required DateTimeOffset? FirstSeen { get; init; }

    public required DateTimeOffset? LastSeen { get; init; }
}

public sealed record PropertyAnswer
{
    public required string Name { get; init; }

    /// <summary>What holds; JSON null where the source says there is none; of a disputed one, the last that was said.</summary>
    public required JsonElement Value { get; init; }

    /// <summary>Value, None (the source says there is none), Disputed or NotReported (nothing said holds at the asked instant).</summary>
    public required string Known { get; init; }

    public required string? Source { get; init; }

    /// <summary>Since when it holds, as stated; null: not known.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>When it was read last; null: never.</summary>
    public required DateTimeOffset? ObservedAt { get; init; }

    public required string? Grade { get; init; }

    /// <summary>Whether its source was read recently enough.</summary>
    public required bool Fresh { get; init; }

    /// <summary>What other statements in effect say instead, by source, then since.</summary>
    public required IReadOnlyList<AlternativeAnswer> Alternatives { get; init; }
}

/// <summary>A statement that does not hold because another one does, or that leaves it open which does.</summary>
public sealed record AlternativeAnswer(JsonElement Value, string Source, DateTimeOffset? Since, string Grade);

public sealed record EdgeAnswer
{
    public required string Of { get; init; }

    public required string To { get; init; }

    /// <summary>"" where the kind needs none.</summary>
    public required string Key { get; init; }

    /// <summary>out: it starts here; in: it ends here.</summary>
    public required string Direction { get; init; }

    public required string OtherKind { get; init; }

    public required string? OtherName { get; init; }

    /// <summary>True, False or Unknown: whether it holds at the asked instant.</summary>
    public required string Truth { get; init; }

    /// <summary>Null: no start is known.</summary>
    public required DateTimeOffset? Since { get; init; }

    /// <summary>Null: open.</summary>
    public required DateTimeOffset? Until { get; init; }

    /// <summary>Properties last stated, by name.</summary>
    public required IReadOnlyDictionary<string, JsonElement> Properties { get; init; }

    public required IReadOnlyList<string> Evidence { get; init; }
}

/// <summary>One thing that was stated to begin or end.</summary>
public sealed record HistoryEntry
{
    /// <summary>When it began or ended, valid time; null: not known when.</summary>
    public required DateTimeOffset? At { get; init; }

    /// <summary>set, began or ended.</summary>
    public required string Event { get; init; }

    /// <summary>Name of a property, or an edge as `KIND of to`.</summary>
    public required string What { get; init; }

    /// <summary>The value of a property; JSON null for an edge or where there is none.</summary>
    public required JsonElement Value { get; init; }

    public required string Source { get; init; }

    public required string Grade { get; init; }

    /// <summary>When the store learnt of it; null for edges.</summary>
    public required DateTimeOffset? RecordedAt { get; init; }
}
