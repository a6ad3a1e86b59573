namespace IdentityGraph.Sources.GraphMl;

/// <summary>A `key`: a property that nodes or edges may have.</summary>
/// <param name="Name">`attr.name`, else its id.</param>
/// <param name="Type">`attr.type`: boolean, int, long, float, double or string; string where it is not said.</param>
/// <param name="ForNodes">Whether nodes may have it.</param>
/// <param name="ForEdges">Whether edges may have it.</param>
/// <param name="Default">What holds where nothing is said; null: nothing.</param>
internal sealed record GraphMlKey(string Name, string Type, bool ForNodes, bool ForEdges, string? Default);

/// <summary>A node or edge as it is written, with what its data say by name.</summary>
internal sealed class GraphMlElement
{
    public required bool IsNode { get; init; }

    /// <summary>`id` of a node, `source` of an edge.</summary>
    public required string Id { get; init; }

    /// <summary>`target` of an edge; null: a node.</summary>
    public string? Target { get; init; }

    /// <summary>Line it begins on, from 1.</summary>
    public required long Line { get; init; }

    /// <summary>Whether the edge has a direction.</summary>
    public bool Directed { get; init; } = true;

    /// <summary>By name of the key, with its type.</summary>
    public Dictionary<string, (string Type, string Text)> Data { get; } = new(StringComparer.Ordinal);

    /// <summary>Data said twice differently, or with elements in them.</summary>
    public List<string> Unread { get; } = [];
}
