using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;

namespace IdentityGraph.Tests.Collect.Exchange;

public sealed class MemoryTests
{
    private const int Count = 200_000;

    /// <summary>What one observation of such a line takes: the record, its lists and its own texts; nothing may grow with the file.</summary>
    private const int MostBytesPerLine = 640;

    [Fact]
    public void Reading_takes_as_much_for_the_last_line_as_for_the_first()
    {
        var report = new ImportReport();
        using var reader = new ExchangeReader(new ManyLines(Count), new ImportRequest { Path = "many.ndjson" }, report);
        var run = reader.Runs(TestContext.Current.CancellationToken).First();
        long nodes = 0;
        var begun = GC.GetAllocatedBytesForCurrentThread();

        foreach (var observation in run.Observations)
        {
            nodes += observation is Observation.SawNode { Id.Length: 20 } ? 1 : 0;
        }

        Assert.Equal(Count, nodes);
        Assert.Equal(0, report.RejectCount);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - begun, 1, (long)Count * MostBytesPerLine);
    }

    [Fact]
    public void A_line_that_never_ends_is_not_kept()
    {
        var report = new ImportReport();
        using var reader = new ExchangeReader(new Endless(64L * 1024 * 1024), new ImportRequest { Path = "endless.ndjson" }, report);
        var run = reader.Runs(TestContext.Current.CancellationToken).First();
        var begun = GC.GetAllocatedBytesForCurrentThread();

        Assert.Empty(run.Observations);

        Assert.Contains("longer than 16 MiB", Assert.Single(report.Rejects).Problem, StringComparison.Ordinal);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - begun, 0, 128L * 1024 * 1024);
    }

    /// <summary>A run made up while it is read, without taking memory for it.</summary>
    private sealed class ManyLines(int count) : Made
    {
        private static readonly byte[] s_line = Encoding.UTF8.GetBytes(
            """{"node":"okta:user/00u0000000","kind":"Account","from":"2025-05-30T18:05:00Z","props":{"name":"pat@acme.example","state":"Active","mfa":true},"stream":"users"}""" + "\n");

        private readonly byte[] _line = [.. s_line];
        private int _next = -1;

        protected override ReadOnlyMemory<byte> More()
        {
            _next++;
            if (_next == 0)
            {
                return Encoding.UTF8.GetBytes(Lines.Header + "\n");
            }

            System.Buffers.Text.Utf8Formatter.TryFormat(_next, _line.AsSpan(s_line.AsSpan().IndexOf("0000000"u8), 7), out _, new('D', 7));
            return _next > count ? default : _line;
        }
    }

    private sealed class Endless(long length) : Made
    {
        private static readonly byte[] s_block = [.. Enumerable.Repeat((byte)'x', 64 * 1024)];
        private long _given = -1;

        protected override ReadOnlyMemory<byte> More()
        {
            if (_given < 0)
            {
                _given = 0;
                return Encoding.UTF8.GetBytes(Lines.Header + "\n" + """{"node":""" + "\"");
            }

            _given += s_block.Length;
            return _given > length ? default : s_block;
        }
    }

    private abstract class Made : Stream
    {
        private ReadOnlyMemory<byte> _rest;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            _rest = _rest.IsEmpty ? More() : _rest;
            var length = Math.Min(count, _rest.Length);
            _rest[..length].CopyTo(buffer.AsMemory(offset, count));
            _rest = _rest[length..];
            return length;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected abstract ReadOnlyMemory<byte> More();
    }
}
