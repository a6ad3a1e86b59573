using System.Runtime.InteropServices;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Fold;

/// <summary>
/// Turns the sightings of one node or edge into spans. A source's claim ends by its own word (SystemState), or by its absence in a
/// complete full run of its own stream; a claim of an end below SystemState makes what follows Unknown.
/// </summary>
internal sealed class Presence(FactCollector facts)
{
    private readonly SubjectRows _rows = new(facts);
    private readonly List<ClaimDraft> _drafts = [];

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
        _rows.Gather(rows, subject, isNode);
        _drafts.Clear();
        Returns.Clear();
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

    private ClaimDraft Begin(int index, bool isNode)
    {
        var row = _rows[index];
        var firstAt = _rows.Time(row.FirstAt);
        var from = _rows.Time(row.From);
        var stated = row.Has(SightingMarks.FromStated);
        var draft = new ClaimDraft
        {
            Row = row,
            Counts = _rows.Counts(row),
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
            draft.UnknownFrom = _rows.IsFirst(index, isNode) ? _rows.LackedBefore(row, draft.From) : draft.From;
        }
        else if (row.Has(SightingMarks.FromIsDay))
        {
            draft.UnknownFrom = from - TimeSpan.TicksPerDay;
        }

        return draft;
    }

    private void EndByWord(int index)
    {
        ref var draft = ref CollectionsMarshal.AsSpan(_drafts)[index];
        var row = draft.Row;
        if (row.IsBareEnd)
        {
            return;
        }

        if (row.Has(SightingMarks.Concluded) || (row.Has(SightingMarks.UntilStated) && row.Grade == EvidenceGrade.SystemState))
        {
            draft.EndAt(_rows.Time(row.Until));
        }

        var lastAt = _rows.Time(row.LastAt);
        foreach (ref readonly var end in _rows.All)
        {
            if (!end.Has(SightingMarks.UntilStated) || end.Grade != EvidenceGrade.SystemState || _rows.StreamOf(end).Owner != _rows.StreamOf(row).Owner)
            {
                continue;
            }

            var until = _rows.Time(end.Until);
            if (end.IsBareEnd)
            {
                // It ends what began before it and was read no later.
                if (draft.From < until && lastAt <= _rows.Time(end.LastAt))
                {
                    draft.EndAt(until);
                }
            }
            else if (lastAt < _rows.Time(end.LastAt) && (!row.Has(SightingMarks.UntilStated) || _rows.Time(row.Until) > _rows.Time(end.From)))
            {
                // An interval stated later replaces what was read before, but for a stretch that was over when it began.
                draft.Replaced = true;
            }
        }
    }

    private void EndByAbsence(int index)
    {
        ref var draft = ref CollectionsMarshal.AsSpan(_drafts)[index];
        if (draft.Row.IsBareEnd)
        {
            return;
        }

        if (_rows.MissedBy(draft.Row, draft.Until) is { } missed)
        {
            draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, _rows.Time(draft.Row.LastAt));
            draft.Until = missed;
            draft.Missed = true;
        }
    }

    /// <summary>What reappears is Unknown from its end until it is read again, whatever earlier beginning that reading states.</summary>
    private void ReturnAfterEnd(int index)
    {
        var drafts = CollectionsMarshal.AsSpan(_drafts);
        ref var draft = ref drafts[index];
        if (draft.Row.IsBareEnd || draft.Replaced || draft.Row.Has(SightingMarks.Concluded))
        {
            return;
        }

        var readAt = _rows.Time(draft.Row.FirstAt);
        long? ended = null;
        var missed = false;
        foreach (ref readonly var before in drafts)
        {
            var sameClaim = _rows.StreamOf(before.Row).Owner == _rows.StreamOf(draft.Row).Owner && !before.Replaced && !before.Row.IsBareEnd && before.Counts == draft.Counts;
            if (!sameClaim || before.Until > readAt || _rows.Time(before.Row.LastAt) > readAt || (before.Missed && before.Row.Stream != draft.Row.Stream))
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
        foreach (ref readonly var end in _rows.All)
        {
            if (!end.Has(SightingMarks.UntilStated) || end.Grade == EvidenceGrade.SystemState)
            {
                continue;
            }

            var until = _rows.Time(end.Until);
            if (_rows.ShownAtOrAfter(until))
            {
                continue;
            }

            foreach (ref var draft in CollectionsMarshal.AsSpan(_drafts))
            {
                if (!draft.Row.IsBareEnd && draft.From < until)
                {
                    draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, until);
                }
            }
        }
    }

    private void Emit(in ClaimDraft draft, bool described, Grown<Span> into)
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
        var until = _rows.Time(end.Until);
        var weak = end.Grade != EvidenceGrade.SystemState;
        foreach (ref readonly var draft in CollectionsMarshal.AsSpan(_drafts))
        {
            var begun = !draft.Row.IsBareEnd && (weak || (_rows.StreamOf(draft.Row).Owner == _rows.StreamOf(end).Owner && draft.From < until));
            if (begun)
            {
                return (until, until, until, until);
            }
        }

        return weak ? (Instants.Earliest, Instants.Latest, Instants.Latest, Instants.Latest) : (Instants.Earliest, until, until, until);
    }
}
