using System.Text.Json.Nodes;

namespace IdentityGraph.Report.Answers;

/// <summary>What a statement in the store's own query language returned.</summary>
public sealed record QueryAnswer
{
    /// <summary>In the order of its RETURN.</summary>
    public required IReadOnlyList<string> Columns { get; init; }

    /// <summary>Each by column, in the order in which the server gave them.</summary>
    public required IReadOnlyList<JsonObject> Rows { get; init; }

    /// <summary>How far what was asked agrees with the runs of the store.</summary>
    public required ShownGraphAnswer Graph { get; init; }
}

/// <summary>How far the graph that a server shows is.</summary>
public sealed record ShownGraphAnswer
{
    /// <summary>Newest run in it; null: none yet.</summary>
    public required int? Run { get; init; }

    /// <summary>Runs of the store.</summary>
    public required int Runs { get; init; }

    /// <summary>The moment of what nodes say; null: none yet.</summary>
    public required DateTimeOffset? AsOf { get; init; }

    /// <summary>It shows every run, and nothing of it is half-written.</summary>
    public required bool Whole { get; init; }
}

/// <summary>Queries that can be run by name.</summary>
public sealed record SavedQueriesAnswer
{
    /// <summary>Those of the store, then those of the cookbook; each by name.</summary>
    public required IReadOnlyList<SavedQueryAnswer> Queries { get; init; }
}

/// <summary>One query.</summary>
public sealed record SavedQueryAnswer
{
    public required string Name { get; init; }

    /// <summary>`store` or `cookbook`.</summary>
    public required string From { get; init; }

    /// <summary>What it is for, as its header says; "" where it has none.</summary>
    public required string Purpose { get; init; }

    /// <summary>Names without the dollar sign, `store` left out: it is always given.</summary>
    public required IReadOnlyList<string> Parameters { get; init; }

    public required string Text { get; init; }

    /// <summary>Null for the cookbook.</summary>
    public required DateTimeOffset? SavedAt { get; init; }

    /// <summary>Null where nobody is named.</summary>
    public required string? SavedBy { get; init; }
}
