using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Values;

/// <summary>A moment, told at an offset from UTC.</summary>
/// <param name="Seconds">Since 1970-01-01T00:00:00Z.</param>
/// <param name="Nanoseconds">Part of a second, 0 to 999,999,999.</param>
/// <param name="OffsetSeconds">Distance from UTC of the clock it is told by.</param>
public readonly record struct BoltDateTime(long Seconds, int Nanoseconds, int OffsetSeconds) : IPackable
{
    /// <summary>The same moment at the same offset.</summary>
    /// <param name="moment">Any moment.</param>
    public static BoltDateTime From(DateTimeOffset moment)
    {
        var (seconds, nanoseconds) = Moments.SinceEpoch(moment.UtcTicks);
        return new(seconds, nanoseconds, (int)moment.Offset.TotalSeconds);
    }

    /// <summary>The same moment; parts below 100 ns are cut off. An offset that is no whole number of minutes is told at UTC.</summary>
    /// <exception cref="BoltTypeException">It is before year 1 or after year 9999.</exception>
    public DateTimeOffset ToDateTimeOffset() => Conversion.Within(this, static moment =>
        new DateTimeOffset(Moments.Ticks(moment.Seconds, moment.Nanoseconds), TimeSpan.Zero)
            .ToOffset(moment.OffsetSeconds % 60 == 0 ? TimeSpan.FromSeconds(moment.OffsetSeconds) : TimeSpan.Zero));

    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        writer.BeginStructure(Structures.DateTime, 3);
        writer.Write(Seconds);
        writer.Write(Nanoseconds);
        writer.Write(OffsetSeconds);
    }
}

/// <summary>A moment, told by the clocks of a time zone.</summary>
/// <param name="Seconds">Since 1970-01-01T00:00:00Z.</param>
/// <param name="Nanoseconds">Part of a second, 0 to 999,999,999.</param>
/// <param name="ZoneId">IANA name of the zone (<c>Europe/Berlin</c>).</param>
public readonly record struct BoltZonedDateTime(long Seconds, int Nanoseconds, string ZoneId) : IPackable
{
    /// <summary>The same moment at UTC; parts below 100 ns are cut off.</summary>
    /// <exception cref="BoltTypeException">It is before year 1 or after year 9999.</exception>
    public DateTimeOffset ToDateTimeOffset() =>
        Conversion.Within(this, static moment => new DateTimeOffset(Moments.Ticks(moment.Seconds, moment.Nanoseconds), TimeSpan.Zero));

    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        writer.BeginStructure(Structures.ZonedDateTime, 3);
        writer.Write(Seconds);
        writer.Write(Nanoseconds);
        writer.Write(ZoneId);
    }
}

/// <summary>A date and time of day, nobody says where.</summary>
/// <param name="Seconds">Since 1970-01-01T00:00:00, by the same unknown clock.</param>
/// <param name="Nanoseconds">Part of a second, 0 to 999,999,999.</param>
public readonly record struct BoltLocalDateTime(long Seconds, int Nanoseconds) : IPackable
{
    /// <summary>The same date and time.</summary>
    /// <param name="moment">Its kind is not looked at.</param>
    public static BoltLocalDateTime From(DateTime moment)
    {
        var (seconds, nanoseconds) = Moments.SinceEpoch(moment.Ticks);
        return new(seconds, nanoseconds);
    }

    /// <summary>The same date and time, of unspecified kind; parts below 100 ns are cut off.</summary>
    /// <exception cref="BoltTypeException">It is before year 1 or after year 9999.</exception>
    public DateTime ToDateTime() =>
        Conversion.Within(this, static moment => new DateTime(Moments.Ticks(moment.Seconds, moment.Nanoseconds), DateTimeKind.Unspecified));

    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        writer.BeginStructure(Structures.LocalDateTime, 2);
        writer.Write(Seconds);
        writer.Write(Nanoseconds);
    }
}
