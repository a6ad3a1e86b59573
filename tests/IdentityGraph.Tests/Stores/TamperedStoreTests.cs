using IdentityGraph.Bolt;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Neo4j;
using IdentityGraph.Tests.Bolt;

namespace IdentityGraph.Tests.Stores;

/// <summary>What somebody with a Cypher prompt can do to a shared store: it answers nothing then, and writes nothing over what is left.</summary>
public sealed class TamperedStoreTests(Neo4jServer neo4j) : IAsyncLifetime
{
    private static readonly DateTimeOffset s_monday = new(2025, 6, 2, 9, 0, 0, TimeSpan.Zero);

    private Neo4jAddress _server = null!;

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await neo4j.GetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    [Theory]
    [InlineData(2)]
    [InlineData(1)]
    public async Task Of_which_the_newest_run_or_every_run_was_taken_away(int from)
    {
        await using var store = await TwoRunsAsync();
        await TamperAsync($"MATCH (r:IdgRun {{store: $name}}) WHERE r.number >= {from} DELETE r", store);

        Assert.Contains($"run {from} of the store", Assert.Throws<StoreException>(() => store.Runs()).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(async () => await store.SnapshotAsync(cancellationToken: Cancelled));
        await Assert.ThrowsAsync<StoreException>(async () => await store.CheckAsync(Cancelled));
        await Assert.ThrowsAsync<StoreException>(async () => await RecordAsync(store, "kim"));
        Assert.Equal(2L, await CountAsync("MATCH (c:IdgChunk {store: $name}) RETURN count(c) AS many", store));
    }

    [Fact]
    public async Task Whose_own_node_was_taken_away_while_it_was_open()
    {
        await using var store = await TwoRunsAsync();
        await TamperAsync("MATCH (s:IdgStore {name: $name}) DELETE s", store);

        Assert.Contains("IdgStore", Assert.Throws<StoreException>(() => store.Runs()).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(async () => await store.SnapshotAsync(cancellationToken: Cancelled));
    }

    [Theory]
    [InlineData("MATCH (s:IdgStore {name: $name}) DELETE s")]
    [InlineData("MATCH (s:IdgStore {name: $name}) MATCH (r:IdgRun {store: $name}) DELETE s, r")]
    public async Task Of_which_only_the_bytes_are_left_is_not_made_anew_over_them(string cypher)
    {
        await using var store = await TwoRunsAsync();
        await TamperAsync(cypher, store);

        Assert.Contains("Restore the database", Assert.Throws<StoreException>(() => Neo4jGraphStore.Create(store.Location, With())).Message, StringComparison.Ordinal);

        await TamperAsync("MATCH (n) WHERE n.store = $name AND (n:IdgRun OR n:IdgChunk) DELETE n", store);
        await using var anew = Neo4jGraphStore.Create(store.Location, With());
        Assert.Empty(anew.Runs());
    }

    [Fact]
    public async Task Whose_fence_was_turned_back_is_written_on_without_touching_what_others_wrote()
    {
        await using var store = await TwoRunsAsync();
        await TamperAsync("MATCH (s:IdgStore {name: $name}) SET s.fence = 0", store);

        await RecordAsync(store, "kim");

        Assert.True((await store.CheckAsync(Cancelled)) is { IsSound: true, WholeRuns: 3 });
        Assert.Equal(3, (await store.SnapshotAsync(cancellationToken: Cancelled)).NodeCount);
    }

    [Fact]
    public async Task In_whose_next_place_somebody_put_a_chunk_of_their_own()
    {
        await using var store = await TwoRunsAsync();
        await using var writer = await store.BeginRunAsync(new RunHeader { Source = "okta", StartedAt = s_monday }, Cancelled);
        await TamperAsync("MATCH (s:IdgStore {name: $name}) CREATE (:IdgChunk {store: $name, fence: s.fence, place: 0, bytes: $bytes})", store);
        writer.Write(Account("kim"));

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await writer.SealAsync(new RunOutcome(), Cancelled));

        Assert.Contains("somebody else wrote", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, store.Runs().Count);
    }

    [Fact]
    public async Task Whose_run_says_nothing_of_itself()
    {
        await using var store = await TwoRunsAsync();
        await TamperAsync("MATCH (r:IdgRun {store: $name, number: 2}) SET r.manifest = null", store);

        Assert.Contains("IdgRun", Assert.Throws<StoreException>(() => store.Runs()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task That_never_counted_its_runs_counts_them_from_the_next_one_on()
    {
        await using var store = await TwoRunsAsync();
        await TamperAsync("MATCH (s:IdgStore {name: $name}) SET s.sealed = null", store);
        Assert.Equal(2, store.Runs().Count);

        await RecordAsync(store, "kim");
        await TamperAsync("MATCH (r:IdgRun {store: $name, number: 3}) DELETE r", store);

        Assert.Throws<StoreException>(() => store.Runs());
    }

    [Fact]
    public async Task That_rests_on_constraints_which_are_looked_at()
    {
        await using var store = await TwoRunsAsync();
        await using var server = new BoltCypherServer(Neo4jPlace.Parse(store.Location), With());

        Assert.Empty(await StoreSchema.ProblemsAsync(new StoreStatements(server, store.Name), Cancelled));
        Assert.True((await store.CheckAsync(Cancelled)).IsSound);
    }

    private async Task<Neo4jGraphStore> TwoRunsAsync()
    {
        var store = Neo4jGraphStore.Create($"{_server.Uri}?store=t-{Guid.NewGuid():N}", With());
        await RecordAsync(store, "pat");
        await RecordAsync(store, "lee");
        return store;
    }

    private static async Task RecordAsync(Neo4jGraphStore store, string id)
    {
        await using var writer = await store.BeginRunAsync(new RunHeader { Source = "okta", StartedAt = s_monday }, Cancelled);
        writer.Write(Account(id));
        await writer.SealAsync(new RunOutcome(), Cancelled);
    }

    private static Observation.SawNode Account(string id) => new() { Id = id, Kind = "Account", Stream = "users" };

    private StoreOptions With() => new() { Time = new StoppedClock(s_monday), Credentials = _server.User is null ? null : new StoreCredentials(_server.User, _server.Password) };

    private async Task TamperAsync(string cypher, Neo4jGraphStore store)
    {
        await using var client = new BoltClient(_server.Uri, new BoltOptions { Authentication = _server.Authentication });
        await using var session = client.OpenSession();
        await session.ExecuteAsync(new BoltQuery(cypher, new BoltParameters { ["name"] = store.Name, ["bytes"] = new byte[] { 1 } }), cancellationToken: Cancelled);
    }

    private async Task<long> CountAsync(string cypher, Neo4jGraphStore store)
    {
        await using var client = new BoltClient(_server.Uri, new BoltOptions { Authentication = _server.Authentication });
        await using var session = client.OpenSession();
        return (await (await session.RunAsync(new BoltQuery(cypher, new BoltParameters { ["name"] = store.Name }), cancellationToken: Cancelled)).SingleAsync(Cancelled)).Get<long>("many");
    }
}
