namespace IdentityGraph.Stores.Neo4j;

/// <summary>The bytes of a run file, out of a feed of chunks.</summary>
/// <param name="feed">Where they come from.</param>
/// <param name="run">Which run.</param>
/// <param name="ownsFeed">Whether the feed is this stream's alone and ends with it.</param>
internal sealed class ChunkReadStream(ChunkFeed feed, StoredRun run, bool ownsFeed) : Stream
{
    private byte[] _chunk = [];
    private long _next;
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
        while (_offset == _chunk.Length)
        {
            if (_next == run.Chunks || feed.Next(run.Fence, _next) is not { } chunk)
            {
                return 0;
            }

            (_chunk, _offset) = (chunk, 0);
            _next++;
        }

        var taken = Math.Min(buffer.Length, _chunk.Length - _offset);
        _chunk.AsSpan(_offset, taken).CopyTo(buffer);
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

    protected override void Dispose(bool disposing)
    {
        if (disposing && ownsFeed)
        {
            feed.Dispose();
        }

        base.Dispose(disposing);
    }
}
