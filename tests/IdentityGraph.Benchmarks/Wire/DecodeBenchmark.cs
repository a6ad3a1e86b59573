using System.Globalization;
using IdentityGraph.Benchmarks.Measuring;
using IdentityGraph.Bolt;
using IdentityGraph.Bolt.Columns;
using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Benchmarks.Wire;

/// <summary>Records from a streaming fake into columns, into objects of ours, and by a reader of the usual design.</summary>
internal static class DecodeBenchmark
{
    private const int Records = 1_000_000;
    private const int Rounds = 9;

    /// <summary>As many as the runtime takes to compile all three readers as well as it ever will, on a machine with other work too.</summary>
    private const int WarmRounds = 6;

    public static void Run()
    {
        Page.Heading("Bolt: records read");
        Page.Text($"{Page.Count(Records)} records from a server's answer held in memory (no network, no server: the reader alone); median of {Rounds} rounds after {WarmRounds} more, alternatives in turn. Aims: ≤ 2 B allocated a record into columns, ≥ ×6 the usual design.");
        Page.Columns("record", "bytes", "reader", "records/s", "CPU a record", "allocated a record", "wall ×", "CPU ×");
        foreach (var shape in new[] { RecordShape.Edge, RecordShape.Named })
        {
            Run(shape);
        }
    }

    private static void Run(RecordShape shape)
    {
        var columns = Columns(shape);
        using var fake = new StreamingFake(shape, Records);
        string[] names = ["usual design: objects, boxed values", "`BoltRecord` one by one", "`RecordColumns`"];
        var measured = Measured.Interleaved(
            Rounds,
            WarmRounds,
            () => Usual(fake, shape).GetAwaiter().GetResult(),
            () => Objects(fake, shape).GetAwaiter().GetResult(),
            () => IntoColumns(fake, columns).GetAwaiter().GetResult());
        for (var i = 0; i < measured.Length; i++)
        {
            var each = measured[i];
            Page.Row(
                shape.Title, fake.WirePerRecord.ToString("0.0", CultureInfo.InvariantCulture), names[i], Page.Count((long)(Records / each.Wall)), Nanoseconds(each.Cpu / Records),
                ((double)each.Allocated / Records).ToString("0.00", CultureInfo.InvariantCulture) + " B", Page.Times(measured[0].Wall / each.Wall), Page.Times(measured[0].Cpu / each.Cpu));
        }
    }

    private static string Nanoseconds(double seconds) => (seconds * 1e9).ToString("0", CultureInfo.InvariantCulture) + " ns";

    private static Column[] Columns(RecordShape shape) =>
        [.. shape.Names.Select((name, i) => shape.Row(0)[i] is string ? (Column)new StringColumn(name, Records) : new Int64Column(name, Records))];

    private static async Task Usual(StreamingFake fake, RecordShape shape)
    {
        fake.Position = 0;
        var (numbers, texts) = (shape.Names.Where((_, i) => shape.Row(0)[i] is long).ToArray(), shape.Names.Where((_, i) => shape.Row(0)[i] is string).ToArray());
        var (sum, length, count) = (0L, 0L, 0);
        using var reader = new UsualReader(fake);
        await foreach (var row in reader.ReadAsync())
        {
            foreach (var name in numbers)
            {
                sum += (long)row.Values[row.Places[name]]!;
            }

            foreach (var name in texts)
            {
                length += ((string)row.Values[row.Places[name]]!).Length;
            }

            count++;
        }

        Check(count, sum + length);
    }

    private static async Task Objects(StreamingFake fake, RecordShape shape)
    {
        var (numbers, texts) = (shape.Names.Where((_, i) => shape.Row(0)[i] is long).ToArray(), shape.Names.Where((_, i) => shape.Row(0)[i] is string).ToArray());
        var (sum, length, count) = (0L, 0L, 0);
        await foreach (var record in await OpenAsync(fake))
        {
            foreach (var name in numbers)
            {
                sum += record.Get<long>(name);
            }

            foreach (var name in texts)
            {
                length += record.Get<string>(name).Length;
            }

            count++;
        }

        Check(count, sum + length);
    }

    private static async Task IntoColumns(StreamingFake fake, Column[] columns)
    {
        foreach (var column in columns)
        {
            column.Clear();
        }

        await (await OpenAsync(fake)).ReadIntoAsync(new RecordColumns(columns));
        var (sum, length) = (0L, 0L);
        foreach (var column in columns)
        {
            if (column is Int64Column numbers)
            {
                foreach (var number in numbers.Values)
                {
                    sum += number;
                }
            }
            else
            {
                foreach (var text in ((StringColumn)column).Values)
                {
                    length += text!.Length;
                }
            }
        }

        Check(columns[0].Count, sum + length);
    }

    private static async Task<BoltResult> OpenAsync(StreamingFake fake)
    {
        fake.Position = 0;
        var connection = new BoltConnection(fake, new(5, 8), BoltLimits.Default, TimeProvider.System);
        return new(NoOwner.One, connection, await connection.StartAsync("RETURN 1", null, Records, null, CancellationToken.None));
    }

    /// <summary>All readers must find the same, or the comparison means nothing.</summary>
    private static void Check(int count, long sum)
    {
        if (count != Records || s_sums.GetOrAdd(sum, sum) != sum || s_sums.Count > 2)
        {
            throw new InvalidOperationException($"{count} records with the sum {sum}: the readers do not agree");
        }
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<long, long> s_sums = new();

    private sealed class NoOwner : IResultOwner
    {
        public static NoOwner One { get; } = new();

        public void Finished(BoltResult result, IReadOnlyDictionary<string, object?> metadata)
        {
        }

        public void Failed(Exception e)
        {
        }
    }
}
