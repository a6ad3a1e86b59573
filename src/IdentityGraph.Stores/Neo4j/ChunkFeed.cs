namespace IdentityGraph.Stores.Neo4j;

/// <summary>
/// The chunks of runs in the order in which they will be wanted, read by ranges of their keys over several connections at once: while one
/// range is used, the next ones are on their way. For one reader.
/// </summary>
/// <remarks>Chunks of a sealed run never change, so that ranges read at different moments fit together whatever writers do meanwhile.</remarks>
internal sealed class ChunkFeed : IDisposable
{
    private const int RangesAtOnce = 4;
    private const int BytesOfRange = 2 * ChunkWriteStream.ChunkBytes;
    private const int MostRunsOfRange = 100;

    private readonly StoreStatements _statements;
    private readonly CancellationTokenSource _ended;
    private readonly IEnumerator<object?[]> _wanted;
    private readonly Queue<Task<IReadOnlyList<IReadOnlyList<object?>>>> _coming = new();
    private IReadOnlyList<IReadOnlyList<object?>> _rows = [];
    private int _row;

    /// <param name="statements">Of the store.</param>
    /// <param name="runs">In the order in which they will be read.</param>
    /// <param name="cancellationToken">Ends every wait.</param>
    public ChunkFeed(StoreStatements statements, IEnumerable<StoredRun> runs, CancellationToken cancellationToken)
    {
        _statements = statements;
        _ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _wanted = Ranges(runs).GetEnumerator();
    }

    /// <summary>Whether a run's first chunk is the next.</summary>
    public bool IsAt(StoredRun run) => Peek(run.Fence, 0) is not null;

    /// <summary>The chunk of this key if it is the next, which is then taken; else null, and the feed stays where it is.</summary>
    public byte[]? Next(long fence, long place)
    {
        var bytes = Peek(fence, place);
        _row += bytes is null ? 0 : 1;
        return bytes;
    }

    public void Dispose()
    {
        _ended.Cancel();
        foreach (var coming in _coming)
        {
            _ = coming.ContinueWith(static ended => ended.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }

        _wanted.Dispose();
        _ended.Dispose();
    }

    private byte[]? Peek(long fence, long place)
    {
        while (_row == _rows.Count && Ask())
        {
            var next = _coming.Dequeue();
            (_rows, _row) = (Blocking.On(() => next), 0);
            Ask();
        }

        return _row < _rows.Count && _rows[_row] is [long foundFence, long foundPlace, byte[] bytes] && foundFence == fence && foundPlace == place ? bytes : null;
    }

    /// <summary>Asks for what comes next, as far as there are connections for it.</summary>
    /// <returns>Whether anything is on its way.</returns>
    private bool Ask()
    {
        while (_coming.Count < RangesAtOnce && _wanted.MoveNext())
        {
            var ranges = _wanted.Current;
            var token = _ended.Token;
            _coming.Enqueue(Task.Run(() => _statements.ReadAsync("store/chunks.cypher", token, ("ranges", ranges)), CancellationToken.None));
        }

        return _coming.Count > 0;
    }

    /// <summary>Ranges of keys that are asked for together: parts of a large run, or several small ones.</summary>
    private static IEnumerable<object?[]> Ranges(IEnumerable<StoredRun> runs)
    {
        var (ranges, bytes) = (new List<object?>(), 0L);
        foreach (var run in runs)
        {
            for (var from = 0L; from < run.Chunks;)
            {
                var until = Math.Min(run.Chunks, from + Math.Max(1, (BytesOfRange - bytes) / ChunkWriteStream.ChunkBytes));
                ranges.Add(new object?[] { run.Fence, from, until });
                bytes += Math.Min(run.Entry.Bytes, (until - from) * ChunkWriteStream.ChunkBytes);
                from = until;
                if (bytes >= BytesOfRange || ranges.Count == MostRunsOfRange)
                {
                    yield return [.. ranges];
                    ranges.Clear();
                    bytes = 0;
                }
            }
        }

        if (ranges.Count > 0)
        {
            yield return [.. ranges];
        }
    }
}
