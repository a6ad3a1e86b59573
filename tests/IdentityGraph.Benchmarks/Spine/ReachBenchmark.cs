using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Benchmarks.Reaching;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Spine;

/// <summary>The blast radius of one service identity beside plain breadth-first search over objects, and on a full estate.</summary>
internal static class ReachBenchmark
{
    private static readonly List<string[]> s_rows = [];

    public static void Run(Estate estate, GraphSnapshot plain, GraphSnapshot full)
    {
        var objects = new PlainEstate(estate);
        foreach (var open in (bool[])[false, true])
        {
            // A fresh facade and control graph for each, so that the first question pays what a first question pays.
            var (onPlain, onFull) = (new Side(plain), new Side(full));
            var largest = estate.Options.Edges > 1_000_000;
            var large = open && largest;
            int[] seeds = [.. estate.SomeServices(open, large ? 2 : open ? 5 : 20)];
            var firstPlain = Measured.Of(() => onPlain.Search(estate.IdOf(seeds[0]), proofs: false));
            var firstFull = Measured.Of(() => onFull.Search(estate.IdOf(seeds[0]), proofs: false));
            int[] reached = [.. seeds.Select(seed => Same(objects[seed], onPlain))];
            var reachedFull = Measured.Middle(seeds.Select(seed => (double)onFull.Ask(estate.IdOf(seed), proofs: false)));
            var proofs = !largest;
            var measured = Measured.Interleaved(
                large ? 1 : 5,
                () => Each(seed => PlainEstate.Search(objects[seed])),
                () => Each(seed => onPlain.Search(estate.IdOf(seed), proofs: false)),
                () => Each(seed => onPlain.Ask(estate.IdOf(seed), proofs: false)),
                () => Each(seed => _ = proofs ? onPlain.ReadProofs(estate.IdOf(seed)) : 0),
                () => Each(seed => onFull.Search(estate.IdOf(seed), proofs: false)),
                () => Each(seed => onFull.Ask(estate.IdOf(seed), proofs: false)),
                () => Each(seed => _ = proofs ? onFull.ReadProofs(estate.IdOf(seed)) : 0));
            var size = $"{estate.Options.Edges:N0}";
            var kind = open ? "large" : "small";
            Add("plain search over objects", measured[0], reached.Median());
            Add("engine, first question", firstPlain, reached[0], 1);
            Add("engine", measured[1], reached.Median());
            Add("facade, no proofs", measured[2], reached.Median());
            Add("facade, a proof each", measured[3], reached.Median());
            Add("full estate: engine, first question", firstFull, reachedFull, 1);
            Add("full estate: engine", measured[4], reachedFull);
            Add("full estate: facade, no proofs", measured[5], reachedFull);
            Add("full estate: facade, a proof each", measured[6], reachedFull);

            void Each(Action<int> ask)
            {
                foreach (var seed in seeds)
                {
                    ask(seed);
                }
            }

            void Add(string what, Measured run, double nodes, int? asked = null)
            {
                var count = asked ?? seeds.Length;
                var skipped = !proofs && what.EndsWith("each", StringComparison.Ordinal);
                s_rows.Add(skipped
                    ? [size, kind, what, Page.Count((long)nodes), "not run", "", "", ""]
                    : [size, kind, what, Page.Count((long)nodes), Page.Time(run.Wall / count), Page.Time(run.Cpu / count), Page.MiB(run.Allocated / (double)count),
                        Page.Times(run.Wall / count / (measured[0].Wall / seeds.Length))]);
            }
        }
    }

    public static void Print()
    {
        Page.Heading("Blast radius of one service identity");
        Page.Text($"Small: 20 seeds of the sparse part; large: 5 of the dense part (2 at the largest size). Time of one question: all seeds in turn, median of 5 rounds (1 for large above a million edges, where no proofs are told), divided by their number. On the plain estate every answer was compared with plain search before anything was printed: the same ids, all certain. Nodes are the median of the seeds. × is against plain search over the same edges.");
        Page.Columns("edges", "reach", "what", "nodes told", "wall", "CPU", "allocated", "×");
        foreach (var row in s_rows)
        {
            Page.Row(row);
        }
    }

    /// <summary>How many nodes both told; throws where they differ.</summary>
    private static int Same(PlainNode seed, Side side)
    {
        var expected = PlainEstate.Search(seed)
            .Where(node => node != seed && node.Kind != NodeKinds.Group && node.Kind != NodeKinds.Role)
            .Select(node => node.Id)
            .ToHashSet(StringComparer.Ordinal);
        var told = side.CertainlyReached(seed.Id);
        return expected.SetEquals(told) ? told.Count : throw new InvalidOperationException($"plain search finds {expected.Count} from {seed.Id}, the product {told.Count}");
    }

    private static double Median(this int[] figures) => Measured.Middle(figures.Select(figure => (double)figure));
}
