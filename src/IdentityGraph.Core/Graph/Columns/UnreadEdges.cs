using System.Collections.Frozen;

namespace IdentityGraph.Graph.Columns;

/// <summary>
/// Edges of kinds nobody here knows: kept with the kind as said, never traversed. Few or none, so they are found by node and not
/// laid out by kind.
/// </summary>
internal sealed record UnreadEdges
{
    public static readonly UnreadEdges None = new()
    {
        Of = [],
        To = [],
        Kind = [],
        Key = [],
        SpanStarts = [0],
        Spans = [],
        ByNode = FrozenDictionary<int, int[]>.Empty,
    };

    /// <summary>Dense index of each one's start; they are ordered by start, kind, end and key.</summary>
    public required int[] Of { get; init; }

    public required int[] To { get; init; }

    /// <summary>As said.</summary>
    public required string[] Kind { get; init; }

    public required string[] Key { get; init; }

    /// <summary>First span by edge, one more entry than edges.</summary>
    public required int[] SpanStarts { get; init; }

    public required Span[] Spans { get; init; }

    /// <summary>Dense node index → those that start or end there.</summary>
    public required FrozenDictionary<int, int[]> ByNode { get; init; }

    public ReadOnlySpan<Span> SpansOf(int edge) => Spans.AsSpan(SpanStarts[edge]..SpanStarts[edge + 1]);
}
