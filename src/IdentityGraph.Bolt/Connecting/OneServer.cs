using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt.Connecting;

/// <summary>The server that an address names, for everything.</summary>
internal sealed class OneServer(ConnectionPool pool) : IConnections
{
    public async ValueTask<Acquired> AcquireAsync(ConnectionWish wish, BoltAuthentication authentication, CancellationToken cancellationToken) =>
        new(await pool.AcquireAsync(authentication, cancellationToken), wish.Database);

    public void Release(BoltConnection connection, Exception? failure) => pool.Release(connection, failure);

    public ValueTask DisposeAsync() => pool.DisposeAsync();
}
