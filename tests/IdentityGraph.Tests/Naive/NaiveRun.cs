using System.Globalization;
using System.Text.Json.Nodes;
using System.Xml;

namespace IdentityGraph.Tests.Naive;

/// <summary>The part of a source that states facts and is read to its end: absence and freshness are judged by it.</summary>
internal sealed record NaiveStream(string Source, string Tenant, string Name);

/// <summary>An edge is the same edge as another when kind, ends and key agree.</summary>
internal sealed record NaiveEdge(string Kind, string Of, string To, string Key = "")
{
    private readonly int _hash = HashCode.Combine(Kind, Of, To, Key);

    public override int GetHashCode() => _hash;
}

/// <summary>One node, edge or <c>seen</c> line, with its defaults filled in.</summary>
internal sealed class NaiveLine
{
    public required NaiveRun Run { get; init; }
    public required NaiveStream Stream { get; init; }
    public string? Node { get; init; }
    public NaiveEdge? Edge { get; init; }
    public bool Seen { get; init; }
    public string? Kind { get; init; }

    /// <summary>Null: not stated.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>`precision` observed: `from` is when it was first observed, not when it began.</summary>
    public bool IsObserved { get; init; }

    /// <summary>Null: open.</summary>
    public DateTimeOffset? Until { get; init; }

    public required DateTimeOffset At { get; init; }
    public required int Grade { get; init; }
    public required JsonObject Props { get; init; }

    /// <summary>Read as there, and for how long: it has an end that lay ahead then.</summary>
    public bool IsInterval => From is not null && Until is not null && (!IsObserved || Until > At) && Grade == NaiveWords.SystemState;

    /// <summary>Since when what the line says holds: its <c>from</c>, else, and where that is only observed, when it was observed.</summary>
    public DateTimeOffset Since => IsObserved ? At : From ?? At;

    /// <summary>An end without a beginning: a removal, not a reading. When it was observed first says nothing of its beginning.</summary>
    public bool IsEnd => Until is not null && (From is null || (IsObserved && !(Until > At)));

    /// <summary>Read in the system itself as being there when it was observed.</summary>
    public bool IsSystemStatePresence => !IsEnd && IsToldBySystemAsThere;

    /// <summary>The same, or an end that lies ahead. Decision: what the system ends only later outlives an expiry that others claim.</summary>
    public bool IsToldBySystemAsThere => !(Until <= At) && Grade == NaiveWords.SystemState;

    /// <summary>Since when a node that the line reads is there: its `from` dates its values, and may lie ahead of the reading.</summary>
    public DateTimeOffset ThereSince => At < Since ? At : Since;
}

/// <summary>One run: its header and its lines, read as the exchange format says.</summary>
internal sealed class NaiveRun
{
    private readonly HashSet<string> _complete = [];
    private readonly HashSet<string> _touched = [];
    private bool _unreadable;

    public NaiveRun(IReadOnlyList<JsonObject> lines)
    {
        var header = lines[0];
        Source = Word(header, "source") ?? "";
        Tenant = Word(header, "tenant") ?? "";
        StartedAt = Instant(header, "startedAt") ?? throw new ArgumentException("a run states startedAt");
        RecordedAt = Instant(header, "recordedAt") ?? throw new ArgumentException("a run given to the naive evaluator states recordedAt");
        Full = Word(header, "mode") is not "delta";
        Interval = Word(header, "interval") is { } interval ? NaiveTime.Duration(interval) : null;
        foreach (var line in lines.Skip(1))
            Read(line);
    }

    public string Source { get; }
    public string Tenant { get; }
    public DateTimeOffset StartedAt { get; }
    public DateTimeOffset RecordedAt { get; }

    /// <summary>Only a full run can prove absence.</summary>
    public bool Full { get; }

    public TimeSpan? Interval { get; }
    public List<NaiveLine> Lines { get; } = [];

    /// <summary>Streams that this run read to their end; "an unreadable line makes every stream of its run incomplete".</summary>
    public IEnumerable<NaiveStream> Complete => _unreadable ? [] : _complete.Select(StreamOf);

    public IEnumerable<NaiveStream> Touched => _touched.Select(StreamOf);

    private NaiveStream StreamOf(string name) => new(Source, Tenant, name);

    private void Read(JsonObject line)
    {
        if (Word(line, "end") is { } ended)
        {
            _touched.Add(ended);
            if (line["complete"]?.GetValue<bool>() is true)
                _complete.Add(ended);
            return;
        }

        var props = line["props"] as JsonObject ?? [];
        var node = Word(line, "node") ?? Word(line, "seen");
        var edge = Word(line, "edge") is { } kind
            ? new NaiveEdge(kind, Word(line, "of") ?? "", Word(line, "to") ?? "", Word(line, "key") ?? DefaultKey(kind, props))
            : null;
        if (node is null && edge is null)
        {
            _unreadable = true;
            return;
        }

        // "stream: default the kind": of an edge its edge kind, of a node the label it states.
        var stream = Word(line, "stream") ?? edge?.Kind ?? Word(line, "kind") ?? "";
        _touched.Add(stream);
        Lines.Add(new NaiveLine
        {
            Run = this,
            Stream = StreamOf(stream),
            Node = node,
            Edge = edge,
            Seen = Word(line, "seen") is not null,
            Kind = Word(line, "kind"),
            From = Instant(line, "from"),
            IsObserved = Word(line, "precision") is "observed",
            Until = Until(line),
            At = Instant(line, "at") ?? StartedAt,
            Grade = NaiveWords.GradeOf(Word(line, "grade") ?? "SystemState"),
            Props = props,
        });
    }

    private static string DefaultKey(string kind, JsonObject props) =>
        NaiveWords.DefaultKey(kind) is { } member && props[member] is JsonValue value ? value.ToString() : "";

    /// <summary>"day: the end of that day is meant": 24:00 of the day, in the line's or the properties' <c>tz</c>.</summary>
    private static DateTimeOffset? Until(JsonObject line)
    {
        var stated = Instant(line, "until");
        if (stated is not { } until || Word(line, "precision") is not "day")
            return stated;
        var zone = Word(line, "tz") ?? (line["props"] is JsonObject props ? Word(props, "tz") : null);
        return NaiveTime.EndOfDay(until, zone);
    }

    private static string? Word(JsonObject line, string member) => line[member] is JsonValue value ? value.ToString() : null;

    private static DateTimeOffset? Instant(JsonObject line, string member) =>
        Word(line, member) is { } text ? NaiveTime.Parse(text) : null;
}

/// <summary>Instants: UTC, and dates without a time.</summary>
internal static class NaiveTime
{
    public static DateTimeOffset? Parse(string text) =>
        DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
            ? instant
            : null;

    public static bool IsDate(string text) => text.Length == "2025-06-02".Length;

    /// <summary>00:00 of the date in the zone; no zone, or one nobody knows: UTC.</summary>
    public static DateTimeOffset StartOfDay(DateTimeOffset date, string? zone)
    {
        var midnight = DateTime.SpecifyKind(date.UtcDateTime.Date, DateTimeKind.Unspecified);
        var offset = zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? found.GetUtcOffset(midnight) : TimeSpan.Zero;
        return new DateTimeOffset(midnight, offset).ToUniversalTime();
    }

    public static DateTimeOffset EndOfDay(DateTimeOffset date, string? zone) => StartOfDay(date.AddDays(1), zone);

    public static TimeSpan? Duration(string text)
    {
        try
        {
            return XmlConvert.ToTimeSpan(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
