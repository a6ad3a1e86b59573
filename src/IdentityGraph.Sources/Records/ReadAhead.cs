using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.ExceptionServices;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Reads what a source gives on another thread while what it gave before is used: in batches, each with the pieces of JSON of all its
/// items in one <see cref="JsonTree"/>. Order and errors are those of the source. The first batches are read on the thread of whoever
/// asks, and are small: for a small file starting another takes longer than it saves. At most three batches of <see cref="BatchBytes"/>
/// stand ready; after a larger one the source waits until it was used.
/// </summary>
/// <typeparam name="T">What the source gives. JSON of it lies in the tree that is at hand when it is given, and stands until the batch behind it is asked for.</typeparam>
internal sealed class ReadAhead<T> : IDisposable
{
    private const int BatchBytes = 256 << 10;
    private const int BatchItems = 4_096;
    private const int Batches = 4;

    /// <summary>Bytes before another thread is started.</summary>
    private const int Alone = 3 * BatchBytes;

    /// <summary>Bytes of a batch before that: what was read is still in the caches when it is used.</summary>
    private const int AloneBytes = 32 << 10;

    private readonly IEnumerator<T> _source;
    private readonly Func<JsonTree> _makeTree;
    private readonly List<Batch> _batches = [];
    private readonly bool _another;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _cancelled;
    private Handover? _handover;
    private Batch _filling;
    private Batch? _current;
    private int _next;
    private int _alone;

    /// <param name="makeTree">A tree for the pieces of a batch.</param>
    /// <param name="source">What is read; it keeps each piece in <see cref="Tree"/>.</param>
    /// <param name="another">Whether it may be read on another thread.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public ReadAhead(Func<JsonTree> makeTree, Func<ReadAhead<T>, CancellationToken, IEnumerable<T>> source, bool another, CancellationToken cancellationToken)
    {
        (_makeTree, _another, _cancelled) = (makeTree, another, cancellationToken);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _filling = new(makeTree());
        _batches.Add(_filling);
        _source = source(this, _stop.Token).GetEnumerator();
    }

    /// <summary>For the source alone: where the next piece is read to.</summary>
    public JsonTree Tree => _filling.Tree;

    public T Current => _current!.Items[_next - 1];

    /// <summary>The item behind the current one, where it is at hand already.</summary>
    public bool TryPeek([MaybeNullWhen(false)] out T next)
    {
        var isThere = _current is not null && _next < _current.Items.Count;
        next = isThere ? _current!.Items[_next] : default;
        return isThere;
    }

    /// <summary>Goes to the next item; throws what the source threw there.</summary>
    public bool MoveNext()
    {
        while (_current is null || _next == _current.Items.Count)
        {
            _cancelled.ThrowIfCancellationRequested();
            if (_current?.Fault is { } fault)
            {
                fault.Throw();
            }

            if (_current?.IsLast == true)
            {
                return false;
            }

            (_current, _next) = (Following(), 0);
        }

        _next++;
        return true;
    }

    /// <summary>Ends the reading and waits until it has ended, so that what the source reads from may be closed. Nothing it gave stands any more.</summary>
    public void Dispose()
    {
        _stop.Cancel();
        _handover?.Dispose();
        _source.Dispose();
        _batches.ForEach(static batch => batch.Tree.Release());
        _stop.Dispose();
    }

    private Batch Following()
    {
        if (!_another || _alone < Alone)
        {
            _filling.Clear();
            Fill(_filling, AloneBytes);
            _alone += Math.Min(_filling.Tree.KeptBytes, Alone);
            return _filling;
        }

        if (_handover is null)
        {
            _current!.IsLarge = false;
            _handover = new();
            for (var more = 1; more < Batches; more++)
            {
                _batches.Add(new(_makeTree()));
                _handover.Free.Add(_batches[more], CancellationToken.None);
            }

            _handover.Reading = Task.Factory.StartNew(ReadOn, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        }

        if (_current!.IsLarge)
        {
            _handover.LargeWasUsed.Release();
        }

        _handover.Free.Add(_current, CancellationToken.None);
        return _handover.Ready.Take(_cancelled);
    }

    private void ReadOn()
    {
        var handover = _handover!;
        try
        {
            while (true)
            {
                var batch = handover.Free.Take(_stop.Token);
                batch.Clear();
                Fill(batch, BatchBytes);
                var (isEnd, isLarge) = (batch.IsLast || batch.Fault is not null, batch.IsLarge);
                handover.Ready.Add(batch, _stop.Token);
                if (isEnd)
                {
                    return;
                }

                if (isLarge)
                {
                    handover.LargeWasUsed.Wait(_stop.Token);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Nobody asks for more; who cancelled is told where they ask.
        }
    }

    private void Fill(Batch batch, int bytes)
    {
        _filling = batch;
        try
        {
            while (batch.Items.Count < BatchItems && batch.Tree.KeptBytes < bytes)
            {
                if (!_source.MoveNext())
                {
                    batch.IsLast = true;
                    break;
                }

                batch.Items.Add(_source.Current);
            }
        }
        catch (Exception exception)
        {
            batch.Fault = ExceptionDispatchInfo.Capture(exception);
        }

        batch.Tree.Seal();
        batch.IsLarge = batch.Tree.KeptBytes > 2 * BatchBytes;
    }

    private sealed class Batch(JsonTree tree)
    {
        public JsonTree Tree { get; } = tree;

        public List<T> Items { get; } = [];

        public ExceptionDispatchInfo? Fault { get; set; }

        public bool IsLast { get; set; }

        public bool IsLarge { get; set; }

        public void Clear()
        {
            Tree.Clear();
            Items.Clear();
            (Fault, IsLast, IsLarge) = (null, false, false);
        }
    }

    /// <summary>Between the two threads: batches that were read, and those that may be filled again.</summary>
    private sealed class Handover : IDisposable
    {
        public BlockingCollection<Batch> Ready { get; } = new(Batches);

        public BlockingCollection<Batch> Free { get; } = new(Batches);

        public SemaphoreSlim LargeWasUsed { get; } = new(0);

        public Task? Reading { get; set; }

        public void Dispose()
        {
            Reading?.Wait(CancellationToken.None);
            Ready.Dispose();
            Free.Dispose();
            LargeWasUsed.Dispose();
        }
    }
}
