using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Ndjson;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Collect.Exchange;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests;

public sealed class PipelineTests : IDisposable
{
    private static readonly DateTimeOffset s_today = new(2025, 7, 1, 0, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder _folder = new();
    private readonly EmbeddedGraphStore _store;

    public PipelineTests() => _store = EmbeddedGraphStore.Create(_folder.Sub(), new EmbeddedStoreOptions { Time = new StoppedClock(s_today) });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _store.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _folder.Dispose();
    }

    [Fact]
    public async Task A_clean_file_becomes_one_sealed_run()
    {
        var result = await Import([Lines.Header, .. People(3), """{"end":"Person","complete":true}"""]);

        Assert.Equal((ImportVerdict.Clean, 4L, 4L, 0L), (result.Verdict, result.Read, result.Observations, result.Rejected));
        var run = Assert.Single(_store.Runs());
        Assert.Equal((run.Number, run.Sha256), (Assert.Single(result.Runs).Sealed?.Number, result.Runs[0].Sealed?.Sha256));
        Assert.Equal(["p0", "p1", "p2"], _store.Read(run, Cancellation).OfType<Observation.SawNode>().Select(node => node.Id));
        Assert.Equal(s_today, run.Header.RecordedAt);
    }

    [Fact]
    public async Task One_bad_line_in_twenty_is_reported_and_the_rest_goes_in()
    {
        var result = await Import([Lines.Header, .. People(19), """{"node":7}"""]);

        Assert.Equal((ImportVerdict.Partial, 20L, 1L), (result.Verdict, result.Read, result.Rejected));
        Assert.Equal(21, Assert.Single(result.Report.Rejects).Line);
        Assert.Equal((1L, false), (Assert.Single(_store.Runs()).Outcome.Rejected, _store.Runs()[0].Outcome.Partial));
    }

    [Fact]
    public async Task One_bad_line_in_nineteen_is_too_many_and_nothing_is_committed()
    {
        var result = await Import([Lines.Header, .. People(18), """{"node":7}"""]);

        Assert.Equal(ImportVerdict.Refused, result.Verdict);
        Assert.Contains("1 of 19 records were rejected", result.Refusal, StringComparison.Ordinal);
        Assert.Empty(_store.Runs());
    }

    [Fact]
    public async Task Allowed_rejects_are_committed_however_many()
    {
        var result = await Import([Lines.Header, .. People(1), """{"node":7}""", "x"], new ImportOptions { AllowRejects = true });

        Assert.Equal((ImportVerdict.Partial, 2L), (result.Verdict, result.Rejected));
        Assert.Single(_store.Runs());
    }

    [Fact]
    public async Task A_file_cut_off_is_committed_as_partial()
    {
        var result = await Import([Lines.Header, .. People(1), """{"end":"Person","complete":true}""", """{"node":"p9","ki"""], cut: true);

        Assert.Equal(ImportVerdict.Partial, result.Verdict);
        var run = Assert.Single(_store.Runs());
        Assert.Equal((true, "the file is cut off in line 4"), (run.Outcome.Partial, run.Outcome.Reason));
        Assert.False(_store.Read(run, Cancellation).OfType<Observation.EndOf>().Single().Complete);
    }

    [Fact]
    public async Task A_version_nobody_knows_touches_nothing()
    {
        var result = await Import(["""{"idgraph":2,"source":"okta","startedAt":"2025-06-02T08:00:00Z"}""", .. People(30)]);

        Assert.Equal(ImportVerdict.Refused, result.Verdict);
        Assert.Contains("version `2`", result.Refusal, StringComparison.Ordinal);
        Assert.Empty(_store.Runs());
    }

    [Fact]
    public async Task A_dry_run_reads_all_and_writes_nothing()
    {
        var result = await Import([Lines.Header, .. People(30), "x"], new ImportOptions { DryRun = true });

        Assert.Equal((ImportVerdict.Partial, 31L, 30L), (result.Verdict, result.Read, result.Observations));
        Assert.Null(Assert.Single(result.Runs).Sealed);
        Assert.Empty(_store.Runs());
    }

    [Fact]
    public async Task Cancelling_leaves_nothing_and_lets_the_next_import_write()
    {
        using var stop = new CancellationTokenSource();
        var options = new ImportOptions { Progress = new Told(_ => stop.Cancel()) };

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Import([Lines.Header, .. People(30_000)], options, cancellation: stop.Token));

        Assert.Empty(_store.Runs());
        Assert.Equal(ImportVerdict.Clean, (await Import([Lines.Header, .. People(1)])).Verdict);
    }

    [Fact]
    public async Task Progress_is_told_to_the_end()
    {
        var told = new List<ImportProgress>();

        await Import([Lines.Header, .. People(25_000)], new ImportOptions { Progress = new Told(told.Add) });

        Assert.Equal([new(10_000, 10_000), new(20_000, 20_000), new(25_000, 25_000)], told);
    }

    [Fact]
    public async Task A_later_run_with_too_many_rejects_takes_the_earlier_ones_with_it()
    {
        string[] lines = [Lines.Header, .. People(3), Lines.Header, .. People(3), "x"];

        var result = await Import(lines);
        Assert.Equal(ImportVerdict.Refused, result.Verdict);
        Assert.Empty(_store.Runs());

        var taken = await Import(lines[..^1]);
        Assert.Equal((ImportVerdict.Clean, 6L), (taken.Verdict, taken.Observations));
        Assert.Equal(2, _store.Runs().Count);
        Assert.Equal([3L, 3], _store.Runs().Select(run => run.Observations));
    }

    [Theory]
    [InlineData("2025-06-05T00:00:00Z", "2025-06-04T00:00:00Z", "oldest first")]
    [InlineData("2025-06-05T00:00:00Z", "2025-07-02T00:00:00Z", "future")]
    public async Task Record_times_that_would_rewrite_what_was_known_refuse_every_run_of_the_file(string first, string second, string words)
    {
        var result = await Import([Recorded(first), .. People(1), Recorded(second), .. People(1)]);

        Assert.Equal(ImportVerdict.Refused, result.Verdict);
        Assert.Contains(words, result.Refusal, StringComparison.Ordinal);
        Assert.Empty(_store.Runs());
    }

    [Fact]
    public async Task Equal_record_times_are_taken()
    {
        var result = await Import([Recorded("2025-06-05T00:00:00Z"), .. People(1), Recorded("2025-06-05T00:00:00Z"), .. People(1)]);

        Assert.Equal(ImportVerdict.Clean, result.Verdict);
        Assert.Equal(2, _store.Runs().Count);
    }

    [Fact]
    public async Task The_same_file_twice_is_two_runs_and_the_second_is_told_to_repeat_the_first()
    {
        string[] file = [Lines.Header, .. People(3), """{"end":"Person","complete":true}"""];
        await Import(file);

        var again = await Import(file);

        Assert.Equal((ImportVerdict.Clean, 2), (again.Verdict, _store.Runs().Count));
        Assert.Contains("run 2 states exactly what run 1 does", Assert.Single(again.Report.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_file_that_differs_in_one_word_repeats_nothing()
    {
        await Import([Lines.Header, .. People(3)]);

        Assert.Empty((await Import([Lines.Header, .. People(2), """{"node":"p9","kind":"Person"}"""])).Report.Warnings);
    }

    [Fact]
    public async Task The_same_lines_read_at_another_time_repeat_nothing()
    {
        await Import([Lines.Header, .. People(3)]);

        Assert.Empty((await Import([Lines.Header.Replace("08:00", "09:00", StringComparison.Ordinal), .. People(3)])).Report.Warnings);
    }

    private static string Recorded(string instant) => $$"""{"idgraph":1,"source":"okta","startedAt":"2025-06-01T00:00:00Z","recordedAt":"{{instant}}"}""";

    private static IEnumerable<string> People(int count) => Enumerable.Range(0, count).Select(i => $$"""{"node":"p{{i}}","kind":"Person"}""");

    private async Task<ImportResult> Import(string[] lines, ImportOptions? options = null, bool cut = false, CancellationToken? cancellation = null)
    {
        var path = _folder.Sub() + ".ndjson";
        var text = string.Join('\n', lines) + (cut ? "" : "\n");
        await File.WriteAllBytesAsync(path, Encoding.UTF8.GetBytes(text), Cancellation);
        options = (options ?? new()) with { Time = new StoppedClock(s_today) };
        return await Pipeline.ImportAsync(new NdjsonFormat(), new ImportRequest { Path = path }, _store, options, cancellation ?? Cancellation);
    }

    private sealed class Told(Action<ImportProgress> tell) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value) => tell(value);
    }
}
