using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Reaching;

/// <summary>How one thing gives control of another: the chosen proof, and the best ten, between pairs of which one reaches the other.</summary>
internal static class PathBenchmark
{
    private const int Pairs = 9;

    private static readonly List<string[]> s_rows = [];

    public static void Run(Estate estate, GraphSnapshot plain)
    {
        var side = new Side(plain);
        foreach (var open in (bool[])[false, true])
        {
            (string From, string To)[] pairs = [.. estate.SomeServices(open, Pairs).Select(estate.IdOf).Select((from, number) => (from, SomeResource(side, from, number))).Where(pair => pair.Item2 is not null)!];
            foreach (var count in (int[])[1, 10])
            {
                // The first round writes clauses and warms up.
                var (times, steps) = (new List<Measured>(), 0);
                for (var round = 0; round < 2; round++)
                {
                    times.Clear();
                    steps = 0;
                    foreach (var (from, to) in pairs)
                    {
                        times.Add(Measured.Of(() => steps += side.Path(from, to, count)));
                    }
                }

                double[] sorted = [.. times.Select(time => time.Cpu).Order()];
                s_rows.Add([$"{estate.Options.Edges:N0}", open ? "large" : "small", $"{pairs.Length}", $"{count}", $"{(double)steps / pairs.Length:0.0}", Page.Time(Measured.Middle(times.Select(time => time.Wall))), Page.Time(Measured.Middle(sorted)), Page.Time(sorted[^1])]);
                Console.Error.WriteLine(string.Join(" | ", s_rows[^1]));
            }
        }
    }

    public static void Print()
    {
        Page.Heading("How one thing gives control of another");
        Page.Columns("edges", "reach", "pairs", "proofs asked for", "steps told a pair", "wall, median", "CPU, median", "CPU, most");
        s_rows.ForEach(row => Page.Row(row));
    }

    /// <summary>Null where it reaches none.</summary>
    private static string? SomeResource(Side side, string from, int number)
    {
        string[] resources = [.. side.CertainlyReached(from).Where(id => id.StartsWith("aws:resource/", StringComparison.Ordinal)).Order(StringComparer.Ordinal)];
        return resources.Length == 0 ? null : resources[(number + 1) * (resources.Length - 1) / Pairs];
    }
}
