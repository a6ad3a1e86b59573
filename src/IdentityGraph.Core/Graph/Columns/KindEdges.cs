namespace IdentityGraph.Graph.Columns;

/// <summary>
/// The edges of one kind, forward by (start, end, key) and backward by (end, start, key), in compressed sparse rows over the
/// nodes that occur: offsets cover only the dense indexes between the smallest and the largest.
/// </summary>
internal sealed class KindEdges
{
    public static readonly KindEdges None = new() { First = 0, Count = 0, Out = Rows.Empty, In = Rows.Empty, Backward = [] };

    /// <summary>Dense index of its first edge.</summary>
    public required int First { get; init; }

    public required int Count { get; init; }

    /// <summary>Positions from <see cref="First"/>.</summary>
    public required Rows Out { get; init; }

    /// <summary>Positions in <see cref="Backward"/>.</summary>
    public required Rows In { get; init; }

    /// <summary>Dense edge indexes ordered by end, then start, then key.</summary>
    public required int[] Backward { get; init; }

    public long Bytes => Out.Bytes + In.Bytes + (sizeof(int) * (long)Backward.Length);

    /// <summary>Offsets by node over a stretch of dense indexes.</summary>
    internal readonly struct Rows(int firstNode, int[] offsets)
    {
        public static readonly Rows Empty = new(0, [0]);

        public long Bytes => sizeof(int) * (long)offsets.Length;

        /// <summary>First and one past last position of the node's row.</summary>
        public (int Start, int End) Of(int node)
        {
            var row = node - firstNode;
            return (uint)row < (uint)(offsets.Length - 1) ? (offsets[row], offsets[row + 1]) : (0, 0);
        }

        /// <summary>Counts how often each node occurs and lays the rows one after the other.</summary>
        public static Rows Count(ReadOnlySpan<int> nodes)
        {
            if (nodes.IsEmpty)
            {
                return Empty;
            }

            var (low, high) = (int.MaxValue, int.MinValue);
            foreach (var node in nodes)
            {
                low = Math.Min(low, node);
                high = Math.Max(high, node);
            }

            var offsets = new int[high - low + 2];
            foreach (var node in nodes)
            {
                offsets[node - low + 1]++;
            }

            for (var i = 1; i < offsets.Length; i++)
            {
                offsets[i] += offsets[i - 1];
            }

            return new Rows(low, offsets);
        }

        /// <summary>The positions of a stable sort by node.</summary>
        public int[] Scatter(ReadOnlySpan<int> nodes, int firstEdge)
        {
            var next = offsets.AsSpan(0, offsets.Length - 1).ToArray();
            var sorted = new int[nodes.Length];
            for (var i = 0; i < nodes.Length; i++)
            {
                sorted[next[nodes[i] - firstNode]++] = firstEdge + i;
            }

            return sorted;
        }
    }

    public static KindEdges Of(int first, ReadOnlySpan<int> of, ReadOnlySpan<int> to)
    {
        if (of.IsEmpty)
        {
            return None;
        }

        var incoming = Rows.Count(to);
        return new KindEdges { First = first, Count = of.Length, Out = Rows.Count(of), In = incoming, Backward = incoming.Scatter(to, first) };
    }
}
