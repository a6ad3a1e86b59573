using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Values;

/// <summary>A time of day at an offset from UTC.</summary>
/// <param name="Nanoseconds">Since midnight, by the local clock.</param>
/// <param name="OffsetSeconds">The local clock's distance from UTC.</param>
public readonly record struct BoltTime(long Nanoseconds, int OffsetSeconds) : IPackable
{
    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        writer.BeginStructure(Structures.Time, 2);
        writer.Write(Nanoseconds);
        writer.Write(OffsetSeconds);
    }
}

/// <summary>A time of day, nobody says where.</summary>
/// <param name="Nanoseconds">Since midnight.</param>
public readonly record struct BoltLocalTime(long Nanoseconds) : IPackable
{
    /// <summary>The same time.</summary>
    /// <param name="time">Any time of day.</param>
    public static BoltLocalTime From(TimeOnly time) => new(time.Ticks * 100);

    /// <summary>The same time; parts below 100 ns are cut off.</summary>
    public TimeOnly ToTimeOnly() => Conversion.Within(this, static time => new TimeOnly(time.Nanoseconds / 100));

    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        writer.BeginStructure(Structures.LocalTime, 1);
        writer.Write(Nanoseconds);
    }
}
