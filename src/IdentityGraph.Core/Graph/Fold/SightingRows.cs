namespace IdentityGraph.Graph.Fold;

/// <summary>Sightings by subject, newest first.</summary>
/// <param name="beginningsCount">Whether a stated beginning is of the subject itself, as an edge's is; a node's is that of its values.</param>
internal sealed class SightingRows(bool beginningsCount)
{
    private readonly Grown<int> _heads = new();

    public Grown<Sighting> Rows { get; } = new();

    /// <summary>The newest row of the subject; -1: none.</summary>
    public int Head(int subject) => subject < _heads.Count ? _heads[subject] : -1;

    /// <summary>
    /// Whether between two readings of the stream it only saw the subject, or its source told an end or an interval of it, by when that was
    /// read or by run: what is said since is said anew.
    /// </summary>
    /// <param name="subject">Number of the node or edge.</param>
    /// <param name="before">What was said.</param>
    /// <param name="now">What is said again.</param>
    /// <param name="streams">By number.</param>
    /// <param name="times">Instants by number.</param>
    public bool IsGap(int subject, in Saying before, in Saying now, List<StreamReads> streams, Interner<long> times)
    {
        for (var number = Head(subject); number >= 0; number = Rows[number].Next)
        {
            ref var row = ref Rows[number];
            var isBetween = times[before.LastAt] < times[row.LastAt] && times[row.FirstAt] <= times[now.FirstAt];
            if ((row.Has(SightingMarks.Seen) && row.Stream == now.Stream && (row.LastRun > before.LastRun || isBetween))
                || (row.Has(SightingMarks.UntilStated) && streams[row.Stream].Owner == streams[now.Stream].Owner && (row.FirstRun >= before.LastRun || isBetween)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>Adds a reading, or lengthens the row of the same stream that it repeats without a gap.</summary>
    public void Add(int subject, Sighting sighting, List<StreamReads> streams, Interner<long> times)
    {
        while (_heads.Count <= subject)
        {
            _heads.Add(-1);
        }

        var repeated = Repeated(subject, sighting, streams, times);
        if (repeated >= 0)
        {
            ref var row = ref Rows[repeated];
            row.LastAt = sighting.LastAt;
            row.LastRun = sighting.LastRun;
            row.LastFrom = sighting.LastFrom;
            row.Marks |= sighting.Marks & ~SightingMarks.FromStated & ~SightingMarks.FromIsDay & ~SightingMarks.FromObserved;
            row.Evidence = sighting.Evidence >= 0 ? sighting.Evidence : row.Evidence;
            return;
        }

        sighting.Next = _heads[subject];
        _heads[subject] = Rows.Add(sighting);
    }

    private int Repeated(int subject, in Sighting sighting, List<StreamReads> streams, Interner<long> times)
    {
        for (var number = _heads[subject]; number >= 0; number = Rows[number].Next)
        {
            ref var row = ref Rows[number];
            if (row.Stream == sighting.Stream && Same(row, sighting) && !BeganEarlier(row, sighting, times))
            {
                return IsGap(subject, number, sighting, streams, times) ? -1 : number;
            }
        }

        return -1;
    }

    /// <summary>
    /// Whether something was told between the row and the reading, by when it was read or by run: a complete run without it, an end, an
    /// interval, a sight between readings. What is read now begins anew.
    /// </summary>
    private bool IsGap(int subject, int repeated, in Sighting sighting, List<StreamReads> streams, Interner<long> times)
    {
        ref var row = ref Rows[repeated];
        var stream = streams[sighting.Stream];
        var (read, now) = (times[row.LastAt], times[sighting.FirstAt]);
        if (stream.LastProof > row.LastRun || now < read || IsBetweenUnknown(row, sighting, stream) || (sighting.Has(SightingMarks.Seen) && LastRead(subject, sighting.Stream) >= row.LastRun))
        {
            return true;
        }

        for (var i = stream.Proofs.Count - 1; i >= 0 && stream.Proofs[i].StartedAt > read; i--)
        {
            if (stream.Proofs[i].Run < row.FirstRun && stream.Proofs[i].StartedAt < now)
            {
                return true;
            }
        }

        for (var number = _heads[subject]; number >= 0; number = Rows[number].Next)
        {
            // An end or interval that is told again does not come between its own tellings; one told at the instant of a reading comes after it.
            ref var end = ref Rows[number];
            if (number != repeated && end.Has(SightingMarks.UntilStated) && streams[end.Stream].Owner == stream.Owner && (end.FirstRun >= row.LastRun || (read <= times[end.FirstAt] && times[end.FirstAt] <= now)))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>
    /// Whether it could not be told any more in which runs between the first and the last a node was seen: a row holds only what every full
    /// run of its stream saw, and no delta.
    /// </summary>
    private bool IsBetweenUnknown(in Sighting row, in Sighting sighting, StreamReads stream) =>
        !beginningsCount && row.LastRun != sighting.FirstRun && (row.Has(SightingMarks.Delta) || sighting.Has(SightingMarks.Delta) || stream.LastFull > row.LastRun);

    /// <summary>Whether a node's values are said to hold since before all that its row says: then it was there before.</summary>
    private bool BeganEarlier(in Sighting row, in Sighting sighting, Interner<long> times) =>
        !beginningsCount && sighting.Has(SightingMarks.FromStated) && times[sighting.From] < Math.Min(times[row.From], times[row.FirstAt]);

    /// <summary>The last run in which the stream read the subject: what is only seen after it says less than what was only seen before.</summary>
    private int LastRead(int subject, int stream)
    {
        var last = -1;
        for (var number = _heads[subject]; number >= 0; number = Rows[number].Next)
        {
            if (Rows[number].Stream == stream && !Rows[number].Has(SightingMarks.Seen))
            {
                last = Math.Max(last, Rows[number].LastRun);
            }
        }

        return last;
    }

    private bool Same(in Sighting row, in Sighting sighting)
    {
        const SightingMarks Stated = SightingMarks.UntilStated | SightingMarks.Seen;
        const SightingMarks Begun = SightingMarks.FromStated | SightingMarks.FromIsDay | SightingMarks.FromObserved;
        return (row.Marks & Stated) == (sighting.Marks & Stated)
            && row.Grade == sighting.Grade
            && row.Until == sighting.Until
            && ((!beginningsCount && !row.Has(SightingMarks.UntilStated))
                || ((row.Marks & Begun) == (sighting.Marks & Begun) && (!row.Has(SightingMarks.FromStated) || row.From == sighting.From)));
    }
}
