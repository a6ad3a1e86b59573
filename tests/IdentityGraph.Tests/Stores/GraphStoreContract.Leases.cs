using IdentityGraph.Stores.Collecting;

namespace IdentityGraph.Tests.Stores;

/// <summary>Who may collect a source into a store.</summary>
public abstract partial class GraphStoreContract
{
    [Fact]
    public async Task A_source_is_collected_by_one_at_a_time_and_the_next_knows_what_was_taken()
    {
        await using var store = New(new StoppedClock(Monday));
        await using var other = Again(store, new StoppedClock(Monday));
        var lease = await ((ISourceLeases)store).LeaseAsync("Okta", Cancelled);
        var refused = await Assert.ThrowsAsync<SourceLeasedException>(async () => await ((ISourceLeases)other).LeaseAsync("okta", Cancelled));
        await using var beside = await ((ISourceLeases)other).LeaseAsync("hr", Cancelled);
        TakenFile taken = new("users.ndjson", "ab12", Monday.AddHours(-1), Monday.AddHours(-2), 7, "cd34");
        await lease.KeepAsync(lease.Record with { StartedAt = Monday, EndedAt = Monday.AddMinutes(1), Outcome = "collected", Detail = "1 file", Files = [taken] }, Cancelled);
        var running = await ((ISourceLeases)other).CollectedAsync(Cancelled);
        await lease.DisposeAsync();

        await using var next = await ((ISourceLeases)other).LeaseAsync("okta", Cancelled);

        Assert.Contains($"process {Environment.ProcessId} on {Environment.MachineName}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(["hr", "okta"], running.Select(record => record.Source));
        Assert.NotNull(running[1].Holder);
        Assert.True(next.Fence > lease.Fence);
        Assert.Equal((Monday, Monday.AddMinutes(1), "collected", "1 file"), (next.Record.StartedAt, next.Record.EndedAt, next.Record.Outcome, next.Record.Detail));
        Assert.Equal([taken], next.Record.Files);
        Assert.Null(beside.Record.StartedAt);
    }

    [Fact]
    public async Task A_source_that_nobody_collects_has_no_collector()
    {
        await using var store = New(new StoppedClock(Monday));
        Assert.Empty(await ((ISourceLeases)store).CollectedAsync(Cancelled));
        await (await ((ISourceLeases)store).LeaseAsync("okta", Cancelled)).DisposeAsync();

        var record = Assert.Single(await ((ISourceLeases)store).CollectedAsync(Cancelled));

        Assert.Equal(("okta", 1L, null), (record.Source, record.Fence, record.Holder));
    }

    [Theory]
    [InlineData("")]
    [InlineData("../okta")]
    [InlineData(".okta")]
    [InlineData("okta users")]
    [InlineData("okta\n")]
    public async Task A_source_has_a_plain_name(string name)
    {
        await using var store = New(new StoppedClock(Monday));

        await Assert.ThrowsAsync<ArgumentException>(async () => await ((ISourceLeases)store).LeaseAsync(name, Cancelled));
    }
}
