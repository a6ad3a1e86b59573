using System.Collections.Concurrent;
using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>Scripted peers that play the members of a cluster: each answers every statement with its own place, and ROUTE with the table of the moment.</summary>
internal sealed class Cluster : IAsyncDisposable
{
    public Cluster(int members) => Members = [.. Enumerable.Range(0, members).Select(place => new ClusterMember(this, place))];

    public IReadOnlyList<ClusterMember> Members { get; }

    /// <summary>What ROUTE is answered with.</summary>
    public Dictionary<string, object?> Table { get; set; } = [];

    /// <summary>How often a member was asked for the table.</summary>
    public int Asked => Members.Sum(member => member.Asked);

    /// <summary>A client that knows the first member.</summary>
    public BoltClient Client(BoltOptions? options = null) => new($"neo4j://{Members[0].Peer.Host}", options);

    public async ValueTask DisposeAsync()
    {
        foreach (var member in Members)
        {
            await member.Peer.DisposeAsync();
        }
    }
}

/// <summary>One member of a <see cref="Cluster"/>.</summary>
internal sealed class ClusterMember
{
    private const int MostConnections = 8;

    private readonly Cluster _cluster;
    private readonly int _place;
    private readonly ConcurrentQueue<string> _databases = new();
    private readonly ConcurrentQueue<string> _worked = new();

    public ClusterMember(Cluster cluster, int place)
    {
        (_cluster, _place) = (cluster, place);
        Peer = ScriptedPeer.Start([.. Enumerable.Repeat<Func<PeerConnection, Task>>(AnswerAsync, MostConnections)]);
    }

    public ScriptedPeer Peer { get; }

    /// <summary>Code with which every statement is refused; null: it is answered.</summary>
    public string? Refusal { get; set; }

    /// <summary>Code with which ROUTE is refused.</summary>
    public string? RouteRefusal { get; set; }

    public int Asked => Peer.Heard.Count(message => message == "ROUTE");

    /// <summary>For which databases it was asked.</summary>
    public IEnumerable<string> Databases => _databases;

    /// <summary>Which database each transaction, of one statement or more, was for; empty for a home database.</summary>
    public IEnumerable<string> Worked => _worked;

    /// <summary>What the last ROUTE said: the address in its context, and its bookmarks.</summary>
    public (string Address, string Bookmarks) Told { get; private set; }

    private async Task AnswerAsync(PeerConnection connection)
    {
        await connection.WelcomeAsync();
        var (failed, begun) = (false, false);
        while (await connection.HearAsync() is { Name: not "GOODBYE" } message)
        {
            var refusal = message.Name switch
            {
                "RUN" => Refusal,
                "ROUTE" => RouteRefusal,
                _ => null,
            };
            if (message.Name == "ROUTE")
            {
                Told = ((string)message.Map(0)["address"]!, string.Join(' ', (IReadOnlyList<object?>)message.Fields[1]!));
                _databases.Enqueue(message.Map(2).GetValueOrDefault("db") as string ?? "");
            }

            if (message.Name == "BEGIN" || (message.Name == "RUN" && !begun))
            {
                _worked.Enqueue(message.Map(message.Name == "BEGIN" ? 0 : 2).GetValueOrDefault("db") as string ?? "");
            }

            begun = message.Name == "BEGIN" || (begun && message.Name is not ("COMMIT" or "ROLLBACK" or "RESET"));
            failed &= message.Name != "RESET";
            await (failed ? connection.IgnoreAsync() : refusal is not null ? connection.FailAsync(refusal) : SucceedAsync(connection, message.Name));
            failed |= refusal is not null;
        }
    }

    private async Task SucceedAsync(PeerConnection connection, string message)
    {
        switch (message)
        {
            case "ROUTE":
                await connection.SucceedAsync(("rt", _cluster.Table));
                break;
            case "RUN":
                await connection.SucceedAsync(("fields", new[] { "who" }));
                break;
            case "PULL":
                await connection.RecordAsync((long)_place);
                await connection.SucceedAsync();
                break;
            default:
                await connection.SucceedAsync();
                break;
        }
    }
}
