using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Stores;

/// <summary>What a store holds, without reading a single observation.</summary>
public sealed record StoreInfo
{
    public string Location { get; init; } = "";

    /// <summary>`embedded` or `neo4j`.</summary>
    public string Kind { get; init; } = "";

    /// <summary>Of its format.</summary>
    public int Version { get; init; }

    public required int Runs { get; init; }

    public required long Observations { get; init; }

    /// <summary>Of its sealed runs.</summary>
    public required long Bytes { get; init; }

    /// <summary>Sorted by source, then tenant.</summary>
    public required IReadOnlyList<StoreSource> Sources { get; init; }

    /// <summary>Null while there is no run.</summary>
    public DateTimeOffset? OldestRecordTime { get; init; }

    /// <summary>Null while there is no run.</summary>
    public DateTimeOffset? NewestRecordTime { get; init; }

    /// <summary>A sentence for each file that a writer left behind that did not finish; empty while somebody writes.</summary>
    public IReadOnlyList<string> Leftovers { get; init; } = [];

    /// <summary>Who writes it now, as its record says; null: nobody.</summary>
    public string? Writer { get; init; }

    /// <summary>How far the graph that is shown to Cypher is; null where the store shows none.</summary>
    public ProjectionState? Projection { get; init; }

    /// <summary>What a list of sealed runs amounts to; where and what the store is, is left to it.</summary>
    internal static StoreInfo Of(IReadOnlyList<ManifestEntry> entries) => new()
    {
        Runs = entries.Count,
        Observations = entries.Sum(entry => entry.Run.Observations),
        Bytes = entries.Sum(entry => entry.Bytes),
        Sources =
        [
            .. entries.GroupBy(entry => (entry.Run.Header.Source, entry.Run.Header.Tenant))
                .OrderBy(source => source.Key.Source, StringComparer.Ordinal).ThenBy(source => source.Key.Tenant, StringComparer.Ordinal)
                .Select(source => new StoreSource
                {
                    Source = source.Key.Source,
                    Tenant = source.Key.Tenant,
                    Runs = source.Count(),
                    Observations = source.Sum(entry => entry.Run.Observations),
                    LastStartedAt = source.Last().Run.Header.StartedAt,
                    LastRecordedAt = source.Last().Run.Header.RecordedAt!.Value,
                }),
        ],
        OldestRecordTime = entries.Count == 0 ? null : entries[0].Run.Header.RecordedAt,
        NewestRecordTime = entries.Count == 0 ? null : entries[^1].Run.Header.RecordedAt,
    };
}

/// <summary>What the runs of one source and tenant amount to.</summary>
public sealed record StoreSource
{
    public required string Source { get; init; }

    public required string Tenant { get; init; }

    public required int Runs { get; init; }

    public required long Observations { get; init; }

    /// <summary>When reading began in its newest run.</summary>
    public required DateTimeOffset LastStartedAt { get; init; }

    /// <summary>When its newest run was recorded.</summary>
    public required DateTimeOffset LastRecordedAt { get; init; }
}
