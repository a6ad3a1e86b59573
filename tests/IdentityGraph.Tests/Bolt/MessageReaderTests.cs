using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Bolt;
using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Messages come in any number of chunks, and chunks in any number of reads.</summary>
public sealed class MessageReaderTests
{
    private static readonly byte[] s_first = [.. Enumerable.Range(1, 23).Select(i => (byte)i)];
    private static readonly byte[] s_second = [0xB1, 0x70, 0xA0];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_split_into_two_chunks_at_every_point_and_read_in_two_parts_at_every_point_comes_together()
    {
        for (var split = 1; split < s_first.Length; split++)
        {
            byte[] wire = [.. Chunk(s_first[..split]), .. Chunk(s_first[split..]), 0, 0, .. Chunk(s_second), 0, 0];
            for (var cut = 1; cut < wire.Length; cut++)
            {
                Assert.Equal([Convert.ToHexString(s_first), Convert.ToHexString(s_second)], await ReadAsync([wire[..cut], wire[cut..]], 2));
            }
        }
    }

    [Fact]
    public async Task Signs_of_life_between_messages_are_no_messages()
    {
        byte[] wire = [0, 0, 0, 0, .. Chunk(s_second), 0, 0, 0, 0, 0, 0, .. Chunk(s_first), 0, 0, 0, 0];
        for (var cut = 1; cut < wire.Length; cut++)
        {
            Assert.Equal([Convert.ToHexString(s_second), Convert.ToHexString(s_first)], await ReadAsync([wire[..cut], wire[cut..]], 2));
        }
    }

    [Fact]
    public async Task Every_byte_may_come_alone()
    {
        byte[] wire = [.. s_first.SelectMany(each => Chunk([each])), 0, 0, .. Chunk(s_second), 0, 0];
        Assert.Equal([Convert.ToHexString(s_first), Convert.ToHexString(s_second)], await ReadAsync([.. wire.Select(each => new[] { each })], 2));
    }

    [Fact]
    public void Any_messages_in_any_chunks_in_any_reads_come_out_as_they_went_in() =>
        Prop.ForAll(
            (from sizes in Gen.ListOf(Gen.Frequency((6, Gen.Choose(1, 60)), (2, Gen.Choose(200, 3_000)), (1, Gen.Choose(60_000, 200_000))), 6)
             from chunk in Gen.Choose(1, 65_535)
             from read in Gen.Choose(1, 90_000)
             select (sizes: sizes.ToArray(), chunk: Math.Max(chunk, sizes.Max() / 200), read: Math.Max(read, sizes.Max() / 50))).ToArbitrary(),
            async drawn =>
            {
                byte[][] messages = [.. drawn.sizes.Select((size, i) => Enumerable.Range(0, size).Select(at => (byte)(at + i)).ToArray())];
                byte[] wire = [.. messages.SelectMany(message => message.Chunk(drawn.chunk).SelectMany(Chunk).Concat(new byte[2]))];
                Assert.Equal(messages.Select(Convert.ToHexString), await ReadAsync([.. wire.Chunk(drawn.read)], messages.Length));
            }).Check(Config.QuickThrowOnFailure.WithReplay(20261121, 7).WithMaxTest(40));

    [Fact]
    public async Task A_message_of_just_the_limit_is_taken_and_one_byte_more_is_not()
    {
        byte[] wire = [.. Chunk(new byte[60]), .. Chunk(new byte[40]), 0, 0];
        Assert.Single(await ReadAsync([wire], 1, new() { MaxMessageBytes = 100 }));
        await Assert.ThrowsAsync<BoltProtocolException>(() => ReadAsync([wire], 1, new() { MaxMessageBytes = 99 }));
        await Assert.ThrowsAsync<BoltProtocolException>(() => ReadAsync([[.. Chunk(new byte[60]), 0, 0]], 1, new() { MaxMessageBytes = 59 }));
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_loses_nothing()
    {
        await using var stream = new Parts([s_second]) { Held = new() };
        using var reader = new MessageReader(stream, BoltLimits.Default, TimeProvider.System);
        using var cancelled = new CancellationTokenSource();
        var filling = reader.FillAsync(cancelled.Token).AsTask();
        await cancelled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => filling);
        stream.Held.SetResult();
        await reader.FillAsync(Token);
        Assert.False(reader.TryRead(out _)); // these three bytes are the beginning of a chunk of 45,424: more must come, none was lost
        await Assert.ThrowsAsync<BoltConnectionException>(() => reader.FillAsync(Token).AsTask());
    }

    private static byte[] Chunk(byte[] bytes) => [(byte)(bytes.Length >> 8), (byte)bytes.Length, .. bytes];

    private static async Task<List<string>> ReadAsync(byte[][] reads, int count, BoltLimits? limits = null)
    {
        await using var stream = new Parts(reads);
        using var reader = new MessageReader(stream, limits ?? BoltLimits.Default, TimeProvider.System);
        List<string> messages = [];
        while (messages.Count < count)
        {
            if (Next(reader) is { } message)
            {
                messages.Add(message);
            }
            else
            {
                await reader.FillAsync(CancellationToken.None);
            }
        }

        return messages;
    }

    private static string? Next(MessageReader reader) => reader.TryRead(out var message) ? Convert.ToHexString(message) : null;

    /// <summary>Gives one part a read; then it ends.</summary>
    private sealed class Parts(byte[][] parts) : MemoryStream
    {
        private int _next;

        public TaskCompletionSource? Held { get; init; }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            if (Held is not null)
            {
                await Held.Task;
            }

            if (_next == parts.Length)
            {
                return 0;
            }

            var part = parts[_next];
            var taken = Math.Min(part.Length, buffer.Length);
            part.AsSpan(0, taken).CopyTo(buffer.Span);
            if (taken == part.Length)
            {
                _next++;
            }
            else
            {
                parts[_next] = part[taken..];
            }

            return taken;
        }
    }
}
