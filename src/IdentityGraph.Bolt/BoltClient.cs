using IdentityGraph.Bolt.Connecting;

namespace IdentityGraph.Bolt;

/// <summary>
/// Speaks to a Neo4j server, or to the servers of a cluster, over Bolt 5. It holds the pools of connections: make one a program, and
/// sessions as many as needed. Safe for several threads.
/// </summary>
/// <remarks>
/// <c>neo4j://</c> names a member of a cluster, which says who does what: what writes goes to the leader, what reads is spread over the
/// members. <c>bolt://</c> names the one server that is spoken to.
/// </remarks>
/// <example>
/// <code>
/// await using var client = new BoltClient("bolt://localhost:7687", new() { Authentication = BoltAuthentication.Basic("neo4j", password) });
/// await using var session = client.OpenSession();
/// await using var result = await session.RunAsync(new("MATCH (n) WHERE n.age > $age RETURN n.name AS name", new BoltParameters { ["age"] = 30 }));
/// await foreach (var record in result)
/// {
///     Console.WriteLine(record.Get&lt;string&gt;("name"));
/// }
/// </code>
/// </example>
public sealed class BoltClient : IAsyncDisposable
{
    private readonly BoltAddress _address;

    /// <summary>A client of one server or cluster. Nothing is sent before the first statement.</summary>
    /// <param name="uri"><c>bolt://host:7687</c>; <c>bolt+s</c> encrypted, <c>bolt+ssc</c> encrypted whatever the certificate; <c>neo4j</c> likewise.</param>
    /// <param name="options">Null for the usual.</param>
    /// <exception cref="ArgumentException">The address is none, or the options contradict themselves.</exception>
    public BoltClient(string uri, BoltOptions? options = null)
    {
        _address = BoltAddress.Parse(uri);
        Options = options ?? new();
        Options.ThrowIfInvalid();
        if (Options.Tls is not null && _address.Encryption is Encryption.None)
        {
            throw new ArgumentException($"BoltOptions.Tls is given, but `{new Uri(uri).Scheme}` is not encrypted; use bolt+s or bolt+ssc");
        }

        Connections = _address.Routing is null ? new OneServer(new(new Connector(_address, Options), Options)) : new RoutedServers(_address, Options);
    }

    /// <summary>What it was made with.</summary>
    public BoltOptions Options { get; }

    /// <summary>Host and port, as they were given.</summary>
    public string Address => _address.ToString();

    internal IConnections Connections { get; }

    /// <summary>A session: statements in a chain, each seeing what those before it did. It takes a connection only while it needs one.</summary>
    /// <param name="options">Null for the usual: writing, in the home database.</param>
    public BoltSession OpenSession(SessionOptions? options = null) => new(this, options ?? new());

    /// <summary>Connects if need be, and learns what the server is. Throws what a statement would: unreachable, not signed in, no Bolt.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The server's name and version, and the version of the protocol.</returns>
    public Task<(string Server, BoltVersion Version)> ConnectAsync(CancellationToken cancellationToken = default) => ConnectAsync(null, cancellationToken);

    /// <summary>As <see cref="ConnectAsync(CancellationToken)"/>, to a server of a cluster that has a database.</summary>
    /// <param name="database">Null for the user's home database.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The server's name and version, and the version of the protocol.</returns>
    public async Task<(string Server, BoltVersion Version)> ConnectAsync(string? database, CancellationToken cancellationToken = default)
    {
        var (connection, _) = await Connections.AcquireAsync(new ConnectionWish(AccessMode.Read, database, null, []), Options.Authentication, cancellationToken);
        var (server, version) = (connection.Server, connection.Version);
        Connections.Release(connection, null);
        return (server, version);
    }

    /// <summary>Says goodbye and closes every idle connection; one in use is closed when its session gives it back.</summary>
    public ValueTask DisposeAsync() => Connections.DisposeAsync();
}
