namespace IdentityGraph.Stores.Neo4j;

/// <summary>The bytes of a run file, read from the server some chunks at a time, the next while these are used.</summary>
internal sealed class ChunkReadStream(StoreStatements statements, StoredRun run, CancellationToken cancellationToken) : Stream
{
    private const int ChunksAtOnce = 4;

    private IReadOnlyList<byte[]> _chunks = [];
    private Task<IReadOnlyList<byte[]>>? _next;
    private int _asked;
    private int _chunk;
    private int _offset;
    private long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => run.Entry.Bytes;

    public override long Position
    {
        get => _position;
        set => throw new NotSupportedException();
    }

    public override int Read(Span<byte> buffer)
    {
        while (_chunk < _chunks.Count && _offset == _chunks[_chunk].Length)
        {
            _chunk++;
            _offset = 0;
        }

        if (_chunk == _chunks.Count && !Fetch())
        {
            return 0;
        }

        var taken = Math.Min(buffer.Length, _chunks[_chunk].Length - _offset);
        _chunks[_chunk].AsSpan(_offset, taken).CopyTo(buffer);
        _offset += taken;
        _position += taken;
        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    private bool Fetch()
    {
        _next ??= AskAsync();
        var next = _next;
        _chunks = Blocking.On(() => next);
        (_chunk, _offset) = (0, 0);
        _next = _asked < run.Chunks ? AskAsync() : null;
        return _chunks.Count > 0 && _chunks[0].Length > 0;
    }

    private async Task<IReadOnlyList<byte[]>> AskAsync()
    {
        var from = _asked;
        _asked += ChunksAtOnce;
        if (from >= run.Chunks)
        {
            return [];
        }

        var rows = await statements.ReadAsync("store/chunks.cypher", cancellationToken, ("fence", run.Fence), ("from", (long)from), ("until", (long)_asked)).ConfigureAwait(false);
        return [.. rows.Select(row => (byte[])row[0]!)];
    }
}
