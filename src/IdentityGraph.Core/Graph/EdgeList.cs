namespace IdentityGraph.Graph;

/// <summary>Edges of one kind around one node, or of the whole view; enumerates without allocating.</summary>
public readonly struct EdgeList
{
    private readonly GraphView? _view;
    private readonly int[]? _order;
    private readonly int _start;

    /// <param name="view">Where.</param>
    /// <param name="order">Dense edge indexes in the order listed; null: as they lie.</param>
    /// <param name="start">Where the list begins, in the order or among the edges.</param>
    /// <param name="count">How many.</param>
    internal EdgeList(GraphView view, int[]? order, int start, int count)
    {
        _view = view;
        _order = order;
        _start = start;
        Count = count;
    }

    public int Count { get; }

    public Edge this[int position]
    {
        get
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)position, (uint)Count, nameof(position));
            return new Edge(_view!, _order is null ? _start + position : _order[_start + position]);
        }
    }

    public Enumerator GetEnumerator() => new(this);

    /// <summary>The edges as a list of their own, where clarity counts more than allocation.</summary>
    public List<Edge> ToList()
    {
        List<Edge> edges = new(Count);
        foreach (var edge in this)
        {
            edges.Add(edge);
        }

        return edges;
    }

    public struct Enumerator(EdgeList list)
    {
        private int _position = -1;

        public readonly Edge Current => list[_position];

        public bool MoveNext() => ++_position < list.Count;
    }
}
