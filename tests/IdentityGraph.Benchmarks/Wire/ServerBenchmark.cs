using System.Diagnostics;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Bolt;
using IdentityGraph.Bolt.Columns;
using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Benchmarks.Wire;

/// <summary>
/// A real server: relationships written in batches over Bolt and, the same batches in turn, posted to its HTTP query endpoint by a trivial client;
/// then read into columns. Processor time is this process's only, so it is the client's share.
/// </summary>
internal static class ServerBenchmark
{
    private const int RowsAtOnce = 10_000;
    private const string Statement = "UNWIND $rows AS r MATCH (a:BoltBench {key: r[0]}) MATCH (b:BoltBench {key: r[1]}) CREATE (a)-[:VIA {since: r[2]}]->(b)";

    public static async Task RunAsync(int relationships)
    {
        using var server = await BenchServer.StartAsync();
        if (server is null)
        {
            Page.Text($"No server: set IDENTITYGRAPH_NEO4J_RUN to a script that starts one.");
            return;
        }

        await using var client = new BoltClient(server.Uri, new() { Authentication = BoltAuthentication.Basic(server.User, server.Password), FetchSize = 50_000 });
        await using var session = client.OpenSession();
        var nodes = relationships / 10;
        await session.ExecuteAsync("CREATE CONSTRAINT bolt_bench IF NOT EXISTS FOR (n:BoltBench) REQUIRE n.key IS UNIQUE");
        for (var from = 0; from < nodes; from += RowsAtOnce)
        {
            await session.ExecuteAsync(new("UNWIND range($from, $to) AS key CREATE (:BoltBench {key: key})", new BoltParameters { ["from"] = from, ["to"] = Math.Min(nodes, from + RowsAtOnce) - 1 }));
        }

        Page.Heading("Bolt: a real server");
        Page.Text($"{(await client.ConnectAsync()).Server}, {Page.Count(relationships)} relationships between {Page.Count(nodes)} nodes each way, client and server on this machine; batches of {Page.Count(RowsAtOnce)}, Bolt and HTTP in turn, one connection each.");
        Page.Columns("what", "relationships/s", "client's CPU of wall", "client's CPU each");
        await WriteAsync(session, server, relationships, nodes);
        await ReadAsync(client, relationships, nodes);
    }

    private static async Task WriteAsync(BoltSession session, BenchServer server, int relationships, int nodes)
    {
        using var http = new HttpClient { BaseAddress = new(server.Http) };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{server.User}:{server.Password}")));
        var (bolt, posted) = (new Share(), new Share());
        for (var batch = 0; batch * RowsAtOnce < relationships; batch++)
        {
            var rows = new Batch(batch, Math.Min(RowsAtOnce, relationships - (batch * RowsAtOnce)), nodes);
            await bolt.AddAsync(() => session.ExecuteAsync(new(Statement, new BoltParameters { ["rows"] = rows })));
            await posted.AddAsync(async () =>
            {
                using var content = new ByteArrayContent(rows.AsJson(Statement.Replace(":VIA", ":VIA_HTTP", StringComparison.Ordinal)));
                content.Headers.ContentType = new("application/json");
                using var answer = await http.PostAsync(new Uri("/db/neo4j/query/v2", UriKind.Relative), content);
                var body = await answer.Content.ReadAsStringAsync();
                if (!answer.IsSuccessStatusCode || body.Contains("\"errors\"", StringComparison.Ordinal))
                {
                    throw new InvalidOperationException(body);
                }
            });
        }

        bolt.Print("written over Bolt", relationships);
        posted.Print("written over HTTP", relationships);
        Page.Text($"\nBolt writes at {Page.Times(posted.Wall / bolt.Wall)} the rate of HTTP.");
        Page.Columns("what", "relationships/s", "client's CPU of wall", "client's CPU each");
    }

    /// <summary>Three times over each number of connections, in turn; each connection has a range of the keys of first nodes.</summary>
    private static async Task ReadAsync(BoltClient client, int relationships, int nodes)
    {
        int[] connections = [1, 2, 4];
        var shares = connections.ToDictionary(count => count, _ => new Share());
        for (var round = 0; round < 3; round++)
        {
            foreach (var count in connections)
            {
                Column[][] columns = [.. Enumerable.Range(0, count).Select(_ => new[] { "from", "to", "since" }.Select(name => (Column)new Int64Column(name, (relationships / count) + RowsAtOnce)).ToArray())];
                await shares[count].AddAsync(() => Task.WhenAll(columns.Select((each, number) => ReadRangeAsync(client, each, (long)number * nodes / count, (long)(number + 1) * nodes / count))));
                if (columns.Sum(each => each[0].Count) is var read && read != relationships)
                {
                    throw new InvalidOperationException($"{read} relationships were read");
                }
            }
        }

        foreach (var count in connections)
        {
            shares[count].Print($"read into columns over {count} connection(s), three times", 3L * relationships);
        }
    }

    private static async Task ReadRangeAsync(BoltClient client, Column[] columns, long from, long until)
    {
        await using var session = client.OpenSession(new() { Mode = AccessMode.Read });
        await using var result = await session.RunAsync(new(
            "MATCH (a:BoltBench)-[r:VIA]->(b) WHERE $from <= a.key < $until RETURN a.key AS from, b.key AS to, r.since AS since",
            new BoltParameters { ["from"] = from, ["until"] = until }));
        await result.ReadIntoAsync(new RecordColumns(columns));
    }

    /// <summary>Clock and processor time of parts that add up.</summary>
    private sealed class Share
    {
        private double _cpu;

        public double Wall { get; private set; }

        public async Task AddAsync(Func<Task> work)
        {
            using var process = Process.GetCurrentProcess();
            var (cpu, clock) = (process.TotalProcessorTime, Stopwatch.StartNew());
            await work();
            Wall += clock.Elapsed.TotalSeconds;
            process.Refresh();
            _cpu += (process.TotalProcessorTime - cpu).TotalSeconds;
        }

        public void Print(string what, long count) => Page.Row(what, Page.Count((long)(count / Wall)), (_cpu / Wall * 100).ToString("0.0", CultureInfo.InvariantCulture) + " %", (_cpu / count * 1e9).ToString("0", CultureInfo.InvariantCulture) + " ns");
    }

    /// <summary>Relationships in the order of their first node.</summary>
    private sealed class Batch(int number, int count, int nodes) : IPackable
    {
        public void Pack(PackWriter writer)
        {
            writer.BeginList(count);
            for (var i = 0; i < count; i++)
            {
                var (from, to, since) = Row(i);
                writer.BeginList(3);
                writer.Write(from);
                writer.Write(to);
                writer.Write(since);
            }
        }

        public byte[] AsJson(string statement)
        {
            using var stream = new MemoryStream();
            using (var json = new Utf8JsonWriter(stream))
            {
                json.WriteStartObject();
                json.WriteString("statement", statement);
                json.WriteStartObject("parameters");
                json.WriteStartArray("rows");
                for (var i = 0; i < count; i++)
                {
                    var (from, to, since) = Row(i);
                    json.WriteStartArray();
                    json.WriteNumberValue(from);
                    json.WriteNumberValue(to);
                    json.WriteNumberValue(since);
                    json.WriteEndArray();
                }

                json.WriteEndArray();
                json.WriteEndObject();
                json.WriteEndObject();
            }

            return stream.ToArray();
        }

        private (long From, long To, long Since) Row(int i)
        {
            var id = ((long)number * RowsAtOnce) + i;
            return ((long)i * nodes / count, id * 2_654_435_761L % nodes, 1_700_000_000L + id);
        }
    }
}
