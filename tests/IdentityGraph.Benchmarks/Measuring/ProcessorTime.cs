namespace IdentityGraph.Benchmarks.Measuring;

/// <summary>A clock that runs while this process does: what is measured by it on one thread is not what others took of the machine meanwhile.</summary>
internal sealed class ProcessorTime : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Environment.CpuUsage.TotalTime.Ticks;
}
