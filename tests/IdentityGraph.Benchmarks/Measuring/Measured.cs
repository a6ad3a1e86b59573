using System.Diagnostics;

namespace IdentityGraph.Benchmarks.Measuring;

/// <summary>What one run of something took.</summary>
/// <param name="Wall">Seconds by the clock.</param>
/// <param name="Cpu">Seconds of processor time of the whole process, every thread.</param>
/// <param name="Allocated">Bytes allocated on the managed heap.</param>
internal readonly record struct Measured(double Wall, double Cpu, long Allocated)
{
    public static Measured Of(Action work)
    {
        using var process = Process.GetCurrentProcess();
        var allocated = GC.GetTotalAllocatedBytes(precise: true);
        var cpu = process.TotalProcessorTime;
        var clock = Stopwatch.StartNew();
        work();
        clock.Stop();
        process.Refresh();
        return new(clock.Elapsed.TotalSeconds, (process.TotalProcessorTime - cpu).TotalSeconds, GC.GetTotalAllocatedBytes(precise: true) - allocated);
    }

    /// <summary>Each figure's own median.</summary>
    public static Measured Median(IReadOnlyList<Measured> runs) =>
        new(Middle(runs.Select(run => run.Wall)), Middle(runs.Select(run => run.Cpu)), (long)Middle(runs.Select(run => (double)run.Allocated)));

    public static double Middle(IEnumerable<double> figures)
    {
        double[] sorted = [.. figures.Order()];
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>
    /// Runs the alternatives in turn, so that a bad minute of the machine falls on all of them; one round more than counted, to warm up.
    /// </summary>
    /// <returns>The median of each, in the order given.</returns>
    public static Measured[] Interleaved(int rounds, params Action[] alternatives) => Interleaved(rounds, warm: 1, alternatives);

    /// <inheritdoc cref="Interleaved(int, Action[])"/>
    /// <param name="rounds">Rounds counted.</param>
    /// <param name="warm">Rounds before them: the runtime compiles code well only once it was called often, and the parser of the framework comes compiled.</param>
    /// <param name="alternatives">What is measured.</param>
    public static Measured[] Interleaved(int rounds, int warm, params Action[] alternatives)
    {
        var runs = Array.ConvertAll(alternatives, _ => new List<Measured>());
        for (var round = -warm; round < rounds; round++)
        {
            for (var i = 0; i < alternatives.Length; i++)
            {
                GC.Collect();
                var run = Of(alternatives[i]);
                if (round >= 0)
                {
                    runs[i].Add(run);
                }
            }
        }

        return Array.ConvertAll(runs, Median);
    }
}
