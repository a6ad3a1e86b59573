using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Servers that lie, stop or never end: a clear refusal, the connection closed, and the next statement on a new one.</summary>
public sealed class HostileServerTests
{
    private static readonly string[] s_fields = ["one"];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("0008B171D67FFFFFFF010000", "a record of two thousand million values")]
    [InlineData("0009B17191D6FFFFFFFF010000", "a value that is such a list")]
    [InlineData("0008B17191D27FFFFFFF0000", "a text of two gigabytes")]
    [InlineData("0004B17192010000", "a record cut short")]
    [InlineData("0005B171920102 0000", "two values where one was announced")]
    [InlineData("0005B17191010200 00", "a value behind the record")]
    [InlineData("0003B155A00000", "a message Bolt does not have")]
    [InlineData("0002B0700000", "a success without content")]
    [InlineData("0003B170010000", "a success that holds a number")]
    [InlineData("0001010000", "a number where a message belongs")]
    [InlineData("0003B171010000", "a record that is no list")]
    [InlineData("0006B17191B17701 0000", "a structure nobody knows")]
    [InlineData("0006B17191B144C00000", "a date that is null")]
    [InlineData("0002B1710000", "a record without anything")]
    [InlineData("0001C40000", "a byte that begins nothing")]
    public async Task What_breaks_the_protocol_is_refused_and_the_connection_closed(string hex, string what)
    {
        await using var peer = ScriptedPeer.Start(
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.HearAllAsync("RUN", "PULL");
                await connection.SucceedAsync(("fields", s_fields));
                await connection.SendAsync(Convert.FromHexString(hex.Replace(" ", "", StringComparison.Ordinal)));
                Assert.Equal(0, await connection.Stream.ReadAsync(new byte[1]));
            },
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.AnswerOneAsync();
                await connection.KeepAsync();
            });
        await using var client = peer.Client(new() { MaxConnections = 1 });
        await using var session = client.OpenSession();
        var result = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        var refused = await Record.ExceptionAsync(async () => await result.CountAsync(Token));
        Assert.True(refused is BoltProtocolException, $"{what}: {refused}");
        Assert.Equal(1, (await (await session.RunAsync("RETURN 1 AS one", cancellationToken: Token)).SingleAsync(Token)).Get<int>("one"));
    }

    [Fact]
    public async Task A_message_without_end_is_refused_at_the_limit()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAllAsync("RUN", "PULL");
            await connection.SucceedAsync(("fields", s_fields));
            byte[] chunk = [0xFF, 0xFF, .. new byte[65_535]];
            while (true)
            {
                await connection.SendAsync(chunk);
            }
        });
        await using var client = peer.Client(new() { Limits = new() { MaxMessageBytes = 1 << 20 } });
        await using var session = client.OpenSession();
        var result = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        Assert.Contains("1048576 bytes", (await Assert.ThrowsAsync<BoltProtocolException>(async () => await result.CountAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_server_that_sends_more_records_than_it_was_asked_for_is_refused_also_while_nobody_reads_them(bool read)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAllAsync("BEGIN", "RUN", "PULL");
            await connection.SucceedAsync();
            await connection.SucceedAsync(("fields", s_fields), ("qid", 0L));
            if (!read)
            {
                await connection.HearAllAsync("RUN", "PULL");
            }

            while (true)
            {
                await connection.RecordAsync(1L);
            }
        });
        await using var client = peer.Client(new() { FetchSize = 3 });
        await using var session = client.OpenSession();
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        var first = await transaction.RunAsync("RETURN 1 AS one", Token);

        var refused = await Assert.ThrowsAsync<BoltProtocolException>(async () => _ = read ? await first.CountAsync(Token) : await (await transaction.RunAsync("RETURN 2 AS one", Token)).CountAsync(Token));

        Assert.Contains("more than the 3 record(s)", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(86_401L)]
    [InlineData(2_147_483_647L)]
    [InlineData(long.MaxValue)]
    public async Task A_server_that_may_be_silent_for_years_is_waited_for_all_the_same(long seconds)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync(silence: seconds);
            await connection.AnswerOneAsync();
            await connection.KeepAsync();
        });
        await using var client = peer.Client();
        await using var session = client.OpenSession();

        Assert.Equal(1, (await (await session.RunAsync("RETURN 1 AS one", cancellationToken: Token)).SingleAsync(Token)).Get<int>("one"));
    }

    [Fact]
    public async Task A_server_that_goes_silent_in_mid_answer_is_given_up_where_it_said_nothing_of_its_silences()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAllAsync("RUN", "PULL");
            await connection.SucceedAsync(("fields", s_fields));
            await connection.KeepAsync();
        });
        await using var client = peer.Client(new BoltOptions { ReceiveTimeout = TimeSpan.FromMilliseconds(50) });
        await using var session = client.OpenSession();
        var result = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);

        Assert.Contains("silent for 0.1 s", (await Assert.ThrowsAsync<BoltConnectionException>(async () => await result.CountAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_million_lists_in_each_other_do_not_end_the_program()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAllAsync("RUN", "PULL");
            await connection.SucceedAsync(("fields", s_fields));
            byte[] body = [0xB1, 0x71, .. Enumerable.Repeat((byte)0x91, 60_000), 0xC0];
            await connection.SendAsync([(byte)(body.Length >> 8), (byte)body.Length, .. body, 0, 0]);
            await connection.KeepAsync();
        });
        await using var client = peer.Client();
        await using var session = client.OpenSession();
        var result = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        Assert.Contains("deep", (await Assert.ThrowsAsync<BoltProtocolException>(async () => await result.CountAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_that_goes_away_in_the_middle_of_a_record_is_a_lost_connection()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAllAsync("RUN", "PULL");
            await connection.SucceedAsync(("fields", s_fields));
            await connection.RecordAsync(1L);
            await connection.SendAsync([0x00, 0x05, 0xB1, 0x71]);
        });
        await using var client = peer.Client();
        await using var session = client.OpenSession();
        var result = await session.RunAsync("RETURN 1 AS one", cancellationToken: Token);
        List<long> read = [];
        var lost = await Assert.ThrowsAsync<BoltConnectionException>(async () =>
        {
            await foreach (var record in result.WithCancellation(Token))
            {
                read.Add(record.Get<long>(0));
            }
        });
        Assert.True(lost.IsRetryable);
        Assert.Equal([1], read);
    }

    [Fact]
    public async Task A_message_nobody_asked_for_is_not_taken_for_the_next_answer()
    {
        await using var peer = ScriptedPeer.Start(
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.HearAllAsync("RUN", "PULL");
                await connection.SendAsync([.. PeerConnection.Success(("fields", s_fields)), .. PeerConnection.Success(), .. PeerConnection.Success(("fields", s_fields)), .. PeerConnection.Success()]);
                Assert.Equal(0, await connection.Stream.ReadAsync(new byte[1]));
            },
            async connection =>
            {
                await connection.WelcomeAsync();
                await connection.AnswerOneAsync(7L);
                await connection.KeepAsync();
            });
        await using var client = peer.Client();
        await using var session = client.OpenSession();
        Assert.Equal(0, await (await session.RunAsync("RETURN 1 AS one", cancellationToken: Token)).CountAsync(Token));
        Assert.Equal(7, (await (await session.RunAsync("RETURN 7 AS one", cancellationToken: Token)).SingleAsync(Token)).Get<int>("one"));
    }

    [Theory]
    [InlineData("48545450", "HTTP")]
    [InlineData("00000000", "Neo4j 5 or later")]
    [InlineData("00000004", "not offered")]
    [InlineData("00000505", "not offered")]
    [InlineData("000001FF8080808080808080808001", "without end")]
    [InlineData("000001FFFFFF7F", "ranges")]
    [InlineData("000001FF01000004 0400", "Neo4j 5 or later")]
    public async Task A_handshake_that_agrees_on_nothing_says_what_is_wrong(string answer, string said)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.Stream.ReadExactlyAsync(new byte[20]);
            await connection.SendAsync(Convert.FromHexString(answer.Replace(" ", "", StringComparison.Ordinal)));
        });
        await using var client = peer.Client();
        Assert.Contains(said, (await Assert.ThrowsAsync<BoltProtocolException>(() => client.ConnectAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_manifest_is_answered_with_the_newest_version_both_speak()
    {
        var chosen = new byte[5];
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.Stream.ReadExactlyAsync(new byte[20]);
            await connection.SendAsync(Convert.FromHexString("000001FF03" + "00000006" + "00010705" + "00040405" + "00"));
            await connection.Stream.ReadExactlyAsync(chosen);
            await connection.HearAllAsync("HELLO", "LOGON");
            await connection.SucceedAsync();
            await connection.SucceedAsync();
            await connection.KeepAsync();
        });
        await using var client = peer.Client();
        Assert.Equal(new BoltVersion(5, 7), (await client.ConnectAsync(Token)).Version);
        Assert.Equal("0000070500", Convert.ToHexString(chosen));
    }

    [Fact]
    public async Task A_server_that_closes_in_the_handshake_is_asked_about()
    {
        await using var peer = ScriptedPeer.Start(connection => connection.Stream.ReadExactlyAsync(new byte[20]).AsTask());
        await using var client = peer.Client();
        Assert.Contains("bolt+s", (await Assert.ThrowsAsync<BoltConnectionException>(() => client.ConnectAsync(Token))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_nobody_listens_on_is_named()
    {
        string host;
        await using (var peer = ScriptedPeer.Start())
        {
            host = peer.Host;
        }

        await using var client = new BoltClient($"bolt://{host}");
        Assert.Contains(host, (await Assert.ThrowsAsync<BoltConnectionException>(() => client.ConnectAsync(Token))).Message, StringComparison.Ordinal);
    }
}
