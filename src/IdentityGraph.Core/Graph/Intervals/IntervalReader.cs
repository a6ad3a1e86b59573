using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Intervals;

/// <summary>
/// Tells of nodes and edges when they held, as the views of a snapshot see it: at every moment an interval says what
/// <see cref="Edge.Holds"/>, <see cref="Node.Present"/> and the properties say in the view of that moment. For one thread at a time.
/// </summary>
public sealed class IntervalReader(GraphSnapshot snapshot)
{
    private const int KeptViews = 50_000;

    private readonly Dictionary<long, GraphView> _views = [];
    private readonly Dictionary<NodeKind, IReadOnlyList<Property>> _past = NodeKind.All.ToDictionary(kind => kind, PastProperties.Of);

    private SnapshotColumns Columns => snapshot.Columns;

    /// <summary>When the node was there, oldest first.</summary>
    /// <param name="node">Dense index.</param>
    public IReadOnlyList<(Interval Bounds, Support Support)> OfNode(int node)
    {
        var spans = Columns.NodeSpans.AsMemory(Columns.NodeSpanStarts[node]..Columns.NodeSpanStarts[node + 1]);
        var points = Points(spans.Span, []);
        return [.. Build(points, view => (view.NodeTruthAt(node), [])).Select(found => (found.Bounds, SupportOf(spans.Span, found.Bounds)))];
    }

    /// <summary>What it said of the properties whose past matters, oldest first; nothing where its kind has none or nobody said anything.</summary>
    /// <param name="node">Dense index.</param>
    public IReadOnlyList<Revision> RevisionsOf(int node)
    {
        var kind = NodeKind.All[Columns.KindOf(node)];
        var properties = _past[kind];
        var rows = Columns.NodeStatements.Of(node);
        if (properties.Count == 0 || rows.IsEmpty)
        {
            return [];
        }

        var points = Points(Columns.NodeSpans.AsSpan(Columns.NodeSpanStarts[node]..Columns.NodeSpanStarts[node + 1]), rows);
        AddReturns(points, Columns.NodeStatements, node);
        return [.. Build(points, view => Revised(new Node(view, node), properties)).Select(found => new Revision(found.Bounds, found.Said))];
    }

    /// <summary>When the edge held, and what it said, oldest first.</summary>
    /// <param name="edge">Dense index.</param>
    public IReadOnlyList<EdgeInterval> OfEdge(int edge)
    {
        var kind = EdgeKind.All[Columns.KindOfEdge(edge)];
        var spans = Columns.EdgeSpans.AsMemory(Columns.EdgeSpanStarts[edge]..Columns.EdgeSpanStarts[edge + 1]);
        var rows = Columns.EdgeStatements.Of(edge);
        var points = Points(spans.Span, rows);
        AddReturns(points, Columns.EdgeStatements, edge);
        var properties = rows.IsEmpty ? [] : kind.Properties;
        return
        [
            .. Build(points, view => (view.EdgeTruthAt(edge), SaidBy(new Edge(view, edge), properties)))
                .Select(found => new EdgeInterval { Bounds = found.Bounds, Properties = found.Said, Support = SupportOf(spans.Span, found.Bounds) }),
        ];
    }

    /// <summary>Edges of kinds nobody here knows, with the intervals in which they held; by start, kind, end and key.</summary>
    public IEnumerable<(string Kind, int Of, int To, string Key, Interval Bounds, Support Support)> Unread()
    {
        var unread = Columns.Unread;
        for (var edge = 0; edge < unread.Of.Length; edge++)
        {
            var spans = unread.Spans.AsMemory(unread.SpanStarts[edge]..unread.SpanStarts[edge + 1]);
            foreach (var found in Build(Points(spans.Span, []), view => (view.TruthOf(spans.Span), [])))
            {
                yield return (unread.Kind[edge], unread.Of[edge], unread.To[edge], unread.Key[edge], found.Bounds, SupportOf(spans.Span, found.Bounds));
            }
        }
    }

    private static List<Said> SaidBy(Edge edge, IReadOnlyList<Property> properties)
    {
        List<Said>? said = null;
        foreach (var property in properties)
        {
            if (edge[property] is { IsReported: true } reading)
            {
                (said ??= []).Add(new Said(property, reading.Known, reading.Value, reading.Grade, reading.Source));
            }
        }

        return said ?? [];
    }

    /// <summary>Nothing said is no revision; what is no longer fresh is only unsure.</summary>
    private static (Truth Truth, IReadOnlyList<Said> Said) Revised(Node node, IReadOnlyList<Property> properties)
    {
        var said = new List<Said>();
        var fresh = true;
        foreach (var property in properties)
        {
            if (node[property] is { IsReported: true } reading)
            {
                said.Add(new Said(property, reading.Known, reading.Value, reading.Grade, reading.Source));
                fresh &= reading.Fresh;
            }
        }

        return (said.Count == 0 ? Truth.False : fresh ? Truth.True : Truth.Unknown, said);
    }

    /// <summary>Intervals are as long as they can be: the same words throughout, and unsure only before and after what is sure.</summary>
    private List<(Interval Bounds, IReadOnlyList<Said> Said)> Build(SortedSet<long> points, Func<GraphView, (Truth Truth, IReadOnlyList<Said> Said)> look)
    {
        var found = new List<(Interval Bounds, IReadOnlyList<Said> Said)>();
        Growing? growing = null;
        var from = Instants.Earliest;
        foreach (var until in (IEnumerable<long>)[.. points, Instants.Latest])
        {
            var (truth, said) = look(ViewAt(from));
            if (growing is not null && !growing.Takes(truth, said, until))
            {
                found.Add(growing.Done());
                growing = null;
            }

            if (truth is not Truth.False && growing is null)
            {
                growing = new Growing(from, until, truth, said);
            }

            from = until;
        }

        if (growing is not null)
        {
            found.Add(growing.Done());
        }

        return found;
    }

    /// <summary>Every moment at which something about the subject may change.</summary>
    private SortedSet<long> Points(ReadOnlySpan<Span> spans, ReadOnlySpan<StatementRow> rows)
    {
        var points = new SortedSet<long>();
        foreach (ref readonly var span in spans)
        {
            Add(points, span.UnknownFrom, span.From, span.EndsNotBefore, span.Until);
            AddStale(points, span.Stream);
        }

        if (rows.Length > 0)
        {
            foreach (ref readonly var span in spans)
            {
                Add(points, span.FirstAt, span.LastAt);
            }
        }

        foreach (ref readonly var row in rows)
        {
            Add(points, row.From, row.Until, row.FirstAt, row.LastAt);
            AddStale(points, row.Stream);
            foreach (var start in rows.Length > 1 ? Columns.FullStarts[row.Stream] : [])
            {
                points.Add(start);
            }
        }

        points.Remove(Instants.Earliest);
        points.Remove(Instants.Latest);
        return points;
    }

    private void Add(SortedSet<long> points, params ReadOnlySpan<int> ranks)
    {
        foreach (var rank in ranks)
        {
            points.Add(Columns.Times[rank]);
        }
    }

    private void AddStale(SortedSet<long> points, int stream)
    {
        if (Columns.Streams[stream].FreshUntil is not (Instants.Earliest or Instants.Latest) and var last)
        {
            points.Add(last + 1);
        }
    }

    private static void AddReturns(SortedSet<long> points, Statements statements, int subject)
    {
        foreach (var (ended, again) in statements.Returns.GetValueOrDefault(subject, []))
        {
            points.Add(ended);
            points.Add(again);
        }

        points.Remove(Instants.Earliest);
        points.Remove(Instants.Latest);
    }

    private Support SupportOf(ReadOnlySpan<Span> spans, Interval bounds)
    {
        var sources = new SortedSet<(string, string)>();
        var (grade, first, last) = (EvidenceGrade.Inference, long.MaxValue, long.MinValue);
        foreach (ref readonly var span in spans)
        {
            if (!span.CountsForPresence || Columns.Times[span.Until] <= bounds.From || Columns.Times[span.UnknownFrom] >= bounds.Until)
            {
                continue;
            }

            var stream = Columns.Streams[span.Stream];
            sources.Add((stream.Source, stream.Tenant));
            grade = span.Grade > grade ? span.Grade : grade;
            if (!stream.IsOverlay)
            {
                first = Math.Min(first, Columns.Times[span.FirstAt]);
                last = Math.Max(last, Columns.Times[span.LastAt]);
            }
        }

        return new Support(grade, [.. sources], first > last ? null : first, first > last ? null : last);
    }

    private GraphView ViewAt(long ticks)
    {
        if (_views.TryGetValue(ticks, out var view))
        {
            return view;
        }

        if (_views.Count >= KeptViews)
        {
            _views.Clear();
        }

        return _views[ticks] = new GraphView(snapshot, Instants.FromTicks(Math.Max(ticks, 0)), isLookedAtInFewPlaces: true);
    }

    /// <summary>An interval that may still become longer.</summary>
    private sealed class Growing(long from, long until, Truth truth, IReadOnlyList<Said> said)
    {
        private long _sureFrom = truth is Truth.True ? from : until;
        private long _sureUntil = until;
        private long _until = until;
        private bool _isSure = truth is Truth.True;

        /// <summary>Whether what comes next belongs to it.</summary>
        public bool Takes(Truth next, IReadOnlyList<Said> nextSaid, long nextUntil)
        {
            var isOver = _isSure && _sureUntil < _until;
            if (next is Truth.False || (next is Truth.True && isOver) || !SayTheSame(nextSaid))
            {
                return false;
            }

            if (next is Truth.True)
            {
                _sureFrom = _isSure ? _sureFrom : _until;
                _sureUntil = nextUntil;
                _isSure = true;
            }
            else if (!_isSure)
            {
                (_sureFrom, _sureUntil) = (nextUntil, nextUntil);
            }

            _until = nextUntil;
            return true;
        }

        public (Interval Bounds, IReadOnlyList<Said> Said) Done() => (new Interval(from, _sureFrom, _sureUntil, _until), said);

        private bool SayTheSame(IReadOnlyList<Said> next)
        {
            if (next.Count != said.Count)
            {
                return false;
            }

            for (var place = 0; place < said.Count; place++)
            {
                if (!said[place].SaysAs(next[place]))
                {
                    return false;
                }
            }

            return true;
        }
    }
}
