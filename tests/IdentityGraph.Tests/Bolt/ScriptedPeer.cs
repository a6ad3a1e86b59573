using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using IdentityGraph.Bolt;
using IdentityGraph.Bolt.PackStream;
using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Tests.Bolt;

/// <summary>
/// The other end of a connection, for what a healthy server never does: each connection, in the order they come, is answered by its script.
/// A script that finds something else than it expects fails the test when the peer is disposed.
/// </summary>
internal sealed class ScriptedPeer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly Func<PeerConnection, Task>[] _scripts;
    private readonly ConcurrentQueue<string> _heard = new();
    private readonly ConcurrentBag<Task> _running = [];
    private readonly Func<Stream, Task<Stream>>? _secure;
    private readonly Task _accepting;

    private ScriptedPeer(Func<PeerConnection, Task>[] scripts, Func<Stream, Task<Stream>>? secure)
    {
        (_scripts, _secure) = (scripts, secure);
        _listener.Start();
        _accepting = AcceptAsync();
    }

    public string Host => $"127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    public string Uri => $"bolt://{Host}";

    /// <summary>Names of the messages that came, in order, over all connections.</summary>
    public IEnumerable<string> Heard => _heard;

    public int Connections { get; private set; }

    public static ScriptedPeer Start(params Func<PeerConnection, Task>[] scripts) => new(scripts, null);

    public static ScriptedPeer Start(Func<Stream, Task<Stream>> secure, params Func<PeerConnection, Task>[] scripts) => new(scripts, secure);

    public BoltClient Client(BoltOptions? options = null) => new(Uri, options);

    public async ValueTask DisposeAsync()
    {
        _listener.Stop();
        await _accepting;
        await Task.WhenAll(_running);
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await _listener.AcceptTcpClientAsync();
                var script = Connections < _scripts.Length ? _scripts[Connections] : null;
                Connections++;
                _running.Add(RunAsync(client, script));
            }
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException or InvalidOperationException)
        {
            // The listener was stopped: the test is over.
        }
    }

    private async Task RunAsync(TcpClient client, Func<PeerConnection, Task>? script)
    {
        using (client)
        {
            Assert.True(script is not null, "the client opened one more connection than it should");
            client.NoDelay = true;
            try
            {
                Stream stream = client.GetStream();
                await script(new(_secure is null ? stream : await _secure(stream), _heard.Enqueue));
            }
            catch (Exception e) when (e is IOException or ObjectDisposedException)
            {
                // The client went away, which is what some tests are about.
            }
        }
    }
}

/// <summary>One connection of a <see cref="ScriptedPeer"/>.</summary>
internal sealed class PeerConnection(Stream stream, Action<string> heard)
{
    public Stream Stream => stream;

    /// <summary>Takes the handshake and agrees to a version.</summary>
    public async Task<byte[]> HandshakeAsync(byte minor = 8)
    {
        var offer = new byte[20];
        await stream.ReadExactlyAsync(offer);
        await SendAsync([0, 0, minor, 5]);
        return offer;
    }

    /// <summary>Handshake, introduction and signing in, as they should be.</summary>
    public async Task WelcomeAsync(byte minor = 8, long? silence = null)
    {
        await HandshakeAsync(minor);
        await HearAsync("HELLO");
        if (minor > 0)
        {
            await HearAsync("LOGON");
        }

        Dictionary<string, object?> hints = silence is null ? [] : new() { ["connection.recv_timeout_seconds"] = silence };
        await SucceedAsync(("server", "Scripted/1.0"), ("connection_id", "peer-1"), ("hints", hints));
        if (minor > 0)
        {
            await SucceedAsync();
        }
    }

    /// <summary>The next message.</summary>
    public async Task<PeerMessage> HearAsync()
    {
        List<byte> bytes = [];
        var header = new byte[2];
        while (true)
        {
            await stream.ReadExactlyAsync(header);
            var size = (header[0] << 8) | header[1];
            if (size == 0)
            {
                break;
            }

            var chunk = new byte[size];
            await stream.ReadExactlyAsync(chunk);
            bytes.AddRange(chunk);
        }

        var message = PeerMessage.Read([.. bytes]);
        heard(message.Name);
        return message;
    }

    /// <summary>The next message, which must be this one.</summary>
    public async Task<PeerMessage> HearAsync(string name)
    {
        var message = await HearAsync();
        Assert.Equal(name, message.Name);
        return message;
    }

    public async Task HearAllAsync(params string[] names)
    {
        foreach (var name in names)
        {
            await HearAsync(name);
        }
    }

    /// <summary>Answers RESET whenever it comes, until the client goes away or says goodbye.</summary>
    public async Task KeepAsync()
    {
        while (await HearAsync() is { Name: not "GOODBYE" } message)
        {
            Assert.Equal("RESET", message.Name);
            await SucceedAsync();
        }
    }

    public Task SucceedAsync(params (string Name, object? Value)[] map) => SendAsync(Success(map));

    public Task RecordAsync(params object?[] values) => SendAsync(Packed.Message(Tag.Record, 1, writer => writer.WriteValue(values)));

    public Task FailAsync(string code, string message = "scripted") => SendAsync(Failure(code, message));

    public Task IgnoreAsync() => SendAsync(Packed.Message(Tag.Ignored, 0, _ => { }));

    /// <summary>Takes a statement, answers with one record and success; the next may come.</summary>
    public async Task AnswerOneAsync(object? value = null)
    {
        await HearAllAsync("RUN", "PULL");
        await SucceedAsync(("fields", new[] { "one" }));
        await RecordAsync(value ?? 1L);
        await SucceedAsync();
    }

    public async Task SendAsync(byte[] bytes)
    {
        await stream.WriteAsync(bytes);
        await stream.FlushAsync();
    }

    public static byte[] Success(params (string Name, object? Value)[] map) =>
        Packed.Message(Tag.Success, 1, writer => writer.WriteValue(map.ToDictionary(pair => pair.Name, pair => pair.Value)));

    public static byte[] Failure(string code, string message) =>
        Packed.Message(Tag.Failure, 1, writer => writer.WriteValue(new Dictionary<string, object?> { ["neo4j_code"] = code, ["message"] = message, ["gql_status"] = "50N42", ["description"] = "scripted" }));
}

/// <summary>A message a peer heard.</summary>
internal sealed record PeerMessage(string Name, IReadOnlyList<object?> Fields)
{
    private static readonly Dictionary<byte, string> s_names = new()
    {
        [Tag.Hello] = "HELLO",
        [Tag.Goodbye] = "GOODBYE",
        [Tag.Reset] = "RESET",
        [Tag.Run] = "RUN",
        [Tag.Begin] = "BEGIN",
        [Tag.Commit] = "COMMIT",
        [Tag.Rollback] = "ROLLBACK",
        [Tag.Discard] = "DISCARD",
        [Tag.Pull] = "PULL",
        [Tag.Route] = "ROUTE",
        [Tag.Logon] = "LOGON",
        [Tag.Logoff] = "LOGOFF",
    };

    public IReadOnlyDictionary<string, object?> Map(int field = 0) => (IReadOnlyDictionary<string, object?>)Fields[field]!;

    public static PeerMessage Read(byte[] bytes)
    {
        var reader = new PackReader(bytes, BoltLimits.Default);
        var fields = new object?[reader.ReadStructureHeader(out var tag)];
        for (var i = 0; i < fields.Length; i++)
        {
            fields[i] = reader.ReadValue();
        }

        return new(s_names[tag], fields);
    }
}
