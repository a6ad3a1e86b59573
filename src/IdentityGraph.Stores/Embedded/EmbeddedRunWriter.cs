using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Writes one run into an unfinished file; sealing gives it its name and a line in the manifest.</summary>
internal sealed class EmbeddedRunWriter : IRunWriter
{
    private readonly StoreFolder _folder;
    private readonly WriterLock _lock;
    private readonly IReadOnlyList<ManifestEntry> _before;
    private readonly RunHeader _header;
    private readonly TimeProvider _time;
    private readonly int _number;
    private readonly FileStream _stream;
    private readonly RunFileWriter _file;
    private string _path;
    private bool _visible;
    private bool _closed;

    public EmbeddedRunWriter(StoreFolder folder, WriterLock held, IReadOnlyList<ManifestEntry> before, RunHeader header, TimeProvider time)
    {
        _folder = folder;
        _lock = held;
        _before = before;
        _header = header;
        _time = time;
        _number = before.Count == 0 ? 1 : before[^1].Run.Number + 1;
        _path = folder.RunPath(StoreFolder.RunName(_number) + StoreFolder.UnfinishedSuffix);
        _stream = new FileStream(_path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 1);
        _file = new RunFileWriter(_stream, new RunOpening(_number, header));
    }

    public void Write(Observation observation)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        try
        {
            _file.Write(observation);
        }
        catch (IOException failed)
        {
            throw Unwritable(failed);
        }
    }

    public ValueTask<SealedRun> SealAsync(RunOutcome outcome, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset? newest = _before.Count == 0 ? null : _before[^1].Run.Header.RecordedAt;
        outcome = outcome with { Reason = outcome.Reason is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(outcome.Reason)) };
        var recordedAt = RecordTime.Of(_header, newest, _time.GetUtcNow());
        try
        {
            var sha256 = _file.Finish(outcome, recordedAt);
            _stream.Flush(flushToDisk: true);
            _stream.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            var name = StoreFolder.RunName(_number);
            var run = new SealedRun(_number, _header with { RecordedAt = recordedAt }, outcome, _file.Observations, sha256);
            File.Move(_path, _folder.RunPath(name));
            _path = _folder.RunPath(name);
            Durable.FlushFolder(_folder.RunsPath);
            var manifest = Manifest.Print([.. _before, new ManifestEntry(run, name, _file.BytesWritten)]);
            Durable.Replace(_folder.ManifestPath, manifest, replaced: () => _visible = true);
            return ValueTask.FromResult(run);
        }
        catch (Exception failed) when (failed is IOException or UnauthorizedAccessException)
        {
            throw _visible
                ? new StoreException($"run {_number} was sealed, but the disk did not confirm it: {failed.Message}. Check the disk, then `idgraph store check`", failed)
                : Unwritable(failed);
        }
        finally
        {
            Close();
        }
    }

    public ValueTask DisposeAsync()
    {
        Close();
        return ValueTask.CompletedTask;
    }

    private void Close()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        try
        {
            _file.Dispose();
            _stream.Dispose();
            if (!_visible)
            {
                File.Delete(_path);
                File.Delete(_folder.ManifestPath + StoreFolder.TemporarySuffix);
            }
        }
        catch (Exception left) when (left is IOException or UnauthorizedAccessException)
        {
            // What cannot be removed now is invisible, and the next writer sweeps it and says so.
        }
        finally
        {
            _lock.Dispose();
        }
    }

    private StoreException Unwritable(Exception failed) => new(
        $"run {_number} of {_header.Source} could not be written to `{_folder.Path}`: {failed.Message}. Nothing of it is visible; make room or check the disk, and import it again",
        failed);
}
