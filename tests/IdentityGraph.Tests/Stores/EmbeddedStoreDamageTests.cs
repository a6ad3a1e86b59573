using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Tests.Stores;

/// <summary>What crashes and bad disks do to a store, and what it says then.</summary>
public sealed class EmbeddedStoreDamageTests : IDisposable
{
    private static readonly DateTimeOffset Monday = new(2025, 6, 2, 8, 0, 0, TimeSpan.Zero);
    private static readonly RunHeader Okta = new() { Source = "okta", StartedAt = Monday };
    private static readonly Observation Pat = new Observation.SawNode { Id = "okta:user/00u1", Kind = "Account", Properties = [new("state", PropertyValue.Of("Active"))] };
    private readonly TemporaryFolder _folder = new();
    private readonly List<string> _notices = [];

    private static CancellationToken Cancelled => TestContext.Current.CancellationToken;

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task A_run_file_cut_at_any_byte_before_sealing_is_invisible_and_swept_by_the_next_writer()
    {
        var (path, whole) = await StoreWithOneRun();
        var unfinished = Path.Combine(path, "runs", "00000002.run.part");
        for (var length = 0; length <= whole.Length; length++)
        {
            await File.WriteAllBytesAsync(unfinished, whole[..length], Cancelled);

            Assert.Single(Open(path).Runs());
        }

        var check = await Open(path).CheckAsync(Cancelled);
        Assert.True(check.IsSound);
        Assert.Equal([unfinished], check.Problems.Select(problem => problem.File));

        var run = await Record(path);
        Assert.Equal(2, run.Number);
        Assert.False(File.Exists(unfinished));
        Assert.Contains("00000002.run.part", Assert.Single(_notices), StringComparison.Ordinal);
        Assert.Empty((await Open(path).CheckAsync(Cancelled)).Problems);
    }

    [Fact]
    public async Task A_flipped_byte_anywhere_in_a_sealed_file_is_named_by_the_check_and_refused_by_reading()
    {
        var (path, whole) = await StoreWithOneRun();
        var file = Path.Combine(path, "runs", "00000001.run");
        var store = Open(path);
        var run = Assert.Single(store.Runs());
        for (var place = 0; place < whole.Length; place++)
        {
            var damaged = whole.ToArray();
            damaged[place] ^= 0x10;
            await File.WriteAllBytesAsync(file, damaged, Cancelled);

            var refused = Assert.Throws<StoreException>(() => store.Read(run, Cancelled).Count());
            Assert.Contains($"`{file}` cannot be read at byte {FrameStart(whole, place)}:", refused.Message, StringComparison.Ordinal);
            Assert.Contains("restore this file from a copy", refused.Message, StringComparison.Ordinal);
            if (place % 64 == 17)
            {
                var problem = Assert.Single((await store.CheckAsync(Cancelled)).Problems);
                Assert.Equal((file, (long?)FrameStart(whole, place), false), (problem.File, problem.Offset, problem.Harmless));
            }
        }
    }

    [Fact]
    public async Task No_snapshot_is_made_of_damaged_runs_but_one_of_the_time_before_them_is()
    {
        var (path, whole) = await StoreWithOneRun();
        var file = Path.Combine(path, "runs", "00000001.run");
        whole[^1] ^= 1;
        await File.WriteAllBytesAsync(file, whole, Cancelled);

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await Open(path).SnapshotAsync(cancellationToken: Cancelled));

        Assert.Contains(file, refused.Message, StringComparison.Ordinal);
        Assert.Equal(0, (await Open(path).SnapshotAsync(Monday.AddTicks(-1), Cancelled)).NodeCount);
    }

    [Fact]
    public async Task A_sealed_file_cut_at_any_byte_is_refused()
    {
        var (path, whole) = await StoreWithOneRun();
        var file = Path.Combine(path, "runs", "00000001.run");
        for (var length = 0; length < whole.Length; length++)
        {
            await File.WriteAllBytesAsync(file, whole[..length], Cancelled);

            Assert.Throws<StoreException>(() => Open(path).Read(Open(path).Runs()[0], Cancelled).Count());
        }
    }

    [Fact]
    public async Task A_sealed_file_that_is_gone_or_another_is_named()
    {
        var (path, whole) = await StoreWithOneRun();
        var second = await Record(path);
        var file = Path.Combine(path, "runs", "00000002.run");

        await File.WriteAllBytesAsync(file, whole, Cancelled);
        var swapped = Assert.Throws<StoreException>(() => Open(path).Read(second, Cancelled).Count());
        File.Delete(file);
        var check = await Open(path).CheckAsync(Cancelled);

        Assert.Contains("not the file that the manifest lists", swapped.Message, StringComparison.Ordinal);
        Assert.Equal((2, 1, false), (check.Runs, check.WholeRuns, check.IsSound));
        Assert.Equal([file], check.Problems.Select(problem => problem.File));
    }

    [Fact]
    public async Task A_crash_between_naming_the_file_and_listing_it_hides_the_run_and_keeps_its_file_aside()
    {
        var (path, whole) = await StoreWithOneRun();
        var manifest = Path.Combine(path, "manifest.ndjson");
        var before = await File.ReadAllBytesAsync(manifest, Cancelled);
        await Record(path);
        var after = await File.ReadAllBytesAsync(manifest, Cancelled);
        for (var length = 0; length <= after.Length; length++)
        {
            await File.WriteAllBytesAsync(manifest, before, Cancelled);
            await File.WriteAllBytesAsync(manifest + ".tmp", after[..length], Cancelled);

            Assert.Single(Open(path).Runs());
        }

        var again = await Record(path);

        Assert.Equal(2, again.Number);
        Assert.Equal(2, _notices.Count);
        Assert.False(File.Exists(manifest + ".tmp"));
        Assert.Equal(["00000001.run", "00000002.run", "00000002.run.set-aside"], Directory.EnumerateFiles(Path.Combine(path, "runs")).Select(Path.GetFileName).Order());
        Assert.True((await Open(path).CheckAsync(Cancelled)).IsSound);
        Assert.Equal(whole, await File.ReadAllBytesAsync(Path.Combine(path, "runs", "00000001.run"), Cancelled));
    }

    [Fact]
    public async Task A_manifest_changed_at_any_byte_is_refused_and_nothing_is_written()
    {
        var (path, _) = await StoreWithOneRun();
        var manifest = Path.Combine(path, "manifest.ndjson");
        var whole = await File.ReadAllBytesAsync(manifest, Cancelled);
        for (var place = 0; place < whole.Length; place++)
        {
            var damaged = whole.ToArray();
            damaged[place] ^= 0x01;
            await File.WriteAllBytesAsync(manifest, damaged, Cancelled);

            Assert.Throws<StoreException>(() => Open(path));
            await Assert.ThrowsAsync<StoreException>(async () => await Open(path).BeginRunAsync(Okta, Cancelled));
        }

        Assert.Single(Directory.EnumerateFiles(Path.Combine(path, "runs")));
    }

    [Fact]
    public async Task The_record_of_a_process_that_died_blocks_nobody()
    {
        var (path, _) = await StoreWithOneRun();
        await File.WriteAllTextAsync(Path.Combine(path, "writer.json"), "{\"pid\":999999999,\"host\":\"" + Environment.MachineName + "\",\"user\":\"mara\",\"since\":\"2025-06-02T08:00:00Z\"}", Cancelled);

        Assert.Null(Open(path).Info().Writer);
        Assert.Equal(2, (await Record(path)).Number);
    }

    [Fact]
    public async Task Where_the_writer_cannot_say_its_name_the_store_cannot_be_written_and_is_not_left_locked()
    {
        var (path, _) = await StoreWithOneRun();
        Directory.CreateDirectory(Path.Combine(path, "writer.json"));

        var refused = await Assert.ThrowsAsync<StoreException>(async () => await Open(path).BeginRunAsync(Okta, Cancelled));
        Assert.Contains($"`{path}` cannot be written", refused.Message, StringComparison.Ordinal);
        Directory.Delete(Path.Combine(path, "writer.json"));
        Assert.Equal(2, (await Record(path)).Number);
    }

    [Fact]
    public async Task A_writer_at_work_is_told_and_its_file_is_no_leftover()
    {
        var (path, _) = await StoreWithOneRun();
        await using var writer = await Open(path).BeginRunAsync(Okta, Cancelled);

        Assert.Contains($"process {Environment.ProcessId} ", Open(path).Info().Writer, StringComparison.Ordinal);
        Assert.Empty((await Open(path).CheckAsync(Cancelled)).Problems);
    }

    [Fact]
    public async Task A_strange_file_is_told_and_never_touched()
    {
        var (path, _) = await StoreWithOneRun();
        var thesis = Path.Combine(path, "runs", "thesis.run.txt");
        await File.WriteAllTextAsync(thesis, "mine", Cancelled);

        await Record(path);

        var problem = Assert.Single((await Open(path).CheckAsync(Cancelled)).Problems);
        Assert.Equal((thesis, true), (problem.File, problem.Harmless));
        Assert.True(File.Exists(thesis));
    }

    [Fact]
    public async Task Sealing_that_fails_leaves_nothing_and_frees_the_store()
    {
        var (path, _) = await StoreWithOneRun();
        var obstacle = Directory.CreateDirectory(Path.Combine(path, "manifest.ndjson.tmp"));

        var failed = await Assert.ThrowsAsync<StoreException>(async () => await Record(path));
        obstacle.Delete();

        Assert.Contains("Nothing of it is visible", failed.Message, StringComparison.Ordinal);
        Assert.Equal(["00000001.run"], Directory.EnumerateFiles(Path.Combine(path, "runs")).Select(Path.GetFileName));
        Assert.Equal(2, (await Record(path)).Number);
        Assert.Empty(_notices);
    }

    [Fact]
    public async Task An_empty_store_whose_folder_of_runs_was_lost_in_copying_still_works()
    {
        var path = _folder.Sub();
        EmbeddedGraphStore.Create(path);
        Directory.Delete(Path.Combine(path, "runs"));

        Assert.Empty((await Open(path).CheckAsync(Cancelled)).Problems);
        Assert.Equal(1, (await Record(path)).Number);
    }

    [Fact]
    public async Task The_store_tells_what_it_holds()
    {
        var (path, whole) = await StoreWithOneRun();

        var info = Open(path).Info();

        Assert.Equal((1, 1L, (long)whole.Length, 1, "embedded"), (info.Runs, info.Observations, info.Bytes, info.Version, info.Kind));
        Assert.Equal((Monday, Monday), (info.OldestRecordTime, info.NewestRecordTime));
        Assert.Equal([new StoreSource { Source = "okta", Tenant = "", Runs = 1, Observations = 1, LastStartedAt = Monday, LastRecordedAt = Monday }], info.Sources);
    }

    /// <summary>Where the frame begins in which a byte lies; 0 within the header of the file.</summary>
    private static long FrameStart(byte[] file, int place)
    {
        long start = 0;
        for (var at = RunFormat.FileHeaderBytes; at <= place; at += RunFormat.FrameHeaderBytes + FrameHeader.Read(file.AsSpan(at)).Length)
        {
            start = at;
        }

        // What is wrong with the run's own header is found when the file is opened.
        return start == RunFormat.FileHeaderBytes ? 0 : start;
    }

    private EmbeddedGraphStore Open(string path) =>
        EmbeddedGraphStore.Open(path, new EmbeddedStoreOptions { Time = new StoppedClock(Monday), OnNotice = _notices.Add });

    private async Task<(string Path, byte[] File)> StoreWithOneRun()
    {
        var path = _folder.Sub();
        EmbeddedGraphStore.Create(path);
        await Record(path);
        return (path, await File.ReadAllBytesAsync(Path.Combine(path, "runs", "00000001.run"), Cancelled));
    }

    private async Task<SealedRun> Record(string path)
    {
        await using var writer = await Open(path).BeginRunAsync(Okta, Cancelled);
        writer.Write(Pat);
        return await writer.SealAsync(new RunOutcome(), Cancelled);
    }
}
