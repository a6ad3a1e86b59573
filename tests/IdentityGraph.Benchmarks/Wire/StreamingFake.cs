using IdentityGraph.Bolt.PackStream;
using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Benchmarks.Wire;

/// <summary>
/// The server's side of one statement, in memory: success with the fields, records encoded beforehand and repeated, success. A read copies
/// as many bytes as a socket would give; nothing else of a server or a network is in it, so what is measured is the reader.
/// </summary>
internal sealed class StreamingFake : Stream
{
    private const int MostAtOnce = 64 << 10;
    private readonly byte[] _head;
    private readonly byte[] _block;
    private readonly byte[] _tail;
    private readonly int _blocks;
    private long _at;

    /// <param name="shape">What the records hold.</param>
    /// <param name="records">How many; a multiple of the block's thousand.</param>
    public StreamingFake(RecordShape shape, int records)
    {
        _head = Message(Tag.Success, new Dictionary<string, object?> { ["fields"] = shape.Names });
        _block = [.. Enumerable.Range(0, RecordShape.Block).SelectMany(i => Message(Tag.Record, shape.Row(i)))];
        _tail = Message(Tag.Success, new Dictionary<string, object?> { ["type"] = "r" });
        _blocks = records / RecordShape.Block;
    }

    /// <summary>Bytes of one record with its chunk, on average.</summary>
    public double WirePerRecord => (double)_block.Length / RecordShape.Block;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => true;

    public override long Length => _head.Length + ((long)_blocks * _block.Length) + _tail.Length;

    public override long Position { get => _at; set => _at = value; }

    public override int Read(Span<byte> buffer)
    {
        var wanted = Math.Min(buffer.Length, MostAtOnce);
        var taken = 0;
        while (taken < wanted && Part() is { IsEmpty: false } part)
        {
            var some = part[..Math.Min(part.Length, wanted - taken)];
            some.CopyTo(buffer[taken..]);
            taken += some.Length;
            _at += some.Length;
        }

        return taken;
    }

    public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.FromResult(Read(buffer.Span));

    public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => ValueTask.CompletedTask;

    public override Task FlushAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public override void Flush()
    {
    }

    public override void Write(byte[] buffer, int offset, int count)
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    /// <summary>A message in one chunk.</summary>
    private static byte[] Message(byte tag, object content)
    {
        using var buffer = new ChunkBuffer();
        var writer = new PackWriter(buffer);
        writer.BeginMessage(tag, 1);
        writer.WriteValue(content);
        writer.EndMessage();
        return buffer.Written.ToArray();
    }

    private ReadOnlySpan<byte> Part()
    {
        if (_at < _head.Length)
        {
            return _head.AsSpan((int)_at);
        }

        var inBlocks = _at - _head.Length;
        var all = (long)_blocks * _block.Length;
        return inBlocks < all ? _block.AsSpan((int)(inBlocks % _block.Length)) : _tail.AsSpan((int)(inBlocks - all));
    }
}

/// <summary>What the records of a benchmark hold.</summary>
/// <param name="Title">In a few words.</param>
/// <param name="Names">The fields.</param>
/// <param name="Row">Values of the record with a number from 0.</param>
internal sealed record RecordShape(string Title, string[] Names, Func<int, object?[]> Row)
{
    /// <summary>How many different records are encoded; they are repeated.</summary>
    public const int Block = 1000;

    /// <summary>An edge as the store reads it: ends, kind, and when it was true.</summary>
    public static RecordShape Edge { get; } = new(
        "five whole numbers (an edge)", ["from", "to", "kind", "since", "until"], i => [i * 997L, 1_000_000L - (i * 31L), i % 40L, 1_700_000_000L + i, 1_800_000_000L + i]);

    /// <summary>A node with words that repeat.</summary>
    public static RecordShape Named { get; } = new(
        "two whole numbers, two texts of 100 and 20", ["key", "since", "name", "kind"], i => [i * 997L, 1_700_000_000L + i, $"service-account-{i % 100}@example.org", $"ServiceIdentity{i % 20}"]);
}
