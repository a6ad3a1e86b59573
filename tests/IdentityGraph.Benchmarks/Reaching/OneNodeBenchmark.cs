using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Reaching;

/// <summary>The blast radius of one service identity beside the ways one would find it without us, on an estate where those find the same.</summary>
internal static class OneNodeBenchmark
{
    private const int Rounds = 7;

    // The runtime compiles code well only once it was called often, the library's like ours.
    private const int Warm = 4;

    private static readonly List<string[]> s_rows = [];

    /// <param name="estate">Plain.</param>
    /// <param name="plain">Its snapshot.</param>
    /// <param name="full">The same company with gates, levels and unknowns; null: left out.</param>
    public static void Run(Estate estate, GraphSnapshot plain, GraphSnapshot? full)
    {
        var (objects, library) = (new PlainEstate(estate), new LibraryGraph(estate));
        var (onPlain, onFull) = (new Side(plain), full is null ? null : new Side(full));
        foreach (var open in (bool[])[false, true])
        {
            var proofs = estate.Options.Edges <= (open ? 100_000 : 1_000_000);
            int[] seeds = [.. estate.SomeServices(open, open ? 3 : 20)];
            int[] reached = [.. seeds.Select(seed => Same(estate, objects, library, seed, onPlain))];
            var first = Measured.Of(() => new Side(plain).Search(estate.IdOf(seeds[0]), proofs: false));
            var (names, work) = (new List<string>(), new List<Action>());
            Add("general library: every vertex coloured, edges as objects, events", seed => library.Search(seed));
            Add("HashSet and Queue over lists of objects", seed => PlainEstate.Search(objects[seed]));
            Add("engine, ready for proofs", seed => onPlain.Search(estate.IdOf(seed), proofs: true));
            Add("engine", seed => onPlain.Search(estate.IdOf(seed), proofs: false));
            Add("engine and score", seed => onPlain.Measure(estate.IdOf(seed)));
            Add("facade, no proofs", seed => onPlain.Ask(estate.IdOf(seed), proofs: false));
            Add("facade, no proofs, every node read", seed => onPlain.Read(estate.IdOf(seed)));
            Add("facade, proofs, none read", seed => onPlain.Ask(estate.IdOf(seed), proofs: true));
            if (proofs)
            {
                Add("facade, proofs, all read", seed => onPlain.ReadProofs(estate.IdOf(seed)));
            }

            if (onFull is not null)
            {
                Add("engine, full estate", seed => onFull.Search(estate.IdOf(seed), proofs: false));
                Add("facade, full estate, no proofs", seed => onFull.Ask(estate.IdOf(seed), proofs: false));
            }

            var measured = Measured.Interleaved(Rounds, Warm, [.. work]);
            for (var i = 0; i < work.Count; i++)
            {
                Row(names[i], measured[i], seeds.Length);
            }

            Row("engine, first question of a graph: clauses are written", first, 1);

            void Add(string what, Action<int> ask)
            {
                names.Add(what);
                work.Add(() => Array.ForEach(seeds, ask));
            }

            void Row(string what, Measured run, int count)
            {
                s_rows.Add(
                [
                    $"{estate.Options.Edges:N0}", open ? "large" : "small", Page.Count((long)Measured.Middle(reached.Select(one => (double)one))), what,
                    Page.Time(run.Wall / count), Page.Time(run.Cpu / count), Page.MiB(run.Allocated / (double)count), Page.Times(measured[0].Cpu / seeds.Length / (run.Cpu / count)),
                ]);
                Console.Error.WriteLine(string.Join(" | ", s_rows[^1]));
            }
        }
    }

    public static void Print()
    {
        Page.Heading("Blast radius of one service identity");
        Page.Columns("edges", "reach", "nodes told", "what", "wall", "CPU", "allocated", "× the library, CPU");
        foreach (var row in s_rows)
        {
            Page.Row(row);
        }
    }

    /// <summary>How many nodes all of them tell; throws where they differ.</summary>
    private static int Same(Estate estate, PlainEstate objects, LibraryGraph library, int seed, Side side)
    {
        var expected = PlainEstate.Search(objects[seed]).Where(node => node != objects[seed] && IsTold(node.Kind)).Select(node => node.Id).ToHashSet(StringComparer.Ordinal);
        var found = library.Search(seed).Keys.Where(node => IsTold(estate.PartOf(node).Kind)).Select(estate.IdOf).ToHashSet(StringComparer.Ordinal);
        var told = side.CertainlyReached(estate.IdOf(seed));
        return expected.SetEquals(told) && expected.SetEquals(found)
            ? told.Count
            : throw new InvalidOperationException($"plain search finds {expected.Count} from {estate.IdOf(seed)}, the library {found.Count}, the product {told.Count}");
    }

    private static bool IsTold(NodeKind kind) => kind != NodeKinds.Group && kind != NodeKinds.Role;
}
