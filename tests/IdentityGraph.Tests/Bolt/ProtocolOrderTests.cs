using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>What goes out together, and what each version is told.</summary>
public sealed class ProtocolOrderTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Greeting_and_signing_in_come_together_and_so_do_the_beginning_of_a_transaction_and_its_first_statement()
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.HandshakeAsync();
            await connection.HearAllAsync("HELLO", "LOGON");
            await connection.SucceedAsync(("server", "Scripted/1.0"));
            await connection.SucceedAsync();
            var begin = await connection.HearAsync("BEGIN");
            await connection.HearAllAsync("RUN", "PULL");
            Assert.Equal(["bookmarks", "db", "imp_user", "mode", "notifications_disabled_classifications", "notifications_minimum_severity", "tx_metadata", "tx_timeout"], begin.Map().Keys.Order());
            Assert.Equal(1_001L, begin.Map()["tx_timeout"]);
            await connection.SucceedAsync();
            await connection.SucceedAsync(("fields", Array.Empty<string>()), ("qid", 0L));
            await connection.SucceedAsync();
            await connection.HearAsync("COMMIT");
            await connection.SucceedAsync(("bookmark", "later"));
            await connection.KeepAsync();
        });
        await using var client = peer.Client();
        await using var session = client.OpenSession(new()
        {
            Mode = AccessMode.Read,
            Database = "people",
            ImpersonatedUser = "kim",
            Bookmarks = ["one", "other"],
            Notifications = new() { MinimumSeverity = "WARNING", DisabledClassifications = ["HINT"] },
        });
        await using var transaction = await session.BeginAsync(new() { Timeout = TimeSpan.FromMilliseconds(1_000.5), Metadata = new Dictionary<string, object?> { ["purpose"] = "test" } }, Token);
        await transaction.ExecuteAsync("RETURN 1", Token);
        Assert.Equal(["one", "other"], session.Bookmarks);
        await transaction.CommitAsync(Token);
        Assert.Equal(["later"], session.Bookmarks);
    }

    [Fact]
    public async Task Any_number_of_statements_goes_to_a_server_that_takes_no_more_until_its_answers_are_taken()
    {
        const int Statements = 20_000;
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync(silence: 60);
            await connection.HearAsync("BEGIN");
            await connection.SucceedAsync();
            var answer = PeerConnection.Success(("padding", new string('a', 1_000)));
            for (var heard = 0; heard < 2 * Statements; heard++)
            {
                await connection.HearAsync(heard % 2 == 0 ? "RUN" : "DISCARD");
                await connection.SendAsync(answer);
            }

            await connection.HearAsync("COMMIT");
            await connection.SucceedAsync(("bookmark", "later"));
            await connection.KeepAsync();
        });
        await using var client = peer.Client();
        await using var session = client.OpenSession();
        await using var transaction = await session.BeginAsync(cancellationToken: Token);
        var name = new string('n', 1_000);
        for (var i = 0; i < Statements; i++)
        {
            transaction.Queue(new("CREATE ({name: $name})", new BoltParameters { ["name"] = name }));
        }

        await transaction.CommitAsync(Token);

        Assert.Equal(["later"], session.Bookmarks);
    }

    [Fact]
    public async Task The_next_batch_is_asked_for_while_this_one_is_being_read_and_not_before_the_server_says_there_is_more()
    {
        var asked = new TaskCompletionSource();
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.WelcomeAsync();
            await connection.HearAsync("RUN");
            Assert.Equal(3L, (await connection.HearAsync("PULL")).Map()["n"]);
            await connection.SendAsync(
            [
                .. PeerConnection.Success(("fields", new[] { "i" }), ("qid", 4L)),
                .. Packed.Message(0x71, 1, writer => writer.WriteValue(new[] { 1 })),
                .. Packed.Message(0x71, 1, writer => writer.WriteValue(new[] { 2 })),
                .. Packed.Message(0x71, 1, writer => writer.WriteValue(new[] { 3 })),
                .. PeerConnection.Success(("has_more", true)),
            ]);
            var next = await connection.HearAsync("PULL");
            Assert.Equal((3L, 4L), (next.Map()["n"], next.Map()["qid"]));
            asked.SetResult();
            await connection.RecordAsync(4L);
            await connection.SucceedAsync();
            await connection.KeepAsync();
        });
        await using var client = peer.Client(new() { FetchSize = 3 });
        await using var session = client.OpenSession();
        await using var result = await session.RunAsync("UNWIND range(1, 4) AS i RETURN i", cancellationToken: Token);
        var records = result.GetAsyncEnumerator(Token);
        Assert.True(await records.MoveNextAsync());
        await asked.Task.WaitAsync(TimeSpan.FromSeconds(60), Token); // the second PULL is there though only the first record was taken
        List<long> read = [records.Current.Get<long>(0)];
        while (await records.MoveNextAsync())
        {
            read.Add(records.Current.Get<long>(0));
        }

        Assert.Equal([1, 2, 3, 4], read);
    }

    [Theory]
    [InlineData(0, "credentials,principal,scheme,user_agent", "")]
    [InlineData(1, "user_agent", "credentials,principal,scheme")]
    [InlineData(2, "notifications_disabled_categories,user_agent", "credentials,principal,scheme")]
    [InlineData(3, "bolt_agent,notifications_disabled_categories,user_agent", "credentials,principal,scheme")]
    [InlineData(6, "bolt_agent,notifications_disabled_classifications,user_agent", "credentials,principal,scheme")]
    [InlineData(8, "bolt_agent,notifications_disabled_classifications,user_agent", "credentials,principal,scheme")]
    public async Task Each_version_is_told_what_it_knows(byte minor, string hello, string logon)
    {
        await using var peer = ScriptedPeer.Start(async connection =>
        {
            await connection.HandshakeAsync(minor);
            var told = (await connection.HearAsync("HELLO")).Map();
            Assert.Equal(hello, string.Join(",", told.Keys.Order()));
            if (logon.Length > 0)
            {
                Assert.Equal(logon, string.Join(",", (await connection.HearAsync("LOGON")).Map().Keys.Order()));
                await connection.SucceedAsync();
            }

            await connection.SucceedAsync();
            await connection.KeepAsync();
        });
        await using var client = peer.Client(new() { Authentication = BoltAuthentication.Basic("kim", "secret"), Notifications = new() { DisabledClassifications = ["HINT"] } });
        Assert.Equal(new BoltVersion(5, minor), (await client.ConnectAsync(Token)).Version);
    }

    [Fact]
    public async Task A_token_and_nobody_sign_in_too()
    {
        await using var peer = ScriptedPeer.Start(Expect("bearer", "token-1"), Expect("none", null));
        await using (var bearer = peer.Client(new() { Authentication = BoltAuthentication.Bearer("token-1") }))
        {
            await bearer.ConnectAsync(Token);
        }

        await using var nobody = peer.Client();
        await nobody.ConnectAsync(Token);
        Assert.DoesNotContain("token-1", BoltAuthentication.Bearer("token-1").ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("secret", BoltAuthentication.Basic("kim", "secret").ToString(), StringComparison.Ordinal);

        static Func<PeerConnection, Task> Expect(string scheme, string? credentials) => async connection =>
        {
            await connection.HandshakeAsync();
            await connection.HearAsync("HELLO");
            var logon = (await connection.HearAsync("LOGON")).Map();
            Assert.Equal((scheme, credentials), (logon["scheme"], logon.GetValueOrDefault("credentials")));
            await connection.SucceedAsync();
            await connection.SucceedAsync();
            await connection.KeepAsync();
        };
    }

    [Theory]
    [InlineData("bolt://host", "host:7687")]
    [InlineData("bolt+s://host:1", "host:1")]
    [InlineData("neo4j+ssc://[::1]:2", "[::1]:2")]
    [InlineData("neo4j://host/?region=eu", "host:7687")]
    public void Addresses_are_read(string uri, string address) => Assert.Equal(address, new BoltClient(uri).Address);

    [Theory]
    [InlineData("http://host:7474")]
    [InlineData("bolt+x://host")]
    [InlineData("bolt://kim:secret@host")]
    [InlineData("bolt://host/database")]
    [InlineData("bolt://host?region=eu")]
    [InlineData("neo4j://host?region")]
    [InlineData("host:7687")]
    [InlineData("bolt://")]
    public void What_is_no_address_is_refused_without_repeating_a_secret(string uri) =>
        Assert.DoesNotContain("secret", Assert.ThrowsAny<ArgumentException>(() => new BoltClient(uri)).Message, StringComparison.Ordinal);

    [Fact]
    public void Certificates_for_an_address_that_is_not_encrypted_are_refused() =>
        Assert.Contains("bolt+s", Assert.Throws<ArgumentException>(() => new BoltClient("bolt://host", new() { Tls = new() })).Message, StringComparison.Ordinal);

    [Fact]
    public void A_version_nobody_speaks_is_refused() =>
        Assert.Throws<ArgumentException>(() => new BoltClient("bolt://host", new() { Versions = [new(5, 5)] }));
}
