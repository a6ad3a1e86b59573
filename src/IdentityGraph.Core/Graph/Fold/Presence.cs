using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Fold;

/// <summary>
/// Turns the sightings of one node or edge into spans. A source's claim ends by its own word (SystemState), or by its absence in a
/// complete full run of its own stream; a claim of an end below SystemState makes what follows Unknown.
/// </summary>
internal sealed class Presence(FactCollector facts)
{
    private readonly List<Sighting> _rows = [];
    private readonly List<Draft> _drafts = [];
    private readonly HashSet<int> _readers = [];

    /// <summary>
    /// (end, read again) of each reappearance of the last subject resolved, in UTC ticks: what was last said before the end is not
    /// carried over it.
    /// </summary>
    public List<(long Ended, long Again)> Returns { get; } = [];

    /// <summary>Spans of the node, their times still numbers of the collector's instants.</summary>
    public void OfNode(int node, Grown<Span> into) => Resolve(facts.NodeSightings, node, isNode: true, facts.Nodes.IsDescribed(node), into);

    public void OfEdge(int edge, Grown<Span> into) => Resolve(facts.EdgeSightings, edge, isNode: false, described: true, into);

    private void Resolve(SightingRows rows, int subject, bool isNode, bool described, Grown<Span> into)
    {
        Gather(rows, subject);
        FindReaders(isNode);
        for (var i = 0; i < _rows.Count; i++)
        {
            _drafts.Add(Begin(i, isNode));
        }

        for (var i = 0; i < _drafts.Count; i++)
        {
            EndByWord(i);
            EndByAbsence(i);
        }

        for (var i = 0; i < _drafts.Count; i++)
        {
            ReturnAfterEnd(i);
        }

        EndByClaim();
        foreach (var draft in _drafts)
        {
            Emit(draft, described, into);
        }
    }

    private long Time(int number) => facts.Times[number];

    private StreamReads StreamOf(in Sighting row) => facts.Streams[row.Stream];

    private void Gather(SightingRows rows, int subject)
    {
        _rows.Clear();
        _drafts.Clear();
        Returns.Clear();
        for (var row = rows.Head(subject); row >= 0; row = rows.Rows[row].Next)
        {
            _rows.Add(rows.Rows[row]);
        }

        if (_rows.Count > 1)
        {
            _rows.Sort((left, right) => (Time(left.FirstAt), left.FirstRun, left.Stream, left.From).CompareTo((Time(right.FirstAt), right.FirstRun, right.Stream, right.From)));
        }
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

    private bool Counts(in Sighting row) => _readers.Count == 0 || _readers.Contains(StreamOf(row).Owner);

    private Draft Begin(int index, bool isNode)
    {
        var row = _rows[index];
        var firstAt = Time(row.FirstAt);
        var from = Time(row.From);
        var stated = row.Has(SightingMarks.FromStated);
        var draft = new Draft
        {
            Row = row,
            Counts = Counts(row),
            From = isNode ? Math.Min(from, firstAt) : from,
            EndsNotBefore = Instants.Latest,
            Until = Instants.Latest,
        };
        draft.UnknownFrom = draft.From;
        if (row.IsBareEnd)
        {
            draft.From = draft.UnknownFrom = Instants.Latest;
        }
        else if (isNode || !stated)
        {
            // A node's `from` says since when its values hold, not when it came to be.
            draft.UnknownFrom = IsFirst(index, isNode) ? LackedBefore(row, draft.From) : draft.From;
        }
        else if (row.Has(SightingMarks.FromIsDay))
        {
            draft.UnknownFrom = from - TimeSpan.TicksPerDay;
        }

        return draft;
    }

    /// <summary>Whether its source had said nothing of the subject before, nor states a beginning of it later.</summary>
    private bool IsFirst(int index, bool isNode)
    {
        var row = _rows[index];
        var owner = StreamOf(row).Owner;
        for (var i = 0; i < _rows.Count; i++)
        {
            var other = _rows[i];
            if (i == index || other.IsBareEnd || StreamOf(other).Owner != owner)
            {
                continue;
            }

            if (i < index || (!isNode && other.Has(SightingMarks.FromStated) && Time(other.From) <= Time(row.FirstAt)))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>The moment after the last run that lacked it before it began; the earliest of all where no run did.</summary>
    private long LackedBefore(in Sighting row, long from)
    {
        var proofs = StreamOf(row).Proofs;
        for (var i = proofs.Count - 1; i >= 0; i--)
        {
            if (proofs[i].StartedAt < from && !StatedIn(row.Stream, proofs[i].Run))
            {
                return proofs[i].StartedAt + 1;
            }
        }

        return Instants.Earliest;
    }

    private bool StatedIn(int stream, int run)
    {
        foreach (var row in _rows)
        {
            if (row.Stream == stream && row.FirstRun <= run && run <= row.LastRun)
            {
                return true;
            }
        }

        return false;
    }

    private void EndByWord(int index)
    {
        ref var draft = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_drafts)[index];
        var row = draft.Row;
        if (row.IsBareEnd)
        {
            return;
        }

        if (row.Has(SightingMarks.UntilStated) && row.Grade == EvidenceGrade.SystemState)
        {
            draft.EndAt(Time(row.Until));
        }

        var lastAt = Time(row.LastAt);
        foreach (var end in _rows)
        {
            if (!end.Has(SightingMarks.UntilStated) || end.Grade != EvidenceGrade.SystemState || StreamOf(end).Owner != StreamOf(row).Owner)
            {
                continue;
            }

            var until = Time(end.Until);
            if (end.IsBareEnd)
            {
                // It ends what began before it and was read no later.
                if (draft.From < until && lastAt <= Time(end.LastAt))
                {
                    draft.EndAt(until);
                }
            }
            else if (lastAt < Time(end.LastAt) && (!row.Has(SightingMarks.UntilStated) || Time(row.Until) > Time(end.From)))
            {
                // An interval stated later replaces what was read before, but for a stretch that was over when it began.
                draft.Replaced = true;
            }
        }
    }

    private void EndByAbsence(int index)
    {
        ref var draft = ref System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_drafts)[index];
        if (draft.Row.IsBareEnd)
        {
            return;
        }

        var proofs = StreamOf(draft.Row).Proofs;
        var lastAt = Time(draft.Row.LastAt);
        for (var i = FirstAfter(proofs, lastAt); i < proofs.Count && proofs[i].StartedAt < draft.Until; i++)
        {
            if (!StatedIn(draft.Row.Stream, proofs[i].Run))
            {
                draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, lastAt);
                draft.Until = proofs[i].StartedAt;
                draft.Missed = true;
                return;
            }
        }
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

    /// <summary>What reappears is Unknown from its end until it is read again, whatever earlier beginning that reading states.</summary>
    private void ReturnAfterEnd(int index)
    {
        var drafts = System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_drafts);
        ref var draft = ref drafts[index];
        if (draft.Row.IsBareEnd || draft.Replaced)
        {
            return;
        }

        var readAt = Time(draft.Row.FirstAt);
        long? ended = null;
        var missed = false;
        foreach (ref readonly var before in drafts)
        {
            var sameClaim = StreamOf(before.Row).Owner == StreamOf(draft.Row).Owner && !before.Replaced && !before.Row.IsBareEnd && before.Counts == draft.Counts;
            if (!sameClaim || before.Until > readAt || Time(before.Row.LastAt) > readAt || (before.Missed && before.Row.Stream != draft.Row.Stream))
            {
                continue;
            }

            if (ended is null || before.Until > ended)
            {
                ended = before.Until;
                missed = before.Missed;
            }
        }

        if (ended is not { } end)
        {
            return;
        }

        var statesLaterBeginning = !missed && draft.Row.Has(SightingMarks.FromStated) && draft.From >= end;
        if (!statesLaterBeginning && !(draft.Row.Has(SightingMarks.UntilStated) && draft.Until <= end))
        {
            draft.UnknownFrom = end;
            draft.From = Math.Max(readAt, draft.From);
        }

        if (draft.Counts)
        {
            Returns.Add((end, Math.Max(draft.From, end)));
        }
    }

    /// <summary>An end below SystemState is a claim: Unknown from then, unless the system itself showed it at or after that moment.</summary>
    private void EndByClaim()
    {
        foreach (var end in _rows)
        {
            if (!end.Has(SightingMarks.UntilStated) || end.Grade == EvidenceGrade.SystemState)
            {
                continue;
            }

            var until = Time(end.Until);
            if (ShownAtOrAfter(until))
            {
                continue;
            }

            foreach (ref var draft in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_drafts))
            {
                if (!draft.Row.IsBareEnd && draft.From < until)
                {
                    draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, until);
                }
            }
        }
    }

    private bool ShownAtOrAfter(long instant)
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

    private void Emit(in Draft draft, bool described, Grown<Span> into)
    {
        var row = draft.Row;
        var (unknownFrom, from, endsNotBefore, until) = (draft.UnknownFrom, draft.From, draft.EndsNotBefore, draft.Until);
        if (row.IsBareEnd)
        {
            (unknownFrom, from, endsNotBefore, until) = WithoutBeginning(row);
        }
        else if (!described)
        {
            // Seen, never read: it is there, but nobody knows what.
            (from, endsNotBefore) = (until, until);
        }

        var marks = (draft.Counts && !draft.Replaced ? SpanMarks.None : SpanMarks.Mention)
            | (row.Has(SightingMarks.Seen) ? SpanMarks.Seen : SpanMarks.None)
            | (row.Has(SightingMarks.FromStated) ? SpanMarks.None : SpanMarks.Observed);
        into.Add(new Span
        {
            UnknownFrom = facts.Times.Add(Math.Min(unknownFrom, until)),
            From = facts.Times.Add(Math.Min(from, until)),
            EndsNotBefore = facts.Times.Add(Math.Clamp(endsNotBefore, Math.Min(from, until), until)),
            Until = facts.Times.Add(until),
            FirstAt = row.FirstAt,
            LastAt = row.LastAt,
            Stream = row.Stream,
            Grade = row.Grade,
            Marks = marks,
        });
    }

    /// <summary>An end without a beginning: Unknown before, False after; a claimed one is Unknown after as well.</summary>
    private (long UnknownFrom, long From, long EndsNotBefore, long Until) WithoutBeginning(in Sighting end)
    {
        var until = Time(end.Until);
        var weak = end.Grade != EvidenceGrade.SystemState;
        foreach (ref readonly var draft in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_drafts))
        {
            var begun = !draft.Row.IsBareEnd && (weak || (StreamOf(draft.Row).Owner == StreamOf(end).Owner && draft.From < until));
            if (begun)
            {
                return (until, until, until, until);
            }
        }

        return weak ? (Instants.Earliest, Instants.Latest, Instants.Latest, Instants.Latest) : (Instants.Earliest, until, until, until);
    }

    private struct Draft
    {
        public Sighting Row;
        public bool Counts;
        public bool Replaced;

        /// <summary>Ended by its absence.</summary>
        public bool Missed;
        public long UnknownFrom;
        public long From;
        public long EndsNotBefore;
        public long Until;

        public void EndAt(long instant)
        {
            EndsNotBefore = Math.Min(EndsNotBefore, instant);
            Until = Math.Min(Until, instant);
        }
    }
}
