using IdentityGraph.Benchmarks.Estates;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Benchmarks.Wire;
using IdentityGraph.Bolt;
using IdentityGraph.Bolt.PackStream;
using IdentityGraph.Graph;

namespace IdentityGraph.Benchmarks.Reaching;

/// <summary>
/// The same blast radii asked of a real Neo4j that holds the same graph, in the form it answers quickest: pruned breadth first, and
/// nothing but a count told. Edges run the way control does, all of one type.
/// </summary>
internal static class CypherBenchmark
{
    private const int Rounds = 3;
    private const int RowsAtOnce = 20_000;
    private const string Count = "MATCH (s:Plain {key: $key})-[:LEADS*0..]->(t) RETURN count(DISTINCT t) AS reached";
    private const string Plan = "VarLengthExpand(Pruning,BFS";

    private static readonly List<string[]> s_rows = [];
    private static readonly List<string> s_notes = [];

    public static async Task RunAsync(Estate estate, GraphSnapshot plain)
    {
        using var server = await BenchServer.StartAsync("--heap", "2g", "--pagecache", "1g");
        if (server is null)
        {
            s_notes.Add("No server: set IDENTITYGRAPH_NEO4J_RUN to a script that starts one.");
            return;
        }

        await using var client = new BoltClient(server.Uri, new() { Authentication = BoltAuthentication.Basic(server.User, server.Password) });
        await using var session = client.OpenSession();
        var loading = await LoadAsync(session, estate);
        var explained = (await session.ExecuteAsync(new("EXPLAIN " + Count, new BoltParameters { ["key"] = 0 }))).Plan ?? throw new InvalidOperationException("the server tells no plan");
        if (!OperatorsOf(explained).Any(name => name.StartsWith(Plan, StringComparison.Ordinal)))
        {
            throw new InvalidOperationException($"the plan is {string.Join(", ", OperatorsOf(explained))}; it should have {Plan}");
        }

        s_notes.Add($"{(await client.ConnectAsync()).Server}; {estate.Options.Edges:N0} edges loaded over Bolt in {Page.Time(loading)}; plan: {string.Join(", ", OperatorsOf(explained))}.");
        var (objects, side) = (new PlainEstate(estate), new Side(plain));
        foreach (var open in (bool[])[false, true])
        {
            int[] seeds = [.. estate.SomeServices(open, open ? 3 : 20)];
            var reached = new List<double>();
            foreach (var seed in seeds)
            {
                reached.Add(await SameAsync(session, objects[seed], seed, side));
            }

            Measure(estate, server, session, side, seeds, open, reached);
        }
    }

    public static void Print()
    {
        Page.Heading("Blast radius of one service identity, beside Cypher");
        s_notes.ForEach(note => Page.Text($"{note}"));
        Page.Columns("edges", "reach", "nodes", "what", "wall", "CPU of both ends", "× Cypher, CPU", "× Cypher, wall");
        s_rows.ForEach(row => Page.Row(row));
    }

    private static void Measure(Estate estate, BenchServer server, BoltSession session, Side side, int[] seeds, bool open, List<double> reached)
    {
        var (cypher, served, found, told, read) = (new List<Measured>(), new List<double>(), new List<Measured>(), new List<Measured>(), new List<Measured>());
        for (var round = -2; round < Rounds; round++)
        {
            var cpu = server.Cpu();
            var asked = Measured.Of(() => Array.ForEach(seeds, seed => CountAsync(session, seed).GetAwaiter().GetResult()));
            cpu = server.Cpu() - cpu;
            var counted = Measured.Of(() => Array.ForEach(seeds, seed => side.Count(estate.IdOf(seed))));
            var answered = Measured.Of(() => Array.ForEach(seeds, seed => side.Ask(estate.IdOf(seed), proofs: false)));
            var spelt = Measured.Of(() => Array.ForEach(seeds, seed => side.Read(estate.IdOf(seed))));
            if (round >= 0)
            {
                cypher.Add(asked);
                served.Add(cpu);
                found.Add(counted);
                told.Add(answered);
                read.Add(spelt);
            }
        }

        var all = Measured.Median(cypher);
        all = all with { Cpu = all.Cpu + Measured.Middle(served) };
        Row("Cypher: count(DISTINCT t)", all);
        Row("engine: rights and hops of what is reached, only counted", Measured.Median(found));
        Row("facade, no proofs", Measured.Median(told));
        Row("facade, no proofs, every node read", Measured.Median(read));

        void Row(string what, Measured run)
        {
            s_rows.Add(
            [
                $"{estate.Options.Edges:N0}", open ? "large" : "small", Page.Count((long)Measured.Middle(reached)), what,
                Page.Time(run.Wall / seeds.Length), Page.Time(run.Cpu / seeds.Length), Page.Times(all.Cpu / run.Cpu), Page.Times(all.Wall / run.Wall),
            ]);
            Console.Error.WriteLine(string.Join(" | ", s_rows[^1]));
        }
    }

    /// <summary>How many nodes are reached, the seed too; throws where the server, plain search and the product differ.</summary>
    private static async Task<double> SameAsync(BoltSession session, PlainNode start, int seed, Side side)
    {
        var found = PlainEstate.Search(start);
        var counted = await CountAsync(session, seed);
        var told = side.CertainlyReached(start.Id);
        return counted == found.Count && told.SetEquals(found.Where(node => node != start && node.Kind != NodeKinds.Group && node.Kind != NodeKinds.Role).Select(node => node.Id))
            ? counted
            : throw new InvalidOperationException($"from {start.Id} Cypher counts {counted} nodes, plain search {found.Count}, and the product tells {told.Count}");
    }

    private static async Task<long> CountAsync(BoltSession session, int key)
    {
        await using var result = await session.RunAsync(new(Count, new BoltParameters { ["key"] = key }));
        await foreach (var record in result)
        {
            return record.Get<long>("reached");
        }

        throw new InvalidOperationException("the server counted nothing");
    }

    /// <summary>Seconds.</summary>
    private static async Task<double> LoadAsync(BoltSession session, Estate estate)
    {
        var clock = System.Diagnostics.Stopwatch.StartNew();
        await session.ExecuteAsync("CREATE CONSTRAINT plain IF NOT EXISTS FOR (n:Plain) REQUIRE n.key IS UNIQUE");
        for (var from = 0; from < estate.Nodes; from += RowsAtOnce)
        {
            await session.ExecuteAsync(new("UNWIND range($from, $to) AS key CREATE (:Plain {key: key})", new BoltParameters { ["from"] = from, ["to"] = Math.Min(estate.Nodes, from + RowsAtOnce) - 1 }));
        }

        foreach (var rows in estate.Edges().Chunk(RowsAtOnce))
        {
            await session.ExecuteAsync(new("UNWIND $rows AS r MATCH (a:Plain {key: r[0]}) MATCH (b:Plain {key: r[1]}) CREATE (a)-[:LEADS]->(b)", new BoltParameters { ["rows"] = new Pairs(rows) }));
        }

        return clock.Elapsed.TotalSeconds;
    }

    private static IEnumerable<string> OperatorsOf(IReadOnlyDictionary<string, object?> plan)
    {
        yield return (string)plan["operatorType"]!;
        foreach (var child in plan.GetValueOrDefault("children") as IEnumerable<object?> ?? [])
        {
            foreach (var name in OperatorsOf((IReadOnlyDictionary<string, object?>)child!))
            {
                yield return name;
            }
        }
    }

    /// <summary>Edges the way control runs: what is stored is had from where it is stored, an account from its person.</summary>
    private sealed class Pairs((EdgeKind Kind, int Of, int To)[] edges) : IPackable
    {
        public void Pack(PackWriter writer)
        {
            writer.BeginList(edges.Length);
            foreach (var (kind, of, to) in edges)
            {
                var backward = kind == EdgeKinds.StoredIn || kind == EdgeKinds.BelongsTo;
                writer.BeginList(2);
                writer.Write(backward ? to : of);
                writer.Write(backward ? of : to);
            }
        }
    }
}
