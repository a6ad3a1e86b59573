using System.Text.Json.Nodes;

namespace IdentityGraph.Stores;

/// <summary>A store whose graph can be asked in Cypher, and that keeps queries under a name for everybody who uses it.</summary>
public interface ICypherStore : IProjectedStore
{
    /// <summary>The store's name in its database: what `$store` means in every statement.</summary>
    string Name { get; }

    /// <summary>Runs a statement that only reads; one that does more is refused by its plan, and once more by the server.</summary>
    /// <exception cref="Report.QuestionException">It writes, or the server does not understand it.</exception>
    Task<CypherRows> QueryAsync(CypherQuestion question, CancellationToken cancellationToken = default);

    /// <summary>Queries that people saved here, by name.</summary>
    Task<IReadOnlyList<SavedQuery>> SavedAsync(CancellationToken cancellationToken = default);

    /// <summary>Keeps a query.</summary>
    /// <returns>False where another of that name is kept and may not be replaced.</returns>
    Task<bool> SaveAsync(string name, string text, string? savedBy, bool replace, CancellationToken cancellationToken = default);
}

/// <summary>A statement and how far it may go.</summary>
public sealed record CypherQuestion
{
    public required string Statement { get; init; }

    /// <summary>Where the statement was read from, as people name it; then nothing of its text is told in an error. Null: it was given by whoever asks.</summary>
    public string? File { get; init; }

    /// <summary>It is planned and refused where it does more than read, but not run.</summary>
    public bool IsOnlyChecked { get; init; }

    /// <summary>Texts, whole and other numbers, booleans, instants, null, and lists and maps of these.</summary>
    public IReadOnlyDictionary<string, object?> Parameters { get; init; } = new Dictionary<string, object?>();

    /// <summary>After this the server ends it.</summary>
    public TimeSpan MaxTime { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>At least 1; more are not fetched.</summary>
    public int MaxRows { get; init; } = 10_000;

    /// <summary>Of the answer as it is held here, in bytes of JSON; and what a transaction should be allowed on the server.</summary>
    public long MaxMemory { get; init; } = 256 << 20;
}

/// <summary>What a statement returned.</summary>
/// <param name="Columns">In the order of its RETURN.</param>
/// <param name="Rows">By column. Instants and durations are texts; nodes, relationships and paths are objects.</param>
/// <param name="Truncated">Which limit cut it off; null: it is whole.</param>
/// <param name="Warnings">What the server wanted to be noticed.</param>
public sealed record CypherRows(IReadOnlyList<string> Columns, IReadOnlyList<JsonObject> Rows, string? Truncated, IReadOnlyList<string> Warnings);

/// <summary>A query that somebody saved.</summary>
public sealed record SavedQuery(string Name, string Text, DateTimeOffset? SavedAt, string? SavedBy);
