using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Text;

namespace IdentityGraph.Benchmarks.Wire;

/// <summary>
/// A reader of the usual design, as client libraries have it: a message is put together from its chunks in a growing stream, each value
/// becomes an object, each record an array of them with its fields' places, and records are handed over one by one through a queue.
/// </summary>
internal sealed class UsualReader(Stream source) : IDisposable
{
    private readonly Stream _stream = new BufferedStream(source, 64 << 10);
    private readonly MemoryStream _message = new();
    private readonly byte[] _header = new byte[2];

    /// <summary>One record: values, and where each name's stands.</summary>
    public sealed record Row(object?[] Values, IReadOnlyDictionary<string, int> Places);

    public async IAsyncEnumerable<Row> ReadAsync()
    {
        await NextAsync();
        var fields = (List<object?>)((Dictionary<string, object?>)ReadStructure().Values[0]!)["fields"]!;
        var places = fields.Select((name, i) => ((string)name!, i)).ToDictionary(pair => pair.Item1, pair => pair.i);
        var queue = new ConcurrentQueue<Row>();
        while (true)
        {
            await NextAsync();
            var (tag, values) = ReadStructure();
            if (tag == 0x70)
            {
                yield break;
            }

            queue.Enqueue(new([.. (List<object?>)values[0]!], places));
            if (queue.TryDequeue(out var row))
            {
                yield return row;
            }
        }
    }

    public void Dispose() => _message.Dispose(); // the buffered stream is over the caller's, which stays open

    private async Task NextAsync()
    {
        _message.SetLength(0);
        while (true)
        {
            await _stream.ReadExactlyAsync(_header);
            int size = BinaryPrimitives.ReadUInt16BigEndian(_header);
            if (size == 0)
            {
                break;
            }

            var chunk = new byte[size];
            await _stream.ReadExactlyAsync(chunk);
            _message.Write(chunk);
        }

        _message.Position = 0;
    }

    private (byte Tag, object?[] Values) ReadStructure()
    {
        var fields = _message.ReadByte() & 0x0F;
        var tag = (byte)_message.ReadByte();
        var values = new object?[fields];
        for (var i = 0; i < fields; i++)
        {
            values[i] = ReadValue();
        }

        return (tag, values);
    }

    private object? ReadValue()
    {
        var marker = (byte)_message.ReadByte();
        return (marker & 0xF0) switch
        {
            0x80 => ReadText(marker & 0x0F),
            0x90 => ReadList(marker & 0x0F),
            0xA0 => ReadMap(marker & 0x0F),
            _ => marker switch
            {
                < 0x80 or >= 0xF0 => (long)(sbyte)marker,
                0xC0 => null,
                0xC2 or 0xC3 => marker == 0xC3,
                0xC8 => (long)(sbyte)Bytes(1)[0],
                0xC9 => (long)BinaryPrimitives.ReadInt16BigEndian(Bytes(2)),
                0xCA => (long)BinaryPrimitives.ReadInt32BigEndian(Bytes(4)),
                0xCB => BinaryPrimitives.ReadInt64BigEndian(Bytes(8)),
                0xC1 => BinaryPrimitives.ReadDoubleBigEndian(Bytes(8)),
                0xD0 => ReadText(Bytes(1)[0]),
                _ => throw new InvalidDataException($"0x{marker:X2}"),
            },
        };
    }

    private string ReadText(int length) => Encoding.UTF8.GetString(Bytes(length));

    private List<object?> ReadList(int count)
    {
        var list = new List<object?>(count);
        for (var i = 0; i < count; i++)
        {
            list.Add(ReadValue());
        }

        return list;
    }

    private Dictionary<string, object?> ReadMap(int count)
    {
        var map = new Dictionary<string, object?>(count);
        for (var i = 0; i < count; i++)
        {
            map.Add((string)ReadValue()!, ReadValue());
        }

        return map;
    }

    private byte[] Bytes(int count)
    {
        var bytes = new byte[count];
        _message.ReadExactly(bytes);
        return bytes;
    }
}
