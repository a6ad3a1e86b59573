using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;

namespace IdentityGraph.Benchmarks.Reaching;

/// <summary>
/// Everything at once on estates larger than a snapshot of them would be let to be: the graph it is counted on is laid out straight
/// from the dice.
/// </summary>
internal static class StraightBenchmark
{
    private static readonly List<string[]> s_rows = [];

    public static void Run(int edges)
    {
        var estate = new Estate(new EstateOptions(edges, Full: false));
        StraightEstate straight = null!;
        var laid = Measured.Of(() => straight = new StraightEstate(estate));
        Console.Error.WriteLine($"{edges:N0} edges laid out: {Page.Time(laid.Wall)}, {straight.Graph.Count:N0} literals, {straight.Graph.Out.Length:N0} edges between them, {Page.MiB(straight.Bytes)}, peak {Page.MiB(Machine.PeakResident())}");
        MassResult result = null!;
        var counted = Measured.Of(() => result = straight.Count(new MassOptions { Workers = 1, Time = new ProcessorTime() }, default));
        var costs = result.Costs;
        Console.Error.WriteLine($"counted: {Page.Time(counted.Wall)}, CPU {Page.Time(counted.Cpu)}, preparing {Page.Time(costs.Preparing.TotalSeconds)}, passing {Page.Time(costs.Passing.TotalSeconds)}, peak {Page.MiB(Machine.PeakResident())}");
        var both = Measured.Of(() => straight.Count(new MassOptions(), default));
        var peak = Machine.PeakResident();
        var whole = 0.0;
        foreach (var (what, open, wanted) in ((string, bool, int)[])[("sparse part", false, 1_000), ("dense part", true, 6)])
        {
            int[] starts = [.. Starts(estate, open)];
            var (alone, sampled) = Alone(straight, result, Sample(starts, wanted));
            s_rows.Add(["", "", what, Page.Count(starts.Length), $"{starts.Average(start => result.Summaries[start]!.NodesIn(Cell.PossibleAmplified)):N0}", .. Enumerable.Repeat("", 8), Page.Time(alone * starts.Length), $"{sampled}", "", ""]);
            whole += alone * starts.Length;
        }

        s_rows.Add(
        [
            $"{estate.Nodes:N0}", $"{edges:N0}", "whole", Page.Count(result.Summaries.Count), $"{result.Summaries.Average(one => one!.NodesIn(Cell.PossibleAmplified)):N0}",
            Page.Time(laid.Cpu), $"{(double)straight.Bytes / edges:0.0} B", Page.Count(costs.Parts), Page.Count(costs.Edges),
            Page.Time(counted.Cpu), Page.Time(costs.Preparing.TotalSeconds), Page.Time(both.Wall), Machine.ShareOfLines(costs.EdgesPassed / costs.Passing.TotalSeconds), Page.Time(whole), "", Page.Times(whole / counted.Cpu), Page.MiB(peak),
        ]);
        s_rows.TakeLast(3).ToList().ForEach(static row => Console.Error.WriteLine(string.Join(" | ", row)));
    }

    public static void Print()
    {
        Page.Heading("Every service identity and credential at once, laid out straight");
        Page.Columns("nodes", "edges", "starts", "how many", "nodes each", "laying out, CPU", "an edge", "parts", "their edges", "at once, 1 thread, CPU", "of it condensing", "at once, all cores, wall", "inner loop, 1 thread", "one after the other, CPU", "sampled", "×", "most memory");
        s_rows.ForEach(row => Page.Row(row));
    }

    private static IEnumerable<int> Starts(Estate estate, bool open)
    {
        var number = 0;
        foreach (var part in (EstatePart[])[estate.Services, estate.Credentials])
        {
            for (var node = part.First; node < part.First + part.Count; node++, number++)
            {
                if (estate.IsOpen(part.UnitOf(node)) == open)
                {
                    yield return number;
                }
            }
        }
    }

    private static int[] Sample(int[] starts, int wanted) => [.. Enumerable.Range(0, Math.Min(wanted, starts.Length)).Select(i => starts[(long)i * starts.Length / Math.Min(wanted, starts.Length)])];

    /// <summary>Processor seconds of one search, each compared with what was counted at once.</summary>
    private static (double Seconds, int Sampled) Alone(StraightEstate straight, MassResult result, int[] sample)
    {
        var (seen, found) = (new byte[straight.Graph.Count], new List<int>());
        foreach (var start in sample)
        {
            var (alone, together) = (straight.Search(start, seen, found), result.Summaries[start]!);
            if (alone.Nodes != together.NodesIn(Cell.PossibleAmplified) || Math.Abs(((double)alone.Score / Sums.Fraction) - together.Raw) > 1e-6)
            {
                throw new InvalidOperationException($"start {start} reaches {alone.Nodes} alone, {together.NodesIn(Cell.PossibleAmplified)} with the others");
            }
        }

        var run = Measured.Interleaved(1, warm: 0, () => Array.ForEach(sample, start => straight.Search(start, seen, found)))[0];
        return (run.Cpu / sample.Length, sample.Length);
    }
}
