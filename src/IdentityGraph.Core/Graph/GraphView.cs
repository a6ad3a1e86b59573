using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph;

/// <summary>A snapshot seen as of one instant. Everything in it is a pure function of (facts known, as of).</summary>
public sealed class GraphView
{
    private static readonly string s_unnamed = new('?', 1);

    // Null in a view that is to be looked at in few places only: there each is judged as it is asked for.
    private readonly Truth[]? _nodeTruth;
    private readonly Truth[]? _edgeTruth;
    private readonly bool[] _stale;

    // By node, its name once it was asked for; the one above where it has none.
    private string?[]? _names;

    internal GraphView(GraphSnapshot snapshot, DateTimeOffset asOf, ReadLog? log = null, bool isLookedAtInFewPlaces = false)
    {
        Log = log;
        Snapshot = snapshot;
        AsOf = asOf;
        Now = Columns.RankAt(asOf.UtcTicks);
        _stale = [.. Columns.Streams.Select(stream => asOf.UtcTicks > stream.FreshUntil)];
        if (log is null && !isLookedAtInFewPlaces)
        {
            _nodeTruth = Truths(Columns.NodeSpanStarts, Columns.NodeSpans);
            _edgeTruth = Truths(Columns.EdgeSpanStarts, Columns.EdgeSpans);
        }
    }

    public GraphSnapshot Snapshot { get; }

    public DateTimeOffset AsOf { get; }

    public int NodeCount => Snapshot.NodeCount;

    public int EdgeCount => Snapshot.EdgeCount;

    /// <summary><see cref="Node.Present"/> by dense node index.</summary>
    public ReadOnlySpan<Truth> NodeTruth => _nodeTruth ?? Truths(Columns.NodeSpanStarts, Columns.NodeSpans);

    /// <summary><see cref="Edge.Holds"/> by dense edge index.</summary>
    public ReadOnlySpan<Truth> EdgeTruth => _edgeTruth ?? Truths(Columns.EdgeSpanStarts, Columns.EdgeSpans);

    /// <summary>Told what is read; null: nobody asks.</summary>
    internal ReadLog? Log { get; }

    internal SnapshotColumns Columns => Snapshot.Columns;

    /// <summary>Rank of the last instant at or before <see cref="AsOf"/>.</summary>
    internal int Now { get; }

    internal ReadOnlySpan<bool> Stale => _stale;

    /// <summary>The node at a dense index, 0 to NodeCount - 1. Nodes are ordered by kind, then by id (ordinal).</summary>
    public Node this[int index] => (uint)index < (uint)NodeCount ? new Node(this, index) : throw new ArgumentOutOfRangeException(nameof(index), index, $"this view has {NodeCount} nodes");

    /// <summary>The edge at a dense index, 0 to EdgeCount - 1.</summary>
    public Edge EdgeAt(int index) => (uint)index < (uint)EdgeCount ? new Edge(this, index) : throw new ArgumentOutOfRangeException(nameof(index), index, $"this view has {EdgeCount} edges");

    /// <summary>The node of that id (compared after NFC), or null. A node that has ended or not begun is still found: see <see cref="Node.Present"/>.</summary>
    public Node? Find(string id) => Columns.IdsByForm.TryGetValue(Fold.Nfc.Of(id), out var index) ? new Node(this, index) : null;

    /// <summary>Every node of the kind, present or not, by id.</summary>
    public IEnumerable<Node> Of(NodeKind kind)
    {
        var (start, end) = (Columns.KindStarts[kind.Index], Columns.KindStarts[kind.Index + 1]);
        for (var index = start; index < end; index++)
        {
            yield return new Node(this, index);
        }
    }

    /// <summary>First and one-past-last dense index of the kind.</summary>
    public Range RangeOf(NodeKind kind) => Snapshot.NodeRange(kind);

    /// <summary>Every edge of the kind whatever its truth, by start then end then key.</summary>
    public EdgeList Edges(EdgeKind kind)
    {
        var edges = Columns.Kinds[kind.Index];
        Log?.Read(ReadLog.All(kind.Index));
        return new EdgeList(this, null, edges.First, edges.Count);
    }

    /// <summary>Nodes at which an edge of a kind nobody here knows starts or ends, whatever its truth.</summary>
    public IEnumerable<Node> WithUnreadEdges() => Columns.Unread.ByNode.Keys.Order().Select(index => new Node(this, index));

    /// <summary>Edges of kinds nobody here knows that start or end at the node, whatever their truth, by start, kind, end, key.</summary>
    public IEnumerable<UnreadEdge> UnreadEdges(Node node)
    {
        var unread = Columns.Unread;
        foreach (var edge in unread.ByNode.GetValueOrDefault(node.Index, []))
        {
            yield return new UnreadEdge(unread.Kind[edge], new Node(this, unread.Of[edge]), new Node(this, unread.To[edge]), unread.Key[edge], TruthOf(unread.SpansOf(edge)));
        }
    }

    /// <summary>The same instant with every node, and every edge of the kinds, taken as there: what ended, lies ahead or was never described.</summary>
    internal GraphView AsIfThere(Func<EdgeKind, bool> kinds)
    {
        var there = new GraphView(Snapshot, AsOf);
        there._nodeTruth.AsSpan().Fill(Truth.True);
        foreach (var kind in EdgeKind.All.Where(kinds))
        {
            there._edgeTruth.AsSpan(Snapshot.EdgeRange(kind)).Fill(Truth.True);
        }

        return there;
    }

    /// <summary>Streams as far as they are read before <see cref="AsOf"/> plus freshness.</summary>
    public bool IsFresh(StreamCoverage stream) => AsOf.UtcTicks <= stream.FreshUntil;

    internal Truth NodeTruthAt(int node)
    {
        Log?.Read(ReadLog.Facts(node));
        return _nodeTruth is { } known ? known[node] : TruthOf(Columns.NodeSpans.AsSpan(Columns.NodeSpanStarts[node]..Columns.NodeSpanStarts[node + 1]));
    }

    internal Truth EdgeTruthAt(int edge) =>
        _edgeTruth is { } known ? known[edge] : TruthOf(Columns.EdgeSpans.AsSpan(Columns.EdgeSpanStarts[edge]..Columns.EdgeSpanStarts[edge + 1]));


    /// <summary>What the node is called; null where no source says.</summary>
    internal string? NameOf(int index)
    {
        if (Log is not null || _nodeTruth is null)
        {
            return new Node(this, index)[Properties.Name].Text;
        }

        // Told apart by which string it is: a large answer comes past many names that are read no further.
        var names = _names ??= new string?[NodeCount];
        var known = names[index] ??= new Node(this, index)[Properties.Name].Text ?? s_unnamed;
        return ReferenceEquals(known, s_unnamed) ? null : known;
    }

    /// <summary>What holds for a property of the node, or of the edge, of that dense index.</summary>
    internal Reading Read(Statements statements, int subject, ReadOnlySpan<Span> spans, Truth present, Property property)
    {
        if (!Columns.PropertyNumbers.TryGetValue(property.Name, out var number))
        {
            return new Reading { Fresh = true };
        }

        var rows = statements.Of(subject);
        var start = 0;
        while (start < rows.Length && rows[start].Property < number)
        {
            start++;
        }

        var end = start;
        while (end < rows.Length && rows[end].Property == number)
        {
            end++;
        }

        if (Log is not null)
        {
            LogStreams(rows, rows[start..end], spans, property);
        }

        var era = Era(statements, subject);
        var reading = new PropertyReading(Columns, rows[start..end], spans, AsOf.UtcTicks, Now, _stale, withClosed: false).Read(property, era);

        // What has ended keeps what was last said of it.
        return reading.IsReported || present != Truth.False
            ? reading
            : new PropertyReading(Columns, rows[start..end], spans, AsOf.UtcTicks, Now, _stale, withClosed: true).Read(property, era);
    }

    /// <summary>
    /// When something was last read moves with the full runs of its stream. That decides between statements that differ, whether an
    /// expiry yields to sight or a claim of a revocation is outdated, and how long something was only seen.
    /// </summary>
    private void LogStreams(ReadOnlySpan<StatementRow> all, ReadOnlySpan<StatementRow> rows, ReadOnlySpan<Span> spans, Property property)
    {
        var decides = property == Properties.ExpiresAt || property == Properties.RevokedAt;
        for (var row = 1; row < rows.Length && !decides; row++)
        {
            decides = rows[row].Value != rows[0].Value;
        }

        foreach (ref readonly var span in spans)
        {
            decides |= (span.Marks & SpanMarks.Seen) != 0;
        }

        if (!decides || rows.IsEmpty)
        {
            return;
        }

        foreach (ref readonly var row in all)
        {
            Log!.ReadStream(row.Stream);
        }
    }

    /// <summary>
    /// Rank at or after which a statement must have been read to count now: the last end that the subject has come back from; what was
    /// read before it is not carried over.
    /// </summary>
    private int Era(Statements statements, int subject)
    {
        if (statements.Returns.Count == 0 || !statements.Returns.TryGetValue(subject, out var returns))
        {
            return 0;
        }

        var ended = Instants.Earliest;
        foreach (var (end, again) in returns)
        {
            ended = again <= AsOf.UtcTicks ? Math.Max(ended, end) : ended;
        }

        return Array.BinarySearch(Columns.Times, ended);
    }

    private Truth[] Truths(int[] starts, Span[] spans)
    {
        var truths = new Truth[starts.Length - 1];
        for (var subject = 0; subject < truths.Length; subject++)
        {
            truths[subject] = TruthOf(spans.AsSpan(starts[subject]..starts[subject + 1]));
        }

        return truths;
    }

    internal Truth TruthOf(ReadOnlySpan<Span> spans)
    {
        var truth = Truth.False;
        for (var span = 0; span < spans.Length && truth != Truth.True; span++)
        {
            truth = truth.Or(spans[span].TruthAt(Now, _stale));
        }

        return truth;
    }
}
