using System.Collections.Frozen;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Fold;

/// <summary>Lays what was collected into columns: nodes by kind and id, edges by kind, start, end and key, instants as ranks.</summary>
internal sealed class SnapshotBuilder(FactCollector facts, FoldOptions options, CancellationToken cancellationToken)
{
    private readonly Grown<Span> _nodeSpans = new();
    private readonly Grown<Span> _edgeSpans = new();
    private readonly Dictionary<int, (long, long)[]> _nodeReturns = [];
    private readonly Dictionary<int, (long, long)[]> _edgeReturns = [];
    private int[] _streamRank = [];
    private int[] _propertyRank = [];

    public SnapshotColumns Build()
    {
        var nodes = NodeOrder();
        var dense = Inverse(nodes);
        string[] keys = [.. facts.Keys.Values];
        var keyRank = Ranks(keys);
        var edges = EdgeOrder(dense, keyRank);
        cancellationToken.ThrowIfCancellationRequested();

        var presence = new Presence(facts);
        var nodeSpanStarts = Resolve(nodes, presence.OfNode, presence, _nodeSpans, _nodeReturns);
        cancellationToken.ThrowIfCancellationRequested();
        var edgeSpanStarts = Resolve(edges, presence.OfEdge, presence, _edgeSpans, _edgeReturns);
        cancellationToken.ThrowIfCancellationRequested();

        string[] ids = [.. nodes.Select(node => facts.Nodes.Ids[node])];
        var unreadSpans = new Grown<Span>();
        var unread = facts.Unread.Lay(presence, dense, ids, unreadSpans);

        var streams = StreamOrder();
        string[] properties = [.. facts.PropertyNames.Values];
        _propertyRank = Ranks(properties);
        var timeRank = TimeRanks(out var times);
        var of = Map(edges, edge => dense[facts.Edges.Of[edge]]);
        var to = Map(edges, edge => dense[facts.Edges.To[edge]]);
        return new SnapshotColumns
        {
            Times = times,
            Ids = ids,
            IdsByForm = facts.Nodes.Numbers.ToFrozenDictionary(pair => pair.Key, pair => dense[pair.Value], StringComparer.Ordinal),
            KindStarts = KindStarts(nodes),
            Described = [.. nodes.Select(facts.Nodes.IsDescribed)],
            NodeSpanStarts = nodeSpanStarts,
            NodeSpans = Ranked(_nodeSpans, timeRank),
            NodeStatements = Statements(nodes, facts.NodeSayings, _nodeReturns, timeRank),
            EdgeOf = of,
            EdgeTo = to,
            EdgeKey = Map(edges, edge => keyRank[facts.Edges.Key[edge]]),
            Keys = keys,
            Kinds = Kinds(edges, of, to),
            EdgeSpanStarts = edgeSpanStarts,
            EdgeSpans = Ranked(_edgeSpans, timeRank),
            EdgeStatements = Statements(edges, facts.EdgeSayings, _edgeReturns, timeRank),
            EdgeEvidence = EdgeEvidence(edges),
            Unread = unread with { Spans = Ranked(unreadSpans, timeRank) },
            PropertyNames = properties,
            PropertyNumbers = properties.Select((name, number) => (name, number)).ToFrozenDictionary(pair => pair.name, pair => (ushort)pair.number, StringComparer.Ordinal),
            Values = [.. facts.Values.Values],
            Streams = [.. streams.Select(stream => stream.Coverage(facts.IntervalOf(stream)))],
            FullStarts = [.. streams.Select(stream => stream.FullStarts())],
            RecordedAt = [.. facts.RecordedAt],
            SourceOfTruth = [.. properties.Select(name => options.SourceOfTruth.GetValueOrDefault(name))],
        };
    }

    private static int[] Map(int[] order, Func<int, int> value)
    {
        var mapped = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            mapped[i] = value(order[i]);
        }

        return mapped;
    }

    private static int[] Inverse(int[] order)
    {
        var inverse = new int[order.Length];
        for (var i = 0; i < order.Length; i++)
        {
            inverse[order[i]] = i;
        }

        return inverse;
    }

    private byte KindOf(int node) => facts.Nodes.LabelOf(node) is { } label && NodeKind.Find(label) is { } kind ? kind.Index : NodeKinds.Unknown.Index;

    private int[] NodeOrder()
    {
        var kinds = new byte[facts.Nodes.Count];
        var order = new int[facts.Nodes.Count];
        for (var node = 0; node < order.Length; node++)
        {
            kinds[node] = KindOf(node);
            order[node] = node;
        }

        Array.Sort(order, (left, right) => kinds[left] != kinds[right]
            ? kinds[left].CompareTo(kinds[right])
            : string.CompareOrdinal(facts.Nodes.Ids[left], facts.Nodes.Ids[right]));
        return order;
    }

    private int[] KindStarts(int[] nodes)
    {
        var starts = new int[NodeKind.All.Count + 1];
        foreach (var node in nodes)
        {
            starts[KindOf(node) + 1]++;
        }

        for (var kind = 1; kind < starts.Length; kind++)
        {
            starts[kind] += starts[kind - 1];
        }

        return starts;
    }

    /// <summary>Sorts the words ordinally; the rank of each by its number before.</summary>
    private static int[] Ranks(string[] words)
    {
        var order = new int[words.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(words, order, StringComparer.Ordinal);
        return Inverse(order);
    }

    private int[] EdgeOrder(int[] dense, int[] keyRank)
    {
        var edges = facts.Edges;
        return EdgeSort.Order(edges.Kind.Span, edges.Of.Span, edges.To.Span, edges.Key.Span, dense, keyRank);
    }

    private KindEdges[] Kinds(int[] edges, int[] of, int[] to)
    {
        var kinds = new KindEdges[EdgeKind.All.Count];
        var start = 0;
        for (var kind = 0; kind < kinds.Length; kind++)
        {
            var end = start;
            while (end < edges.Length && facts.Edges.Kind[edges[end]] == kind)
            {
                end++;
            }

            kinds[kind] = KindEdges.Of(start, of.AsSpan(start..end), to.AsSpan(start..end));
            start = end;
        }

        return kinds;
    }

    private static int[] Resolve(int[] order, Action<int, Grown<Span>> resolve, Presence presence, Grown<Span> spans, Dictionary<int, (long, long)[]> returns)
    {
        var starts = new int[order.Length + 1];
        for (var i = 0; i < order.Length; i++)
        {
            resolve(order[i], spans);
            starts[i + 1] = spans.Count;
            if (presence.Returns.Count > 0)
            {
                returns[i] = [.. presence.Returns];
            }
        }

        return starts;
    }

    private List<StreamReads> StreamOrder()
    {
        var sorted = facts.Streams.Select((stream, number) => (stream, number))
            .OrderBy(pair => pair.stream.Source, StringComparer.Ordinal)
            .ThenBy(pair => pair.stream.Tenant, StringComparer.Ordinal)
            .ThenBy(pair => pair.stream.Stream, StringComparer.Ordinal)
            .ToList();
        _streamRank = Inverse([.. sorted.Select(pair => pair.number)]);
        return [.. sorted.Select(pair => pair.stream)];
    }

    private int[] TimeRanks(out long[] times)
    {
        times = [.. facts.Times.Values];
        var order = new int[times.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(times, order);
        return Inverse(order);
    }

    private Span[] Ranked(Grown<Span> spans, int[] timeRank)
    {
        foreach (ref var span in spans.Span)
        {
            span.UnknownFrom = timeRank[span.UnknownFrom];
            span.From = timeRank[span.From];
            span.EndsNotBefore = timeRank[span.EndsNotBefore];
            span.Until = timeRank[span.Until];
            span.FirstAt = timeRank[span.FirstAt];
            span.LastAt = timeRank[span.LastAt];
            span.Stream = _streamRank[span.Stream];
        }

        return spans.ToArray();
    }

    private Statements Statements(int[] order, SayingRows sayings, Dictionary<int, (long, long)[]> returns, int[] timeRank)
    {
        var starts = new int[order.Length + 1];
        var rows = new StatementRow[sayings.Rows.Count];
        var evidence = new Dictionary<int, string[]>();
        var count = 0;
        var mine = new List<(StatementRow Row, int Evidence)>();
        for (var i = 0; i < order.Length; i++)
        {
            mine.Clear();
            for (var number = sayings.Head(order[i]); number >= 0; number = sayings.Rows[number].Next)
            {
                mine.Add((Ranked(sayings.Rows[number], timeRank), sayings.Rows[number].Evidence));
            }

            mine.Sort((left, right) => Compare(left.Row, right.Row));
            foreach (var (row, references) in mine)
            {
                if (references >= 0)
                {
                    evidence[count] = facts.Evidence[references];
                }

                rows[count++] = row;
            }

            starts[i + 1] = count;
        }

        return new Statements { Starts = starts, Rows = rows, Evidence = evidence.ToFrozenDictionary(), Returns = returns.ToFrozenDictionary() };
    }

    private int Compare(in StatementRow left, in StatementRow right)
    {
        var order = (left.Property, left.From, left.LastAt, left.Stream, left.Grade).CompareTo((right.Property, right.From, right.LastAt, right.Stream, right.Grade));
        return order != 0 ? order : string.CompareOrdinal(facts.Values[left.Value].ToString(), facts.Values[right.Value].ToString());
    }

    private StatementRow Ranked(in Saying saying, int[] timeRank) => new()
    {
        From = timeRank[saying.From],
        Until = timeRank[saying.Until],
        FirstAt = timeRank[saying.FirstAt],
        LastAt = timeRank[saying.LastAt],
        Value = saying.Value,
        Stream = _streamRank[saying.Stream],
        Run = saying.FirstRun,
        Property = (ushort)_propertyRank[saying.Property],
        Grade = saying.Grade,
        Precision = saying.Precision,
    };

    private FrozenDictionary<int, string[]> EdgeEvidence(int[] edges)
    {
        var evidence = new Dictionary<int, string[]>();
        if (facts.Evidence.Count == 0)
        {
            return evidence.ToFrozenDictionary();
        }

        for (var i = 0; i < edges.Length; i++)
        {
            var references = new List<string>();
            for (var row = facts.EdgeSightings.Head(edges[i]); row >= 0; row = facts.EdgeSightings.Rows[row].Next)
            {
                if (facts.EdgeSightings.Rows[row].Evidence is >= 0 and var number)
                {
                    references.AddRange(facts.Evidence[number]);
                }
            }

            if (references.Count > 0)
            {
                evidence[i] = [.. references.Distinct().Order(StringComparer.Ordinal)];
            }
        }

        return evidence.ToFrozenDictionary();
    }
}
