using System.Runtime.InteropServices;

namespace IdentityGraph.Graph.Fold;

/// <summary>The sightings of one node or edge, oldest first, and what is asked of them together.</summary>
internal sealed class SubjectRows(FactCollector facts)
{
    private readonly List<Sighting> _rows = [];
    private int _edge = -1;
    private readonly HashSet<int> _readers = [];

    public int Count => _rows.Count;

    public ReadOnlySpan<Sighting> All => CollectionsMarshal.AsSpan(_rows);

    public Sighting this[int index] => _rows[index];

    public long Time(int number) => facts.Times[number];

    public StreamReads StreamOf(in Sighting row) => facts.Streams[row.Stream];

    public void Gather(SightingRows rows, int subject, bool isNode, bool isUnread)
    {
        _rows.Clear();
        for (var row = rows.Head(subject); row >= 0; row = rows.Rows[row].Next)
        {
            _rows.Add(rows.Rows[row]);
        }

        if (_rows.Count > 1)
        {
            _rows.Sort((left, right) => (Time(left.FirstAt), left.FirstRun, left.Stream, Time(left.From)).CompareTo((Time(right.FirstAt), right.FirstRun, right.Stream, Time(right.From))));
        }

        _edge = isNode || isUnread ? -1 : subject;
        FindReaders(isNode);
    }

    /// <summary>
    /// The sources whose word on a node's existence counts: those that read its state from the system itself; where none did, all
    /// that described it.
    /// </summary>
    private void FindReaders(bool isNode)
    {
        _readers.Clear();
        if (isNode)
        {
            foreach (var row in _rows)
            {
                if (row.Has(SightingMarks.ReadsState))
                {
                    _readers.Add(StreamOf(row).Owner);
                }
            }
        }
    }

    public bool Counts(in Sighting row) => Counts(StreamOf(row).Owner);

    public bool Counts(int owner) => _readers.Count == 0 || _readers.Contains(owner);

    /// <summary>The sources that say something of it, each once.</summary>
    public List<int> Owners()
    {
        var owners = new List<int>();
        foreach (var row in _rows)
        {
            if (StreamOf(row).Owner is var owner && !owners.Contains(owner))
            {
                owners.Add(owner);
            }
        }

        return owners;
    }

    /// <summary>Whether anything is told of it but ends that are only claimed.</summary>
    public bool AnyReading() => _rows.Exists(row => !row.IsBareEnd || row.Grade == EvidenceGrade.SystemState);

    public IReadOnlyList<(long StartedAt, int Run)> ProofsOf(int stream) => facts.Streams[stream].Proofs;

    /// <summary>The last complete run of the row's stream by the instant that read it, and the first one after.</summary>
    public IEnumerable<long> ReadBeside(Sighting row, long instant)
    {
        var proofs = ProofsOf(row.Stream);
        var after = FirstAfter(proofs, instant);
        return new[] { after - 1, after }
            .Where(proof => proof >= 0 && proof < proofs.Count && row.FirstRun <= proofs[proof].Run && proofs[proof].Run <= row.LastRun)
            .Select(proof => proofs[proof].StartedAt);
    }

    /// <summary>Whether its source had said nothing of the subject before.</summary>
    public bool IsFirst(int index)
    {
        var owner = StreamOf(_rows[index]).Owner;
        for (var i = 0; i < index; i++)
        {
            if (!_rows[i].IsBareEnd && StreamOf(_rows[i]).Owner == owner)
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The moment after the last run before the given instant that lacked it; the earliest of all where no run did.</summary>
    public long LackedBefore(in Sighting row, long instant)
    {
        var proofs = StreamOf(row).Proofs;
        for (var i = proofs.Count - 1; i >= 0; i--)
        {
            if (proofs[i].StartedAt < instant && !StatedIn(row.Stream, proofs[i].Run))
            {
                return proofs[i].StartedAt + 1;
            }
        }

        return Instants.Earliest;
    }

    /// <summary>Whether the run states it, or another that began at the same instant: of two listings of one moment neither shows what the other has as gone.</summary>
    public bool StatedIn(int stream, int run)
    {
        var (first, last) = (run, run);
        while (first > 0 && facts.StartedAt[first - 1] == facts.StartedAt[run])
        {
            first--;
        }

        while (last + 1 < facts.StartedAt.Count && facts.StartedAt[last + 1] == facts.StartedAt[run])
        {
            last++;
        }

        foreach (var row in _rows)
        {
            if (row.Stream == stream && row.FirstRun <= last && first <= row.LastRun)
            {
                return true;
            }
        }

        return _edge >= 0 && facts.SeenWithoutKey.Count > 0 && Enumerable.Range(first, last - first + 1)
            .Any(same => facts.SeenWithoutKey.Contains((facts.Edges.Kind[_edge], facts.Edges.Of[_edge], facts.Edges.To[_edge], stream, same)));
    }

    /// <summary>
    /// The first full run after its last sight, and before the given end, that read its stream to the end without it: when the
    /// stream last showed it before that, and the start of that run. Null: none did.
    /// </summary>
    public (long LastSeen, long Missed)? MissedBy(in Sighting row, long until)
    {
        var proofs = StreamOf(row).Proofs;
        for (var i = FirstAfter(proofs, Time(row.LastAt)); i < proofs.Count && proofs[i].StartedAt < until; i++)
        {
            if (!StatedIn(row.Stream, proofs[i].Run))
            {
                return (LastSeen(row, proofs[i].StartedAt), proofs[i].StartedAt);
            }
        }

        return null;
    }

    /// <summary>
    /// When the stream last showed it, where a full run since then lacks it of which a mass disappearance is held: whether it ended is
    /// not known. Null: no such run.
    /// </summary>
    public long? HeldSince(in Sighting row)
    {
        foreach (var held in StreamOf(row).Held)
        {
            if (held.StartedAt > Time(row.LastAt) && !StatedIn(row.Stream, held.Run) && !IsReadAfter(row.Stream, held.StartedAt))
            {
                return LastSeen(row, held.StartedAt);
            }
        }

        return null;
    }

    private bool IsReadAfter(int stream, long instant)
    {
        foreach (var row in _rows)
        {
            if (row.Stream == stream && !row.IsBareEnd && Time(row.LastAt) > instant)
            {
                return true;
            }
        }

        return false;
    }

    private long LastSeen(in Sighting row, long before)
    {
        var last = Time(row.LastAt);
        foreach (var other in _rows)
        {
            if (other.Stream == row.Stream && !other.IsBareEnd && Time(other.LastAt) < before)
            {
                last = Math.Max(last, Time(other.LastAt));
            }
        }

        return last;
    }

    private static int FirstAfter(IReadOnlyList<(long StartedAt, int Run)> proofs, long instant)
    {
        var (low, high) = (0, proofs.Count);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (proofs[middle].StartedAt > instant)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }

    public bool ShownAtOrAfter(long instant)
    {
        foreach (var row in _rows)
        {
            if (!row.IsBareEnd && row.Grade == EvidenceGrade.SystemState && Counts(row) && Time(row.LastAt) >= instant
                && (!row.Has(SightingMarks.UntilStated) || Time(row.Until) > Time(row.LastAt)))
            {
                return true;
            }
        }

        return false;
    }
}
