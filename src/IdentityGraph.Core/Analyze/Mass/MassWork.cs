namespace IdentityGraph.Analyze.Mass;

/// <summary>Hands blocks of work out to workers, each with its own rows, and tells how far it has come.</summary>
/// <param name="options">How many workers, and how much memory.</param>
/// <param name="rowBytes">What the rows of one worker take.</param>
/// <param name="rows">Makes the rows of a worker.</param>
internal sealed class MassWork(MassOptions options, long rowBytes, Func<Rows> rows)
{
    private readonly long _begun = options.Time.GetTimestamp();

    /// <summary>How many work side by side within the memory allowed; one at least.</summary>
    public int Workers { get; } = (int)Math.Clamp(options.RowMemory / Math.Max(1, rowBytes), 1, Math.Max(1, options.Workers));

    /// <summary>Does every block; stops where one says so by false.</summary>
    /// <param name="blocks">How many.</param>
    /// <param name="before">Blocks done before these.</param>
    /// <param name="all">Blocks there are in all.</param>
    /// <param name="work">What to do; its rows are clear before and after, unless it stops.</param>
    public void Run(int blocks, int before, int all, Func<int, Rows, bool> work)
    {
        var (next, done) = (-1, 0);
        Parallel.For(0, Math.Min(Workers, blocks), new ParallelOptions { MaxDegreeOfParallelism = Workers }, _ =>
        {
            using var own = rows();
            while (Interlocked.Increment(ref next) is var block && block < blocks && work(block, own))
            {
                var finished = before + Interlocked.Increment(ref done);
                options.Progress?.Report(new MassProgress(finished, all, options.Time.GetElapsedTime(_begun) * ((double)(all - finished) / finished)));
            }
        });
    }
}
