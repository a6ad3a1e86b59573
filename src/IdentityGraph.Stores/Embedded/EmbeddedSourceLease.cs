using System.Text.Json;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Collecting;

namespace IdentityGraph.Stores.Embedded;

/// <summary>
/// The right to collect a source into a folder. As with the writer's lock, the operating system holds it and frees it when the process
/// ends, however it ends; the record beside it names the holder and keeps what was taken.
/// </summary>
internal sealed class EmbeddedSourceLease : ISourceLease
{
    private const long MaxBytes = 64L << 20;

    private readonly FileStream _lock;
    private readonly string _path;
    private bool _given;

    private EmbeddedSourceLease(FileStream held, string path, SourceRecord record)
    {
        (_lock, _path, Record) = (held, path, record);
    }

    public string Source => Record.Source;

    public long Fence => Record.Fence;

    public SourceRecord Record { get; private set; }

    /// <exception cref="SourceLeasedException">Somebody collects it already.</exception>
    /// <exception cref="StoreException">The folder cannot be written.</exception>
    public static EmbeddedSourceLease Take(StoreFolder folder, string source, TimeProvider time)
    {
        var key = SourceRecord.Key(source);
        var path = folder.SourcePath(key);
        FileStream? held = null;
        try
        {
            Directory.CreateDirectory(folder.SourcesPath);
            held = Durable.Hold(folder.SourceLockPath(key)) ?? throw new SourceLeasedException($"`{key}` is being collected by {Read(path)?.Holder ?? "another process, which has not said its name yet"}");
            var before = Read(path) ?? new SourceRecord { Source = key };
            var process = WriterRecord.OfThisProcess(time);
            var lease = new EmbeddedSourceLease(held, path, before with { Fence = before.Fence + 1, Holder = process.ToString(), Process = process });
            lease.Write();
            return lease;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            held?.Dispose();
            throw new StoreException($"`{path}` cannot be written: {refused.Message}; make room or check who may write there, and try again", refused);
        }
        catch
        {
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Every record, sorted by name. A holder that died is not told.</summary>
    public static IReadOnlyList<SourceRecord> All(StoreFolder folder) => !Directory.Exists(folder.SourcesPath) ? [] :
    [
        .. Directory.EnumerateFiles(folder.SourcesPath, "*" + StoreFolder.SourceSuffix)
            .Order(StringComparer.Ordinal)
            .Select(Read)
            .OfType<SourceRecord>()
            .Select(record => record.Process?.IsRunning() is null or true ? record : record with { Holder = null, Process = null }),
    ];

    public ValueTask RenewAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Read(_path) is { } found && found.Fence != Fence
            ? throw new StoreLockedException($"`{Source}` was taken over by {found.Holder ?? "another collector"}; nothing more of it is written here")
            : ValueTask.CompletedTask;
    }

    public async ValueTask KeepAsync(SourceRecord record, CancellationToken cancellationToken = default)
    {
        await RenewAsync(cancellationToken).ConfigureAwait(false);
        Record = record with { Source = Source, Fence = Fence, Holder = Record.Holder, Process = Record.Process };
        try
        {
            Write();
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new StoreException($"`{_path}` cannot be written: {refused.Message}; what was collected is in the store, and will be read once more", refused);
        }
    }

    public ValueTask DisposeAsync()
    {
        if (!_given)
        {
            _given = true;
            try
            {
                Record = Record with { Holder = null, Process = null };
                Write();
            }
            catch (Exception left) when (left is IOException or UnauthorizedAccessException)
            {
                // The lock says who holds it; the name in the record is for people.
            }
            finally
            {
                _lock.Dispose();
            }
        }

        return ValueTask.CompletedTask;
    }

    private void Write() => Durable.Replace(_path, JsonSerializer.SerializeToUtf8Bytes(Record, StoresJson.Default.SourceRecord));

    /// <summary>Null where there is none that can be read: then nothing is known to have been taken, and it is read once more.</summary>
    private static SourceRecord? Read(string path) => Durable.ReadJson(path, StoresJson.Default.SourceRecord, MaxBytes);
}
