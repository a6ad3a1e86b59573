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
        JsonValueKind.String => Plain(json) ?? (json.GetString() is { } text ? Read(text) : null),
        _ => null,
    };

    /// <summary>The usual spelling, quickly.</summary>
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
