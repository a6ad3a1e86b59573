namespace IdentityGraph.Collect;

/// <summary>The first line of a run: what was read, when, and how much it can prove.</summary>
public sealed record RunHeader
{
    public required string Source { get; init; }

    public string Tenant { get; init; } = "";

    /// <summary>When reading began (UTC); the default observation time of every line.</summary>
    public required DateTimeOffset StartedAt { get; init; }

    /// <summary>Record time of every line; null: the moment of sealing.</summary>
    public DateTimeOffset? RecordedAt { get; init; }

    public RunMode Mode { get; init; }

    /// <summary>How often this source is read; freshness is judged by it; null: the policy's for file imports.</summary>
    public TimeSpan? Interval { get; init; }

    /// <summary>name/version.</summary>
    public string Collector { get; init; } = "";

    /// <summary>Members the format does not know, name and JSON text.</summary>
    public IReadOnlyList<KeyValuePair<string, string>> Unrecognised { get; init; } = [];
}

/// <summary>Only a full run can prove absence.</summary>
public enum RunMode : byte
{
    Full = 0,
    Delta = 1,
}
