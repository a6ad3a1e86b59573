namespace IdentityGraph.Bolt.Connecting;

/// <summary>Which servers of a cluster do what for a database, as one of them said.</summary>
/// <param name="Routers">Who can be asked for the next table.</param>
/// <param name="Readers">Who answers what only reads.</param>
/// <param name="Writers">Who takes what writes: the leader; empty while there is none.</param>
/// <param name="AskedAt">Timestamp of <see cref="TimeProvider"/>.</param>
/// <param name="Lifetime">How long it may be used from then on.</param>
/// <param name="Database">The name of the database it is for, also where a home database was asked for; null where the server does not say.</param>
internal sealed record RoutingTable(IReadOnlyList<string> Routers, IReadOnlyList<string> Readers, IReadOnlyList<string> Writers, long AskedAt, TimeSpan Lifetime, string? Database)
{
    /// <summary>More servers than this are no cluster.</summary>
    private const int MostServers = 1_000;

    private static readonly TimeSpan s_longest = TimeSpan.FromDays(1);

    public IReadOnlyList<string> For(AccessMode mode) => mode is AccessMode.Read ? Readers : Writers;

    public bool Names(string server) => Routers.Contains(server) || Readers.Contains(server) || Writers.Contains(server);

    /// <summary>Without a server that cannot be reached.</summary>
    public RoutingTable Without(string server) => WithoutWriter(server) with { Routers = [.. Routers.Where(each => each != server)], Readers = [.. Readers.Where(each => each != server)] };

    /// <summary>Without a server that was the leader and is none any longer.</summary>
    public RoutingTable WithoutWriter(string server) => this with { Writers = [.. Writers.Where(each => each != server)] };

    /// <param name="metadata">What came with the success of ROUTE.</param>
    /// <param name="askedAt">When it was asked for.</param>
    /// <exception cref="BoltProtocolException">It is no routing table.</exception>
    public static RoutingTable Read(IReadOnlyDictionary<string, object?> metadata, long askedAt)
    {
        if (metadata.GetValueOrDefault("rt") is not IReadOnlyDictionary<string, object?> table
            || table.GetValueOrDefault("ttl") is not (long and >= 0 and var seconds)
            || table.GetValueOrDefault("servers") is not IReadOnlyList<object?> lists)
        {
            throw new BoltProtocolException("the server answered ROUTE with something else than a routing table");
        }

        var byRole = lists.OfType<IReadOnlyDictionary<string, object?>>().ToLookup(list => list.GetValueOrDefault("role") as string, list => list.GetValueOrDefault("addresses") as IReadOnlyList<object?> ?? []);
        return new(Of("ROUTE"), Of("READ"), Of("WRITE"), askedAt, seconds >= s_longest.TotalSeconds ? s_longest : TimeSpan.FromSeconds(seconds), table.GetValueOrDefault("db") as string);

        IReadOnlyList<string> Of(string role)
        {
            var named = byRole[role].SelectMany(addresses => addresses).Select(address => BoltAddress.ParseServer(address as string).ToString()).Distinct(StringComparer.Ordinal).ToArray();
            return named.Length <= MostServers ? named : throw new BoltProtocolException($"the server names {named.Length} servers with the role {role}; at most {MostServers} are taken");
        }
    }
}
