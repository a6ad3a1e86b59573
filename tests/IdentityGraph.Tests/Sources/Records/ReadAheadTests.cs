using System.Text;
using System.Text.Json;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Tests.Sources.Records;

/// <summary>What is read ahead comes in the order of the source, with its faults in their place, and ends when nobody asks for more.</summary>
public sealed class ReadAheadTests
{
    /// <summary>Enough for many batches.</summary>
    private const int Many = 20_000;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Every_item_comes_in_its_order_and_stands_while_it_is_at_hand(bool another)
    {
        using var ahead = Ahead((tree, _) => Pieces(tree, Many), another);
        var number = 0;
        while (ahead.MoveNext())
        {
            Assert.Equal(Written(number++), ahead.Current.GetRawText());
        }

        Assert.Equal(Many, number);
        Assert.False(ahead.MoveNext());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_fault_comes_behind_what_came_before_it(bool another)
    {
        using var ahead = Ahead((tree, _) => Pieces(tree, 12_345).Concat(Faulty()), another);
        var number = 0;
        var fault = Assert.Throws<JsonException>(() =>
        {
            for (; ahead.MoveNext(); number++)
            {
                Assert.Equal(Written(number), ahead.Current.GetRawText());
            }
        });

        Assert.Equal((12_345, "no JSON"), (number, fault.Message));
    }

    [Fact]
    public void A_short_source_is_read_by_whoever_asks()
    {
        var reader = 0;
        using var ahead = Ahead((tree, _) => Pieces(tree, 10, () => reader = Environment.CurrentManagedThreadId));
        while (ahead.MoveNext())
        {
            Assert.Equal(Environment.CurrentManagedThreadId, reader);
        }

        Assert.NotEqual(0, reader);
    }

    [Fact]
    public void Reading_has_ended_once_nobody_asks_for_more()
    {
        var read = 0;
        var ahead = Ahead((tree, stop) => Pieces(tree, int.MaxValue, () =>
        {
            stop.ThrowIfCancellationRequested();
            read++;
        }));
        for (var number = 0; number < Many; number++)
        {
            Assert.True(ahead.MoveNext());
        }

        ahead.Dispose();
        var ended = read;
        Assert.True(ended >= Many);
        Assert.Equal(ended, Volatile.Read(ref read));
    }

    [Fact]
    public void Who_cancels_is_told_so()
    {
        using var cancelled = new CancellationTokenSource();
        using var ahead = new ReadAhead<JsonValue>(Tree, (source, stop) => Pieces(source, int.MaxValue, stop.ThrowIfCancellationRequested), another: true, cancelled.Token);
        Assert.True(ahead.MoveNext());
        cancelled.Cancel();

        Assert.ThrowsAny<OperationCanceledException>(() =>
        {
            while (ahead.MoveNext())
            {
                // What was read already is handed out.
            }
        });
    }

    [Fact]
    public void Pieces_larger_than_a_batch_come_one_by_one()
    {
        var large = Encoding.UTF8.GetBytes($"[\"{new string('x', 3 << 20)}\"]");
        using var ahead = Ahead((tree, _) => Enumerable.Range(0, 8).Select(_ => Kept(tree, large)));
        var count = 0;
        for (; ahead.MoveNext(); count++)
        {
            Assert.Equal(large.Length, ahead.Current.Bytes.Length);
        }

        Assert.Equal(8, count);
    }

    private static ReadAhead<JsonValue> Ahead(Func<ReadAhead<JsonValue>, CancellationToken, IEnumerable<JsonValue>> source, bool another = true) =>
        new(Tree, source, another, CancellationToken.None);

    private static JsonTree Tree() => new(8, careful: true);

    private static string Written(int number) => $"{{\"number\":{number},\"text\":\"{new string((char)('a' + (number % 26)), number % 90)}\"}}";

    private static IEnumerable<JsonValue> Pieces(ReadAhead<JsonValue> ahead, int count, Action? each = null)
    {
        for (var number = 0; number < count; number++)
        {
            each?.Invoke();
            yield return Kept(ahead, Encoding.UTF8.GetBytes(Written(number)));
        }
    }

    private static JsonValue Kept(ReadAhead<JsonValue> ahead, byte[] bytes)
    {
        var json = ahead.Tree.Read(bytes, 0, bytes.Length, out _, out _);
        ahead.Tree.Keep(bytes.Length);
        return json;
    }

    private static IEnumerable<JsonValue> Faulty()
    {
        foreach (var fault in new[] { new JsonException("no JSON") })
        {
            throw fault;
        }

        yield break;
    }
}
