using System.Globalization;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Hr;

/// <summary>
/// Dates of an HR export. A date without a time is a day in the engagement's zone: a first day begins at 00:00, a last day ends at
/// 24:00. A year from 9000 on is how exports write "no end".
/// </summary>
internal static class HrDates
{
    private static readonly string[] s_days = ["yyyy-MM-dd", "yyyy/MM/dd", "yyyyMMdd"];

    private static readonly string[] s_times =
        ["yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd'T'HH:mm:ss", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm"];

    /// <summary>A date as written: a day, a local time, or an instant.</summary>
    /// <param name="Local">Meaningless where <paramref name="Instant"/> is given.</param>
    /// <param name="IsDay">No time of day was written.</param>
    /// <param name="Instant">Given with an offset; UTC.</param>
    internal readonly record struct Written(DateTime Local, bool IsDay, DateTimeOffset? Instant)
    {
        public bool IsNever => (Instant?.Year ?? Local.Year) >= 9000;

        /// <summary>Its beginning: 00:00 of a day.</summary>
        public DateTimeOffset Start(TimeZoneInfo zone) => Instant ?? At(Local, zone);

        /// <summary>Its end, exclusive: 24:00 of a day.</summary>
        public DateTimeOffset End(TimeZoneInfo zone) => Instant ?? At(IsDay ? Local.AddDays(1) : Local, zone);
    }

    /// <summary>Null for a zone nobody knows.</summary>
    public static TimeZoneInfo? FindZone(string name) => TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : null;

    /// <summary>Reads a date; day and month are never guessed: `03/04/2025` is read only where the mapping names its format.</summary>
    public static bool TryRead(string text, IReadOnlyList<string> formats, out Written date)
    {
        foreach (var format in formats)
        {
            if (TryExact(text, format, out var local))
            {
                date = new(local, format.AsSpan().IndexOfAny('H', 'h') < 0, null);
                return true;
            }
        }

        if (Instants.TryParse(text, out var instant))
        {
            date = new(default, false, instant);
            return true;
        }

        foreach (var format in s_days)
        {
            if (TryExact(text, format, out var local))
            {
                date = new(local, true, null);
                return true;
            }
        }

        foreach (var format in s_times)
        {
            if (TryExact(text, format, out var local))
            {
                date = new(local, false, null);
                return true;
            }
        }

        date = default;
        return false;
    }

    private static bool TryExact(string text, string format, out DateTime local) =>
        DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, DateTimeStyles.None, out local);

    // A local time that a change of clocks leaves out begins when the clocks have changed; one that comes twice is the earlier for
    // starts and ends alike, as .NET takes standard time: at most an hour, on a day.
    private static DateTimeOffset At(DateTime local, TimeZoneInfo zone)
    {
        if (local.Year >= 9000)
        {
            return new DateTimeOffset(local, TimeSpan.Zero);
        }

        while (zone.IsInvalidTime(local))
        {
            local = local.AddMinutes(15);
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
