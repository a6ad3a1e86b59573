using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph;

/// <summary>A node in a view: two words, no object behind it.</summary>
public readonly struct Node(GraphView view, int index) : IEquatable<Node>
{
    public GraphView View { get; } = view;

    /// <summary>Dense index in the snapshot.</summary>
    public int Index { get; } = index;

    public string Id => View.Columns.Ids[Index];

    public NodeKind Kind => NodeKind.All[View.Columns.KindOf(Index)];

    /// <summary>Null where no source states one.</summary>
    public string? Name => View.NameOf(Index);

    /// <summary>
    /// Whether it exists at the view's instant, freshness taken into account: a placeholder and what has ended are False;
    /// stale, what was seen and never read, and what lies within the bounds of an end are Unknown. Says nothing of its state.
    /// </summary>
    public Truth Present => View.NodeTruthAt(Index);

    /// <summary>Something that nothing described: an end of an edge, or what was seen and never could be read.</summary>
    public bool IsPlaceholder => !View.Columns.Described[Index] && !IsTold;

    /// <summary>Anything but that it was seen: it may be only that it ended.</summary>
    private bool IsTold
    {
        get
        {
            foreach (ref readonly var span in Spans)
            {
                if ((span.Marks & SpanMarks.Seen) == 0)
                {
                    return true;
                }
            }

            return false;
        }
    }

    /// <summary>What holds for the property at the view's instant.</summary>
    public Reading this[Property property] => View.Read(View.Columns.NodeStatements, Index, Spans, Present, property);

    /// <summary>The same, by name: for properties made per name, as cascades are. A name the kind does not know is read as text.</summary>
    public Reading Get(string propertyName) => this[Kind.FindProperty(propertyName) ?? new Property(propertyName, PropertyType.Text, "")];

    /// <summary>Every statement of the property known, oldest <see cref="Statement.From"/> first, whatever the view's instant.</summary>
    public IReadOnlyList<Statement> Statements(Property property) => [.. Statements().Where(statement => statement.Property == property.Name)];

    /// <summary>Every statement of every property, unrecognised ones too.</summary>
    public IReadOnlyList<Statement> Statements()
    {
        View.Log?.Read(ReadLog.Facts(Index));
        return StatementList.Of(View.Columns, View.Columns.NodeStatements, Index);
    }

    /// <summary>Edges that start here, whatever their truth, by end then key.</summary>
    public EdgeList Out(EdgeKind kind)
    {
        View.Log?.Read(ReadLog.Out(Index, kind.Index));
        var edges = View.Columns.Kinds[kind.Index];
        var (start, end) = edges.Out.Of(Index);
        return new EdgeList(View, null, edges.First + start, end - start);
    }

    /// <summary>Edges that end here, whatever their truth, by start then key.</summary>
    public EdgeList In(EdgeKind kind)
    {
        View.Log?.Read(ReadLog.In(Index, kind.Index));
        var edges = View.Columns.Kinds[kind.Index];
        var (start, end) = edges.In.Of(Index);
        return new EdgeList(View, edges.Backward, start, end - start);
    }

    /// <summary>(source, tenant) pairs that ever stated it.</summary>
    public IReadOnlyList<(string Source, string Tenant)> Sources
    {
        get
        {
            var sources = new SortedSet<(string, string)>();
            foreach (ref readonly var span in Spans)
            {
                var stream = View.Columns.Streams[span.Stream];
                sources.Add((stream.Source, stream.Tenant));
            }

            return [.. sources];
        }
    }

    /// <summary>(source, tenant) pairs that ever said something of it, and did not merely see it; one may come up more than once.</summary>
    internal IEnumerable<(string Source, string Tenant)> Describers
    {
        get
        {
            var streams = new List<int>();
            foreach (ref readonly var span in Spans)
            {
                if ((span.Marks & SpanMarks.Seen) == 0)
                {
                    streams.Add(span.Stream);
                }
            }

            var columns = View.Columns;
            return streams.Select(stream => (columns.Streams[stream].Source, columns.Streams[stream].Tenant));
        }
    }

    /// <summary>
    /// When it was first observed, and last by the view's instant (where it was observed only later: the first time); null for a
    /// placeholder and for what only a what-if states.
    /// </summary>
    public (DateTimeOffset First, DateTimeOffset Last)? Seen
    {
        get
        {
            View.Log?.Read(ReadLog.Facts(Index));
            if (Spans.IsEmpty)
            {
                return null;
            }

            var now = View.AsOf.UtcTicks;
            var (first, last) = (long.MaxValue, long.MinValue);
            foreach (ref readonly var span in Spans)
            {
                if (!View.Columns.Streams[span.Stream].IsOverlay)
                {
                    first = Math.Min(first, View.Columns.Times[span.FirstAt]);
                    var read = View.Columns.ReadBy(now, span.Stream, span.FirstAt, span.LastAt);
                    last = read <= now ? Math.Max(last, read) : last;
                }
            }

            return first == long.MaxValue ? null : (Instants.FromTicks(first), Instants.FromTicks(Math.Max(first, last)));
        }
    }

    /// <summary>When the last of what stated it stopped doing so (UTC ticks, an upper bound); <see cref="Instants.Earliest"/> for a placeholder.</summary>
    internal long EndsAt
    {
        get
        {
            var ends = Instants.Earliest;
            foreach (ref readonly var span in Spans)
            {
                ends = Math.Max(ends, View.Columns.Times[span.Until]);
            }

            return ends;
        }
    }

    /// <summary>Whether a reading of its own system showed it there at some moment of [<paramref name="from"/>, <paramref name="to"/>], UTC ticks.</summary>
    public bool WasSeenBetween(long from, long to)
    {
        View.Log?.Read(ReadLog.Facts(Index));
        foreach (ref readonly var span in Spans)
        {
            View.Log?.ReadStream(span.Stream);

            // An end told of something is no sight of it.
            var isOver = View.Columns.Times[span.Until] <= View.Columns.Times[span.FirstAt];
            if (span.Grade != EvidenceGrade.SystemState || !span.CountsForPresence || isOver || View.Columns.Streams[span.Stream].IsOverlay)
            {
                continue;
            }

            var (first, last) = (Math.Max(from, View.Columns.Times[span.FirstAt]), Math.Min(to, View.Columns.Times[span.LastAt]));
            if (first > last)
            {
                continue;
            }

            // Between its first and last sight every full run of the stream restated it.
            if (first == View.Columns.Times[span.FirstAt] || last == View.Columns.Times[span.LastAt]
                || View.Columns.FullStarts[span.Stream].Any(start => start >= first && start <= last))
            {
                return true;
            }
        }

        return false;
    }

    private ReadOnlySpan<Span> Spans => View.Columns.NodeSpans.AsSpan(View.Columns.NodeSpanStarts[Index]..View.Columns.NodeSpanStarts[Index + 1]);

    public bool Equals(Node other) => ReferenceEquals(View, other.View) && Index == other.Index;

    public override bool Equals(object? obj) => obj is Node other && Equals(other);

    public override int GetHashCode() => Index;

    public static bool operator ==(Node left, Node right) => left.Equals(right);

    public static bool operator !=(Node left, Node right) => !left.Equals(right);

    public override string ToString() => Id;
}
