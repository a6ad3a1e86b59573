using IdentityGraph.Collect;
using IdentityGraph.Daemon;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Daemon;

/// <summary>What must not be sealed is not.</summary>
public sealed class LeasedStoreTests : IDisposable
{
    private static readonly RunHeader s_okta = new() { Source = "okta", StartedAt = new DateTimeOffset(2025, 6, 2, 8, 0, 0, TimeSpan.Zero) };

    private readonly TemporaryFolder _folder = new();

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_of_a_file_that_was_written_to_meanwhile_leaves_nothing_and_the_next_one_is_sealed()
    {
        await using var store = EmbeddedGraphStore.Create(_folder.Sub());
        await using var lease = await store.LeaseAsync("okta", Cancelled);
        var changed = true;
        var leased = new LeasedStore(store, lease, () => _ = changed ? throw new RefusedInputException("it was written to") : 0);
        await using (var writer = await leased.BeginRunAsync(s_okta, Cancelled))
        {
            await Assert.ThrowsAsync<RefusedInputException>(async () => await writer.SealAsync(new RunOutcome(), Cancelled));
        }

        Assert.Empty(store.Runs());
        changed = false;
        await using var next = await leased.BeginRunAsync(s_okta, Cancelled);

        Assert.Equal(1, (await next.SealAsync(new RunOutcome(), Cancelled)).Number);
    }

    [Fact]
    public async Task A_collector_that_was_taken_over_begins_and_seals_nothing()
    {
        var path = _folder.Sub();
        await using var store = EmbeddedGraphStore.Create(path);
        await using var lease = await store.LeaseAsync("okta", Cancelled);
        var leased = new LeasedStore(store, lease, static () => { });
        await using (var writer = await leased.BeginRunAsync(s_okta, Cancelled))
        {
            var record = Path.Combine(path, "sources", "okta.json");
            await File.WriteAllTextAsync(record, (await File.ReadAllTextAsync(record, Cancelled)).Replace("\"fence\":1", "\"fence\":2", StringComparison.Ordinal), Cancelled);
            await Assert.ThrowsAsync<StoreLockedException>(async () => await writer.SealAsync(new RunOutcome(), Cancelled));
        }

        await Assert.ThrowsAsync<StoreLockedException>(async () => await leased.BeginRunAsync(s_okta, Cancelled));

        Assert.Empty(store.Runs());
        await using var free = await store.BeginRunAsync(s_okta, Cancelled);
    }

    [Fact]
    public void A_state_of_a_file_is_told_by_its_bytes_and_by_how_it_is_read()
    {
        var file = _folder.Sub();
        var source = new ConfiguredSource { Name = "okta", Path = file };
        File.WriteAllText(file, "one");
        var one = InputDigest.Of(file, source, Cancelled);

        File.SetLastWriteTimeUtc(file, File.GetLastWriteTimeUtc(file).AddMinutes(5));
        var touched = InputDigest.Of(file, source, Cancelled);
        File.WriteAllText(file, "two");

        Assert.Equal(one.Digest, touched.Digest);
        Assert.NotEqual(one.Stamp, touched.Stamp);
        Assert.NotEqual(one.Digest, InputDigest.Of(file, source, Cancelled).Digest);
        Assert.NotEqual(InputDigest.Of(file, source, Cancelled).Digest, InputDigest.Of(file, source with { Complete = ["users"] }, Cancelled).Digest);
    }

    [Fact]
    public void A_folder_is_told_by_every_file_in_it_hidden_and_deep_ones_too()
    {
        var folder = _folder.Sub();
        var deep = Directory.CreateDirectory(Path.Combine(folder, ".github", "workflows")).FullName;
        var source = new ConfiguredSource { Name = "repository", Path = folder };
        File.WriteAllText(Path.Combine(deep, "ci.yml"), "on: push");
        var before = InputDigest.Of(folder, source, Cancelled);
        Directory.CreateDirectory(Path.Combine(folder, ".git"));
        File.WriteAllText(Path.Combine(folder, ".git", "HEAD"), "ref");
        var fetched = InputDigest.Of(folder, source, Cancelled);

        File.WriteAllText(Path.Combine(deep, "ci.yml"), "on: pull");

        Assert.Equal(before.Digest, fetched.Digest);
        Assert.NotEqual(before.Digest, InputDigest.Of(folder, source, Cancelled).Digest);
    }

    [Fact]
    public void A_heartbeat_older_than_a_minute_says_that_nobody_is_there()
    {
        var file = _folder.Sub();
        var clock = new StoppedClock(s_okta.StartedAt);
        Assert.Contains("no daemon is alive", Heartbeat.Fault(file, clock), StringComparison.Ordinal);
        Heartbeat.Beat(file, clock);

        clock.Now += TimeSpan.FromMinutes(1);
        Assert.Null(Heartbeat.Fault(file, clock));
        clock.Now += TimeSpan.FromTicks(1);
        Assert.Contains("last alive at 2025-06-02T08:00:00Z", Heartbeat.Fault(file, clock), StringComparison.Ordinal);
    }
}
