using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Reaching;

/// <summary>The reach of every service identity and credential at once beside our own search of one after the other.</summary>
internal static class MassBenchmark
{
    private static readonly List<string[]> s_rows = [];

    public static void Run(Estate estate, GraphSnapshot snapshot)
    {
        var view = snapshot.At(EstateLines.Day);
        foreach (var (what, open) in ((string, bool?)[])[("sparse part", false), ("dense part", true), ("whole", null)])
        {
            var control = ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer);
            var starts = Starts(estate, open).Select(node => Seeding.Of(view.Find(estate.IdOf(node))!.Value, control.Liveness)).ToList();
            MassResult result = null!;
            var first = Measured.Of(() => result = MassReach.Of(control, starts, new MassOptions()));
            var cold = result.Costs;
            var both = Measured.Interleaved(3, () => result = MassReach.Of(control, starts, new MassOptions { Workers = 1, Time = new ProcessorTime() }), () => MassReach.Of(control, starts, new MassOptions()));
            var one = both[0];
            IReadOnlyList<ReachEstimate> estimates = [];
            var sketch = Measured.Of(() => estimates = ReachSketch.Of(control, starts));
            var off = Measured.Middle(estimates.Zip(result.Summaries).Where(one => one.Second!.NodesIn(Cell.CertainAmplified) > 0).Select(one => Math.Abs((one.First.Nodes / one.Second!.NodesIn(Cell.CertainAmplified)) - 1)));
            var (alone, sampled) = Alone(control, starts, result, open == true ? 20 : 200);
            var estimate = alone / sampled * starts.Count;
            s_rows.Add(
            [
                $"{estate.Options.Edges:N0}", estate.Options.Full ? "full" : "plain", what, Page.Count(starts.Count), $"{result.Summaries.Average(one => one!.NodesIn(Cell.PossibleAmplified)):N0}",
                Page.Time(cold.Preparing.TotalSeconds), Page.Time(result.Costs.Preparing.TotalSeconds), Page.Time(cold.Counting.TotalSeconds), Page.Time(result.Costs.Counting.TotalSeconds),
                $"{result.Costs.Cells}", Page.Count(result.Costs.Parts), Page.Count(result.Costs.Edges),
                Machine.ShareOfLines(result.Costs.EdgesPassed / result.Costs.Passing.TotalSeconds), Page.MiB(result.Costs.RowBytes),
                $"{Page.Time(estimate)} ({sampled} sampled)", Page.Time(one.Cpu), Page.Times(estimate / one.Cpu), Page.Time(both[1].Wall), Page.Times(estimate / both[1].Wall), Page.Time(sketch.Cpu), $"{off:P0}", Page.MiB(first.Allocated),
            ]);
            Console.Error.WriteLine(string.Join(" | ", s_rows[^1]));
            RecountBenchmark.Run(s_rows[^1][..4], control, starts, result, one.Cpu);
            ChokeBenchmark.Run(s_rows[^1][..4], control, starts);
        }
    }

    public static void Print()
    {
        Page.Heading("Every service identity and credential at once");
        Page.Columns("edges", "estate", "starts", "how many", "nodes each", "preparing, first time", "preparing again", "counting, 2 threads", "counting, 1 thread", "graphs", "parts", "edges", "inner loop, 1 thread", "rows", "one after the other, CPU", "at once again, 1 thread, CPU", "×", "at once again, all cores, wall", "×", "estimate, CPU", "off by, median", "allocated");
        foreach (var row in s_rows)
        {
            Page.Row(row);
        }
    }

    private static IEnumerable<int> Starts(Estate estate, bool? open)
    {
        foreach (var part in (EstatePart[])[estate.Services, estate.Credentials])
        {
            for (var node = part.First; node < part.First + part.Count; node++)
            {
                if (open is null || estate.IsOpen(part.UnitOf(node)) == open)
                {
                    yield return node;
                }
            }
        }
    }

    /// <summary>Processor seconds of searching a sample one after the other, each compared with what was counted at once.</summary>
    private static (double Seconds, int Sampled) Alone(ControlGraph control, List<IReadOnlyList<Seed>> starts, MassResult result, int wanted)
    {
        var sample = Enumerable.Range(0, Math.Min(wanted, starts.Count)).Select(i => (int)((long)i * starts.Count / Math.Min(wanted, starts.Count))).ToArray();
        foreach (var start in sample)
        {
            var (alone, together) = (BlastRadius.Of(control.Reach(starts[start])), result.Summaries[start]!);
            if (alone.Nodes.Count != together.NodesIn(Cell.PossibleAmplified) || Math.Abs(alone.Raw - together.Raw) > 1e-6)
            {
                throw new InvalidOperationException($"{starts[start][0].Node} reaches {alone.Nodes.Count} alone, {together.NodesIn(Cell.PossibleAmplified)} with the others");
            }
        }

        var plainly = new ReachOptions { WithoutProofs = true };
        var run = Measured.Interleaved(3, () => Array.ForEach(sample, start => control.Reach(starts[start], plainly)))[0];
        return (run.Cpu, sample.Length);
    }
}
