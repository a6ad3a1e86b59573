using IdentityGraph.Collect;

namespace IdentityGraph.Graph.Fold;

/// <summary>Dates without a time: the end of that day in the zone that is said, else in the policy's, is meant.</summary>
internal static class Days
{
    public static long Resolve(DateTimeOffset stated, Observation.Fact line, FoldOptions options) =>
        line.Precision == Precision.Day ? EndOfDay(stated, line.Tz ?? options.DefaultTimeZone) : stated.UtcTicks;

    /// <summary>
    /// 24:00 of the day, UTC ticks. A date spelt as midnight UTC is that date; any other instant stands for the day it falls on
    /// in the zone. A zone nobody knows is UTC.
    /// </summary>
    public static long EndOfDay(DateTimeOffset stated, string zone)
    {
        if (!TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found))
        {
            found = TimeZoneInfo.Utc;
        }

        var utc = stated.UtcDateTime;
        var date = utc.TimeOfDay == TimeSpan.Zero ? utc.Date : TimeZoneInfo.ConvertTimeFromUtc(utc, found).Date;
        if (date == DateTime.MaxValue.Date)
        {
            return Instants.Latest;
        }

        var midnight = DateTime.SpecifyKind(date.AddDays(1), DateTimeKind.Unspecified);
        while (found.IsInvalidTime(midnight))
        {
            midnight = midnight.AddMinutes(15);
        }

        return midnight.Ticks - found.GetUtcOffset(midnight).Ticks;
    }
}
