using System.Text;
using IdentityGraph.Bolt;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Neo4j;
using IdentityGraph.Tests.Bolt;

namespace IdentityGraph.Tests.Stores;

/// <summary>A store of its own on the real server, with what Cypher sees of it.</summary>
internal sealed class ProjectedStore : IAsyncDisposable
{
    private readonly BoltClient _client;

    private ProjectedStore(Neo4jGraphStore store, string name, BoltClient client) => (Store, Name, _client) = (store, name, client);

    public Neo4jGraphStore Store { get; }

    public string Name { get; }

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>A page that is made from data equals what the data prints; with `IDENTITYGRAPH_WRITE_DOCS` set it is written anew.</summary>
    public static void HoldsPage(string page, string made)
    {
        var path = Path.Combine(Repository.Root, page);
        if (Environment.GetEnvironmentVariable("IDENTITYGRAPH_WRITE_DOCS") is not null)
        {
            File.WriteAllText(path, made);
        }

        Assert.Equal(made, File.ReadAllText(path).ReplaceLineEndings("\n"));
    }

    public static async Task<ProjectedStore> NewAsync(Neo4jServer neo4j, TimeProvider clock)
    {
        var address = await neo4j.GetAsync();
        var name = $"p-{Guid.NewGuid():N}";
        var store = Neo4jGraphStore.Create($"{address.Uri}?store={name}", new StoreOptions { Time = clock, Credentials = address.User is null ? null : new StoreCredentials(address.User, address.Password) });
        return new(store, name, await neo4j.ClientAsync());
    }

    /// <summary>With runs in it, recorded as they say, or when the last of them was read; not projected yet.</summary>
    public static Task<ProjectedStore> OfAsync(Neo4jServer neo4j, IEnumerable<FileRun> runs) =>
        OfAsync(neo4j, [.. runs.Select(run => (run.Header, (IEnumerable<Observation>)run.Observations.ToList()))]);

    public static async Task<ProjectedStore> OfAsync(Neo4jServer neo4j, IReadOnlyList<(RunHeader Header, IEnumerable<Observation> Said)> runs)
    {
        var projected = await NewAsync(neo4j, new StoppedClock(runs.Max(run => run.Header.RecordedAt ?? run.Header.StartedAt)));
        foreach (var (header, said) in runs)
        {
            await projected.RecordAsync(header, said);
        }

        return projected;
    }

    /// <summary>With the runs of exchange lines, a header first.</summary>
    public static Task<ProjectedStore> OfAsync(Neo4jServer neo4j, params IEnumerable<string> lines) => OfAsync(neo4j, Runs(lines));

    public static IEnumerable<FileRun> Runs(IEnumerable<string> lines) =>
        new ExchangeReader(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), new ImportRequest { Path = "-" }, new ImportReport()).Runs();

    public async Task RecordAsync(RunHeader header, IEnumerable<Observation> said)
    {
        await using var writer = await Store.BeginRunAsync(header, Token);
        foreach (var observation in said)
        {
            writer.Write(observation);
        }

        await writer.SealAsync(new RunOutcome(), Token);
    }

    public async Task RecordAsync(params IEnumerable<string> lines)
    {
        foreach (var run in Runs(lines))
        {
            await RecordAsync(run.Header, run.Observations.ToList());
        }
    }

    public Task<ProjectionResult> ProjectAsync(DateTimeOffset? asOf = null) => Store.ProjectAsync(new ProjectionOptions { AsOf = asOf }, Token).AsTask();

    /// <summary>Rows of a statement that may name `$store`, beside what is given.</summary>
    public async Task<IReadOnlyList<IReadOnlyList<object?>>> AskAsync(string cypher, params (string Name, object? Value)[] parameters)
    {
        var all = new BoltParameters { ["store"] = Name };
        foreach (var (name, value) in parameters)
        {
            all[name] = value;
        }

        await using var session = _client.OpenSession();
        await using var result = await session.RunAsync(new BoltQuery(cypher, all), cancellationToken: Token);
        var rows = new List<IReadOnlyList<object?>>();
        await foreach (var record in result)
        {
            rows.Add(record.Values);
        }

        return rows;
    }

    /// <summary>Each row, by column, as it is told.</summary>
    public async Task<List<T>> NamedAsync<T>(string cypher, Func<IReadOnlyDictionary<string, object?>, T> tell, params (string Name, object? Value)[] parameters)
    {
        await using var session = _client.OpenSession();
        var all = new BoltParameters { ["store"] = Name };
        foreach (var (name, value) in parameters)
        {
            all[name] = value;
        }

        await using var result = await session.RunAsync(new BoltQuery(cypher, all), cancellationToken: Token);
        var rows = new List<T>();
        await foreach (var record in result)
        {
            rows.Add(tell(result.Names.Zip(record.Values).ToDictionary(pair => pair.First, pair => pair.Second)));
        }

        return rows;
    }

    /// <summary>The first column, as texts.</summary>
    public async Task<IReadOnlyList<string>> TextsAsync(string cypher, params (string Name, object? Value)[] parameters) =>
        [.. (await AskAsync(cypher, parameters)).Select(row => $"{row[0]}")];

    public async ValueTask DisposeAsync()
    {
        await AskAsync("MATCH (n) WHERE (n:Entity OR n:IdgLane OR n:Stream OR n:IdgQuery) AND n.store = $store OPTIONAL MATCH (n)-[:WAS]->(r:Revision) DETACH DELETE n, r");
        await Store.DisposeAsync();
        await _client.DisposeAsync();
    }
}
