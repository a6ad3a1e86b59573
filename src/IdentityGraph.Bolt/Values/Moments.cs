namespace IdentityGraph.Bolt.Values;

/// <summary>Seconds and nanoseconds since 1970 against .NET's ticks since year 1.</summary>
internal static class Moments
{
    public static (long Seconds, int Nanoseconds) SinceEpoch(long ticks)
    {
        var since = ticks - DateTime.UnixEpoch.Ticks;
        var seconds = since >= 0 ? since / TimeSpan.TicksPerSecond : ((since + 1) / TimeSpan.TicksPerSecond) - 1;
        return (seconds, (int)(since - (seconds * TimeSpan.TicksPerSecond)) * 100);
    }

    /// <exception cref="OverflowException">No such moment in .NET.</exception>
    public static long Ticks(long seconds, long nanoseconds) =>
        checked((seconds * TimeSpan.TicksPerSecond) + (nanoseconds / 100) + DateTime.UnixEpoch.Ticks);
}
