namespace IdentityGraph.Graph;

/// <summary>A snapshot seen as of one instant. Everything in it is a pure function of (facts known, as of).</summary>
public sealed class GraphView
{
    public GraphSnapshot Snapshot => throw new NotSupportedException();

    public DateTimeOffset AsOf => throw new NotSupportedException();

    public int NodeCount => Snapshot.NodeCount;

    /// <summary>The node at a dense index, 0 to NodeCount - 1. Nodes are ordered by kind, then by id (ordinal).</summary>
    public Node this[int index] => throw new NotSupportedException();

    /// <summary>The node of that id (compared after NFC), or null. A node that has ended or not begun is still found: see <see cref="Node.Present"/>.</summary>
    public Node? Find(string id) => throw new NotSupportedException();

    /// <summary>Every node of the kind, present or not, by id.</summary>
    public IEnumerable<Node> Of(NodeKind kind) => throw new NotSupportedException();

    /// <summary>First and one-past-last dense index of the kind.</summary>
    public Range RangeOf(NodeKind kind) => throw new NotSupportedException();

    /// <summary>Every edge of the kind whatever its truth, by start then end then key.</summary>
    public EdgeList Edges(EdgeKind kind) => throw new NotSupportedException();

    /// <summary>Streams as far as they are read before <see cref="AsOf"/> plus freshness.</summary>
    public bool IsFresh(StreamCoverage stream) => throw new NotSupportedException();
}

/// <summary>A node in a view: two words, no object behind it.</summary>
public readonly struct Node(GraphView view, int index) : IEquatable<Node>
{
    public GraphView View { get; } = view;

    /// <summary>Dense index in the snapshot.</summary>
    public int Index { get; } = index;

    public string Id => throw new NotSupportedException();

    public NodeKind Kind => throw new NotSupportedException();

    /// <summary>Null where no source states one.</summary>
    public string? Name => throw new NotSupportedException();

    /// <summary>
    /// Whether it exists at the view's instant, freshness taken into account: a placeholder and what has ended are False;
    /// stale, seen-unreadable and what lies within the bounds of an end are Unknown. Says nothing of its state.
    /// </summary>
    public Truth Present => throw new NotSupportedException();

    /// <summary>An end of an edge that nothing described.</summary>
    public bool IsPlaceholder => Kind == NodeKinds.Unknown;

    /// <summary>What holds for the property at the view's instant.</summary>
    public Reading this[Property property] => throw new NotSupportedException();

    /// <summary>The same, by name: for properties made per name, as cascades are.</summary>
    public Reading Get(string propertyName) => throw new NotSupportedException();

    /// <summary>Every statement of the property known, oldest <see cref="Statement.From"/> first, whatever the view's instant.</summary>
    public IReadOnlyList<Statement> Statements(Property property) => throw new NotSupportedException();

    /// <summary>Every statement of every property, unrecognised ones too.</summary>
    public IReadOnlyList<Statement> Statements() => throw new NotSupportedException();

    /// <summary>Edges that start here, whatever their truth, by end then key.</summary>
    public EdgeList Out(EdgeKind kind) => throw new NotSupportedException();

    /// <summary>Edges that end here, whatever their truth, by start then key.</summary>
    public EdgeList In(EdgeKind kind) => throw new NotSupportedException();

    /// <summary>(source, tenant) pairs that ever stated it.</summary>
    public IReadOnlyList<(string Source, string Tenant)> Sources => throw new NotSupportedException();

    /// <summary>When it was first and last observed; null for a placeholder.</summary>
    public (DateTimeOffset First, DateTimeOffset Last)? Seen => throw new NotSupportedException();

    public bool Equals(Node other) => ReferenceEquals(View, other.View) && Index == other.Index;

    public override bool Equals(object? obj) => obj is Node other && Equals(other);

    public override int GetHashCode() => Index;

    public static bool operator ==(Node left, Node right) => left.Equals(right);

    public static bool operator !=(Node left, Node right) => !left.Equals(right);

    public override string ToString() => Id;
}

/// <summary>An edge in a view: two words, no object behind it.</summary>
public readonly struct Edge(GraphView view, int index) : IEquatable<Edge>
{
    public GraphView View { get; } = view;

    /// <summary>Dense index in the snapshot, 0 to EdgeCount - 1; edges of one kind are contiguous.</summary>
    public int Index { get; } = index;

    public EdgeKind Kind => throw new NotSupportedException();

    public Node Of => throw new NotSupportedException();

    public Node To => throw new NotSupportedException();

    public string Key => throw new NotSupportedException();

    /// <summary>Whether it holds at the view's instant: valid while any source that asserted it still does; Unknown where stale or within the bounds of an end.</summary>
    public Truth Holds => throw new NotSupportedException();

    public Reading this[Property property] => throw new NotSupportedException();

    /// <summary>Since when what holds now holds without a break (UTC ticks), as far as stated; <see cref="Instants.Earliest"/> where no start is known.</summary>
    public long Since => throw new NotSupportedException();

    /// <summary>When what holds now stops, as stated (UTC ticks); <see cref="Instants.Latest"/> where open.</summary>
    public long Until => throw new NotSupportedException();

    /// <summary>Every claim of every source, oldest first, whatever the view's instant.</summary>
    public IReadOnlyList<EdgeClaim> Claims => throw new NotSupportedException();

    public IReadOnlyList<Statement> Statements() => throw new NotSupportedException();

    public IReadOnlyList<string> Evidence => throw new NotSupportedException();

    public bool Equals(Edge other) => ReferenceEquals(View, other.View) && Index == other.Index;

    public override bool Equals(object? obj) => obj is Edge other && Equals(other);

    public override int GetHashCode() => Index;

    public static bool operator ==(Edge left, Edge right) => left.Equals(right);

    public static bool operator !=(Edge left, Edge right) => !left.Equals(right);

    public override string ToString() => $"{Of} -{Kind}-> {To}";
}

/// <summary>Edges of one kind around one node, or of the whole view; enumerates without allocating.</summary>
public readonly struct EdgeList
{
    public int Count => throw new NotSupportedException();

    public Edge this[int position] => throw new NotSupportedException();

    public Enumerator GetEnumerator() => new(this);

    public struct Enumerator(EdgeList list)
    {
        private int _position = -1;

        public readonly Edge Current => list[_position];

        public bool MoveNext() => ++_position < list.Count;
    }
}
