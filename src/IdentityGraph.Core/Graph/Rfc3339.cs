namespace IdentityGraph.Graph;

/// <summary>
/// Reads date-times of RFC 3339 section 5.6: `2025-06-02T08:00:00Z`, with decimals of a second and an offset where wanted.
/// Decimals beyond 100 ns are cut. A leap second (`:60`) is read as the second after it.
/// </summary>
internal static class Rfc3339
{
    private const int Shortest = 20;
    private const int Longest = 64;

    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is < Shortest or > Longest)
        {
            return false;
        }

        Span<byte> ascii = stackalloc byte[text.Length];
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] > 0x7F)
            {
                return false;
            }

            ascii[i] = (byte)text[i];
        }

        return TryParse(ascii, out instant);
    }

    public static bool TryParse(ReadOnlySpan<byte> text, out DateTimeOffset instant)
    {
        instant = default;
        if (text.Length is < Shortest or > Longest
            || text[4] != '-' || text[7] != '-' || (text[10] | 0x20) != 't' || text[13] != ':' || text[16] != ':')
        {
            return false;
        }

        var year = (Two(text) * 100) + Two(text[2..]);
        var month = Two(text[5..]);
        var day = Two(text[8..]);
        var hour = Two(text[11..]);
        var minute = Two(text[14..]);
        var second = Two(text[17..]);
        if (Two(text) < 0 || Two(text[2..]) < 0 || year < 1 || month is < 1 or > 12 || day < 1 || day > DateTime.DaysInMonth(year, month)
            || hour is < 0 or > 23 || minute is < 0 or > 59 || second is < 0 or > 60)
        {
            return false;
        }

        var rest = text[19..];
        if (!TryFraction(ref rest, out var fraction) || !TryOffset(rest, out var offset))
        {
            return false;
        }

        var ticks = new DateTime(year, month, day, hour, minute, 0, DateTimeKind.Unspecified).Ticks
            + (second * TimeSpan.TicksPerSecond) + fraction - (offset * TimeSpan.TicksPerMinute);
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }

        instant = new DateTimeOffset(ticks, TimeSpan.Zero);
        return true;
    }

    /// <summary>Two digits, or a negative number.</summary>
    private static int Two(ReadOnlySpan<byte> text)
    {
        var tens = (uint)(text[0] - '0');
        var ones = (uint)(text[1] - '0');
        return tens > 9 || ones > 9 ? -1 : (int)((tens * 10) + ones);
    }

    private static bool TryFraction(ref ReadOnlySpan<byte> rest, out long ticks)
    {
        ticks = 0;
        if (rest[0] != '.')
        {
            return true;
        }

        var digits = rest[1..].IndexOfAnyExceptInRange((byte)'0', (byte)'9');
        if (digits < 1)
        {
            return false;
        }

        for (var i = 0; i < 7; i++)
        {
            ticks = (ticks * 10) + (i < digits ? rest[1 + i] - '0' : 0);
        }

        rest = rest[(1 + digits)..];
        return true;
    }

    private static bool TryOffset(ReadOnlySpan<byte> rest, out int minutes)
    {
        minutes = 0;
        if (rest.Length == 1)
        {
            return (rest[0] | 0x20) == 'z';
        }

        if (rest.Length != 6 || rest[0] is not ((byte)'+' or (byte)'-') || rest[3] != ':')
        {
            return false;
        }

        var (h, m) = (Two(rest[1..]), Two(rest[4..]));
        minutes = ((h * 60) + m) * (rest[0] == '-' ? -1 : 1);
        return h is >= 0 and <= 23 && m is >= 0 and <= 59;
    }
}
