using System.Globalization;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>
/// Employment dates as instants. A date without a time is a day in the employment's zone (none stated or known: UTC): a start is
/// its first moment, an end its last (24:00).
/// </summary>
public static class HrDates
{
    /// <summary>Inclusive; null where none is known.</summary>
    public static DateTimeOffset? Start(Node employment) => Read(employment, Properties.StartAt, addDays: 0);

    /// <summary>Exclusive; null where none is known or the source says there is none.</summary>
    public static DateTimeOffset? End(Node employment) => Read(employment, Properties.EndAt, addDays: 1);

    private static DateTimeOffset? Read(Node employment, Property property, int addDays)
    {
        var reading = employment[property];
        if (reading.Instant is { } instant)
        {
            return instant;
        }

        if (!DateOnly.TryParseExact(reading.Text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return null;
        }

        var zone = employment[Properties.Tz].Text is { } tz && TimeZoneInfo.TryFindSystemTimeZoneById(tz, out var found) ? found : TimeZoneInfo.Utc;
        var midnight = day.AddDays(addDays).ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, zone.GetUtcOffset(midnight)).ToUniversalTime();
    }
}
