using IdentityGraph.Bolt.Columns;
using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt;

/// <summary>
/// Records of a statement as they come: to be enumerated once, or read into columns, or passed over. Records are asked for in batches; the
/// next batch is asked for as soon as the server says there is more, while records of this one still wait here.
/// </summary>
/// <remarks>
/// Disposing a result that was not read to its end tells the server to throw the rest away; the statement itself is carried out all the
/// same. If it fails then, disposing throws, for else nobody would know.
/// </remarks>
public sealed class BoltResult : IAsyncEnumerable<BoltRecord>, IAsyncDisposable
{
    private readonly IResultOwner _owner;
    private readonly BoltConnection _connection;
    private readonly PendingStatement _statement;
    private RecordStream _stream;
    private RecordTarget? _target;
    private BoltException? _failure;
    private bool _throwsRest;
    private bool _failureTold;

    internal BoltResult(IResultOwner owner, BoltConnection connection, PendingStatement statement)
    {
        (_owner, _connection, _statement) = (owner, connection, statement);
        _stream = statement.FirstBatch;
    }

    /// <summary>Names of the fields, in order; empty for a statement that returns nothing.</summary>
    public IReadOnlyList<string> Names => _statement.Names.All;

    /// <summary>What the server said at the end; null before that.</summary>
    public BoltSummary? Summary { get; private set; }

    /// <summary>Whether nothing more comes from the server for it.</summary>
    internal bool IsOver { get; private set; }

    /// <summary>Enumerates the records; once only.</summary>
    /// <param name="cancellationToken">Ends it, and the statement on the server; its transaction is rolled back.</param>
    /// <exception cref="BoltServerException">The statement failed midway; records before that have been given.</exception>
    public async IAsyncEnumerator<BoltRecord> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        var records = new RecordQueue(_statement.Names);
        Begin(records);
        while (true)
        {
            while (records.TryTake(out var record))
            {
                yield return record;
            }

            if (IsOver)
            {
                ThrowIfFailed();
                yield break;
            }

            await AdvanceAsync(whole: false, cancellationToken);
        }
    }

    /// <summary>Reads all records into <paramref name="sink"/>, straight from the connection's buffer.</summary>
    /// <typeparam name="TSink">A struct is called without indirection; it must then keep what it collects outside of itself.</typeparam>
    /// <param name="sink">Takes each record.</param>
    /// <param name="cancellationToken">Ends it, and the statement on the server; its transaction is rolled back.</param>
    /// <returns>What the server said at the end.</returns>
    public async Task<BoltSummary> ReadIntoAsync<TSink>(TSink sink, CancellationToken cancellationToken = default)
        where TSink : IRecordSink
    {
        sink.Begin(Names);
        Begin(sink is RecordColumns columns ? new SinkTarget<DirectColumns>(new(columns)) : new SinkTarget<TSink>(sink));
        return await EndAsync(cancellationToken);
    }

    /// <summary>Throws away what was not read and waits for the end.</summary>
    /// <param name="cancellationToken">Ends the wait, and the statement on the server; its transaction is rolled back.</param>
    /// <returns>What the server said at the end.</returns>
    public async Task<BoltSummary> ConsumeAsync(CancellationToken cancellationToken = default)
    {
        if (!IsOver)
        {
            _throwsRest = true;
            Begin(Nobody.Target, again: true);
        }

        return await EndAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (!IsOver)
        {
            await ConsumeAsync();
        }
        else if (_failure is not null && !_failureTold)
        {
            ThrowIfFailed();
        }
    }

    /// <summary>Ends it without a word to the server: its transaction is over.</summary>
    internal void Close(BoltException? failure)
    {
        if (!IsOver)
        {
            IsOver = true;
            (_failure, _failureTold) = (failure, true);
        }
    }

    private void Begin(RecordTarget target, bool again = false)
    {
        if (_target is not null && !again)
        {
            throw new InvalidOperationException("a result is read once; keep the records, or run the statement again");
        }

        _target = target;
        try
        {
            _stream.ReadBy(target);
        }
        catch (Exception e)
        {
            Abort(e);
            throw;
        }
    }

    private async Task<BoltSummary> EndAsync(CancellationToken cancellationToken)
    {
        while (!IsOver)
        {
            await AdvanceAsync(whole: true, cancellationToken);
        }

        ThrowIfFailed();
        return Summary ?? throw new InvalidOperationException("the result was closed with its transaction before it was read to its end");
    }

    private async ValueTask AdvanceAsync(bool whole, CancellationToken cancellationToken)
    {
        try
        {
            if (whole)
            {
                await _connection.ReceiveAsync(_stream, cancellationToken);
            }
            else
            {
                await _connection.ReceiveSomeAsync(_stream, cancellationToken);
            }

            if (_stream.IsDone)
            {
                await NextBatchAsync(cancellationToken);
            }
        }
        catch (Exception e) when (!IsOver)
        {
            Abort(e);
            throw;
        }
    }

    private async ValueTask NextBatchAsync(CancellationToken cancellationToken)
    {
        if (_stream.Failure is { } failure)
        {
            IsOver = true;
            _failure = failure;
            _owner.Failed(failure);
            return;
        }

        _stream.ThrowIfRefused();
        _statement.HadRecords |= _stream.HadRecords;
        if (!_stream.HasMore)
        {
            IsOver = true;
            Summary = BoltSummary.From(_connection, _statement.Run, _stream.Metadata, Names.Count > 0, _statement.HadRecords);
            _owner.Finished(this, _stream.Metadata);
            return;
        }

        _stream = _connection.NewStream(_statement.Names, _throwsRest ? 0 : _statement.FetchSize);
        if (_target is not null)
        {
            _stream.ReadBy(_target);
        }

        if (_throwsRest)
        {
            _connection.Discard(-1, _statement.Id, _stream);
        }
        else
        {
            _connection.Pull(_statement.FetchSize, _statement.Id, _stream);
        }

        await _connection.FlushAsync(cancellationToken);
    }

    private void Abort(Exception e)
    {
        IsOver = true;
        (_failure, _failureTold) = (e as BoltException, true);
        _owner.Failed(e);
    }

    private void ThrowIfFailed()
    {
        if (_failure is not null)
        {
            _failureTold = true;
            throw _failure;
        }
    }

    /// <summary>Passes over every record.</summary>
    private sealed class Nobody : RecordTarget
    {
        public static Nobody Target { get; } = new();

        public override void Take(ref PackStream.PackReader reader)
        {
            while (!reader.AtEnd)
            {
                reader.Skip();
            }
        }
    }
}
