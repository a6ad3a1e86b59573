using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>
/// Takes the bytes of a run file and writes them to the server in chunks, one on its way while the next fills: no more than two are held.
/// </summary>
internal sealed class ChunkWriteStream(StoreStatements statements, WriterLease lease, string location, CancellationToken cancellationToken) : Stream
{
    public const int ChunkBytes = 1 << 20;

    private readonly byte[] _buffer = new byte[ChunkBytes];
    private int _filled;
    private Task _writing = Task.CompletedTask;
    private long _position;

    /// <summary>How many were written.</summary>
    public int Chunks { get; private set; }

    public override bool CanRead => false;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _position;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        _position += buffer.Length;
        while (!buffer.IsEmpty)
        {
            var taken = Math.Min(buffer.Length, ChunkBytes - _filled);
            buffer[..taken].CopyTo(_buffer.AsSpan(_filled));
            _filled += taken;
            buffer = buffer[taken..];
            if (_filled == ChunkBytes)
            {
                Send();
            }
        }
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    /// <summary>Writes what is left and waits until the server has everything.</summary>
    public async Task FinishAsync()
    {
        if (_filled > 0)
        {
            Send();
        }

        await _writing.ConfigureAwait(false);
    }

    public override void Flush()
    {
    }

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    private void Send()
    {
        Blocking.Wait(_writing);
        var (place, bytes) = (Chunks++, _buffer.AsSpan(0, _filled).ToArray());
        _filled = 0;
        _writing = Task.Run(() => SendAsync(place, bytes), CancellationToken.None);
    }

    private async Task SendAsync(int place, byte[] bytes)
    {
        var written = await statements.WriteAsync(
            "store/write-chunks.cypher",
            cancellationToken,
            ("fence", lease.Fence),
            ("milliseconds", WriterLease.Milliseconds),
            ("writer", lease.Writer),
            ("chunks", new object?[] { new object?[] { (long)place, bytes } })).ConfigureAwait(false);
        if (written is not [[1L]])
        {
            if (await lease.IsHeldAsync(cancellationToken).ConfigureAwait(false))
            {
                throw new StoreException($"the place of chunk {place} of this run is taken in the store at `{location}`: somebody else wrote an IdgChunk there; nothing of this run is visible: remove that node (fence {lease.Fence}), and import again");
            }

            throw await lease.LostAsync(location, cancellationToken).ConfigureAwait(false);
        }
    }
}
