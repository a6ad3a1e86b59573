using System.Globalization;

namespace IdentityGraph.Graph;

/// <summary>Instants: RFC 3339, always UTC inside; columns hold UTC ticks (100 ns since year 1).</summary>
public static class Instants
{
    /// <summary>No beginning known: earlier than every instant.</summary>
    public const long Earliest = long.MinValue;

    /// <summary>No end: later than every instant.</summary>
    public const long Latest = long.MaxValue;

    /// <summary>With `Z`, and as many decimals of a second as are needed.</summary>
    public static string ToText(DateTimeOffset instant) =>
        instant.UtcDateTime.ToString(instant.UtcTicks % TimeSpan.TicksPerSecond == 0 ? "yyyy-MM-dd'T'HH:mm:ss'Z'" : "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'", CultureInfo.InvariantCulture);

    /// <summary>Since ever, as an instant that can be told apart from none: what a what-if says without a beginning.</summary>
    internal const long Always = 0;

    /// <summary>Text of UTC ticks; null for <see cref="Earliest"/>, <see cref="Latest"/> and since ever.</summary>
    public static string? ToText(long ticks) => ticks is Earliest or Latest or Always ? null : ToText(FromTicks(ticks));

    public static DateTimeOffset FromTicks(long ticks) => new(ticks, TimeSpan.Zero);

    /// <summary>Null for <see cref="Earliest"/>, <see cref="Latest"/> and since ever.</summary>
    public static DateTimeOffset? FromTicksOrNull(long ticks) => ticks is Earliest or Latest or Always ? null : FromTicks(ticks);

    /// <summary>RFC 3339 with `Z` or an offset (converted to UTC); a local time without either is refused.</summary>
    public static bool TryParse(ReadOnlySpan<char> text, out DateTimeOffset instant) => Rfc3339.TryParse(text, out instant);

    /// <summary>The same from UTF-8.</summary>
    public static bool TryParse(ReadOnlySpan<byte> utf8, out DateTimeOffset instant) => Rfc3339.TryParse(utf8, out instant);
}
