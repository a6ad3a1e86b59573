namespace IdentityGraph.Graph.Fold;

/// <summary>
/// What one source tells of one node or edge, followed in the order in which it observed it, which need not be the order in which
/// it was recorded. At one instant what lacks it comes first, then intervals, then readings, then ends.
/// </summary>
/// <remarks>
/// The laws of that order. A lack, a reading and an end change only what they come after. An end that is only an end is for what
/// began before it and was not read since; where nothing did, the time before it is Unknown. An interval replaces what was read
/// before it and overlaps it, and no word of its own instant. An end still ahead when the source reads it again is none, unless that
/// reading says that it holds only from after it. What is
/// read after its end is Unknown from that end to the reading; only after an end by word a beginning stated since then is believed.
/// When a run was recorded changes nothing but from when on it is known.
/// </remarks>
internal sealed class SourceStory(SubjectRows rows)
{
    private readonly List<(long At, Event What, int Row)> _events = [];
    private readonly Dictionary<int, List<Stretch>> _of = [];
    private bool _isRepeated;
    private bool _isNode;

    private enum Event
    {
        Lack,
        Interval,
        Reading,
        End,
    }

    public List<Stretch> Stretches { get; } = [];

    /// <summary>The stretches that the row's readings are of, in their order; none where it tells nothing but the end of one.</summary>
    public IEnumerable<Stretch> Of(int row) => _of.TryGetValue(row, out var stretches) ? stretches.Select(stretch => stretch.Standing).Distinct() : [];

    public void Follow(int owner, bool isNode)
    {
        _isNode = isNode;
        _events.Clear();
        _of.Clear();
        Stretches.Clear();
        for (var i = 0; i < rows.Count; i++)
        {
            if (rows.StreamOf(rows[i]).Owner == owner && !rows[i].Has(SightingMarks.Concluded | SightingMarks.WhatIf))
            {
                Add(i);
            }
        }

        _events.Sort((left, right) => (left.At, left.What, Beginning(left), left.Row).CompareTo((right.At, right.What, Beginning(right), right.Row)));
        foreach (var (at, what, row) in _events)
        {
            switch (what)
            {
                case Event.Lack:
                    Stretches.ForEach(stretch => stretch.Lack(row, at));
                    break;
                case Event.Interval:
                    Replace(row, at);
                    break;
                case Event.Reading:
                    Read(row, at);
                    break;
                case Event.End:
                    End(row, at);
                    break;
            }
        }
    }

    private long Beginning((long At, Event What, int Row) one) => one.What == Event.Lack ? 0 : rows.Time(rows[one.Row].From);

    private void Add(int index)
    {
        var row = rows[index];
        if (row.IsBareEnd)
        {
            if (row.Grade == EvidenceGrade.SystemState)
            {
                _events.Add((rows.Time(row.FirstAt), Event.End, index));
                AddLast(index, Event.End);
            }
        }
        else
        {
            var what = IsInterval(row) ? Event.Interval : Event.Reading;
            _events.Add((rows.Time(row.FirstAt), what, index));
            AddLast(index, what);
            if (what == Event.Reading && row.FirstAt != row.LastAt)
            {
                AddBetween(index);
            }
        }

        AddLacks(row.Stream);
    }

    /// <summary>Of two readings of one instant too the second may say since when a node's values hold.</summary>
    private void AddLast(int index, Event what)
    {
        var row = rows[index];
        if (row.LastAt != row.FirstAt || (_isNode && row.LastFrom != row.From && row.LastFrom != NodeTable.Earliest))
        {
            _events.Add((rows.Time(row.LastAt), what, index));
        }
    }

    /// <summary>A row over several runs was read by each complete one of them: by those beside an end or interval told in between too.</summary>
    private void AddBetween(int index)
    {
        var row = rows[index];
        var (first, last) = (rows.Time(row.FirstAt), rows.Time(row.LastAt));
        foreach (ref readonly var other in rows.All)
        {
            if (!other.Has(SightingMarks.UntilStated) || rows.StreamOf(other).Owner != rows.StreamOf(row).Owner)
            {
                continue;
            }

            foreach (var told in (ReadOnlySpan<long>)[rows.Time(other.FirstAt), rows.Time(other.LastAt)])
            {
                if (first <= told && told < last)
                {
                    _events.AddRange(rows.ReadBeside(row, told).Where(at => first < at && at < last).Select(at => (at, Event.Reading, index)));
                }
            }
        }
    }

    private void AddLacks(int stream)
    {
        if (_events.Exists(one => one.What == Event.Lack && one.Row == stream))
        {
            return;
        }

        foreach (var (startedAt, run) in rows.ProofsOf(stream))
        {
            if (!rows.StatedIn(stream, run))
            {
                _events.Add((startedAt, Event.Lack, stream));
            }
        }
    }

    /// <summary>The one that ends last, and of several that began last.</summary>
    private Stretch? Last() => Stretches.Count == 0 ? null : Stretches.MaxBy(stretch => (stretch.EndHigh, stretch.Begin));

    private void Read(int index, long at)
    {
        var row = rows[index];
        _isRepeated = _of.ContainsKey(index);
        var last = Last();
        if (last is { IsOpen: false } && last.EndHigh > at && (_isNode || !(StatedFrom(row) >= last.EndHigh)))
        {
            last.Reopen();
        }

        if (last is null)
        {
            Stretches.Add(last = First(row, at));
        }
        else if (last.IsOpen)
        {
            LearnBeginning(last, row, at);
        }
        else
        {
            Stretches.Add(last = Again(row, at, last));
        }

        last.Read(row.Stream, at);
        Belongs(index, last);
    }

    /// <summary>An unknown start lies after the last complete run that lacked it, and a node's `from` is that of its values.</summary>
    private Stretch First(in Sighting row, long at)
    {
        var from = StatedFrom(row);
        var begin = _isNode ? Math.Min(at, from ?? at) : from ?? at;
        return new Stretch { Begin = begin, UnknownFrom = from is null || _isNode ? Math.Min(begin, rows.LackedBefore(row, at)) : UnknownBefore(row, begin) };
    }

    /// <summary>
    /// What is read after its end is Unknown from it until it is read, whatever beginning that states; but one that is stated to lie after
    /// the stated end is believed.
    /// </summary>
    private Stretch Again(in Sighting row, long at, Stretch ended)
    {
        var from = StatedFrom(row);
        if (!ended.EndedByAbsence && from >= ended.EndHigh)
        {
            var begin = _isNode ? Math.Min(at, from.Value) : from.Value;
            return new Stretch { Begin = begin, UnknownFrom = _isNode ? ended.EndHigh : Math.Max(ended.EndHigh, UnknownBefore(row, begin)), Returned = ended.EndHigh };
        }

        return new Stretch { Begin = _isNode ? at : Math.Max(at, from ?? at), UnknownFrom = ended.EndHigh, Returned = ended.EndHigh, AfterAbsence = ended.EndedByAbsence };
    }

    /// <summary>
    /// A later reading may say since when it has been there; not so of what came back after it was lacked. A node is there when it is read,
    /// however far ahead its values lie. An edge that is read before the beginning stated of it disproves that, and nobody knows another.
    /// </summary>
    private void LearnBeginning(Stretch stretch, in Sighting row, long at)
    {
        var from = StatedFrom(row);
        if (stretch.AfterAbsence || from < stretch.Returned)
        {
            return;
        }

        var begin = _isNode ? Math.Min(at, from ?? at) : from ?? at;
        if (begin > stretch.Begin || (from is null && at == stretch.Begin))
        {
            return;
        }

        stretch.Begin = begin;
        if (_isNode)
        {
            stretch.UnknownFrom = Math.Min(stretch.UnknownFrom, begin);
        }
        else if (from is not null)
        {
            stretch.UnknownFrom = UnknownBefore(row, begin);
        }
        else
        {
            // Read before the end that it was to come back from, it never went.
            stretch.Returned = at < stretch.Returned ? Instants.Earliest : stretch.Returned;
            stretch.UnknownFrom = Math.Min(stretch.UnknownFrom, Math.Min(at, Math.Max(stretch.Returned, rows.LackedBefore(row, at))));
        }
    }

    private void Replace(int index, long at)
    {
        var row = rows[index];
        var (from, until) = (rows.Time(row.From), rows.Time(row.Until));
        var begin = _isNode ? Math.Min(at, from) : from;
        var replaced = Stretches.FindAll(old => old.IsOnlyEnd ? old.EndHigh > from : old.LastRead < at && old.Begin < until && old.EndHigh > from);
        Stretches.RemoveAll(replaced.Contains);
        var before = Stretches.Where(old => old.EndHigh <= begin).Select(old => old.EndHigh).DefaultIfEmpty(Instants.Earliest).Max();
        var stretch = new Stretch
        {
            Begin = begin,
            UnknownFrom = _isNode || row.Has(SightingMarks.FromObserved) ? Math.Min(begin, Math.Max(before, rows.LackedBefore(row, begin))) : UnknownBefore(row, begin),
            Returned = before,
        };
        replaced.ForEach(stretch.TakePlaceOf);
        stretch.Read(row.Stream, at);
        stretch.EndAt(until);
        Stretches.Add(stretch);
        Belongs(index, stretch);
    }

    private void Belongs(int index, Stretch stretch)
    {
        if (!_of.TryGetValue(index, out var stretches))
        {
            _of[index] = stretches = [];
        }

        stretches.Add(stretch);
    }

    /// <summary>It ends what began before it and was read no later; where nothing began before it, it was there until then, or until it is lacked.</summary>
    private void End(int index, long at)
    {
        var row = rows[index];
        var until = rows.Time(row.Until);
        var begun = false;
        foreach (var stretch in Stretches)
        {
            if (!stretch.IsOnlyEnd && stretch.Begin < until)
            {
                begun = true;
                if (stretch.LastRead < until)
                {
                    stretch.EndAt(until);
                }
            }
        }

        if (!begun)
        {
            var ended = new Stretch { Begin = until, UnknownFrom = Math.Min(until, rows.LackedBefore(row, Math.Min(until, at))), IsOnlyEnd = true };
            ended.EndAt(until, row.Stream);
            Stretches.Add(ended);
            Belongs(index, ended);
        }
    }

    /// <summary>Of a node, since when its values hold: each reading of one row may state another beginning of them.</summary>
    private long? StatedFrom(in Sighting row) => _isNode && _isRepeated
        ? row.LastFrom == NodeTable.Earliest ? null : rows.Time(row.LastFrom)
        : row.Has(SightingMarks.FromStated) && !row.Has(SightingMarks.FromObserved) ? rows.Time(row.From) : null;

    private long UnknownBefore(in Sighting row, long begin) =>
        row.Has(SightingMarks.FromObserved) ? Math.Min(begin, rows.LackedBefore(row, begin))
        : row.Has(SightingMarks.FromIsDay) ? begin - TimeSpan.TicksPerDay
        : begin;

    public static bool IsInterval(in Sighting row) =>
        row.Has(SightingMarks.UntilStated) && row.Has(SightingMarks.FromStated) && row.Grade == EvidenceGrade.SystemState;
}
