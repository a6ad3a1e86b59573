using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>Writes one run as the bytes of a run file, in chunks; sealing makes the node by which they are found.</summary>
internal sealed class Neo4jRunWriter : IRunWriter
{
    private readonly StoreStatements _statements;
    private readonly WriterLease _lease;
    private readonly IReadOnlyList<StoredRun> _before;
    private readonly RunHeader _header;
    private readonly string _location;
    private readonly TimeProvider _time;
    private readonly int _number;
    private readonly CancellationTokenSource _abandoned = new();
    private readonly ChunkWriteStream _stream;
    private readonly RunFileWriter _file;
    private bool _closed;

    public Neo4jRunWriter(StoreStatements statements, WriterLease lease, IReadOnlyList<StoredRun> before, RunHeader header, string location, TimeProvider time)
    {
        (_statements, _lease, _before, _header, _location, _time) = (statements, lease, before, header, location, time);
        _number = before.Count == 0 ? 1 : before[^1].Entry.Run.Number + 1;
        _stream = new ChunkWriteStream(statements, lease, location, _abandoned.Token);
        _file = new RunFileWriter(_stream, new RunOpening(_number, header));
    }

    public void Write(Observation observation)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        _file.Write(observation);
    }

    public async ValueTask<SealedRun> SealAsync(RunOutcome outcome, CancellationToken cancellationToken = default)
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        cancellationToken.ThrowIfCancellationRequested();
        DateTimeOffset? newest = _before.Count == 0 ? null : _before[^1].Entry.Run.Header.RecordedAt;
        outcome = outcome with { Reason = outcome.Reason is null ? null : Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(outcome.Reason)) };
        var recordedAt = RecordTime.Of(_header, newest, _time.GetUtcNow());
        var sha256 = _file.Finish(outcome, recordedAt);
        await _stream.FinishAsync().ConfigureAwait(false);
        var run = new SealedRun(_number, _header with { RecordedAt = recordedAt }, outcome, _file.Observations, sha256);
        var stored = new StoredRun(new ManifestEntry(run, StoreFolder.RunName(_number), _file.BytesWritten), _lease.Fence, _stream.Chunks);
        cancellationToken.ThrowIfCancellationRequested();
        if (!await SealAsync(stored, cancellationToken).ConfigureAwait(false))
        {
            throw await _lease.LostAsync(_location, cancellationToken).ConfigureAwait(false);
        }

        _lease.Sealed();
        await DisposeAsync().ConfigureAwait(false);
        return run;
    }

    public async ValueTask DisposeAsync()
    {
        if (_closed)
        {
            return;
        }

        _closed = true;
        await _abandoned.CancelAsync().ConfigureAwait(false);
        _file.Dispose();
        await _stream.DisposeAsync().ConfigureAwait(false);
        _abandoned.Dispose();
        await _lease.DisposeAsync().ConfigureAwait(false);
    }

    private async Task<bool> SealAsync(StoredRun stored, CancellationToken cancellationToken)
    {
        var run = stored.Entry.Run;
        var sealedRun = await _statements.WriteAsync(
            "store/seal-run.cypher",
            cancellationToken,
            ("fence", _lease.Fence),
            ("number", (long)run.Number),
            ("chunks", stored.Chunks),
            ("manifest", stored.Manifest),
            ("source", run.Header.Source),
            ("tenant", run.Header.Tenant),
            ("startedAt", run.Header.StartedAt),
            ("recordedAt", run.Header.RecordedAt!.Value),
            ("observations", run.Observations),
            ("partial", run.Outcome.Partial),
            ("sha256", run.Sha256)).ConfigureAwait(false);

        // A statement whose COMMIT went unanswered is sent again and then finds the lease given back: the run itself says what happened.
        return sealedRun.Count == 1
            || (await _statements.ReadAsync("store/runs.cypher", cancellationToken).ConfigureAwait(false)).Any(row => row[1] is long fence && fence == _lease.Fence);
    }
}
