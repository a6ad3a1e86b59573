using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>What people ask in Cypher, and the queries they keep.</summary>
public sealed partial class Neo4jGraphStore : ICypherStore
{
    public string Name => _address.Store;

    public async Task<CypherRows> QueryAsync(CypherQuestion question, CancellationToken cancellationToken = default)
    {
        var named = new Dictionary<string, object?>(question.Parameters, StringComparer.Ordinal);
        named.TryAdd("store", Name);
        var rows = await _statements.Server.QueryAsync(question with { Parameters = named }, cancellationToken).ConfigureAwait(false);
        return await MemoryWarningAsync(question.MaxMemory, cancellationToken).ConfigureAwait(false) is { } warning ? rows with { Warnings = [.. rows.Warnings, warning] } : rows;
    }

    public async Task<IReadOnlyList<SavedQuery>> SavedAsync(CancellationToken cancellationToken = default) =>
    [
        .. (await _statements.ReadAsync("saved/list.cypher", cancellationToken).ConfigureAwait(false))
            .Select(row => new SavedQuery((string)row[0]!, (string)row[1]!, Instants.TryParse(row[2] as string, out var at) ? at : null, row[3] as string)),
    ];

    public async Task<bool> SaveAsync(string name, string text, string? savedBy, bool replace, CancellationToken cancellationToken = default)
    {
        CypherSecrets.Refuse(text);
        await _statements.WriteAsync("schema/query.cypher", cancellationToken).ConfigureAwait(false);
        var kept = await _statements.WriteAsync("saved/write.cypher", cancellationToken, ("query", name), ("text", text), ("savedBy", savedBy), ("replace", replace)).ConfigureAwait(false);
        return kept is [[string there]] && there == text;
    }

    /// <summary>The limit of a transaction is the server's; nobody else can set it. Null where it is low enough, or may not be read.</summary>
    private async Task<string?> MemoryWarningAsync(long most, CancellationToken cancellationToken)
    {
        try
        {
            return await _statements.ReadAsync("query/memory-limit.cypher", cancellationToken).ConfigureAwait(false) is [[string limit]] && BytesOf(limit) is var bytes && (bytes == 0 || bytes > most)
                ? $"the server lets one transaction use {(bytes == 0 ? "as much memory as there is" : limit)}: set db.memory.transaction.max={most >> 20}m there (the answer itself is held to --max-memory)"
                : null;
        }
        catch (StoreException)
        {
            return null;
        }
    }

    /// <summary>Such as `0B`, `256.00MiB`, `1GiB`; 0 where there is none or it cannot be read.</summary>
    private static long BytesOf(string limit)
    {
        var digits = limit.Length - limit.TrimStart([.. "0123456789."]).Length;
        return double.TryParse(limit[..digits], System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var number)
            ? (long)(number * (limit[digits..].TrimStart() is [var unit, ..] ? unit switch { 'K' or 'k' => 1L << 10, 'M' or 'm' => 1L << 20, 'G' or 'g' => 1L << 30, _ => 1L } : 1L))
            : 0;
    }
}
