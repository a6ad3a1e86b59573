using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Values;

/// <summary>A date.</summary>
/// <param name="Days">Days since 1970-01-01; further away than <see cref="DateOnly"/> can be.</param>
public readonly record struct BoltDate(long Days) : IPackable
{
    private static readonly int s_epoch = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>The same date.</summary>
    /// <param name="date">Any date.</param>
    public static BoltDate From(DateOnly date) => new(date.DayNumber - s_epoch);

    /// <summary>The same date.</summary>
    /// <exception cref="BoltTypeException">It is before year 1 or after year 9999.</exception>
    public DateOnly ToDateOnly() => Conversion.Within(this, static date => DateOnly.FromDayNumber(checked((int)(date.Days + s_epoch))));

    /// <inheritdoc />
    public void Pack(PackWriter writer)
    {
        writer.BeginStructure(Structures.Date, 1);
        writer.Write(Days);
    }
}
