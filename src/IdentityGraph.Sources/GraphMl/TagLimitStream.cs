namespace IdentityGraph.Sources.GraphMl;

/// <summary>
/// Hands bytes on and throws where a tag or a text is longer than it may be: an XML reader holds each of them whole.
/// </summary>
internal sealed class TagLimitStream(Stream inner, long most) : Stream
{
    private long _since;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

    /// <exception cref="InvalidDataException">One tag or text is too long.</exception>
    public override int Read(Span<byte> buffer)
    {
        var read = inner.Read(buffer);
        var bytes = buffer[..read];
        var last = bytes.LastIndexOfAny((byte)'<', (byte)'>');
        if (last < 0)
        {
            _since += read;
        }
        else
        {
            _since = read - last;
        }

        return _since <= most ? read : throw new InvalidDataException($"a tag or text is longer than {most >> 20} MB");
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
        if (disposing)
        {
            inner.Dispose();
        }

        base.Dispose(disposing);
    }
}
