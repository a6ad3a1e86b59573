namespace IdentityGraph.Analyze.Mass;

/// <summary>What the bits of a block are.</summary>
public enum MassMethod : byte
{
    /// <summary>Whichever takes fewer blocks; starts, where it may be told to stop, for then those that are done are known.</summary>
    Quicker = 0,

    /// <summary>Starts: good for every graph.</summary>
    Starts,

    /// <summary>Targets, for every start from where nothing needs two things at once.</summary>
    Targets,
}

/// <summary>How to go about many starts at once.</summary>
public sealed record MassOptions
{
    public MassMethod Method { get; init; }

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
/// <param name="Done">Blocks finished.</param>
/// <param name="All">Blocks in all.</param>
/// <param name="Left">About how much longer, judged by the pace so far.</param>
public readonly record struct MassProgress(int Done, int All, TimeSpan Left);
