using System.Collections.Frozen;

namespace IdentityGraph.Graph.Columns;

/// <summary>Everything a snapshot holds, in columns. Immutable once built.</summary>
internal sealed class SnapshotColumns
{
    private byte[]? _kinds;
    private int[]? _idRanks;
    private (int First, int Kind)[]? _edgeStarts;

    /// <summary>Instants, ascending, UTC ticks; the first is <see cref="Instants.Earliest"/>, the last <see cref="Instants.Latest"/>.</summary>
    public required long[] Times { get; init; }

    /// <summary>Node ids by dense index: ordered by kind, then ordinally.</summary>
    public required string[] Ids { get; init; }

    public required FrozenDictionary<string, int> IdsByForm { get; init; }

    /// <summary>First dense index by kind, one more entry than kinds.</summary>
    public required int[] KindStarts { get; init; }

    public required bool[] Described { get; init; }

    /// <summary>First span by node, one more entry than nodes.</summary>
    public required int[] NodeSpanStarts { get; init; }

    public required Span[] NodeSpans { get; init; }

    public required Statements NodeStatements { get; init; }

    public required int[] EdgeOf { get; init; }

    public required int[] EdgeTo { get; init; }

    /// <summary>By edge, number of its key.</summary>
    public required int[] EdgeKey { get; init; }

    public required string[] Keys { get; init; }

    /// <summary>By kind index.</summary>
    public required KindEdges[] Kinds { get; init; }

    public required int[] EdgeSpanStarts { get; init; }

    public required Span[] EdgeSpans { get; init; }

    public required Statements EdgeStatements { get; init; }

    /// <summary>Edge → its references; only those that have any.</summary>
    public required FrozenDictionary<int, string[]> EdgeEvidence { get; init; }

    /// <summary>Edges of kinds nobody here knows.</summary>
    public required UnreadEdges Unread { get; init; }

    public required string[] PropertyNames { get; init; }

    public required FrozenDictionary<string, ushort> PropertyNumbers { get; init; }

    public required PropertyValue[] Values { get; init; }

    /// <summary>Sorted by source, tenant, stream; the stream numbers of spans and statements index it.</summary>
    public required StreamCoverage[] Streams { get; init; }

    /// <summary>By stream, starts of its full runs, ascending.</summary>
    public required long[][] FullStarts { get; init; }

    /// <summary>Record time by run.</summary>
    public required long[] RecordedAt { get; init; }

    /// <summary>By property, the source that alone decides it; null: none named.</summary>
    public required string?[] SourceOfTruth { get; init; }

    /// <summary>
    /// When what was observed first and last at those ranks was last observed by an instant (UTC ticks): each full run of its stream
    /// in between observed it too. Where it was observed only later, the first time.
    /// </summary>
    public long ReadBy(long instant, int stream, int firstAt, int lastAt)
    {
        var last = Times[lastAt];
        if (last <= instant)
        {
            return last;
        }

        var starts = FullStarts[stream];
        var found = Array.BinarySearch(starts, instant);
        var run = found >= 0 ? found : ~found - 1;
        return run >= 0 ? Math.Max(Times[firstAt], starts[run]) : Times[firstAt];
    }

    /// <summary>Rank of the last instant at or before the one given.</summary>
    public int RankAt(long ticks)
    {
        var found = Array.BinarySearch(Times, ticks);
        return found >= 0 ? found : ~found - 1;
    }

    public int KindOf(int node) => (_kinds ??= KindsByNode())[node];

    /// <summary>By dense node index, its place among all ids in ordinal order; made when it is first asked for.</summary>
    public int[] IdRanks => _idRanks ??= RanksOfIds();

    public int KindOfEdge(int edge)
    {
        var starts = _edgeStarts ??= [.. Kinds.Select((kind, number) => (kind.First, kind.Count, number)).Where(kind => kind.Count > 0).OrderBy(kind => kind.First).Select(kind => (kind.First, kind.number))];
        var (low, high) = (0, starts.Length - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            (low, high) = starts[middle].First <= edge ? (middle, high) : (low, middle - 1);
        }

        return starts[low].Kind;
    }

    private byte[] KindsByNode()
    {
        var kinds = new byte[Ids.Length];
        for (var kind = 0; kind + 1 < KindStarts.Length; kind++)
        {
            kinds.AsSpan(KindStarts[kind]..KindStarts[kind + 1]).Fill((byte)kind);
        }

        return kinds;
    }

    /// <summary>Each kind is in order already: the shortest two runs are merged until one is left.</summary>
    private int[] RanksOfIds()
    {
        var runs = new PriorityQueue<int[], int>();
        for (var kind = 0; kind + 1 < KindStarts.Length; kind++)
        {
            if (KindStarts[kind] < KindStarts[kind + 1])
            {
                int[] run = [.. Enumerable.Range(KindStarts[kind], KindStarts[kind + 1] - KindStarts[kind])];
                runs.Enqueue(run, run.Length);
            }
        }

        while (runs.Count > 1)
        {
            var merged = Merge(runs.Dequeue(), runs.Dequeue());
            runs.Enqueue(merged, merged.Length);
        }

        var ranks = new int[Ids.Length];
        for (var rank = 0; rank < ranks.Length; rank++)
        {
            ranks[runs.Peek()[rank]] = rank;
        }

        return ranks;
    }

    private int[] Merge(int[] one, int[] other)
    {
        var merged = new int[one.Length + other.Length];
        for (var (i, j) = (0, 0); i + j < merged.Length;)
        {
            var first = j == other.Length || (i < one.Length && string.CompareOrdinal(Ids[one[i]], Ids[other[j]]) < 0);
            merged[i + j] = first ? one[i] : other[j];
            (i, j) = first ? (i + 1, j) : (i, j + 1);
        }

        return merged;
    }

    public long NodeBytes =>
        (sizeof(int) * (long)NodeSpanStarts.Length) + (Size<Span>() * (long)NodeSpans.Length) + Described.Length + NodeStatements.Bytes
        + Ids.Sum(id => 22L + (2 * id.Length) + 8) + (IdsByForm.Count * 24L);

    public long EdgeBytes =>
        (sizeof(int) * ((long)EdgeOf.Length + EdgeTo.Length + EdgeKey.Length + EdgeSpanStarts.Length)) + (Size<Span>() * (long)EdgeSpans.Length)
        + Kinds.Sum(kind => kind.Bytes) + EdgeStatements.Bytes;

    /// <summary>Times, keys, values and names, shared by nodes and edges.</summary>
    public long SharedBytes =>
        (sizeof(long) * (long)Times.Length) + Keys.Sum(key => 30L + (2 * key.Length))
        + Values.Sum(value => 24L + value.AsTexts().Sum(text => 30L + (2 * text.Length))) + FullStarts.Sum(starts => 8L * starts.Length);

    internal static int Size<T>()
        where T : unmanaged => System.Runtime.CompilerServices.Unsafe.SizeOf<T>();
}
