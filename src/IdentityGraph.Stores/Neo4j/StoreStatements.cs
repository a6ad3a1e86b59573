using System.Collections.Concurrent;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>Sends the statements of one store; every one knows the store by its name.</summary>
internal sealed class StoreStatements(ICypherServer server, string store)
{
    private readonly ConcurrentDictionary<string, string> _texts = new(StringComparer.Ordinal);

    public ICypherServer Server => server;

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(string file, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        server.ReadAsync(Text(file), Named(parameters), cancellationToken);

    public Task<IReadOnlyList<IReadOnlyList<object?>>> WriteAsync(string file, CancellationToken cancellationToken, params ReadOnlySpan<(string Name, object? Value)> parameters) =>
        server.WriteAsync(Text(file), Named(parameters), cancellationToken);

    private string Text(string file) => _texts.GetOrAdd(file, CypherFiles.Read);

    /// <summary>Parameters, and with them the store's name.</summary>
    public Dictionary<string, object?> Named(params ReadOnlySpan<(string Name, object? Value)> parameters)
    {
        var all = new Dictionary<string, object?>(StringComparer.Ordinal) { ["name"] = store };
        foreach (var (name, value) in parameters)
        {
            all[name] = value;
        }

        return all;
    }
}
