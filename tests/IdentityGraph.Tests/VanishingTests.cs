using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Ndjson;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests;

/// <summary>A complete run that lacks more than a fifth of a stream, and more than 20 objects of it, ends nothing until someone confirms it.</summary>
public sealed class VanishingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedGraphStore _store;

    public VanishingTests() => _store = EmbeddedGraphStore.Create(_folder.Sub());

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(100, 21, true)]
    [InlineData(100, 20, false)] // not more than 20
    [InlineData(105, 21, false)] // exactly a fifth
    [InlineData(104, 21, true)]
    [InlineData(20, 20, false)] // all of a small stream
    [InlineData(21, 21, true)]
    public async Task It_is_held_above_both_limits_and_at_neither(int before, int gone, bool held)
    {
        await ReadAsync("2025-06-01", Users(0, before));
        var result = await ReadAsync("2025-06-02", Users(gone, before));

        var run = Assert.Single(result.Runs);
        Assert.Equal(held ? [new Vanished("Account", "nodes", gone, before, Confirmed: false)] : [], run.Vanished);
        Assert.Equal(held ? ImportVerdict.Partial : ImportVerdict.Clean, result.Verdict);
        Assert.Equal(held ? Truth.Unknown : Truth.False, await PresentAsync("u0", "2025-06-03"));
        Assert.Equal(gone < before ? Truth.True : held ? Truth.Unknown : Truth.False, await PresentAsync($"u{before - 1}", "2025-06-03"));
        Assert.Equal(held, run.Outcome.Reason is not null);
        Assert.False(run.Outcome.Partial);
    }

    [Fact]
    public async Task The_first_run_of_a_source_lacks_nothing()
    {
        await ReadAsync("2025-06-01", Users(0, 100), source: "entra");
        Assert.Empty(Assert.Single((await ReadAsync("2025-06-02", [])).Runs).Vanished);
        Assert.Equal(Truth.True, await PresentAsync("u0", "2025-06-03"));
    }

    [Theory]
    [InlineData("""{"end":"Account","complete":false}""", "full")]
    [InlineData("""{"end":"Account","complete":true}""", "delta")]
    public async Task What_proves_no_absence_is_not_held(string end, string mode)
    {
        await ReadAsync("2025-06-01", Users(0, 100));
        var result = await ReadAsync("2025-06-02", [end], mode: mode);
        Assert.Equal(ImportVerdict.Clean, result.Verdict);
        Assert.Equal(Truth.True, await PresentAsync("u0", "2025-06-03"));
    }

    [Fact]
    public async Task What_ended_by_its_own_word_or_before_did_not_vanish()
    {
        await ReadAsync("2025-06-01", Users(0, 100));
        await ReadAsync("2025-06-02", [.. Enumerable.Range(0, 60).Select(i => $$"""{"node":"u{{i}}","until":"2025-06-02T00:00:00Z","stream":"Account"}""")], mode: "delta");
        Assert.Empty(Assert.Single((await ReadAsync("2025-06-03", Users(60, 100))).Runs).Vanished);
        Assert.Equal(Truth.False, await PresentAsync("u0", "2025-06-04"));
    }

    [Fact]
    public async Task Edges_are_judged_apart_from_nodes_and_one_seen_without_its_key_is_there()
    {
        string[] edges = [.. Enumerable.Range(0, 40).Select(i => $$"""{"edge":"ENTITLES","of":"r","to":"u{{i}}","key":"read","stream":"Account"}""")];
        string[] seen = [.. Enumerable.Range(0, 40).Select(i => $$"""{"seen":{"edge":"ENTITLES","of":"r","to":"u{{i}}"},"stream":"Account"}""")];
        await ReadAsync("2025-06-01", [.. Users(0, 500), .. edges]);
        Assert.Empty(Assert.Single((await ReadAsync("2025-06-02", [.. Users(0, 500), .. seen])).Runs).Vanished);
        Assert.Equal([new Vanished("Account", "edges", 40, 40, Confirmed: false)], Assert.Single((await ReadAsync("2025-06-03", Users(0, 500))).Runs).Vanished);
    }

    [Fact]
    public async Task Confirmed_beforehand_it_ends_at_once()
    {
        await ReadAsync("2025-06-01", Users(0, 100));
        var result = await ReadAsync("2025-06-02", Users(50, 100), confirm: true);
        Assert.Equal(ImportVerdict.Clean, result.Verdict);
        Assert.Equal([new Vanished("Account", "nodes", 50, 100, Confirmed: true)], Assert.Single(result.Runs).Vanished);
        Assert.Equal(Truth.False, await PresentAsync("u0", "2025-06-03"));
    }

    [Theory]
    [InlineData(true, Truth.False)]
    [InlineData(false, Truth.True)]
    public async Task A_decision_holds_from_the_moment_it_is_known(bool confirmed, Truth present)
    {
        await ReadAsync("2025-06-01", Users(0, 100));
        await ReadAsync("2025-06-02", Users(50, 100));
        var held = Assert.Single(HeldRuns.In(_store, Cancelled));
        Assert.Equal((2, "Account"), (held.Run.Number, Assert.Single(held.Streams).Stream));

        var before = _store.Runs()[^1].Header.RecordedAt;
        await HeldRuns.DecideAsync(_store, 2, confirmed, Cancelled);

        Assert.Empty(HeldRuns.In(_store, Cancelled));
        await Assert.ThrowsAsync<NothingHeldException>(() => HeldRuns.DecideAsync(_store, 2, confirmed, Cancelled));
        Assert.Equal(present, await PresentAsync("u0", "2025-06-03"));
        Assert.Equal(Truth.Unknown, await PresentAsync("u0", "2025-06-03", before));
    }

    [Fact]
    public async Task Read_again_it_was_there_all_the_time_and_lacked_again_it_is_held_again()
    {
        await ReadAsync("2025-06-01", Users(0, 100));
        await ReadAsync("2025-06-02", Users(50, 100));
        Assert.True(Assert.Single((await ReadAsync("2025-06-03", Users(50, 100))).Runs).IsHeld);
        await ReadAsync("2025-06-04", Users(0, 100));
        Assert.Equal(Truth.True, await PresentAsync("u0", "2025-06-02T12:00:00Z"));
        Assert.Equal(Truth.True, await PresentAsync("u0", "2025-06-05"));
    }

    [Fact]
    public async Task After_a_confirmed_one_the_rest_is_what_the_stream_holds()
    {
        await ReadAsync("2025-06-01", Users(0, 100));
        await ReadAsync("2025-06-02", Users(50, 100));
        await HeldRuns.DecideAsync(_store, 2, true, Cancelled);
        Assert.Empty(Assert.Single((await ReadAsync("2025-06-03", Users(50, 100))).Runs).Vanished);
        Assert.Equal([new Vanished("Account", "nodes", 21, 50, Confirmed: false)], Assert.Single((await ReadAsync("2025-06-04", Users(71, 100))).Runs).Vanished);
    }

    [Fact]
    public async Task An_export_carries_what_is_held_and_what_was_decided()
    {
        await ReadAsync("2025-06-01", Users(0, 100));
        await ReadAsync("2025-06-02", Users(50, 100));
        await ReadAsync("2025-06-03", Users(75, 100), confirm: true);
        var file = Path.Combine(_folder.Sub(), "all.ndjson");
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        await using (var stream = File.Create(file))
        {
            foreach (var run in _store.Runs())
            {
                ExchangeExport.Write(_store, run, stream, Cancelled);
            }
        }

        await using var again = EmbeddedGraphStore.Create(_folder.Sub());
        await Pipeline.ImportAsync(new NdjsonFormat(), new ImportRequest { Path = file }, again, cancellationToken: Cancelled);
        Assert.Equal((await _store.SnapshotAsync(null, Cancelled)).Hash, (await again.SnapshotAsync(null, Cancelled)).Hash);
        Assert.Equal([2], HeldRuns.In(again, Cancelled).Select(held => held.Run.Number));
    }

    private static string[] Users(int from, int to) => [.. Enumerable.Range(from, to - from).Select(i => $$$"""{"node":"u{{{i}}}","kind":"Account","props":{"state":"Active"}}""")];

    private async Task<Truth> PresentAsync(string id, string day, DateTimeOffset? asKnownAt = null) =>
        (await _store.SnapshotAsync(asKnownAt, Cancelled)).At(Scenarios.Facts.Instant(day)).Find(id)!.Value.Present;

    private Task<ImportResult> ReadAsync(string day, string[] lines, string source = "okta", string mode = "full", bool confirm = false)
    {
        string[] file = [$$"""{"idgraph":1,"source":"{{source}}","startedAt":"{{day}}T00:00:00Z","mode":"{{mode}}"}""", .. lines, .. lines.Any(line => line.Contains("\"end\"", StringComparison.Ordinal)) ? Array.Empty<string>() : ["""{"end":"Account","complete":true}"""]];
        var bytes = Encoding.UTF8.GetBytes(string.Join('\n', file));
        return Pipeline.ImportAsync(new NdjsonFormat(), new ImportRequest { Path = "-", StandardInput = new MemoryStream(bytes) }, _store, new ImportOptions { ConfirmVanish = confirm }, Cancelled);
    }
}
