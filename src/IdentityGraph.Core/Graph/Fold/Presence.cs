using IdentityGraph.Graph.Columns;

namespace IdentityGraph.Graph.Fold;

/// <summary>
/// Turns the sightings of one node or edge into spans. A source's claim ends by its own word (SystemState), or by its absence in a
/// complete full run of its own stream; a claim of an end below SystemState makes what follows Unknown.
/// </summary>
internal sealed class Presence
{
    private readonly FactCollector _facts;
    private readonly SubjectRows _rows;
    private readonly SourceStory _story;
    private readonly List<(int Row, ClaimDraft Draft)> _drafts = [];
    private readonly List<(Stretch Stretch, bool Counts)> _stretches = [];

    public Presence(FactCollector facts)
    {
        _facts = facts;
        _rows = new SubjectRows(facts);
        _story = new SourceStory(_rows);
    }

    /// <summary>
    /// (end, read again) of each reappearance of the last subject resolved, in UTC ticks: what was last said before the end is not
    /// carried over it.
    /// </summary>
    public List<(long Ended, long Again)> Returns { get; } = [];

    /// <summary>Spans of the node, their times still numbers of the collector's instants.</summary>
    public void OfNode(int node, Grown<Span> into) => Resolve(_facts.NodeSightings, node, isNode: true, _facts.Nodes.IsDescribed(node), into);

    public void OfEdge(int edge, Grown<Span> into) => Resolve(_facts.EdgeSightings, edge, isNode: false, described: true, into);

    /// <summary>Spans of an edge of a kind nobody here knows.</summary>
    public void OfUnread(SightingRows sightings, int edge, Grown<Span> into) => Resolve(sightings, edge, isNode: false, described: true, into, isUnread: true);

    private void Resolve(SightingRows rows, int subject, bool isNode, bool described, Grown<Span> into, bool isUnread = false)
    {
        Returns.Clear();
        if (rows.Head(subject) is >= 0 and var only && SoleClaim.TryOf(rows.Rows[only], _facts, isNode, described) is { } span)
        {
            into.Add(span);
            return;
        }

        _rows.Gather(rows, subject, isNode, isUnread);
        _drafts.Clear();
        _stretches.Clear();
        foreach (var owner in _rows.Owners())
        {
            _story.Follow(owner, isNode);
            _stretches.AddRange(_story.Stretches.Select(stretch => (stretch, _rows.Counts(owner))));
            Draft(owner, isNode);
        }

        EndByClaim();
        FindReturns();
        foreach (var (row, draft) in _drafts)
        {
            Emit(_rows[row], draft, described, into);
        }
    }

    /// <summary>One draft a row and stretch that its readings are of.</summary>
    private void Draft(int owner, bool isNode)
    {
        for (var i = 0; i < _rows.Count; i++)
        {
            var row = _rows[i];
            if (_rows.StreamOf(row).Owner != owner)
            {
                continue;
            }

            if (row.Has(SightingMarks.Concluded | SightingMarks.WhatIf))
            {
                _drafts.Add((i, Exactly(i, isNode)));
            }
            else if (row.IsBareEnd && !_story.Of(i).Any(stretch => !stretch.WasRead && _story.Stretches.Contains(stretch)))
            {
                _drafts.Add((i, OnlyEnd(row)));
            }
            else
            {
                _drafts.AddRange(_story.Of(i).Select(stretch => (i, DraftOf(row, stretch, isNode))));
            }
        }
    }

    private ClaimDraft DraftOf(in Sighting row, Stretch stretch, bool isNode)
    {
        var (from, firstAt, lastAt) = (_rows.Time(row.From), _rows.Time(row.FirstAt), _rows.Time(row.LastAt));
        var begin = row.IsBareEnd ? stretch.Begin : Math.Max(stretch.Begin, isNode ? Math.Min(from, firstAt) : from);
        var until = stretch.EndOf(row.Stream);
        var draft = new ClaimDraft
        {
            FirstAt = row.IsBareEnd ? firstAt : Math.Clamp(stretch.FirstRead, firstAt, lastAt),
            LastAt = row.IsBareEnd ? lastAt : Math.Clamp(stretch.LastRead, firstAt, lastAt),
            UnknownFrom = begin == stretch.Begin ? stretch.UnknownFrom : begin,
            From = begin,
            EndsNotBefore = Math.Min(stretch.EndLow, until),
            Until = until,
            IsReturned = stretch.Returned != Instants.Earliest,
        };
        if (until < stretch.EndHigh)
        {
            // Its own stream lacks it since, another stream of the source does not.
            draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, stretch.LastRead);
        }
        else if (!stretch.EndedByAbsence && !stretch.IsOnlyEnd && _rows.HeldSince(row) is { } lastSeen)
        {
            draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, lastSeen);
        }

        return draft;
    }

    /// <summary>What was concluded, or what a what-if says, is for exactly its stretch.</summary>
    private ClaimDraft Exactly(int index, bool isNode)
    {
        var row = _rows[index];
        if (row.IsBareEnd)
        {
            return Nothing(row);
        }

        var (from, firstAt) = (_rows.Time(row.From), _rows.Time(row.FirstAt));
        var begin = isNode ? Math.Min(from, firstAt) : from;
        var isUnsure = !row.Has(SightingMarks.WhatIf) && !row.Has(SightingMarks.FromStated) && _rows.IsFirst(index);
        var draft = new ClaimDraft
        {
            FirstAt = firstAt,
            LastAt = _rows.Time(row.LastAt),
            UnknownFrom = isUnsure ? Math.Min(begin, _rows.LackedBefore(row, firstAt)) : begin,
            From = begin,
            EndsNotBefore = _rows.Time(row.Until),
            Until = _rows.Time(row.Until),
        };
        foreach (ref readonly var end in _rows.All)
        {
            var until = _rows.Time(end.Until);
            if (end.IsBareEnd && end.Grade == EvidenceGrade.SystemState && !end.Has(SightingMarks.WhatIf) && _rows.StreamOf(end).Owner == _rows.StreamOf(row).Owner
                && draft.From < until && draft.LastAt < until)
            {
                draft.EndAt(until);
            }
        }

        return draft;
    }

    /// <summary>
    /// An end that ended something, or is only claimed. Where nobody but the claim says that it was there, neither is known until a complete
    /// run lacks it.
    /// </summary>
    private ClaimDraft OnlyEnd(in Sighting row)
    {
        if (row.Grade == EvidenceGrade.SystemState || _rows.AnyReading())
        {
            return Nothing(row);
        }

        var (until, known) = (_rows.Time(row.Until), _rows.MissedBy(row, Instants.Latest)?.Missed ?? Instants.Latest);
        return Nothing(row) with { UnknownFrom = Math.Min(known, _rows.LackedBefore(row, Math.Min(until, _rows.Time(row.FirstAt)))), From = known, EndsNotBefore = known, Until = known };
    }

    private ClaimDraft Nothing(in Sighting row)
    {
        var until = _rows.Time(row.Until);
        return new ClaimDraft { FirstAt = _rows.Time(row.FirstAt), LastAt = _rows.Time(row.LastAt), UnknownFrom = until, From = until, EndsNotBefore = until, Until = until };
    }

    /// <summary>
    /// An end below SystemState is a claim: Unknown from then, unless the system itself showed it at or after that moment. What a what-if ends is
    /// over, whoever states it.
    /// </summary>
    private void EndByClaim()
    {
        foreach (ref readonly var end in _rows.All)
        {
            var isWhatIf = end.IsBareEnd && end.Has(SightingMarks.WhatIf);
            if (!end.Has(SightingMarks.UntilStated) || (end.Grade == EvidenceGrade.SystemState && !isWhatIf))
            {
                continue;
            }

            var until = _rows.Time(end.Until);
            if (!isWhatIf && _rows.ShownAtOrAfter(until))
            {
                continue;
            }

            for (var i = 0; i < _drafts.Count; i++)
            {
                var (index, draft) = _drafts[i];
                var row = _rows[index];
                if (row.IsBareEnd && !isWhatIf)
                {
                    continue;
                }

                if (isWhatIf)
                {
                    draft.EndAt(until);
                }
                else if (Math.Min(draft.From, _rows.Time(row.From)) < until)
                {
                    draft.EndsNotBefore = Math.Min(draft.EndsNotBefore, until);
                }

                _drafts[i] = (index, draft);
            }
        }
    }

    private void FindReturns()
    {
        foreach (var (stretch, counts) in _stretches)
        {
            var ended = stretch.Returned;
            if (counts && ended != Instants.Earliest && !_stretches.Exists(other => other.Counts && other.Stretch.Begin <= ended && ended < other.Stretch.EndHigh))
            {
                Returns.Add((ended, stretch.Begin));
            }
        }
    }

    private void Emit(in Sighting row, in ClaimDraft draft, bool described, Grown<Span> into)
    {
        var (unknownFrom, from, endsNotBefore, until) = (draft.UnknownFrom, draft.From, draft.EndsNotBefore, draft.Until);
        if (!described && !row.IsBareEnd)
        {
            // Seen, never read: it is there, but nobody knows what.
            (from, endsNotBefore) = (until, until);
        }

        var marks = (_rows.Counts(row) ? SpanMarks.None : SpanMarks.Mention)
            | (row.Has(SightingMarks.Seen) ? SpanMarks.Seen : SpanMarks.None)
            | (row.Has(SightingMarks.FromStated) ? SpanMarks.None : SpanMarks.Observed)
            | (row.Has(SightingMarks.UntilStated) ? SpanMarks.Interval : SpanMarks.None)
            | (draft.IsReturned ? SpanMarks.Returned : SpanMarks.None);
        into.Add(new Span
        {
            UnknownFrom = _facts.Times.Add(Math.Min(unknownFrom, until)),
            From = _facts.Times.Add(Math.Min(from, until)),
            EndsNotBefore = _facts.Times.Add(Math.Clamp(endsNotBefore, Math.Min(from, until), until)),
            Until = _facts.Times.Add(until),
            FirstAt = _facts.Times.Add(draft.FirstAt),
            LastAt = _facts.Times.Add(draft.LastAt),
            Stream = row.Stream,
            Grade = row.Grade,
            Marks = marks,
        });
    }
}
