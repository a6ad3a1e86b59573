using IdentityGraph.Bolt.Connecting;
using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Protocol;

/// <summary>
/// One connection: requests go out in order, many at once if need be, and answers come back in the same order. It is for one task at a
/// time. After anything unexpected it is either put in order by a RESET or closed; nobody gets it in between.
/// </summary>
internal sealed partial class BoltConnection : IAsyncDisposable
{
    private const int WriteAtOnce = 1 << 20;

    /// <summary>
    /// So many requests go out before the answers to the portion before them are taken. A server whose answers nobody takes stops taking
    /// requests, and both would wait for each other; a few hundred answers fit into what lies between.
    /// </summary>
    private const int RequestsAtOnce = 128;

    private readonly Stream _stream;
    private readonly BoltLimits _limits;
    private readonly TimeProvider _time;
    private readonly MessageReader _reader;
    private readonly StringInterner _names = new(1024);
    private readonly ChunkBuffer _out = new();
    private readonly PackWriter _writer;
    private readonly Queue<Response> _pending = new();
    private readonly List<(int End, Response Last)> _portions = [];
    private int _unsent;
    private bool _beginUnsent;
    private int _busy;

    public BoltConnection(Stream stream, BoltVersion version, BoltLimits limits, TimeProvider time, TimeSpan? silence = null)
    {
        (_stream, Version, _limits, _time) = (stream, version, limits, time);
        _reader = new(stream, limits, time) { Silence = silence ?? Timeout.InfiniteTimeSpan };
        _writer = new(_out);
        (CreatedAt, IdleSince) = (time.GetTimestamp(), time.GetTimestamp());
    }

    public BoltVersion Version { get; }

    /// <summary>The server's name and version, as it tells them: <c>Neo4j/5.26.0</c>.</summary>
    public string Server { get; private set; } = "";

    /// <summary>The server's name for this connection, as it stands in its logs.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Where it goes back to; null where nobody keeps it.</summary>
    public ConnectionPool? Pool { get; set; }

    /// <summary>Who is signed in.</summary>
    public BoltAuthentication? Authentication { get; private set; }

    /// <summary>Timestamp of <see cref="TimeProvider"/>.</summary>
    public long CreatedAt { get; }

    /// <summary>Timestamp of <see cref="TimeProvider"/>.</summary>
    public long IdleSince { get; set; }

    /// <summary>Whether it is closed, and why does not matter any longer.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>Whether the server ignores everything until RESET.</summary>
    public bool HasFailed { get; private set; }

    /// <summary>Whether a transaction was begun and not ended.</summary>
    public bool InTransaction { get; set; }

    /// <summary>Whether the next one may simply use it.</summary>
    public bool IsClean => !IsBroken && !HasFailed && !InTransaction && _pending.Count == 0 && _out.Length == 0;

    /// <summary>Whether the server sent something nobody asked for; what comes next could not be trusted to be the answer.</summary>
    public bool HeardUnasked => _pending.Count == 0 && (_reader.TryRead(out _) || _reader.HoldsBytes);

    /// <summary>
    /// Sends what was enqueued; of very many requests all answers but the newest are received on the way. Ended in the middle, the connection is
    /// closed, for half a message was sent.
    /// </summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_out.Length == 0)
        {
            return;
        }

        Enter();
        try
        {
            (_unsent, _beginUnsent) = (0, false);
            var (sent, before) = (0, (Response?)null);
            foreach (var (end, last) in _portions)
            {
                await SendAsync(_out.Written[sent..end], cancellationToken);
                if (before is not null)
                {
                    await ReceiveAllAsync(before, cancellationToken);
                }

                (sent, before) = (end, last);
            }

            await SendAsync(_out.Written[sent..], cancellationToken);
            _out.Clear();
            _portions.Clear();
        }
        catch (Exception e)
        {
            Break();
            _out.Abandon();
            throw e is IOException or ObjectDisposedException ? new BoltConnectionException("the connection to the server was lost while sending", e)
                : e is TimeoutException ? new BoltConnectionException("the server takes nothing any longer; the connection is closed", e)
                : e is OperationCanceledException ? new OperationCanceledException("cancelled while sending; the connection is closed", e, cancellationToken)
                : e;
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Receives until <paramref name="until"/> is done.</summary>
    public async ValueTask ReceiveAsync(Response until, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            await ReceiveAllAsync(until, cancellationToken);
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Receives what has come for <paramref name="until"/>, waiting only if nothing has.</summary>
    public async ValueTask ReceiveSomeAsync(Response until, CancellationToken cancellationToken)
    {
        Enter();
        try
        {
            while (!until.IsDone && Dispatch(until) == 0)
            {
                await FillAsync(cancellationToken);
            }
        }
        finally
        {
            Leave();
        }
    }

    /// <summary>Closes it at once; the server rolls back what was open.</summary>
    public void Break()
    {
        if (!IsBroken)
        {
            IsBroken = true;
            _stream.Dispose();
            foreach (var response in _pending)
            {
                response.Abandon();
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsBroken)
        {
            try
            {
                Enqueue(new(), Tag.Goodbye, 0, static _ => { });
                using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(1), _time);
                await FlushAsync(soon.Token);
            }
            catch (Exception e) when (e is BoltException or OperationCanceledException or InvalidOperationException)
            {
                // Saying goodbye is courtesy; the connection is closed either way.
            }

            Break();
        }

        _reader.Dispose();
        _out.Dispose();
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> rest, CancellationToken cancellationToken)
    {
        while (!rest.IsEmpty)
        {
            var part = rest[..Math.Min(rest.Length, WriteAtOnce)];
            var writing = _stream.WriteAsync(part, CancellationToken.None);
            if (!writing.IsCompletedSuccessfully)
            {
                await writing.AsTask().WaitAsync(_reader.Silence, _time, cancellationToken);
            }

            rest = rest[part.Length..];
        }

        await _stream.FlushAsync(cancellationToken);
    }

    private async ValueTask ReceiveAllAsync(Response until, CancellationToken cancellationToken)
    {
        while (!until.IsDone)
        {
            if (Dispatch(until) == 0)
            {
                await FillAsync(cancellationToken);
            }
        }
    }

    private async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        ThrowIfBroken();
        try
        {
            await _reader.FillAsync(cancellationToken);
        }
        catch (BoltConnectionException)
        {
            Break();
            throw;
        }
    }

    /// <summary>Hands messages that have come to whom they are for, in order, until <paramref name="until"/> is done.</summary>
    /// <returns>How many.</returns>
    private int Dispatch(Response until)
    {
        ThrowIfBroken();
        var count = 0;
        try
        {
            for (; !until.IsDone && _reader.TryRead(out var message); count++)
            {
                Handle(message);
            }
        }
        catch (BoltProtocolException)
        {
            Break();
            throw;
        }

        return count;
    }

    private void Handle(ReadOnlySpan<byte> message)
    {
        if (message.Length > 2 && message[0] == Marker.TinyStructure + 1 && message[1] == Tag.Record && _pending.TryPeek(out var reading))
        {
            if (!reading.IsAbandoned)
            {
                var record = new PackReader(message[2..], _limits, _names);
                reading.Record(ref record);
            }

            return;
        }

        var reader = new PackReader(message, _limits, _names);
        if (reader.Peek() is not PackType.Structure || reader.ReadStructureHeader(out var tag) is var fields && fields != (tag is Tag.Ignored ? fields : 1))
        {
            throw new BoltProtocolException("the server sent something that is no message");
        }

        if (!_pending.TryPeek(out var response))
        {
            throw new BoltProtocolException($"the server sent a message 0x{tag:X2} that nobody asked for");
        }

        _pending.Dequeue();
        switch (tag)
        {
            case Tag.Success:
                response.Succeed(Metadata(ref reader));
                break;
            case Tag.Failure:
                HasFailed = true;
                response.Fail(ServerFailure.Read(Metadata(ref reader)));
                break;
            case Tag.Ignored:
                response.Ignore();
                break;
            default:
                throw new BoltProtocolException($"the server sent a message 0x{tag:X2}, which is none of Bolt 5, or not as it should be");
        }
    }

    private static IReadOnlyDictionary<string, object?> Metadata(ref PackReader reader) =>
        reader.Peek() is PackType.Map ? reader.ReadMap() : throw new BoltProtocolException("the server sent an answer whose content is no map");

    private void ThrowIfBroken()
    {
        if (IsBroken)
        {
            throw new BoltConnectionException("the connection to the server is closed");
        }
    }

    private void Enter()
    {
        if (Interlocked.Exchange(ref _busy, 1) != 0)
        {
            throw new InvalidOperationException("a session, with its transactions and results, is for one task at a time; open one session for each");
        }
    }

    private void Leave() => Volatile.Write(ref _busy, 0);
}
