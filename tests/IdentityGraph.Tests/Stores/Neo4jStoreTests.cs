using IdentityGraph.Bolt;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Neo4j;
using IdentityGraph.Tests.Bolt;

namespace IdentityGraph.Tests.Stores;

/// <summary>The shared store does what every store must, on a real server; and what only a shared one can get wrong.</summary>
public sealed class Neo4jStoreTests(Neo4jServer neo4j) : GraphStoreContract, IAsyncLifetime
{
    private Neo4jAddress _server = null!;

    public async ValueTask InitializeAsync() => _server = await neo4j.GetAsync();

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    protected override IGraphStore New(TimeProvider clock) => Neo4jGraphStore.Create(NewPlace(), With(clock));

    protected override IGraphStore Again(IGraphStore store, TimeProvider clock) => Neo4jGraphStore.Open(store.Location, With(clock));

    [Fact]
    public async Task Two_stores_of_one_database_know_nothing_of_each_other()
    {
        var clock = new StoppedClock(Monday);
        await using var one = New(clock);
        await using var two = New(clock);

        await Record(one, Okta(), Pat);

        Assert.Empty(two.Runs());
        Assert.Equal(1, (await Record(two, Okta(), Pat)).Number);
    }

    [Fact]
    public async Task A_store_is_made_once_and_one_that_is_not_there_is_not_opened()
    {
        var place = NewPlace();
        var missing = Assert.Throws<StoreException>(() => Neo4jGraphStore.Open(place, With(TimeProvider.System)));
        Assert.Contains($"there is no store at `{place}`", missing.Message, StringComparison.Ordinal);
        Assert.False(Neo4jGraphStore.Exists(place, With(TimeProvider.System)));

        await using var store = Neo4jGraphStore.Create(place, With(TimeProvider.System));

        Assert.Contains("already", Assert.Throws<StoreException>(() => Neo4jGraphStore.Create(place, With(TimeProvider.System))).Message, StringComparison.Ordinal);
        Assert.True(Neo4jGraphStore.Exists(place, With(TimeProvider.System)));
        Assert.True(store.RemoveIfEmpty());
        Assert.False(Neo4jGraphStore.Exists(place, With(TimeProvider.System)));
    }

    [Fact]
    public async Task A_collector_whose_lease_ran_out_and_was_taken_over_writes_nothing_more()
    {
        await using var store = Neo4jGraphStore.Create(NewPlace(), With(TimeProvider.System));
        await using var other = Neo4jGraphStore.Open(store.Location, With(TimeProvider.System));
        await using var late = await store.LeaseAsync("okta", Cancelled);
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession();
        await session.ExecuteAsync(new BoltQuery("MATCH (s:IdgSource {store: $store}) SET s.leaseUntil = 0", new BoltParameters { ["store"] = store.Name }), cancellationToken: Cancelled);

        await using var next = await other.LeaseAsync("okta", Cancelled);

        Assert.Equal(late.Fence + 1, next.Fence);
        Assert.Contains("taken over by process", (await Assert.ThrowsAsync<StoreLockedException>(async () => await late.RenewAsync(Cancelled))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreLockedException>(async () => await late.KeepAsync(late.Record with { Outcome = "collected" }, Cancelled));
        Assert.Null(Assert.Single(await other.CollectedAsync(Cancelled)).Outcome);
        await next.RenewAsync(Cancelled);
    }

    [Fact]
    public async Task A_store_that_holds_a_run_is_not_taken_away()
    {
        await using var store = Neo4jGraphStore.Create(NewPlace(), With(new StoppedClock(Monday)));
        await Record(store, Okta(), Pat);

        Assert.False(store.RemoveIfEmpty());
        Assert.Single(store.Runs());
    }

    [Fact]
    public async Task A_run_of_many_chunks_reads_as_it_was_written()
    {
        await using var store = Neo4jGraphStore.Create(NewPlace(), With(new StoppedClock(Monday)));
        var random = new Random(7);
        Observation[] written = [.. Enumerable.Range(0, 40_000).Select(i => new Observation.SawNode { Id = $"n{i}", Kind = "Account", Stream = "s", Properties = [new("name", PropertyValue.Of(Convert.ToHexString(RandomBytes(random, 60))))] })];

        var run = await Record(store, Okta(), written);

        Assert.Equal(written.Select(Canonical.Of), store.Read(run, Cancelled).Select(Canonical.Of));
        var check = await store.CheckAsync(Cancelled);
        Assert.True(check is { IsSound: true, WholeRuns: 1, BytesRead: > 5 << 20 }, $"{check}");
    }

    [Fact]
    public async Task A_run_sealed_in_the_middle_of_a_read_is_not_in_it_and_is_in_the_next()
    {
        var clock = new InterruptedClock(Monday);
        await using var store = New(clock);
        await using var writing = Again(store, new StoppedClock(Monday));
        await Record(store, Okta(), Accounts("before", 20_000));

        // Asked between the list of runs and their chunks.
        clock.Then = () => Record(writing, Okta(), Accounts("after", 3)).GetAwaiter().GetResult();
        var before = await store.SnapshotAsync(cancellationToken: Cancelled);
        var after = await store.SnapshotAsync(cancellationToken: Cancelled);

        Assert.Equal((20_000, 20_003), (before.NodeCount, after.NodeCount));
    }

    [Fact]
    public async Task Whoever_reads_while_others_write_sees_whole_runs_and_what_was_there_before()
    {
        const int Runs = 6;
        const int EachRun = 12_000;
        await using var store = New(new StoppedClock(Monday));
        await using var writing = Again(store, new StoppedClock(Monday));
        var writer = Task.Run(
            async () =>
            {
                for (var run = 0; run < Runs; run++)
                {
                    await Record(writing, Okta(), Accounts($"r{run}", EachRun));
                }
            },
            Cancelled);

        var seen = new List<int>();
        do
        {
            seen.Add((await store.SnapshotAsync(cancellationToken: Cancelled)).NodeCount);
        }
        while (!writer.IsCompleted);
        await writer;
        seen.Add((await store.SnapshotAsync(cancellationToken: Cancelled)).NodeCount);

        Assert.All(seen, count => Assert.Equal(0, count % EachRun));
        Assert.Equal(seen.Order(), seen);
        Assert.Equal(Runs * EachRun, seen[^1]);
    }

    [Fact]
    public async Task Runs_are_read_in_the_order_of_their_starts_whatever_the_order_of_sealing_and_one_by_one_as_well()
    {
        await using var store = New(new StoppedClock(Monday));
        await Record(store, Okta() with { StartedAt = Monday.AddMinutes(-1) }, Accounts("late", 9_000));
        await Record(store, Okta() with { StartedAt = Monday.AddMinutes(-9), Tenant = "other" }, Accounts("early", 9_000));
        await Record(store, Okta() with { StartedAt = Monday.AddMinutes(-3), Tenant = "third" }, Pat);

        var snapshot = await store.SnapshotAsync(cancellationToken: Cancelled);

        Assert.Equal(18_001, snapshot.NodeCount);
        Assert.Equal([9_000, 9_000, 1], store.Runs().Select(run => store.Read(run, Cancelled).Count()));
    }

    [Fact]
    public async Task A_writer_taken_for_dead_can_write_no_more_and_the_one_who_took_over_loses_nothing()
    {
        var clock = new StoppedClock(Monday);
        await using var store = New(clock);
        await using var late = await store.BeginRunAsync(Okta(), Cancelled);
        late.Write(Pat);
        await RunOutOfTimeAsync(store);

        await using var next = await Again(store, clock).BeginRunAsync(Okta(), Cancelled);
        next.Write(Pat);
        var refused = await Assert.ThrowsAsync<StoreLockedException>(async () => await late.SealAsync(new RunOutcome(), Cancelled));
        var run = await next.SealAsync(new RunOutcome(), Cancelled);

        Assert.Contains("taken over", refused.Message, StringComparison.Ordinal);
        Assert.Equal([run.Sha256], store.Runs().Select(seen => seen.Sha256));
        Assert.Equal([Canonical.Of(Pat)], store.Read(run, Cancelled).Select(Canonical.Of));
    }

    [Fact]
    public async Task A_writer_whose_time_ran_out_and_whom_nobody_replaced_goes_on()
    {
        await using var store = New(new StoppedClock(Monday));
        await using var writer = await store.BeginRunAsync(Okta(), Cancelled);
        writer.Write(Pat);
        await RunOutOfTimeAsync(store);

        await writer.SealAsync(new RunOutcome(), Cancelled);

        Assert.Single(store.Runs());
    }

    [Fact]
    public async Task What_a_writer_left_that_died_is_told_and_swept_by_the_next()
    {
        var notices = new List<string>();
        await using var store = Neo4jGraphStore.Create(NewPlace(), With(new StoppedClock(Monday)) with { OnNotice = notices.Add });
        await RunStatementAsync("MATCH (s:IdgStore {name: $name}) SET s.fence = 7, s.holder = 'process 1 on gone', s.leaseUntil = timestamp() - 1 CREATE (:IdgChunk {store: $name, fence: 7, place: 0, bytes: $bytes})", store, new byte[] { 1 });
        Assert.Single(store.Info().Leftovers);
        Assert.All((await store.CheckAsync(Cancelled)).Problems, problem => Assert.True(problem.Harmless));

        await Record(store, Okta(), Pat);

        Assert.Contains("1 chunk(s) were removed", Assert.Single(notices), StringComparison.Ordinal);
        Assert.Empty(store.Info().Leftovers);
    }

    [Fact]
    public async Task A_damaged_chunk_is_found_by_the_check_and_never_read_as_if_it_were_whole()
    {
        await using var store = Neo4jGraphStore.Create(NewPlace(), With(new StoppedClock(Monday)));
        var run = await Record(store, Okta(), Pat);
        await RunStatementAsync("MATCH (c:IdgChunk {store: $name}) SET c.bytes = $bytes", store, new byte[500]);

        Assert.False((await store.CheckAsync(Cancelled)).IsSound);
        Assert.Throws<StoreException>(() => store.Read(run, Cancelled).Count());
    }

    [Fact]
    public async Task A_store_of_which_somebody_took_a_run_away_answers_nothing()
    {
        await using var store = Neo4jGraphStore.Create(NewPlace(), With(new StoppedClock(Monday)));
        await Record(store, Okta(), Pat);
        await Record(store, Okta(), Pat);
        await RunStatementAsync("MATCH (r:IdgRun {store: $name, number: 1}) DELETE r", store, []);

        Assert.Contains("run 1 of the store", Assert.Throws<StoreException>(() => store.Runs()).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<StoreException>(async () => await store.SnapshotAsync(cancellationToken: Cancelled));
        await Assert.ThrowsAsync<StoreException>(async () => await store.BeginRunAsync(Okta(), Cancelled));
    }

    [Fact]
    public void A_password_in_the_address_is_refused_and_not_shown()
    {
        var refused = Assert.Throws<StoreException>(() => Neo4jGraphStore.Open("bolt://neo4j:hunter2@localhost:7687"));

        Assert.DoesNotContain("hunter2", refused.Message, StringComparison.Ordinal);
        Assert.Contains("neo4j:password", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_password_is_said_in_words_that_do_not_show_it()
    {
        var refused = Assert.Throws<StoreException>(() => Neo4jGraphStore.Exists(NewPlace(), new StoreOptions { Credentials = new StoreCredentials("nobody", "hunter2") }));

        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
        Assert.Contains("user `nobody`", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_server_that_is_not_there_is_said_to_be_unreachable()
    {
        var refused = Assert.Throws<StoreException>(() => Neo4jGraphStore.Open("bolt://127.0.0.1:1"));

        Assert.Contains("bolt://127.0.0.1:1", refused.Message, StringComparison.Ordinal);
    }

    /// <summary>With names that do not compress, a hundred bytes each.</summary>
    private static Observation[] Accounts(string prefix, int count)
    {
        var random = new Random(count);
        return [.. Enumerable.Range(0, count).Select(i => new Observation.SawNode { Id = $"{prefix}/{i}", Kind = "Account", Stream = "s", Properties = [new("name", PropertyValue.Of(Convert.ToHexString(RandomBytes(random, 50))))] })];
    }

    private static byte[] RandomBytes(Random random, int count)
    {
        var bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }

    private string NewPlace() => $"{_server.Uri}?store=t-{Guid.NewGuid():N}";

    private StoreOptions With(TimeProvider clock) => new() { Time = clock, Credentials = _server.User is null ? null : new StoreCredentials(_server.User, _server.Password) };

    private Task RunOutOfTimeAsync(IGraphStore store) => RunStatementAsync("MATCH (s:IdgStore {name: $name}) SET s.leaseUntil = timestamp() - 1", store, []);

    private async Task RunStatementAsync(string cypher, IGraphStore store, byte[] bytes)
    {
        await using var client = new BoltClient(_server.Uri, new BoltOptions { Authentication = _server.Authentication });
        await using var session = client.OpenSession();
        await session.ExecuteAsync(new BoltQuery(cypher, new BoltParameters { ["name"] = store.Location.Split("?store=")[1], ["bytes"] = bytes }), cancellationToken: Cancelled);
    }

    /// <summary>A clock at whose next reading something else happens first.</summary>
    private sealed class InterruptedClock(DateTimeOffset now) : TimeProvider
    {
        public Action? Then { get; set; }

        public override DateTimeOffset GetUtcNow()
        {
            var then = Then;
            Then = null;
            then?.Invoke();
            return now;
        }
    }
}
