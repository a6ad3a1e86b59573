using System.Runtime.InteropServices;
using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Fold;

/// <summary>
/// Turns the sightings of one node or edge into spans. A source's claim ends by its own word (SystemState), or by its absence in a
/// complete full run of its own stream; a claim of an end below SystemState makes what follows Unknown.
/// </summary>
internal sealed partial class Presence(FactCollector facts)
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

    /// <summary>Spans of an edge of a kind nobody here knows.</summary>
    public void OfUnread(SightingRows sightings, int edge, Grown<Span> into) => Resolve(sightings, edge, isNode: false, described: true, into, isUnread: true);

    private void Resolve(SightingRows rows, int subject, bool isNode, bool described, Grown<Span> into, bool isUnread = false)
    {
        if (rows.Head(subject) is >= 0 and var only && SoleClaim.TryOf(rows.Rows[only], facts, isNode, described) is { } span)
        {
            Returns.Clear();
            into.Add(span);
            return;
        }

        _rows.Gather(rows, subject, isNode, isUnread);
        _drafts.Clear();
        Returns.Clear();
        for (var i = 0; i < _rows.Count; i++)
        {
            _drafts.Add(Begin(i, isNode));
        }

        for (var i = 0; i < _drafts.Count; i++)
        {
            EndByAbsence(i);
            EndByWord(i);
            Replace(i);
        }

        for (var i = 0; i < _drafts.Count; i++)
        {
            ReturnAfterEnd(i, isNode);
        }

        if (!isNode)
        {
            KnowBeginnings();
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
        if (row.Has(SightingMarks.WhatIf) && !row.IsBareEnd)
        {
            return draft;
        }

        if (row.IsBareEnd)
        {
            draft.From = draft.UnknownFrom = Instants.Latest;
        }
        else if (isNode || !stated)
        {
            // A node's `from` says since when its values hold, not when it came to be. A run that lacked what an interval told later covers
            // was wrong about it, and says nothing of the time before.
            var known = isNode && IsInterval(row) ? draft.From : firstAt;
            draft.UnknownFrom = isNode || _rows.IsFirst(index) ? Math.Min(draft.From, _rows.LackedBefore(row, known)) : draft.From;
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
            draft.EndAt(_rows.Time(row.Until), _rows.Time(row.FirstAt));
        }

        var lastAt = _rows.Time(row.LastAt);
        foreach (ref readonly var end in _rows.All)
        {
            if (end.IsBareEnd && end.Has(SightingMarks.WhatIf))
            {
                draft.EndAt(_rows.Time(end.Until), Instants.Latest);
                continue;
            }

            if (!end.IsBareEnd || end.Grade != EvidenceGrade.SystemState || _rows.StreamOf(end).Owner != _rows.StreamOf(row).Owner)
            {
                continue;
            }

            // It ends what began before it and was read no later: what was seen after the end it names is not ended by it.
            var until = _rows.Time(end.Until);
            if (draft.From < until && lastAt < until)
            {
                draft.EndAt(until, _rows.Time(end.FirstAt));
            }
        }
    }

    /// <summary>An interval stated later replaces what was read before it, but for a stretch that was over when it began or began when it was over.</summary>
    private void Replace(int index)
    {
        ref var draft = ref CollectionsMarshal.AsSpan(_drafts)[index];
        foreach (ref readonly var interval in _rows.All)
        {
            draft.Replaced |= IsInterval(interval)
                && _rows.StreamOf(interval).Owner == _rows.StreamOf(draft.Row).Owner && !draft.Row.IsBareEnd
                && _rows.Time(draft.Row.LastAt) < _rows.Time(interval.LastAt) && draft.Until > _rows.Time(interval.From) && draft.From < _rows.Time(interval.Until);
        }
    }

    private static bool IsInterval(in Sighting row) =>
        row.Has(SightingMarks.UntilStated) && row.Has(SightingMarks.FromStated) && row.Grade == EvidenceGrade.SystemState;

    private void EndByAbsence(int index)
    {
        ref var draft = ref CollectionsMarshal.AsSpan(_drafts)[index];
        if (draft.Row.IsBareEnd)
        {
            return;
        }

        if (_rows.MissedBy(draft.Row, draft.Until) is { } missed)
        {
            draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, missed.LastSeen);
            (draft.Until, draft.EndKnownAt) = (missed.Missed, missed.Missed);
            draft.Missed = true;
        }
        else if (_rows.HeldSince(draft.Row) is { } lastSeen)
        {
            draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, lastSeen);
        }
    }

    /// <summary>Where a source states, later, since when an edge has held, what it saw first is no longer of unknown beginning.</summary>
    private void KnowBeginnings()
    {
        foreach (ref var first in CollectionsMarshal.AsSpan(_drafts))
        {
            if (first.UnknownFrom == first.From || first.Returned || first.Row.Has(SightingMarks.FromStated) || first.Row.IsBareEnd)
            {
                continue;
            }

            foreach (var other in _drafts)
            {
                if (other.Row.Has(SightingMarks.FromStated) && !other.Returned && other.From <= first.From && _rows.StreamOf(other.Row).Owner == _rows.StreamOf(first.Row).Owner)
                {
                    first.UnknownFrom = first.From;
                }
            }
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
                if (!draft.Row.IsBareEnd && Math.Min(draft.From, _rows.Time(draft.Row.From)) < until)
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
            var begun = !draft.Row.IsBareEnd && (weak || end.Has(SightingMarks.WhatIf) || (_rows.StreamOf(draft.Row).Owner == _rows.StreamOf(end).Owner && draft.From < until));
            if (begun)
            {
                return (until, until, until, until);
            }
        }

        // Nobody but the claim says that it was there: until a complete run lacks it, neither is known.
        var known = weak ? _rows.MissedBy(end, Instants.Latest)?.Missed ?? Instants.Latest : until;
        return (Math.Min(known, _rows.LackedBefore(end, until)), known, known, known);
    }
}
