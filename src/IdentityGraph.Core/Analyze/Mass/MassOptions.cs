namespace IdentityGraph.Analyze.Mass;

/// <summary>How to go about many starts at once.</summary>
public sealed record MassOptions
{
    /// <summary>Ends it early, quietly: starts that were not finished then have no summary.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>Told as blocks are finished.</summary>
    public IProgress<MassProgress>? Progress { get; init; }

    /// <summary>Most memory the rows of bits may take, in bytes; workers are left out to keep to it. One always runs.</summary>
    public long RowMemory { get; init; } = 2L << 30;

    /// <summary>Most workers side by side.</summary>
    public int Workers { get; init; } = Environment.ProcessorCount;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}

/// <summary>How far it has come.</summary>
/// <param name="Done">Starts finished.</param>
/// <param name="All">Starts asked for.</param>
/// <param name="Left">About how much longer, judged by the pace so far; null: too early to say.</param>
public readonly record struct MassProgress(int Done, int All, TimeSpan? Left);
