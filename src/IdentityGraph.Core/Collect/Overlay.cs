namespace IdentityGraph.Collect;

/// <summary>
/// What if: facts added, changed and taken away for one question. What is stored is never touched. Compared by reference: keep the one
/// you asked with to ask with it again.
/// </summary>
public sealed class Overlay
{
    /// <summary>
    /// Nodes and edges that are there, and properties that have these values: from their `from` (none: always) to their `until` (none:
    /// ever after), whatever any source says of that time.
    /// </summary>
    public IReadOnlyList<Observation.Fact> Facts { get; init; } = [];

    /// <summary>Ids of nodes taken for gone: neither live nor attained by anybody. Facts on them stay, so what restricts others goes on restricting them.</summary>
    public IReadOnlyList<string> RemovedNodes { get; init; } = [];

    /// <summary>Edges taken for never stated.</summary>
    public IReadOnlyList<RemovedEdge> RemovedEdges { get; init; } = [];

    public bool IsEmpty => Facts.Count == 0 && RemovedNodes.Count == 0 && RemovedEdges.Count == 0;

    /// <summary>All of them together.</summary>
    public static Overlay Of(IReadOnlyList<Overlay> parts) => new()
    {
        Facts = [.. parts.SelectMany(part => part.Facts)],
        RemovedNodes = [.. parts.SelectMany(part => part.RemovedNodes).Distinct(StringComparer.Ordinal)],
        RemovedEdges = [.. parts.SelectMany(part => part.RemovedEdges).Distinct()],
    };
}

/// <summary>An edge that an overlay takes away.</summary>
/// <param name="Kind">As said.</param>
/// <param name="Of">Id of its start.</param>
/// <param name="To">Id of its end.</param>
/// <param name="Key">Of parallel edges, which; null: all of them.</param>
public sealed record RemovedEdge(string Kind, string Of, string To, string? Key);
