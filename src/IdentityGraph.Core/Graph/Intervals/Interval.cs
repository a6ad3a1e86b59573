namespace IdentityGraph.Graph.Intervals;

/// <summary>
/// A closed stretch of valid time in which something holds, with the bounds as the fold knows them; UTC ticks, each half-open:
/// it may hold from <see cref="From"/>, surely holds from <see cref="SureFrom"/>, may have ended from <see cref="SureUntil"/> (or nobody has
/// read it recently enough since), and holds no more from <see cref="Until"/>.
/// </summary>
/// <param name="From"><see cref="Instants.Earliest"/> where no beginning is known.</param>
/// <param name="SureFrom">Equals <paramref name="SureUntil"/> where it never surely holds.</param>
/// <param name="SureUntil">At least <paramref name="SureFrom"/>.</param>
/// <param name="Until"><see cref="Instants.Latest"/> where it is open.</param>
public readonly record struct Interval(long From, long SureFrom, long SureUntil, long Until)
{
    /// <summary>True where it surely holds at some moment, else Unknown: what never holds has no interval.</summary>
    public Truth Best => SureFrom < SureUntil ? Truth.True : Truth.Unknown;

    /// <summary>Whether it holds at a moment.</summary>
    public Truth At(long ticks) => ticks < From || ticks >= Until ? Truth.False : ticks >= SureFrom && ticks < SureUntil ? Truth.True : Truth.Unknown;
}

/// <summary>What a property said during an interval.</summary>
/// <param name="Property">Of the kind.</param>
/// <param name="Known">Never <see cref="Graph.Known.NotReported"/>.</param>
/// <param name="Value">Meaningful where known.</param>
/// <param name="Grade">Of the statement that holds.</param>
/// <param name="Source">Who states it.</param>
public sealed record Said(Property Property, Known Known, PropertyValue Value, EvidenceGrade Grade, string? Source)
{
    /// <summary>Whether it says the same, whoever says it.</summary>
    public bool SaysAs(Said other) => Property == other.Property && Known == other.Known && Value == other.Value;
}

/// <summary>An edge during one interval: what its properties say does not change in it.</summary>
public sealed record EdgeInterval
{
    public required Interval Bounds { get; init; }

    /// <summary>In the order of the kind's properties; those that nobody reported are left out.</summary>
    public required IReadOnlyList<Said> Properties { get; init; }

    public required Support Support { get; init; }
}

/// <summary>What a node said of the properties whose past matters (<see cref="PastProperties"/>), during one interval; sure as long as every word is fresh.</summary>
public sealed record Revision(Interval Bounds, IReadOnlyList<Said> Properties);

/// <summary>Who showed something during an interval.</summary>
/// <param name="Grade">The strongest; Inference where nobody did.</param>
/// <param name="Sources">(source, tenant), sorted.</param>
/// <param name="FirstSeen">UTC ticks; null where only a what-if states it.</param>
/// <param name="LastSeen">UTC ticks; null where only a what-if states it.</param>
public sealed record Support(EvidenceGrade Grade, IReadOnlyList<(string Source, string Tenant)> Sources, long? FirstSeen, long? LastSeen);
