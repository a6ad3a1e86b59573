using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Values;

/// <summary>A duration of Cypher: months, days and seconds are kept apart, for none has a fixed length in the others.</summary>
/// <param name="Months">Whole months.</param>
/// <param name="Days">Whole days.</param>
/// <param name="Seconds">Whole seconds.</param>
/// <param name="Nanoseconds">Part of a second, 0 to 999,999,999 as the server sends it.</param>
public readonly record struct BoltDuration(long Months, long Days, long Seconds, int Nanoseconds) : IPackable
{
    /// <summary>The same length in seconds.</summary>
    /// <param name="span">Any length.</param>
    public static BoltDuration From(TimeSpan span)
    {
        var (seconds, ticks) = Math.DivRem(span.Ticks, TimeSpan.TicksPerSecond);
        return ticks < 0 ? new(0, 0, seconds - 1, (int)(ticks + TimeSpan.TicksPerSecond) * 100) : new(0, 0, seconds, (int)ticks * 100);
    }

    /// <summary>The length where it has one; parts below 100 ns are cut off.</summary>
    /// <exception cref="BoltTypeException">It has months, or days, whose length depends on when they are, or it is too long.</exception>
    public TimeSpan ToTimeSpan()
    {
        if (Months != 0 || Days != 0)
        {
            throw new BoltTypeException($"a duration of {Months} months and {Days} days has no fixed length; use its parts");
        }

        return Conversion.Within(this, static duration => TimeSpan.FromTicks(checked((duration.Seconds * TimeSpan.TicksPerSecond) + (duration.Nanoseconds / 100))));
    }

    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        writer.BeginStructure(Structures.Duration, 4);
        writer.Write(Months);
        writer.Write(Days);
        writer.Write(Seconds);
        writer.Write(Nanoseconds);
    }
}
