using IdentityGraph.Bolt.Protocol;

namespace IdentityGraph.Bolt.Connecting;

/// <summary>Where sessions get their connections: from one server, or from the server of a cluster that does what they want.</summary>
internal interface IConnections : IAsyncDisposable
{
    /// <summary>A connection in order, signed in as asked. Give it back with <see cref="Release"/>.</summary>
    /// <exception cref="BoltConnectionException">No server for it can be reached.</exception>
    /// <exception cref="BoltPoolException">None became free in time.</exception>
    ValueTask<Acquired> AcquireAsync(ConnectionWish wish, BoltAuthentication authentication, CancellationToken cancellationToken);

    /// <summary>Takes a connection back.</summary>
    /// <param name="connection">It need not be in order.</param>
    /// <param name="failure">Why its work ended, which may say something of its server; null where it ended well.</param>
    void Release(BoltConnection connection, Exception? failure);
}

/// <summary>A connection, and the database it was found for.</summary>
/// <param name="Connection">In order, and signed in.</param>
/// <param name="Database">As it was wished for; of a home database the name that the cluster gave it, null where nobody said.</param>
internal readonly record struct Acquired(BoltConnection Connection, string? Database);

/// <summary>What a connection is wanted for.</summary>
/// <param name="Mode">Whether it shall write.</param>
/// <param name="Database">Null for the user's home database.</param>
/// <param name="ImpersonatedUser">Whose home database that is; null for one's own.</param>
/// <param name="Bookmarks">What must be seen, also by whoever says which server it is.</param>
internal readonly record struct ConnectionWish(AccessMode Mode, string? Database, string? ImpersonatedUser, IReadOnlyCollection<string> Bookmarks);
