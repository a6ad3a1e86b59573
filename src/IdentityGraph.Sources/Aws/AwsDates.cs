using System.Globalization;
using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>Times as the AWS command line prints them: `2019-12-18T19:10:08Z`, `2019-12-18 19:10:08+00:00`, or seconds since 1970.</summary>
internal static class AwsDates
{
    /// <summary>UTC; null where there is none or it cannot be read. A time without a zone is none.</summary>
    public static DateTimeOffset? Read(JsonValue json) => json.ValueKind switch
    {
        JsonValueKind.Number when json.TryGetDouble(out var seconds) && Math.Abs(seconds) < 1e11 => DateTimeOffset.UnixEpoch.AddSeconds(seconds),
        JsonValueKind.String => Usual(json.Bytes) ?? Plain(json) ?? (json.GetString() is { } text ? Read(text) : null),
        _ => null,
    };

    /// <summary>`2019-12-18T19:10:08Z` or `…+00:00`, quickly; null: it is written otherwise.</summary>
    private static DateTimeOffset? Usual(ReadOnlySpan<byte> text)
    {
        if (text.Length is not (20 or 25) || (text[4], text[7], text[10], text[13], text[16]) != ((byte)'-', (byte)'-', (byte)'T', (byte)':', (byte)':') || !(text[19..].SequenceEqual("Z"u8) || text[19..].SequenceEqual("+00:00"u8)))
        {
            return null;
        }

        var (year, month, day) = ((Two(text) * 100) + Two(text[2..]), Two(text[5..]), Two(text[8..]));
        var (hour, minute, second) = (Two(text[11..]), Two(text[14..]), Two(text[17..]));
        return year > 0 && month is >= 1 and <= 12 && day >= 1 && Math.Min(Math.Min(hour, minute), second) >= 0 && hour < 24 && minute < 60 && second < 60 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTimeOffset(year, month, day, hour, minute, second, TimeSpan.Zero)
            : null;
    }

    /// <summary>A number of two digits; far below 0 where it is none.</summary>
    private static int Two(ReadOnlySpan<byte> text) => char.IsAsciiDigit((char)text[0]) && char.IsAsciiDigit((char)text[1]) ? ((text[0] - '0') * 10) + text[1] - '0' : -10_000;

    /// <summary>Another usual spelling, quickly.</summary>
    private static DateTimeOffset? Plain(JsonValue json)
    {
        var text = json.Bytes;
        return text.Length >= 20 && text[10] == 'T' && text[16] == ':' && (text[^1] == 'Z' || text[^6] is (byte)'+' or (byte)'-') && json.TryGetDateTimeOffset(out var instant) ? instant.ToUniversalTime() : null;
    }

    public static DateTimeOffset? Read(string text) =>
        DateTimeOffset.TryParseExact(text, ["yyyy-MM-dd'T'HH:mm:ssK", "yyyy-MM-dd' 'HH:mm:ssK", "yyyy-MM-dd'T'HH:mm:ss.FFFFFFFK", "yyyy-MM-dd' 'HH:mm:ss.FFFFFFFK"], CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant)
        && (text.EndsWith('Z') || text.AsSpan(Math.Min(10, text.Length)).ContainsAny('+', '-'))
            ? instant
            : null;
}
