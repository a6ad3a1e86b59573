using System.Globalization;
using System.Net;

namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>Values of conditions as numbers, moments and networks.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html</remarks>
internal static class ConditionValues
{
    private static readonly string[] s_dates = ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd'T'HH:mmK", "yyyy-MM-dd", "yyyy-MM"];

    /// <summary>Whether a stated number is in the given order to one of the values: −1 below it, 0 equal, 1 above. Null: something is no number.</summary>
    public static bool? Numbers(IReadOnlyList<string> values, string stated, Func<int, bool> holds) => Compare(values, stated, Number, holds);

    /// <summary>The same of moments.</summary>
    public static bool? Dates(IReadOnlyList<string> values, string stated, Func<int, bool> holds) => Compare(values, stated, Date, holds);

    /// <summary>Whether a stated address is in one of the ranges; null: something is no address.</summary>
    public static bool? Networks(IReadOnlyList<string> values, string stated)
    {
        if (!IPAddress.TryParse(stated, out var address))
        {
            return null;
        }

        var within = false;
        foreach (var value in values)
        {
            if (Range(value) is not { } range)
            {
                return null;
            }

            within |= range.Contains(address);
        }

        return within;
    }

    /// <summary>An address alone is a range of one; bits behind the length are passed over.</summary>
    private static IPNetwork? Range(string value)
    {
        var slash = value.IndexOf('/', StringComparison.Ordinal);
        if (!IPAddress.TryParse(slash < 0 ? value : value.AsSpan(0, slash), out var address))
        {
            return null;
        }

        var bytes = address.GetAddressBytes();
        var bits = bytes.Length * 8;
        if (slash >= 0 && (!int.TryParse(value.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out bits) || bits > bytes.Length * 8))
        {
            return null;
        }

        for (var bit = bits; bit < bytes.Length * 8; bit++)
        {
            bytes[bit >> 3] &= (byte)~(0x80 >> (bit & 7));
        }

        return new IPNetwork(new IPAddress(bytes), bits);
    }

    /// <summary>Seconds since 1970, written so or as a date of W3C ISO 8601; null where it is neither.</summary>
    public static decimal? Date(string text) =>
        DateTimeOffset.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            ? (date - DateTimeOffset.UnixEpoch).Ticks / (decimal)TimeSpan.TicksPerSecond
            : Number(text);

    private static decimal? Number(string text) => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : null;

    private static bool? Compare(IReadOnlyList<string> values, string stated, Func<string, decimal?> read, Func<int, bool> holds)
    {
        if (read(stated) is not { } known)
        {
            return null;
        }

        var any = false;
        foreach (var value in values)
        {
            if (read(value) is not { } number)
            {
                return null;
            }

            any |= holds(known.CompareTo(number));
        }

        return any;
    }
}
