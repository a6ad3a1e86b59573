using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Benchmarks.Measuring;

namespace IdentityGraph.Benchmarks.Reaching;

/// <summary>One edge cut: who has to be counted again, beside counting everybody.</summary>
internal static class RecountBenchmark
{
    private const int Sampled = 300;
    private const int Compared = 10;

    private static readonly List<string[]> s_rows = [];

    /// <param name="name">What is told of the estate and the starts.</param>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="counted">What they reach.</param>
    /// <param name="all">Processor seconds of counting everybody again.</param>
    public static void Run(string[] name, ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, MassResult counted, double all)
    {
        var options = new MassOptions { Workers = 1 };
        MassRecount recount = null!;
        var first = Measured.Of(() =>
        {
            recount = MassRecount.Of(control, starts, counted.Summaries);
            recount.Without(new HashSet<int> { 0 }, options);
        });
        var runs = new List<(double Cpu, int Again)>();
        var dice = new Random(20_250_602);
        while (runs.Count < Sampled)
        {
            HashSet<int> cut = [dice.Next(control.View.EdgeCount)];
            if (!recount.Matters(cut))
            {
                continue;
            }

            IReadOnlyDictionary<int, ReachSummary> again = recount.Without(cut, options);
            if (runs.Count < Compared)
            {
                Compare(control, starts, counted, again, cut);
            }

            runs.Add((Measured.Of(() => again = recount.Without(cut, options)).Cpu, again.Count));
        }

        runs.Sort();
        s_rows.Add([.. name, Page.Time(all), Page.Time(first.Cpu), .. ((double[])[.5, .75, .9, .99]).Select(part => runs[(int)(part * Sampled)]).Select(run => $"{Page.Time(run.Cpu)} ({run.Again}; {Page.Times(all / run.Cpu)})")]);
        Console.Error.WriteLine(string.Join(" | ", s_rows[^1]));
    }

    public static void Print()
    {
        Page.Heading("One edge cut");
        Page.Columns("edges", "estate", "starts", "how many", "all again, CPU", "preparing, once, CPU", "p50", "p75", "p90", "p99");
        foreach (var row in s_rows)
        {
            Page.Row(row);
        }
    }

    private static void Compare(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, MassResult counted, IReadOnlyDictionary<int, ReachSummary> again, HashSet<int> cut)
    {
        for (var start = 0; start < starts.Count; start += Math.Max(1, starts.Count / 20))
        {
            var (alone, told) = (BlastRadius.Of(control.Reach(starts[start], new ReachOptions { DeadEdges = cut })), again.GetValueOrDefault(start) ?? counted.Summaries[start]!);
            if (alone.Nodes.Count != told.NodesIn(Cell.PossibleAmplified) || Math.Abs(alone.Raw - told.Raw) > 1e-6)
            {
                throw new InvalidOperationException($"without edge {cut.First()} {starts[start][0].Node} reaches {alone.Nodes.Count} alone, {told.NodesIn(Cell.PossibleAmplified)} counted again");
            }
        }
    }
}
