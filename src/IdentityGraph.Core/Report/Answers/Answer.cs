namespace IdentityGraph.Report.Answers;

/// <summary>The envelope of every answer. Members never disappear within a schema version; absent knowledge is null.</summary>
public sealed record Answer<T>
{
    public int SchemaVersion { get; init; } = 1;

    public required string Command { get; init; }

    public required DateTimeOffset AsOf { get; init; }

    public required DateTimeOffset AsKnownAt { get; init; }

    public required string Profile { get; init; }

    /// <summary>name@sha256:digest of the policy values used.</summary>
    public required string Policy { get; init; }

    public required StoreAnswer Store { get; init; }

    /// <summary>Null, or what was cut and by which limit.</summary>
    public string? Truncated { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    public required T Data { get; init; }

    /// <summary>Under an overlay: the answer without it, and what differs. Only printed then.</summary>
    [System.Text.Json.Serialization.JsonIgnore(Condition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingNull)]
    public WhatIfAnswer? WhatIf { get; init; }

    /// <summary>The name a source gives to the node of an id; null: none, or there is no such node. Not printed; null for commands that do not fold the graph.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public Func<string, string?>? NameOf { get; init; }
}

/// <summary>What was asked.</summary>
public sealed record StoreAnswer
{
    /// <summary>For commands that do not fold the graph.</summary>
    public static readonly StoreAnswer NotFolded = new() { Snapshot = null, Nodes = null, Edges = null, Sources = [] };

    /// <summary>Hash of the folded facts; null where the command did not fold them.</summary>
    public required string? Snapshot { get; init; }

    public required int? Nodes { get; init; }

    public required int? Edges { get; init; }

    public required IReadOnlyList<SourceAnswer> Sources { get; init; }

    /// <summary>Something was read, and nothing recently enough, whether or not it was ever read to its end. Not printed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public bool NothingFresh { get; init; }

    /// <summary>`source/tenant` of those of which nothing was read recently enough. Not printed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public IReadOnlyList<string> NotFresh { get; init; } = [];
}

/// <summary>Completeness of one source at the asked instant.</summary>
public sealed record SourceAnswer
{
    public required string Source { get; init; }

    public required string Tenant { get; init; }

    public required DateTimeOffset? LastCompleteAt { get; init; }

    /// <summary>complete, partial, stale or never.</summary>
    public required string State { get; init; }

    /// <summary>The same in words, with the source. Not printed.</summary>
    [System.Text.Json.Serialization.JsonIgnore]
    public string InWords => $"{Source}{(Tenant.Length == 0 ? "" : "/" + Tenant)} {State switch
    {
        "never" => "was never read to its end",
        "partial" => "was last read in part",
        _ => "is " + State,
    }}";
}
