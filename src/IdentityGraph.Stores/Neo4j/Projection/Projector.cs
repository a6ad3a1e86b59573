using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Graph.Intervals;

namespace IdentityGraph.Stores.Neo4j.Projection;

/// <summary>
/// Writes a snapshot as labelled nodes and typed relationships. What is there is read as names of content and compared; only differences are
/// written, in sorted batches, entities before the relationships between them.
/// </summary>
internal sealed class Projector
{
    /// <summary>Of what is written of a node or edge: another one is written anew.</summary>
    public const int Version = 1;

    private const int RowsAtOnce = 10_000;

    private readonly ProjectionStatements _statements;
    private readonly GraphSnapshot _snapshot;
    private readonly GraphView _view;
    private readonly ProjectedRows _rows;
    private readonly ProjectedProperties _properties;
    private readonly IProgress<ProjectionProgress>? _progress;
    private readonly CancellationToken _stop;
    private readonly Func<Task> _mark;
    private readonly bool _isFirst;
    private readonly bool _isAnew;
    private long _revisions;
    private long _streams;
    private HashSet<string> _inUse = [];
    private bool _marked;

    /// <param name="statements">Where it writes.</param>
    /// <param name="snapshot">What it writes.</param>
    /// <param name="asOf">The moment of what nodes say.</param>
    /// <param name="store">The store's name.</param>
    /// <param name="isFirst">No entity is there, so that there is nothing to compare with.</param>
    /// <param name="options">How.</param>
    /// <param name="mark">Told before the first change.</param>
    /// <param name="stop">Stops between batches.</param>
    public Projector(ProjectionStatements statements, GraphSnapshot snapshot, DateTimeOffset asOf, string store, bool isFirst, ProjectionOptions options, Func<Task> mark, CancellationToken stop)
    {
        (_isFirst, _isAnew) = (isFirst, options.IsAnew);
        (_statements, _snapshot, _progress, _mark, _stop) = (statements, snapshot, options.Progress, mark, stop);
        _view = snapshot.At(asOf);
        var intervals = new IntervalReader(snapshot);
        _properties = new ProjectedProperties(store, _view, new Liveness(_view, options.CorrelationConfidence), intervals);
        _rows = new ProjectedRows(snapshot, _view, intervals, _properties);
    }

    public long Written { get; private set; }

    public long Removed { get; private set; }

    public long Relationships { get; private set; }

    /// <summary>How much of each there is when it has run.</summary>
    public ProjectedCounts Counts => new(_snapshot.NodeCount, Relationships, _revisions, _streams);

    public async Task RunAsync()
    {
        if (_isAnew)
        {
            await MarkAsync().ConfigureAwait(false);
            Removed += await _statements.RemoveMislabelledAsync(_stop).ConfigureAwait(false);
        }

        // A statement of a kind that the server plans for the first time takes longer than all that is there of most kinds.
        _inUse = _isFirst ? [] : await _statements.KindsAsync(_stop).ConfigureAwait(false);
        List<(NodeKind Kind, List<int> Changed)> kinds = [];
        var gone = new List<string>();
        foreach (var kind in NodeKind.All)
        {
            kinds.Add((kind, await ChangedAsync(kind, gone).ConfigureAwait(false)));
        }

        // What was reclassified is made anew under its new label.
        await SendAsync("project/remove-entities.cypher", NodeKinds.Unknown.Name, [.. gone.Order(StringComparer.Ordinal).Select(id => new object?[] { id })]).ConfigureAwait(false);
        Removed += gone.Count;
        var lost = Lost(gone);
        foreach (var (kind, changed) in kinds)
        {
            if (lost.Where(node => node.Kind == kind).Select(node => node.Index).ToList() is { Count: > 0 } again)
            {
                changed.AddRange(again.Except(changed).Select(Uncounted).ToList());
            }

            await WriteAsync(kind, changed).ConfigureAwait(false);
        }

        foreach (var kind in EdgeKind.All)
        {
            await DifferAsync(kind.Name, _rows.Of(kind)).ConfigureAwait(false);
        }

        await DifferAsync(ProjectionStatements.Unrecognised, _rows.Unread()).ConfigureAwait(false);
        await WriteStreamsAsync().ConfigureAwait(false);
    }

    private async Task WriteStreamsAsync()
    {
        List<Dictionary<string, object?>> rows = [.. _snapshot.Streams.Select(_properties.OfStream)];
        var hash = RowHash.Of(rows);
        _streams = rows.Count;
        if (_isAnew || (hash, _streams) != await _statements.StreamsAsync(_stop).ConfigureAwait(false))
        {
            await MarkAsync().ConfigureAwait(false);
            await _statements.WriteStreamsAsync(rows, hash, _stop).ConfigureAwait(false);
        }
    }

    private async Task<IReadOnlyList<IReadOnlyList<object?>>> ThereAsync(string file, string kind) =>
        _isFirst || !_inUse.Contains(kind) ? [] : await _statements.ReadAsync(file, kind, _stop).ConfigureAwait(false);

    /// <summary>What is taken away as one kind and is there as another: removing it removes it as both.</summary>
    private List<Node> Lost(IReadOnlyList<string> gone) => [.. gone.Select(id => _view.Find(id)).OfType<Node>().OrderBy(node => node.Index)];

    /// <summary>One that was found unchanged and is written after all, so that its revisions are counted then.</summary>
    private int Uncounted(int index)
    {
        _revisions -= _properties.OfNode(index).Revisions.Count;
        return index;
    }

    private async Task<List<int>> ChangedAsync(NodeKind kind, List<string> gone)
    {
        var there = (await ThereAsync("project/entities.cypher", kind.Name).ConfigureAwait(false))
            .Where(row => row[0] is string)
            .ToDictionary(row => (string)row[0]!, row => row[1] as string, StringComparer.Ordinal);
        var changed = new List<int>();
        var (start, length) = _snapshot.NodeRange(kind).GetOffsetAndLength(_snapshot.NodeCount);
        for (var index = start; index < start + length; index++)
        {
            _stop.ThrowIfCancellationRequested();
            Tell("entities compared", index);
            if (there.Remove(_view[index].Id, out var hash) && !_isAnew && _properties.OfNode(index) is var node && hash == node.Hash)
            {
                _revisions += node.Revisions.Count;
            }
            else
            {
                changed.Add(index);
            }
        }

        gone.AddRange(there.Keys);
        return changed;
    }

    private async Task WriteAsync(NodeKind kind, List<int> changed)
    {
        foreach (var batch in changed.Chunk(RowsAtOnce))
        {
            List<object?[]> rows = [];
            foreach (var index in batch)
            {
                _stop.ThrowIfCancellationRequested();
                var (properties, revisions, _) = _properties.OfNode(index);
                rows.Add([_view[index].Id, properties, revisions]);
                _revisions += revisions.Count;
            }

            await SendAsync("project/write-entities.cypher", kind.Name, rows).ConfigureAwait(false);
            Written += rows.Count;
            Tell("entities and relationships written", Written);
        }
    }

    /// <summary>Intervals of edges of one kind: what changed is changed where it is, what is new made, the rest taken away.</summary>
    private async Task DifferAsync(string kind, IEnumerable<ProjectedRow> rows)
    {
        if (_isAnew)
        {
            await RemoveAllAsync(kind).ConfigureAwait(false);
        }

        var there = (_isAnew ? [] : await ThereAsync("project/relationships.cypher", kind).ConfigureAwait(false))
            .GroupBy(row => row[1] as string ?? "", StringComparer.Ordinal)
            .ToDictionary(same => same.Key, same => same.Select(row => (Element: (string)row[0]!, Hash: row[2] as string)).ToList(), StringComparer.Ordinal);
        var (made, changed) = (new List<ProjectedRow>(), new List<object?[]>());
        foreach (var row in rows)
        {
            _stop.ThrowIfCancellationRequested();
            Tell("relationships compared", ++Relationships);
            if (!there.TryGetValue(row.Identity, out var found))
            {
                made.Add(row);
                if (made.Count == Lanes.Count * Lanes.Count * RowsAtOnce)
                {
                    await MakeAsync(kind, made).ConfigureAwait(false);
                    made.Clear();
                }

                continue;
            }

            if (found[0].Hash != row.Hash)
            {
                changed.Add([found[0].Element, row.Identity, row.Properties]);
                await SendFullAsync("project/change-relationships.cypher", kind, changed).ConfigureAwait(false);
            }

            found.RemoveAt(0);
        }

        // Of two with one identity, which nobody here writes, one is kept.
        List<object?[]> gone = [.. there.SelectMany(same => same.Value.Select(one => new object?[] { one.Element, same.Key })).OrderBy(row => (string)row[1]!, StringComparer.Ordinal)];
        await SendAsync("project/remove-relationships.cypher", kind, gone).ConfigureAwait(false);
        Removed += gone.Count;
        await SendAsync("project/change-relationships.cypher", kind, changed).ConfigureAwait(false);
        Written += changed.Count;
        await MakeAsync(kind, made).ConfigureAwait(false);
    }

    /// <summary>Of what says nothing true of itself, nobody can tell where it belongs: a relationship's ends cannot be mended.</summary>
    private async Task RemoveAllAsync(string kind)
    {
        List<object?[]> all = [.. (await ThereAsync("project/relationships-anew.cypher", kind).ConfigureAwait(false)).Select(row => new[] { row[0], row[1] })];
        await SendAsync("project/remove-relationships.cypher", kind, all).ConfigureAwait(false);
        Removed += all.Count;
    }

    private async Task SendFullAsync(string file, string kind, List<object?[]> rows)
    {
        if (rows.Count == RowsAtOnce)
        {
            await SendAsync(file, kind, rows).ConfigureAwait(false);
            Written += rows.Count;
            rows.Clear();
        }
    }

    /// <summary>Few are sent one after the other; many in lanes that share no node.</summary>
    private async Task MakeAsync(string kind, List<ProjectedRow> made)
    {
        if (made.Count <= RowsAtOnce)
        {
            await SendAsync("project/write-relationships.cypher", kind, Sorted(made)).ConfigureAwait(false);
        }
        else
        {
            var cells = made.ToLookup(row => Lanes.Of(row.Of, row.To));
            for (var round = 0; round < Lanes.Rounds.Count; round++)
            {
                var now = round;
                await Task.WhenAll(Enumerable.Range(0, Lanes.Count).Select(lane => SendAsync("project/write-relationships.cypher", kind, Sorted(cells[(now, lane)]), lane))).ConfigureAwait(false);
            }
        }

        Written += made.Count;
        Tell("entities and relationships written", Written);
    }

    private List<object?[]> Sorted(IEnumerable<ProjectedRow> rows) =>
        [.. rows.OrderBy(row => row.Of).ThenBy(row => row.To).ThenBy(row => row.Identity, StringComparer.Ordinal).Select(row => new object?[] { _view[row.Of].Id, _view[row.To].Id, row.Identity, row.Properties })];

    private async Task SendAsync(string file, string kind, List<object?[]> rows, int lane = 0)
    {
        if (rows.Count == 0)
        {
            return;
        }

        await MarkAsync().ConfigureAwait(false);
        foreach (var batch in rows.Chunk(RowsAtOnce))
        {
            await _statements.WriteAsync(file, kind, lane, batch, _stop).ConfigureAwait(false);
        }
    }

    private async Task MarkAsync()
    {
        if (!_marked)
        {
            _marked = true;
            await _mark().ConfigureAwait(false);
        }
    }

    private void Tell(string doing, long done)
    {
        if (done % 1000 <= 1)
        {
            _progress?.Report(new ProjectionProgress(doing, done));
        }
    }
}
