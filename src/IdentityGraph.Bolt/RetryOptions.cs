namespace IdentityGraph.Bolt;

/// <summary>How often a managed transaction is run again after a failure that may pass.</summary>
public sealed record RetryOptions
{
    /// <summary>Wait before the second try; each further wait is <see cref="Multiplier"/> times as long.</summary>
    public TimeSpan InitialDelay { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>How much longer each wait is than the one before.</summary>
    public double Multiplier { get; init; } = 2;

    /// <summary>Each wait is longer or shorter by up to this part of it, by chance, so that clients do not all come back at once.</summary>
    public double Jitter { get; init; } = 0.2;

    /// <summary>No new try is begun when this has passed since the first began.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>How long to wait.</summary>
    /// <param name="failures">Tries that failed so far, from 1.</param>
    /// <param name="random">Chance.</param>
    internal TimeSpan DelayAfter(int failures, Random random)
    {
        var mean = Math.Min(InitialDelay.TotalMilliseconds * Math.Pow(Multiplier, failures - 1), MaxTime.TotalMilliseconds);
        return TimeSpan.FromMilliseconds(mean * (1 + (((random.NextDouble() * 2) - 1) * Jitter)));
    }
}
