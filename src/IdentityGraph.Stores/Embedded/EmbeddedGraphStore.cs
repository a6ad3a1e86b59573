using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Collecting;

namespace IdentityGraph.Stores.Embedded;

/// <summary>
/// A folder of sealed, immutable run files under one manifest. Any number of processes read it without waiting; one writes.
/// The manifest is read anew for each question, so that what another process sealed is seen.
/// </summary>
public sealed class EmbeddedGraphStore : IInspectableStore
{
    private readonly StoreFolder _folder;
    private readonly StoreOptions _options;

    private EmbeddedGraphStore(StoreFolder folder, StoreOptions options)
    {
        _folder = folder;
        _options = options;
    }

    public string Location => _folder.Path;

    /// <summary>Makes an empty store in a new or empty folder.</summary>
    /// <exception cref="StoreException">The folder holds something already.</exception>
    public static EmbeddedGraphStore Create(string path, StoreOptions? options = null)
    {
        var folder = new StoreFolder(path);
        if (File.Exists(folder.ManifestPath))
        {
            throw new StoreException($"there is a store at `{folder.Path}` already; use it, or name another folder");
        }

        if (File.Exists(folder.Path) || (Directory.Exists(folder.Path) && !IsEmpty(folder)))
        {
            throw new StoreException($"`{folder.Path}` is not empty and is no store; name a new or an empty folder");
        }

        Directory.CreateDirectory(folder.RunsPath);
        Durable.Replace(folder.ManifestPath, Manifest.Print([]));
        Durable.FlushFolder(Path.GetDirectoryName(folder.Path) ?? folder.Path);
        return new EmbeddedGraphStore(folder, options ?? new StoreOptions());
    }

    /// <summary>Opens an existing store. Takes no lock and changes nothing.</summary>
    /// <exception cref="StoreException">There is none, or it cannot be read.</exception>
    public static EmbeddedGraphStore Open(string path, StoreOptions? options = null)
    {
        var folder = new StoreFolder(path);
        folder.ReadManifest();
        return new EmbeddedGraphStore(folder, options ?? new StoreOptions());
    }

    /// <summary>Whether a store is there, of whatever version.</summary>
    public static bool Exists(string path) => File.Exists(new StoreFolder(path).ManifestPath);

    /// <summary>Takes away a store of no runs, as one that was made for an import that was refused. Somebody's writing, or a run, keeps it.</summary>
    /// <returns>Whether it is gone.</returns>
    public bool RemoveIfEmpty()
    {
        try
        {
            using (WriterLock.Take(_folder, _options.Time))
            {
                if (_folder.ReadManifest().Count > 0 || _folder.InRuns().Any())
                {
                    return false;
                }

                File.Delete(_folder.ManifestPath);
                Directory.Delete(_folder.RunsPath);
            }

            File.Delete(_folder.LockPath);
            if (!Directory.EnumerateFileSystemEntries(_folder.Path).Any())
            {
                Directory.Delete(_folder.Path);
            }

            return true;
        }
        catch (Exception kept) when (kept is StoreException or StoreLockedException or IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    public IReadOnlyList<SealedRun> Runs() => [.. _folder.ReadManifest().Select(entry => entry.Run)];

    public ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RecordTime.CheckHeader(header);
        _folder.ReadManifest();
        var held = WriterLock.Take(_folder, _options.Time);
        try
        {
            // Read again under the lock: another writer may have sealed a run in between.
            var entries = _folder.ReadManifest();
            RecordTime.Check(header, entries.Count == 0 ? null : entries[^1].Run.Header.RecordedAt, _options.Time.GetUtcNow());
            // Copying tools drop empty folders.
            Directory.CreateDirectory(_folder.RunsPath);
            foreach (var notice in Sweep.Run(_folder, entries))
            {
                _options.OnNotice(notice);
            }

            return ValueTask.FromResult<IRunWriter>(new EmbeddedRunWriter(_folder, held, entries, header, _options.Time));
        }
        catch
        {
            held.Dispose();
            throw;
        }
    }

    public IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default)
    {
        var entry = _folder.ReadManifest().FirstOrDefault(entry => entry.Run.Number == run.Number);
        return entry is not null && entry.Run.Sha256 == run.Sha256
            ? RunReading.Read(_folder.RunPath(entry.File), entry, cancellationToken)
            : throw new StoreException($"run {run.Number} of {run.Header.Source} is not in the store at `{Location}`; ask it for its runs");
    }

    public async ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default)
    {
        var entries = _folder.ReadManifest();
        var now = _options.Time.GetUtcNow();
        var newest = entries.Count == 0 ? now : entries[^1].Run.Header.RecordedAt!.Value;
        var known = asKnownAt ?? (newest > now ? newest : now);
        var runs = entries.Select(entry => (entry.Run, RunReading.Read(_folder.RunPath(entry.File), entry, cancellationToken)));
        return await Task.Run(() => Pipeline.Fold(runs, known, _options.Fold, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    /// <summary>What it holds, as the manifest says.</summary>
    public StoreInfo Info() => StoreInspection.Summarize(_folder, _folder.ReadManifest());

    /// <summary>Reads every byte of every run and looks at every file. Changes nothing and takes no lock.</summary>
    /// <exception cref="StoreException">The manifest itself cannot be used.</exception>
    public async ValueTask<StoreCheck> CheckAsync(CancellationToken cancellationToken = default)
    {
        var entries = _folder.ReadManifest();
        return await Task.Run(() => StoreInspection.Check(_folder, entries, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public ValueTask<ISourceLease> LeaseAsync(string source, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        _folder.ReadManifest();
        return ValueTask.FromResult<ISourceLease>(EmbeddedSourceLease.Take(_folder, source, _options.Time));
    }

    public ValueTask<IReadOnlyList<SourceRecord>> CollectedAsync(CancellationToken cancellationToken = default) => ValueTask.FromResult(EmbeddedSourceLease.All(_folder));

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    /// <summary>A creation that was cut short may be repeated: an empty folder of runs and a manifest that never got its name.</summary>
    private static bool IsEmpty(StoreFolder folder) => Directory.EnumerateFileSystemEntries(folder.Path).All(entry =>
        entry == folder.ManifestPath + StoreFolder.TemporarySuffix
        || (entry == folder.RunsPath && Directory.Exists(entry) && !Directory.EnumerateFileSystemEntries(entry).Any()));
}
