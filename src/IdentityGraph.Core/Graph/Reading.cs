using IdentityGraph.Collect;

namespace IdentityGraph.Graph;

/// <summary>What is known of a property at one instant.</summary>
public enum Known : byte
{
    /// <summary>No source ever said: unknown.</summary>
    NotReported = 0,

    /// <summary>Said, but what holds is unknown: statements disagree, a weaker later one differs, or the word is not one we know.</summary>
    Disputed = 1,

    /// <summary>The source says there is none, or never.</summary>
    None = 2,

    Value = 3,
}

/// <summary>
/// The statement that holds for one property at a view's instant.
/// <see cref="Fresh"/> is apart: a stale reading keeps its value, and it is the reader's rule which stale values still count
/// (what is shown as ended stays so; what is shown as true is unknown).
/// </summary>
public readonly record struct Reading
{
    public Known Known { get; init; }

    /// <summary>Meaningful where <see cref="Known"/> is Value; where Disputed, the last one said.</summary>
    public PropertyValue Value { get; init; }

    public EvidenceGrade Grade { get; init; }

    /// <summary>When it was last observed (UTC ticks).</summary>
    public long At { get; init; }

    /// <summary>
    /// When it was last observed by the view's instant (UTC ticks), whatever was observed since; where it was observed only later, the
    /// first time. It decides nothing: what is shown as evidence, so that learning more makes no evidence older.
    /// </summary>
    public long SeenAt { get; init; }

    /// <summary>Since when it holds as stated (UTC ticks).</summary>
    public long From { get; init; }

    /// <summary>Whether the source that states it is fresh at the view's instant. True where not reported.</summary>
    public bool Fresh { get; init; }

    public string? Source { get; init; }

    public bool IsReported => Known != Known.NotReported;

    public bool IsNone => Known == Known.None;

    public bool HasValue => Known == Known.Value;

    /// <summary>The word or text; null unless a value is known.</summary>
    public string? Text => HasValue ? Value.AsText() : null;

    /// <summary>The texts; empty unless a value is known.</summary>
    public IReadOnlyList<string> Texts => HasValue ? Value.AsTexts() : [];

    /// <summary>Unknown unless a flag is known.</summary>
    public Truth Flag => HasValue ? TruthLogic.Of(Value.AsFlag()) : Truth.Unknown;

    /// <summary>Null unless a number is known.</summary>
    public double? Number => HasValue ? Value.AsNumber() : null;

    /// <summary>Null unless an instant is known.</summary>
    public DateTimeOffset? Instant => HasValue ? Value.AsInstant() : null;
}

/// <summary>One statement of one property by one source.</summary>
public sealed record Statement
{
    public required string Property { get; init; }

    public required PropertyValue Value { get; init; }

    /// <summary>UTC ticks, inclusive.</summary>
    public required long From { get; init; }

    /// <summary>UTC ticks, exclusive; <see cref="Instants.Latest"/>: open.</summary>
    public required long Until { get; init; }

    /// <summary>When observed, UTC ticks.</summary>
    public required long At { get; init; }

    public required EvidenceGrade Grade { get; init; }

    public required Precision Precision { get; init; }

    /// <summary>When it was observed first, UTC ticks.</summary>
    internal long FirstAt { get; init; }

    /// <summary>Starts of the full runs of its stream, ascending, UTC ticks: each between the first and the last observation restated it.</summary>
    internal long[] Restated { get; init; } = [];

    /// <summary>It states no beginning: each reading says it anew.</summary>
    public bool BeginsAnew => Precision == Precision.Observed;

    /// <summary>When it was last observed by an instant (both UTC ticks); where it was observed only later, the first time.</summary>
    public long ReadBy(long instant) => BeginsAnew ? SeenBy(instant) : At;

    /// <summary>The same whatever beginning it states: what is shown as evidence.</summary>
    public long SeenBy(long instant)
    {
        if (At <= instant)
        {
            return At;
        }

        var found = Array.BinarySearch(Restated, instant);
        var run = found >= 0 ? found : ~found - 1;
        return run >= 0 ? Math.Max(FirstAt, Restated[run]) : FirstAt;
    }

    public required string Source { get; init; }

    public required string Tenant { get; init; }

    public required string Stream { get; init; }

    /// <summary>Record time of its run, UTC ticks.</summary>
    public required long RecordedAt { get; init; }

    public IReadOnlyList<string> Evidence { get; init; } = [];
}

/// <summary>One source's claim that an edge held.</summary>
public sealed record EdgeClaim
{
    public required string Source { get; init; }

    public required string Tenant { get; init; }

    public required string Stream { get; init; }

    /// <summary>UTC ticks, inclusive.</summary>
    public required long From { get; init; }

    /// <summary>
    /// From when on its beginning is possible (UTC ticks): equals <see cref="From"/> where the beginning is stated; earlier, down to
    /// <see cref="Instants.Earliest"/>, where it is only known to have been there when it was first seen.
    /// </summary>
    public required long BeginsNotBefore { get; init; }

    /// <summary>UTC ticks, exclusive; <see cref="Instants.Latest"/>: open. Where the end was concluded from absence, its upper bound.</summary>
    public required long Until { get; init; }

    /// <summary>From when on its end is possible (UTC ticks): equals <see cref="Until"/> where the end is exact.</summary>
    public required long EndsNotBefore { get; init; }

    public required EvidenceGrade Grade { get; init; }

    public required long FirstAt { get; init; }

    public required long LastAt { get; init; }
}
