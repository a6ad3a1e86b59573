using IdentityGraph.Graph;

namespace IdentityGraph.Report;

/// <summary>The last few snapshots asked for, by the moment as known at which: a door that stays open must not keep one for every question it was ever asked.</summary>
internal sealed class KeptSnapshots
{
    /// <summary>How many are kept: one for now, and a few to compare with.</summary>
    public const int Most = 4;

    private readonly Lock _lock = new();
    private readonly LinkedList<(DateTimeOffset AsKnownAt, GraphSnapshot Snapshot)> _kept = new();

    /// <summary>How many are kept now, 0 to <see cref="Most"/>.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _kept.Count;
            }
        }
    }

    /// <param name="store">Folds it if it is not kept.</param>
    /// <param name="asKnownAt">As known when.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async ValueTask<GraphSnapshot> AtAsync(IGraphStore store, DateTimeOffset asKnownAt, CancellationToken cancellationToken)
    {
        if (Find(asKnownAt) is { } known)
        {
            return known;
        }

        var snapshot = await store.SnapshotAsync(asKnownAt, cancellationToken).ConfigureAwait(false);
        lock (_lock)
        {
            if (Find(asKnownAt) is { } meanwhile)
            {
                return meanwhile;
            }

            _kept.AddFirst((asKnownAt, snapshot));
            if (_kept.Count > Most)
            {
                _kept.RemoveLast();
            }
        }

        return snapshot;
    }

    /// <summary>Forgets them all: the store has just been written to.</summary>
    public void Clear()
    {
        lock (_lock)
        {
            _kept.Clear();
        }
    }

    private GraphSnapshot? Find(DateTimeOffset asKnownAt)
    {
        lock (_lock)
        {
            for (var one = _kept.First; one is not null; one = one.Next)
            {
                if (one.Value.AsKnownAt == asKnownAt)
                {
                    _kept.Remove(one);
                    _kept.AddFirst(one);
                    return one.Value.Snapshot;
                }
            }

            return null;
        }
    }
}
