using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Stores;

/// <summary>What every store must do. A store's own test class inherits it and says how one is made.</summary>
public abstract partial class GraphStoreContract
{
    protected static readonly DateTimeOffset Monday = new(2025, 6, 2, 8, 0, 0, TimeSpan.Zero);

    /// <summary>A new, empty store whose clock is <paramref name="clock"/>.</summary>
    protected abstract IGraphStore New(TimeProvider clock);

    /// <summary>The same store, opened once more.</summary>
    protected abstract IGraphStore Again(IGraphStore store, TimeProvider clock);

    protected static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    protected static RunHeader Okta(DateTimeOffset? recordedAt = null) => new()
    {
        Source = "okta",
        Tenant = "acme",
        StartedAt = Monday.AddMinutes(-5),
        RecordedAt = recordedAt,
        Interval = TimeSpan.FromHours(24),
        Collector = "idgraph-okta/1.0",
    };

    protected static Observation.SawNode Pat { get; } = new()
    {
        Id = "okta:user/00u1",
        Kind = "Account",
        Stream = "users",
        Properties = [new("name", PropertyValue.Of("pat@acme.example")), new("mfa", PropertyValue.Of(true)), new("lastUsedAt", PropertyValue.None)],
    };

    protected static async Task<SealedRun> Record(IGraphStore store, RunHeader header, params Observation[] observations)
    {
        await using var writer = await store.BeginRunAsync(header, Cancelled);
        foreach (var observation in observations)
        {
            writer.Write(observation);
        }

        return await writer.SealAsync(new RunOutcome(), Cancelled);
    }

    [Fact]
    public async Task A_sealed_run_reads_as_it_was_written()
    {
        await using var store = New(new StoppedClock(Monday));
        Observation[] written =
        [
            Pat,
            new Observation.SawEdge
            {
                Kind = "OWNED_BY",
                Of = "aws:key/AKIA1",
                To = "hr:person/17",
                Key = "accountable",
                Stream = "owners",
                From = Monday.AddYears(-1),
                Until = Monday,
                At = Monday.AddHours(-1),
                Precision = Precision.Day,
                Tz = "Europe/Vienna",
                Grade = EvidenceGrade.Attestation,
                Evidence = [new("https://wiki.example/owners", "sha256:12", "row 4"), new("ticket:OPS-1")],
                Properties =
                [
                    new("role", PropertyValue.Of("accountable")),
                    new("ttl", PropertyValue.Of(3600.5)),
                    new("scopeIds", PropertyValue.Of(["a", "b", "a"])),
                    new("none", PropertyValue.Of(Array.Empty<string>())),
                    new("shoeSize", PropertyValue.OfJson("{\"eu\":43}")),
                ],
                Unrecognised = [new("colour", "\"red\"")],
            },
            new Observation.SeenUnreadable { Id = "okta:user/00u2", Stream = "users", Reason = "unknown status" },
            new Observation.SeenUnreadable { EdgeKind = "HELD_BY", Of = "k", To = "p", Key = "" },
            new Observation.EndOf { Stream = "users", Complete = true, Count = 2 },
            new Observation.EndOf { Stream = "owners", Complete = false, Reason = "403" },
        ];

        var run = await Record(store, Okta(), written);

        Assert.Equal(written.Select(Canonical.Of), store.Read(run, Cancelled).Select(Canonical.Of));
        Assert.Equal(6, run.Observations);
        Assert.Matches("^[0-9a-f]{64}$", run.Sha256);
    }

    [Fact]
    public async Task A_run_without_observations_is_a_run()
    {
        await using var store = New(new StoppedClock(Monday));

        var run = await Record(store, Okta());

        Assert.Empty(store.Read(run, Cancelled));
        Assert.Equal(1, run.Number);
    }

    [Fact]
    public async Task Nothing_of_a_run_is_seen_before_it_is_sealed()
    {
        var clock = new StoppedClock(Monday);
        await using var store = New(clock);
        await using var reader = Again(store, clock);
        await using var writer = await store.BeginRunAsync(Okta(), Cancelled);
        writer.Write(Pat);

        Assert.Empty(reader.Runs());

        var run = await writer.SealAsync(new RunOutcome(), Cancelled);
        Assert.Equal([run.Sha256], reader.Runs().Select(seen => seen.Sha256));
        Assert.Equal([Canonical.Of(Pat)], reader.Read(run, Cancelled).Select(Canonical.Of));
    }

    [Fact]
    public async Task A_run_disposed_before_sealing_never_was()
    {
        await using var store = New(new StoppedClock(Monday));
        await using (var writer = await store.BeginRunAsync(Okta(), Cancelled))
        {
            writer.Write(Pat);
        }

        Assert.Empty(store.Runs());
        Assert.Equal(1, (await Record(store, Okta(), Pat)).Number);
    }

    [Fact]
    public async Task How_a_run_ended_and_its_header_are_kept()
    {
        var clock = new StoppedClock(Monday);
        await using var store = New(clock);
        var header = Okta() with { Mode = RunMode.Delta, Unrecognised = [new("note", "{\"a\":1}")] };
        await using (var writer = await store.BeginRunAsync(header, Cancelled))
        {
            await writer.SealAsync(new RunOutcome(Partial: true, Rejected: 3, Reason: "the file is cut off at line 7"), Cancelled);
        }

        var run = Assert.Single(Again(store, clock).Runs());

        Assert.Equal(new RunOutcome(true, 3, "the file is cut off at line 7"), run.Outcome);
        Assert.Equal(header.Unrecognised, run.Header.Unrecognised);
        Assert.Equal(header with { RecordedAt = Monday, Unrecognised = [] }, run.Header with { Unrecognised = [] });
    }

    [Fact]
    public async Task The_record_time_is_the_moment_of_sealing_not_of_beginning()
    {
        var clock = new StoppedClock(Monday);
        await using var store = New(clock);
        await using var writer = await store.BeginRunAsync(Okta(), Cancelled);
        clock.Now = Monday.AddMinutes(3);

        var run = await writer.SealAsync(new RunOutcome(), Cancelled);

        Assert.Equal(Monday.AddMinutes(3), run.Header.RecordedAt);
    }

    [Fact]
    public async Task A_stated_record_time_is_kept_and_may_equal_the_newest()
    {
        await using var store = New(new StoppedClock(Monday));

        await Record(store, Okta(Monday.AddDays(-30)), Pat);
        await Record(store, Okta(Monday.AddDays(-30)), Pat);
        await Record(store, Okta(Monday), Pat);

        Assert.Equal([(1, Monday.AddDays(-30)), (2, Monday.AddDays(-30)), (3, Monday)], store.Runs().Select(run => (run.Number, run.Header.RecordedAt!.Value)));
    }

    [Fact]
    public async Task A_record_time_before_the_newest_run_is_refused_and_leaves_the_store_free()
    {
        await using var store = New(new StoppedClock(Monday));
        await Record(store, Okta(Monday.AddDays(-1)), Pat);

        var refused = await Assert.ThrowsAsync<RecordTimeException>(async () => await Record(store, Okta(Monday.AddDays(-1).AddTicks(-1)), Pat));

        Assert.Contains("before the newest run", refused.Message, StringComparison.Ordinal);
        Assert.Equal(2, (await Record(store, Okta(Monday.AddDays(-1)), Pat)).Number);
    }

    [Fact]
    public async Task A_record_time_in_the_future_is_refused_and_now_is_not()
    {
        await using var store = New(new StoppedClock(Monday));

        var refused = await Assert.ThrowsAsync<RecordTimeException>(async () => await Record(store, Okta(Monday.AddTicks(1)), Pat));

        Assert.Contains("future", refused.Message, StringComparison.Ordinal);
        Assert.Empty(store.Runs());
        Assert.Equal(1, (await Record(store, Okta(Monday), Pat)).Number);
    }

    [Fact]
    public async Task A_clock_set_back_refuses_a_new_run_and_reorders_no_running_one()
    {
        var clock = new StoppedClock(Monday);
        await using var store = New(clock);
        await Record(store, Okta(), Pat);
        await using (var writer = await store.BeginRunAsync(Okta(), Cancelled))
        {
            clock.Now = Monday.AddHours(-1);
            Assert.Equal(Monday, (await writer.SealAsync(new RunOutcome(), Cancelled)).Header.RecordedAt);
        }

        await Assert.ThrowsAsync<RecordTimeException>(async () => await Record(store, Okta(), Pat));
    }

    [Fact]
    public async Task A_second_writer_is_refused_and_told_who_writes()
    {
        var clock = new StoppedClock(Monday);
        await using var store = New(clock);
        await using (await store.BeginRunAsync(Okta(), Cancelled))
        {
            var locked = await Assert.ThrowsAsync<StoreLockedException>(async () => await Again(store, clock).BeginRunAsync(Okta(), Cancelled));
            Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", locked.Message, StringComparison.Ordinal);
        }

        Assert.Equal(1, (await Record(Again(store, clock), Okta(), Pat)).Number);
    }

    [Fact]
    public async Task Cancelling_before_sealing_makes_nothing_visible()
    {
        await using var store = New(new StoppedClock(Monday));
        await using (var writer = await store.BeginRunAsync(Okta(), Cancelled))
        {
            writer.Write(Pat);
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await writer.SealAsync(new RunOutcome(), new CancellationToken(canceled: true)));
        }

        Assert.Empty(store.Runs());
        Assert.Equal(1, (await Record(store, Okta(), Pat)).Number);
    }

    [Fact]
    public async Task A_reader_beside_a_writer_sees_whole_runs_only()
    {
        var clock = new StoppedClock(Monday);
        await using var store = New(clock);
        var reading = Task.Run(
            () =>
            {
                var reader = Again(store, clock);
                int seen;
                do
                {
                    var runs = reader.Runs();
                    seen = runs.Count;
                    Assert.Equal(Enumerable.Range(1, seen), runs.Select(run => run.Number));
                    Assert.All(runs.TakeLast(1), run => Assert.Equal(run.Observations, reader.Read(run, Cancelled).LongCount()));
                }
                while (seen < 20 && !Cancelled.IsCancellationRequested);
                return seen;
            },
            Cancelled);
        for (var i = 1; i <= 20; i++)
        {
            await Record(store, Okta(), [.. Enumerable.Repeat(Pat, i)]);
        }

        Assert.Equal(20, await reading);
    }

    [Fact]
    public async Task A_snapshot_knows_what_was_recorded_by_then_and_no_more()
    {
        await using var store = New(new StoppedClock(Monday));
        await Record(store, Okta(Monday.AddDays(-2)), Pat);
        await Record(store, Okta(Monday.AddDays(-1)), new Observation.SawNode { Id = "okta:user/00u2", Kind = "Account", Stream = "users" });

        Assert.Equal(0, (await store.SnapshotAsync(Monday.AddDays(-2).AddTicks(-1), Cancelled)).NodeCount);
        Assert.Equal(1, (await store.SnapshotAsync(Monday.AddDays(-2), Cancelled)).NodeCount);
        Assert.Equal(1, (await store.SnapshotAsync(Monday.AddDays(-1).AddTicks(-1), Cancelled)).NodeCount);
        Assert.Equal(2, (await store.SnapshotAsync(Monday.AddDays(-1), Cancelled)).NodeCount);
        var now = await store.SnapshotAsync(cancellationToken: Cancelled);
        Assert.Equal((2, Monday), (now.NodeCount, now.AsKnownAt));
    }

    [Fact]
    public async Task Equal_facts_in_two_stores_have_one_name_and_other_facts_another()
    {
        var clock = new StoppedClock(Monday);
        await using var one = New(clock);
        await using var two = New(clock);
        await using var other = New(clock);
        await Record(one, Okta(Monday.AddDays(-1)), Pat);
        await Record(two, Okta(Monday.AddDays(-1)), Pat);
        await Record(other, Okta(Monday.AddDays(-1)), Pat with { Grade = EvidenceGrade.Attestation });

        var name = (await one.SnapshotAsync(Monday, Cancelled)).Hash;

        Assert.Equal(name, (await two.SnapshotAsync(Monday, Cancelled)).Hash);
        Assert.NotEqual(name, (await other.SnapshotAsync(Monday, Cancelled)).Hash);
    }

    [Fact]
    public async Task A_run_of_another_store_is_refused()
    {
        await using var store = New(new StoppedClock(Monday));
        await using var other = New(new StoppedClock(Monday));
        await Record(store, Okta(), Pat);
        var foreign = await Record(other, Okta(), Pat, Pat);

        Assert.Throws<StoreException>(() => store.Read(foreign, Cancelled).Count());
    }
}
