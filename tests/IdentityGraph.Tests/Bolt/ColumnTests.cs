using IdentityGraph.Bolt;
using IdentityGraph.Bolt.Columns;
using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Records read into columns, from a real server.</summary>
public sealed class ColumnTests(Neo4jServer neo4j)
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Every_kind_of_column_takes_its_values_in_the_order_of_the_records()
    {
        await using var client = await neo4j.ClientAsync(new() { FetchSize = 100 });
        await using var session = client.OpenSession();
        var (number, small, real, truth, text, at) = (new Int64Column("number"), new Int32Column("small"), new Float64Column("real"), new BooleanColumn("truth"), new StringColumn("text", nullable: true), new UtcTicksColumn("at"));
        await using var result = await session.RunAsync(
            """
            UNWIND range(0, 2499) AS i
            RETURN i * 10000000000 AS number, i AS small, i / 2.0 AS real, i % 3 = 0 AS truth, CASE WHEN i % 5 = 0 THEN null ELSE 'text ' + (i % 7) END AS text,
                   datetime('2026-01-01T00:00:00+02:00') + duration({seconds: i}) AS at
            """,
            cancellationToken: Token);
        var columns = new RecordColumns(at, text, number, small, real, truth);
        var summary = await result.ReadIntoAsync(columns, Token);

        Assert.Equal((2500, "r"), (columns.Count, summary.StatementType));
        var begun = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.FromHours(2)).UtcTicks;
        for (var i = 0; i < 2500; i++)
        {
            Assert.Equal((i * 10_000_000_000L, i, i / 2.0, i % 3 == 0), (number.Values[i], small.Values[i], real.Values[i], truth.Values[i]));
            Assert.Equal((i % 5 == 0 ? null : $"text {i % 7}", i % 5 == 0), (text.Values[i], text.IsNull(i)));
            Assert.Equal(begun + (i * TimeSpan.TicksPerSecond), at.Values[i]);
        }

        Assert.Same(text.Values[1], text.Values[8]);
    }

    [Fact]
    public async Task A_null_or_another_type_is_named_with_its_column_and_record_and_the_session_goes_on()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1 });
        await using var session = client.OpenSession();
        await RefusedAsync("UNWIND [1, 2, null] AS n RETURN n", "`n` in record 2: there is no value", 2);
        await RefusedAsync("UNWIND [1, 'two', 3] AS n RETURN n", "`n` in record 1", 1);
        await RefusedAsync("RETURN 1 AS other", "the columns are n", 0);
        await RefusedAsync("RETURN 1 AS n, 2 AS m", "returns n, m", 0);

        async Task RefusedAsync(string statement, string said, int kept)
        {
            var column = new Int64Column("n");
            await using (var result = await session.RunAsync(statement, cancellationToken: Token))
            {
                Assert.Contains(said, (await Assert.ThrowsAsync<BoltTypeException>(() => result.ReadIntoAsync(new RecordColumns(column), Token))).Message, StringComparison.Ordinal);
            }

            Assert.Equal(kept, column.Count);
            await session.ExecuteAsync("RETURN 1", cancellationToken: Token);
        }
    }

    [Fact]
    public async Task Columns_are_filled_again_after_they_were_cleared_and_longer_without()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession();
        var column = new Int64Column("n", nullable: true);
        await FillAsync("UNWIND [1, null] AS n RETURN n");
        await FillAsync("UNWIND [3] AS n RETURN n");
        Assert.Equal([1, 0, 3], column.Values.ToArray());
        Assert.Equal([false, true, false], Enumerable.Range(0, 3).Select(column.IsNull));
        column.Clear();
        await FillAsync("UNWIND [4, 5] AS n RETURN n");
        Assert.Equal([4, 5], column.Values.ToArray());
        Assert.False(column.IsNull(1));

        async Task FillAsync(string statement)
        {
            await using var result = await session.RunAsync(statement, cancellationToken: Token);
            await result.ReadIntoAsync(new RecordColumns(column), Token);
        }
    }

    [Fact]
    public async Task A_sink_of_ones_own_reads_what_it_wants_and_one_that_leaves_something_is_told()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1 });
        await using var session = client.OpenSession();
        var total = new long[1];
        await using (var result = await session.RunAsync("UNWIND range(1, 10) AS i RETURN {skipped: [i]} AS map, i", cancellationToken: Token))
        {
            await result.ReadIntoAsync(new Sum(total, Skips: 1), Token);
        }

        Assert.Equal(55, total[0]);
        var careless = await session.RunAsync("UNWIND range(1, 10) AS i RETURN i, i AS more", cancellationToken: Token);
        await Assert.ThrowsAsync<InvalidOperationException>(() => careless.ReadIntoAsync(new Sum(total, Skips: 0), Token));
        await session.ExecuteAsync("RETURN 1", cancellationToken: Token);
    }

    [Fact]
    public async Task Columns_of_a_transaction_are_filled_though_another_statement_ran_in_between()
    {
        await using var client = await neo4j.ClientAsync(new() { FetchSize = 50 });
        await using var session = client.OpenSession();
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        await using var first = await transaction.RunAsync("UNWIND range(1, 120) AS n RETURN n", Token);
        await transaction.ExecuteAsync("RETURN 1", Token);
        var column = new Int64Column("n", 120);
        await first.ReadIntoAsync(new RecordColumns(column), Token);
        Assert.Equal(Enumerable.Range(1, 120).Select(n => (long)n), column.Values.ToArray());
    }

    [Fact]
    public async Task Rows_written_without_an_object_each_arrive()
    {
        await using var client = await neo4j.ClientAsync();
        await using var session = client.OpenSession();
        var (keys, names) = (Enumerable.Range(0, 10_000).Select(i => (long)i * 7).ToArray(), Enumerable.Range(0, 10_000).Select(i => $"name {i % 50}").ToArray());
        await using var result = await session.RunAsync(new("UNWIND $rows AS r RETURN sum(r[0]) AS sum, count(DISTINCT r[1]) AS names", new BoltParameters { ["rows"] = new Rows(keys, names) }), cancellationToken: Token);
        var record = await result.SingleAsync(Token);
        Assert.Equal((keys.Sum(), 50), (record.Get<long>("sum"), record.Get<int>("names")));
    }

    [Fact]
    public async Task Rows_that_fail_while_they_are_written_send_nothing_and_the_transaction_goes_on()
    {
        await using var client = await neo4j.ClientAsync(new() { MaxConnections = 1 });
        await using var session = client.OpenSession();
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        await transaction.ExecuteAsync("RETURN 1", Token);
        await Assert.ThrowsAsync<IndexOutOfRangeException>(() => transaction.RunAsync(new("UNWIND $rows AS r RETURN r", new BoltParameters { ["rows"] = new Rows([1, 2], ["one"]) }), Token));
        await transaction.ExecuteAsync("RETURN 1", Token);
        await transaction.CommitAsync(Token);
    }

    private readonly record struct Sum(long[] Total, int Skips) : IRecordSink
    {
        public void Begin(IReadOnlyList<string> names) => Assert.Equal(2, names.Count);

        public void Record(ref PackReader reader)
        {
            for (var i = 0; i < Skips; i++)
            {
                reader.Skip();
            }

            Total[0] += reader.ReadInteger();
        }
    }

    private sealed class Rows(long[] keys, string[] names) : IPackable
    {
        public void Pack(PackWriter writer)
        {
            writer.BeginList(keys.Length);
            for (var i = 0; i < keys.Length; i++)
            {
                writer.BeginList(2);
                writer.Write(keys[i]);
                writer.Write(names[i]);
            }
        }
    }
}
