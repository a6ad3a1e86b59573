using System.Buffers.Binary;
using System.Globalization;
using System.Text;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Bolt;
using IdentityGraph.Bolt.PackStream;
using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Benchmarks.Wire;

/// <summary>Batches of ten thousand rows written as parameters of a statement.</summary>
internal static class EncodeBenchmark
{
    private const int RowsAtOnce = 10_000;
    private const int Batches = 100;

    public static void Run()
    {
        Page.Heading("Bolt: rows written");
        Page.Text($"{Batches} statements of {Page.Count(RowsAtOnce)} rows (two whole numbers and a text) each, sent to nowhere; median of 5 rounds, alternatives in turn. Aim: ≤ 40 B allocated a row.");
        Page.Columns("writer", "rows/s", "CPU a row", "allocated a row", "wall ×", "CPU ×");
        var rows = new EdgeRows(
            [.. Enumerable.Range(0, RowsAtOnce).Select(i => i * 997L)], [.. Enumerable.Range(0, RowsAtOnce).Select(i => 1_000_000L - i)], [.. Enumerable.Range(0, RowsAtOnce).Select(i => $"role-{i % 50}")]);
        string[] names = ["usual design: a dictionary a row, streams", "dictionaries through `BoltParameters`", "columns through `IPackable`"];
        var measured = Measured.Interleaved(5, () => Usual(rows), () => Dictionaries(rows).GetAwaiter().GetResult(), () => Packed(rows).GetAwaiter().GetResult());
        for (var i = 0; i < measured.Length; i++)
        {
            var each = measured[i];
            const double Rows = RowsAtOnce * Batches;
            Page.Row(
                names[i], Page.Count((long)(Rows / each.Wall)), (each.Cpu / Rows * 1e9).ToString("0", CultureInfo.InvariantCulture) + " ns",
                (each.Allocated / Rows).ToString("0.00", CultureInfo.InvariantCulture) + " B", Page.Times(measured[0].Wall / each.Wall), Page.Times(measured[0].Cpu / each.Cpu));
        }
    }

    private static void Usual(EdgeRows rows)
    {
        for (var batch = 0; batch < Batches; batch++)
        {
            var message = new MemoryStream();
            UsualWriter.Write(message, new Dictionary<string, object> { ["rows"] = rows.AsDictionaries() });
            var chunks = new MemoryStream();
            var bytes = message.ToArray();
            foreach (var chunk in bytes.Chunk(65_535))
            {
                chunks.WriteByte((byte)(chunk.Length >> 8));
                chunks.WriteByte((byte)chunk.Length);
                chunks.Write(chunk);
            }

            Stream.Null.Write(chunks.ToArray());
        }
    }

    private static Task Dictionaries(EdgeRows rows) => SendAsync(() => new BoltParameters { ["rows"] = rows.AsDictionaries() });

    private static Task Packed(EdgeRows rows) => SendAsync(() => new BoltParameters { ["rows"] = rows });

    private static async Task SendAsync(Func<BoltParameters> parameters)
    {
        var connection = new BoltConnection(Stream.Null, new(5, 8), BoltLimits.Default, TimeProvider.System);
        for (var batch = 0; batch < Batches; batch++)
        {
            connection.Run(new("UNWIND $rows AS r MERGE (a {key: r[0]}) MERGE (b {key: r[1]}) MERGE (a)-[:HAS {role: r[2]}]->(b)", parameters()), null, new());
            connection.Pull(-1, null, new());
            await connection.FlushAsync(CancellationToken.None);
        }

        connection.Break();
        await connection.DisposeAsync();
    }

    private sealed class EdgeRows(long[] from, long[] to, string[] roles) : IPackable
    {
        public void Pack(PackWriter writer)
        {
            writer.BeginList(from.Length);
            for (var i = 0; i < from.Length; i++)
            {
                writer.BeginList(3);
                writer.Write(from[i]);
                writer.Write(to[i]);
                writer.Write(roles[i]);
            }
        }

        public List<object> AsDictionaries() =>
            [.. from.Select((key, i) => (object)new Dictionary<string, object> { ["from"] = key, ["to"] = to[i], ["role"] = roles[i] })];
    }

    /// <summary>Values into a stream, an array for each number.</summary>
    private static class UsualWriter
    {
        public static void Write(Stream stream, object value)
        {
            switch (value)
            {
                case Dictionary<string, object> map:
                    stream.WriteByte((byte)(0xA0 | map.Count));
                    foreach (var (name, each) in map)
                    {
                        Write(stream, name);
                        Write(stream, each);
                    }

                    break;
                case List<object> list:
                    stream.WriteByte(0xD6);
                    stream.Write(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness(list.Count)));
                    list.ForEach(each => Write(stream, each));
                    break;
                case string text:
                    var bytes = Encoding.UTF8.GetBytes(text);
                    stream.WriteByte((byte)(0x80 | bytes.Length));
                    stream.Write(bytes);
                    break;
                case long number:
                    stream.WriteByte(0xCA);
                    stream.Write(BitConverter.GetBytes(BinaryPrimitives.ReverseEndianness((int)number)));
                    break;
                default:
                    throw new InvalidOperationException(value.GetType().Name);
            }
        }
    }
}
