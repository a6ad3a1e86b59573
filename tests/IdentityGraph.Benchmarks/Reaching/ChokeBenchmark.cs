using IdentityGraph.Analyze.Dominance;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Reaching;

/// <summary>Choke points of everything at once beside one search of everything.</summary>
internal static class ChokeBenchmark
{
    private const int Most = 10;
    private const int Compared = 3;

    private static readonly List<string[]> s_rows = [];

    /// <param name="name">What is told of the estate and the starts.</param>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start; they are taken together.</param>
    public static void Run(string[] name, ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts)
    {
        Seed[] seeds = [.. starts.SelectMany(static start => start)];
        var plainly = new ReachOptions { WithoutProofs = true };
        var points = ChokePoints.Of(control, seeds, IsTarget, Most, default);
        Compare(control, seeds, points);
        var ways = ChokePoints.Ways(control, seeds, default);
        DominatorTree tree = null!;
        var runs = Measured.Interleaved(
            3,
            () => control.Reach(seeds, plainly),
            () => ChokePoints.Ways(control, seeds, default),
            () => tree = new DominatorTree(new NodeWays(ways, control.View.NodeCount)),
            () => ChokePoints.Of(control, seeds, IsTarget, Most, default));
        s_rows.Add(
        [
            .. name, $"{ways.Count:N0}", $"{ways.Out.Length:N0}", Page.Time(runs[0].Cpu), Page.Time(runs[1].Cpu), Page.Time(runs[2].Cpu), Page.Times(runs[2].Cpu / runs[0].Cpu), Page.Times((runs[1].Cpu + runs[2].Cpu) / runs[0].Cpu),
            Page.Time(runs[3].Cpu), $"{points.Candidates:N0}", $"{points.Tried:N0}", points.Points.Count == 0 ? "none" : $"{points.Points[0].Lost:N0} of {points.Targets:N0}",
        ]);
        Console.Error.WriteLine(string.Join(" | ", s_rows[^1]));
    }

    public static void Print()
    {
        Page.Heading("Choke points of everything");
        Page.Columns("edges", "estate", "starts", "how many", "literals attained", "edges between them", "one search of all, CPU", "laying out", "dominator tree", "× of the search", "both, × of the search", "ten choke points, exact, CPU", "candidates", "left out to know", "the first takes away");
        foreach (var row in s_rows)
        {
            Page.Row(row);
        }
    }

    private static bool IsTarget(Node node) => node.Kind == NodeKinds.Resource || node.Kind == NodeKinds.System;

    /// <summary>Some are compared with searches that leave the node out.</summary>
    private static void Compare(ControlGraph control, Seed[] seeds, ChokePoints points)
    {
        var whole = control.Reach(seeds).Attained.Where(IsTarget).ToList();
        foreach (var point in points.Points.Take(Compared))
        {
            var left = control.Reach(seeds, new ReachOptions { Avoid = node => node == point.Node });
            var lost = whole.Count(target => target.Index != point.Node && left[target].IsEmpty);
            if (lost != point.Lost || whole.Count != points.Targets)
            {
                throw new InvalidOperationException($"without {control.View[point.Node]} {lost} of {whole.Count} are lost, told {point.Lost} of {points.Targets}");
            }
        }
    }
}
