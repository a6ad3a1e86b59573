using System.Buffers;
using System.Globalization;
using System.Text;

namespace IdentityGraph.Graph;

/// <summary>
/// Durations: ISO 8601, weeks included (`P2W`, `P30D`, `PT24H`, `P1DT1.5H`). A year counts 365 days and a month 30, as they have no
/// length of their own.
/// </summary>
public static class Durations
{
    private const string DateUnits = "YMWD";
    private const string TimeUnits = "HMS";

    private static readonly SearchValues<char> s_digits = SearchValues.Create("0123456789.,");

    /// <summary>False where it is not a duration, is negative, or is longer than about 29,000 years.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out TimeSpan duration)
    {
        duration = default;
        if (text.Length < 3 || text[0] != 'P')
        {
            return false;
        }

        var rest = text[1..];
        var units = DateUnits;
        var next = 0;
        decimal ticks = 0;
        var parts = 0;
        var fraction = false;
        while (!rest.IsEmpty)
        {
            if (rest[0] == 'T')
            {
                if (units == TimeUnits || rest.Length == 1)
                {
                    return false;
                }

                (units, next) = (TimeUnits, 0);
                rest = rest[1..];
            }

            var length = rest.IndexOfAnyExcept(s_digits);
            if (length is < 1 or > 15 || fraction || !TryNumber(rest[..length], out var number, out fraction))
            {
                return false;
            }

            var unit = units.AsSpan(next).IndexOf(rest[length]);
            if (unit < 0)
            {
                return false;
            }

            next += unit + 1;
            ticks += number * TicksOf(rest[length], units == TimeUnits);
            parts++;
            rest = rest[(length + 1)..];
        }

        if (parts == 0 || ticks > long.MaxValue)
        {
            return false;
        }

        duration = TimeSpan.FromTicks((long)ticks);
        return true;
    }

    /// <summary>Whole days from two on as `P2D`, everything else in hours, minutes and seconds: `PT24H`, `PT1H30M`, `PT0S`.</summary>
    public static string ToText(TimeSpan duration)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(duration, TimeSpan.Zero);
        if (duration.Ticks % TimeSpan.TicksPerDay == 0 && duration.Days >= 2)
        {
            return string.Create(CultureInfo.InvariantCulture, $"P{duration.Days}D");
        }

        var text = new StringBuilder("PT");
        var seconds = (decimal)(duration.Ticks % TimeSpan.TicksPerMinute) / TimeSpan.TicksPerSecond;
        Append(text, (long)duration.TotalHours, 'H');
        Append(text, duration.Minutes, 'M');
        if (seconds != 0 || text.Length == 2)
        {
            text.Append(seconds.ToString("0.#######", CultureInfo.InvariantCulture)).Append('S');
        }

        return text.ToString();
    }

    private static void Append(StringBuilder text, long number, char unit)
    {
        if (number != 0)
        {
            text.Append(number.ToString(CultureInfo.InvariantCulture)).Append(unit);
        }
    }

    private static bool TryNumber(ReadOnlySpan<char> digits, out decimal number, out bool fraction)
    {
        fraction = digits.ContainsAny('.', ',');
        Span<char> copy = stackalloc char[digits.Length];
        digits.Replace(copy, ',', '.');
        return decimal.TryParse(copy, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out number)
            && copy[0] != '.' && copy[^1] != '.';
    }

    private static long TicksOf(char unit, bool time) => unit switch
    {
        'Y' => 365 * TimeSpan.TicksPerDay,
        'M' when !time => 30 * TimeSpan.TicksPerDay,
        'W' => 7 * TimeSpan.TicksPerDay,
        'D' => TimeSpan.TicksPerDay,
        'H' => TimeSpan.TicksPerHour,
        'M' => TimeSpan.TicksPerMinute,
        _ => TimeSpan.TicksPerSecond,
    };
}
