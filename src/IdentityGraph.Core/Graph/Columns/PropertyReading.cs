namespace IdentityGraph.Graph.Columns;

/// <summary>
/// Which statement of a property holds at a moment. Protective properties: the latest of the strongest grade, Unknown where a
/// weaker one that is later differs. Others: the latest, then the stronger grade. Latest within one source is the largest
/// beginning; between sources the last read, then the largest beginning. Two that tie and differ leave it Unknown.
/// </summary>
internal readonly ref struct PropertyReading(SnapshotColumns columns, ReadOnlySpan<StatementRow> rows, ReadOnlySpan<Span> spans, long asOf, int now, ReadOnlySpan<bool> stale, bool withClosed)
{
    private readonly SnapshotColumns _columns = columns;
    private readonly ReadOnlySpan<StatementRow> _rows = rows;
    private readonly ReadOnlySpan<Span> _spans = spans;
    private readonly ReadOnlySpan<bool> _stale = stale;

    /// <param name="property">What is asked for: its words and whether it is protective.</param>
    /// <param name="era">Statements count that were last read at or after this rank.</param>
    public Reading Read(Property property, int era)
    {
        var best = -1;
        var truth = _rows.IsEmpty ? null : _columns.SourceOfTruth[_rows[0].Property];
        var strongest = property.Protective && truth is null ? Strongest(era) : EvidenceGrade.Inference;
        for (var i = 0; i < _rows.Length; i++)
        {
            if (Applies(i, era) && _rows[i].Grade >= strongest && (truth is null || SourceOf(i) == truth) && IsLatestOfSource(i, property.Protective && truth is null ? strongest : null, era)
                && (best < 0 || Compare(i, best) > 0))
            {
                best = i;
            }
        }

        return best < 0 ? new Reading { Fresh = true } : Told(best, property, strongest, truth, era);
    }

    private Reading Told(int best, Property property, EvidenceGrade strongest, string? truth, int era)
    {
        ref readonly var row = ref _rows[best];
        var value = _columns.Values[row.Value];
        var fresh = false;
        var (disputed, readable) = (!IsUnderstood(property, value), !IsUnreadableSince(row));
        for (var i = 0; i < _rows.Length; i++)
        {
            if (!Applies(i, era) || (truth is not null && SourceOf(i) != truth))
            {
                continue;
            }

            ref readonly var other = ref _rows[i];
            if (other.Value == row.Value)
            {
                fresh |= other.Grade >= row.Grade && !_stale[other.Stream];
                readable |= other.Grade == row.Grade && Compare(i, best) == 0 && !IsUnreadableSince(other);
            }
            else if (other.Grade >= strongest)
            {
                disputed |= IsLatestOfSource(i, property.Protective && truth is null ? strongest : null, era) && Compare(i, best) == 0;
            }
            else
            {
                disputed |= IsLatestOfSource(i, other.Grade, era) && IsLater(i, best);
            }
        }

        var stream = _columns.Streams[row.Stream];
        return new Reading
        {
            Known = disputed || !readable ? Known.Disputed : value.IsNone ? Known.None : Known.Value,
            Value = value,
            Grade = row.Grade,
            At = ReadAt(row),
            SeenAt = _columns.ReadBy(asOf, row.Stream, row.FirstAt, row.LastAt),
            From = _columns.Times[row.From],
            Fresh = fresh,
            Source = stream.Source,
        };
    }

    private bool Applies(int index, int era)
    {
        ref readonly var row = ref _rows[index];
        return row.From <= now && now < row.Until && row.LastAt >= era && (withClosed || !IsClosed(row));
    }

    /// <summary>
    /// Whether its stream does not speak of the subject here: its claim ended, by word or by absence in a complete run, or it was read again
    /// after an end that still lies ahead. A reading that an interval told later has replaced ended with it.
    /// </summary>
    private bool IsClosed(in StatementRow row)
    {
        var (closed, ended, open, isBack) = (false, false, false, false);
        var counts = Counts(row.Stream);
        foreach (ref readonly var span in _spans)
        {
            // What a later word replaced says nothing any more where its stream still says something.
            if (span.Stream != row.Stream || (counts && !span.CountsForPresence && (span.Marks & SpanMarks.Seen) == 0))
            {
                continue;
            }

            (ended, open) = (true, open || now < span.Until);
            isBack |= (span.Marks & SpanMarks.Returned) != 0 && row.LastAt < span.FirstAt;
            if ((span.Marks & SpanMarks.Interval) != 0 && _columns.Times[row.Until] == Instants.Latest)
            {
                continue;
            }

            if (span.FirstAt <= row.LastAt && row.FirstAt <= span.LastAt)
            {
                if (now < span.Until && ((span.Marks & SpanMarks.Returned) == 0 || (now >= span.UnknownFrom && (!row.IsObserved || now >= span.FirstAt))))
                {
                    return false;
                }

                closed = true;
            }
        }

        // What was told with an end alone is not carried over what came back since.
        return closed || isBack || (ended && !open);
    }

    private bool Counts(int stream)
    {
        foreach (ref readonly var span in _spans)
        {
            if (span.Stream == stream && span.CountsForPresence)
            {
                return true;
            }
        }

        return false;
    }

    private string SourceOf(int index) => _columns.Streams[_rows[index].Stream].Source;

    private EvidenceGrade Strongest(int era)
    {
        var strongest = EvidenceGrade.Inference;
        for (var i = 0; i < _rows.Length; i++)
        {
            if (Applies(i, era) && _rows[i].Grade > strongest)
            {
                strongest = _rows[i].Grade;
            }
        }

        return strongest;
    }

    /// <summary>Whether no other statement of its source (of one grade, if given) begins later, or as late and was read later.</summary>
    private bool IsLatestOfSource(int index, EvidenceGrade? only, int era)
    {
        ref readonly var row = ref _rows[index];
        for (var i = 0; i < _rows.Length; i++)
        {
            if (i != index && SameSource(_rows[i].Stream, row.Stream) && (only is null || _rows[i].Grade == only) && Applies(i, era) && CompareWithin(i, index) > 0)
            {
                return false;
            }
        }

        return true;
    }

    private bool SameSource(int left, int right) =>
        left == right || (_columns.Streams[left].Source == _columns.Streams[right].Source && _columns.Streams[left].Tenant == _columns.Streams[right].Tenant);

    private int CompareWithin(int left, int right)
    {
        ref readonly var a = ref _rows[left];
        ref readonly var b = ref _rows[right];
        var byBeginning = BeginningOf(a).CompareTo(BeginningOf(b));
        var byReading = byBeginning != 0 ? byBeginning : ReadAt(a).CompareTo(ReadAt(b));
        return byReading != 0 ? byReading : a.Grade.CompareTo(b.Grade);
    }

    /// <summary>Order between statements that are each the latest of their source; 0: neither wins.</summary>
    private int Compare(int left, int right)
    {
        ref readonly var a = ref _rows[left];
        ref readonly var b = ref _rows[right];
        if (SameSource(a.Stream, b.Stream))
        {
            return CompareWithin(left, right);
        }

        var byReading = ReadAt(a).CompareTo(ReadAt(b));
        var byBeginning = byReading != 0 ? byReading : BeginningOf(a).CompareTo(BeginningOf(b));
        return byBeginning != 0 ? byBeginning : a.Grade.CompareTo(b.Grade);
    }

    /// <summary>Whether a weaker statement came after the one that holds: in one source by beginning, between sources by reading.</summary>
    private bool IsLater(int weaker, int best)
    {
        ref readonly var a = ref _rows[weaker];
        ref readonly var b = ref _rows[best];
        return SameSource(a.Stream, b.Stream)
            ? (BeginningOf(a), ReadAt(a)).CompareTo((BeginningOf(b), ReadAt(b))) > 0
            : (ReadAt(a), BeginningOf(a)).CompareTo((ReadAt(b), BeginningOf(b))) > 0;
    }

    private long BeginningOf(in StatementRow row) => row.IsObserved ? ReadAt(row) : _columns.Times[row.From];

    /// <summary>
    /// When it was last read. A repeated observation counts at the moment asked for as its last repetition until then: the last
    /// full run of its stream.
    /// </summary>
    private long ReadAt(in StatementRow row)
    {
        return row.IsObserved ? _columns.ReadBy(asOf, row.Stream, row.FirstAt, row.LastAt) : _columns.Times[row.LastAt];
    }

    /// <summary>A word that its property does not know says something, but nobody knows what.</summary>
    private static bool IsUnderstood(Property property, in PropertyValue value) =>
        value.IsNone || property.Type != PropertyType.Word || property.Words.Count == 0 || (value.AsText() is { } word && property.Words.Contains(word));

    /// <summary>Seen by its own stream since, without being readable: what it says now is not known.</summary>
    private bool IsUnreadableSince(in StatementRow row)
    {
        var read = ReadAt(row);
        foreach (ref readonly var span in _spans)
        {
            if ((span.Marks & SpanMarks.Seen) != 0 && span.Stream == row.Stream && span.FirstAt <= now && _columns.ReadBy(asOf, span.Stream, span.FirstAt, span.LastAt) > read)
            {
                return true;
            }
        }

        return false;
    }
}
