namespace IdentityGraph.Stores.Neo4j;

/// <summary>All the store asks of a driver: rows of a statement, alone. One implementation a driver.</summary>
internal interface ICypherServer : IAsyncDisposable
{
    /// <summary>Where it is, as people name it; without credentials.</summary>
    string Address { get; }

    /// <summary>Runs a statement that only reads, and again after a failure that may pass.</summary>
    /// <param name="statement">Cypher.</param>
    /// <param name="parameters">Texts, whole numbers, booleans, instants, bytes, and lists of these.</param>
    /// <param name="cancellationToken">Ends the wait, and the statement on the server.</param>
    /// <returns>A row a record, values in the order of the RETURN clause.</returns>
    /// <exception cref="IdentityGraph.Graph.StoreException">The server cannot be reached, or refused.</exception>
    Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken);

    /// <summary>Runs a statement that may be run twice without harm, in a transaction of its own; and again after a failure that may pass.</summary>
    /// <inheritdoc cref="ReadAsync" />
    Task<IReadOnlyList<IReadOnlyList<object?>>> WriteAsync(string statement, IReadOnlyDictionary<string, object?> parameters, CancellationToken cancellationToken);

    /// <summary>Runs what somebody wrote, in a transaction that may only read and within limits.</summary>
    /// <exception cref="IdentityGraph.Report.QuestionException">It is not understood, or does not only read.</exception>
    /// <exception cref="IdentityGraph.Graph.StoreException">The server cannot be reached, or refused.</exception>
    Task<CypherRows> QueryAsync(CypherQuestion question, CancellationToken cancellationToken);
}
