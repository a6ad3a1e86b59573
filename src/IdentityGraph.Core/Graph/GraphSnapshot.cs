using IdentityGraph.Collect;

namespace IdentityGraph.Graph;

/// <summary>
/// The graph as known at one moment: every statement's valid-time interval and every state revision, immutable, in columns.
/// <see cref="At"/> is a view of it; views are cached by instant.
/// </summary>
public sealed class GraphSnapshot
{
    /// <summary>Folds runs in record order; those recorded after <paramref name="asKnownAt"/> are left out.</summary>
    public static GraphSnapshot Fold(
        IEnumerable<(SealedRun Run, IEnumerable<Observation> Observations)> runs,
        DateTimeOffset asKnownAt,
        FoldOptions? options = null,
        CancellationToken cancellationToken = default) => throw new NotSupportedException("the fold is not built yet");

    public DateTimeOffset AsKnownAt => throw new NotSupportedException();

    /// <summary>SHA-256 over the folded facts, lower-case hex: equal facts in two stores have one name.</summary>
    public string Hash => throw new NotSupportedException();

    public int NodeCount => throw new NotSupportedException();

    /// <summary>Distinct (kind, start, end, key).</summary>
    public int EdgeCount => throw new NotSupportedException();

    /// <summary>Bytes held by its columns.</summary>
    public long Bytes => throw new NotSupportedException();

    /// <summary>Every stream of every source, sorted by source, tenant, stream.</summary>
    public IReadOnlyList<StreamCoverage> Streams => throw new NotSupportedException();

    /// <summary>
    /// Every instant at which a view of this snapshot may differ from the one just before: sorted UTC ticks, distinct.
    /// Statement beginnings and ends, instants stated as property values, and the ends of freshness.
    /// </summary>
    public ReadOnlyMemory<long> ChangePoints => throw new NotSupportedException();

    /// <summary>The graph as of <paramref name="asOf"/> (valid time).</summary>
    public GraphView At(DateTimeOffset asOf) => throw new NotSupportedException();
}

/// <summary>What the fold must be told by policy.</summary>
public sealed record FoldOptions
{
    /// <summary>Freshness of sources whose runs state no interval.</summary>
    public TimeSpan DefaultInterval { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Zone of dates without a time whose source states none.</summary>
    public string DefaultTimeZone { get; init; } = "UTC";

    /// <summary>Property name → source that alone decides it.</summary>
    public IReadOnlyDictionary<string, string> SourceOfTruth { get; init; } = new Dictionary<string, string>();
}

/// <summary>How far one stream of one source was read, as known at the snapshot.</summary>
public sealed record StreamCoverage
{
    public required string Source { get; init; }

    public required string Tenant { get; init; }

    public required string Stream { get; init; }

    /// <summary>Start of the last run that read it to its end (full or delta); null: never.</summary>
    public DateTimeOffset? LastCompleteAt { get; init; }

    /// <summary>Start of the last run that touched it.</summary>
    public DateTimeOffset? LastReadAt { get; init; }

    /// <summary>As stated by its newest run that states one; else the default.</summary>
    public required TimeSpan Interval { get; init; }

    /// <summary>Names of node and edge kinds that it ever stated.</summary>
    public required IReadOnlySet<string> States { get; init; }
}
