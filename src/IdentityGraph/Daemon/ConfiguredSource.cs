using Quartz;

namespace IdentityGraph.Daemon;

/// <summary>A source as the settings describe it: what to read, how, and when.</summary>
internal sealed record ConfiguredSource
{
    /// <summary>As written; case tells nothing apart.</summary>
    public required string Name { get; init; }

    /// <summary>File, folder, or files of one folder by `*` and `?` in the last part.</summary>
    public required string Path { get; init; }

    /// <summary>Null: detected.</summary>
    public string? Format { get; init; }

    /// <summary>When, in its time zone; null: <see cref="Every"/>, or only by hand.</summary>
    public CronExpression? Schedule { get; init; }

    /// <summary>How often; null: <see cref="Schedule"/>, or only by hand.</summary>
    public TimeSpan? Every { get; init; }

    /// <summary>Name of the source in its runs; null: the format's own.</summary>
    public string? Source { get; init; }

    public string? Tenant { get; init; }

    /// <summary>Path of a mapping.</summary>
    public string? Map { get; init; }

    /// <summary>Streams that are vouched for as complete.</summary>
    public IReadOnlyList<string> Complete { get; init; } = [];

    public bool Strict { get; init; }

    public bool AllowRejects { get; init; }

    /// <summary>When, in words.</summary>
    public string When => Schedule is not null ? $"{Schedule} ({Schedule.TimeZone.Id})" : Every is { } every ? $"every {System.Xml.XmlConvert.ToString(every)}" : "by hand";
}
