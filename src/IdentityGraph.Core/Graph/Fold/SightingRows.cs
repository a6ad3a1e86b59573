namespace IdentityGraph.Graph.Fold;

/// <summary>Sightings by subject, newest first.</summary>
/// <param name="beginningsCount">Whether a stated beginning is of the subject itself, as an edge's is; a node's is that of its values.</param>
internal sealed class SightingRows(bool beginningsCount)
{
    private readonly Grown<int> _heads = new();
    private bool _anySeen;

    public Grown<Sighting> Rows { get; } = new();

    /// <summary>The newest row of the subject; -1: none.</summary>
    public int Head(int subject) => subject < _heads.Count ? _heads[subject] : -1;

    /// <summary>The last run in which the stream saw the subject without being able to read it; -1: none.</summary>
    public int LastSeenUnread(int subject, int stream)
    {
        var last = -1;
        for (var number = _anySeen ? Head(subject) : -1; number >= 0; number = Rows[number].Next)
        {
            if (Rows[number].Stream == stream && Rows[number].Has(SightingMarks.Seen))
            {
                last = Math.Max(last, Rows[number].LastRun);
            }
        }

        return last;
    }

    /// <summary>Adds a reading, or lengthens the row of the same stream that it repeats without a gap.</summary>
    public void Add(int subject, Sighting sighting, List<StreamReads> streams, Interner<long> times)
    {
        while (_heads.Count <= subject)
        {
            _heads.Add(-1);
        }

        _anySeen |= sighting.Has(SightingMarks.Seen);
        var repeated = Repeated(subject, sighting, streams, times);
        if (repeated >= 0)
        {
            ref var row = ref Rows[repeated];
            row.LastAt = sighting.LastAt;
            row.LastRun = sighting.LastRun;
            row.From = times[sighting.From] < times[row.From] ? sighting.From : row.From;
            row.Marks |= sighting.Marks;
            row.Evidence = sighting.Evidence >= 0 ? sighting.Evidence : row.Evidence;
            return;
        }

        sighting.Next = _heads[subject];
        _heads[subject] = Rows.Add(sighting);
    }

    private int Repeated(int subject, in Sighting sighting, List<StreamReads> streams, Interner<long> times)
    {
        var lastProof = streams[sighting.Stream].LastProof;
        var owner = streams[sighting.Stream].Owner;
        var endedInRun = -1;
        for (var number = _heads[subject]; number >= 0; number = Rows[number].Next)
        {
            ref var row = ref Rows[number];
            if (row.Stream == sighting.Stream && Same(row, sighting))
            {
                var gap = lastProof > row.LastRun || times[sighting.FirstAt] < times[row.LastAt];

                // An end that this source stated since: what is read now begins anew.
                return gap || endedInRun > row.LastRun || (sighting.Has(SightingMarks.Seen) && LastRead(subject, sighting.Stream) > row.LastRun) ? -1 : number;
            }

            if (row.Has(SightingMarks.UntilStated) && streams[row.Stream].Owner == owner)
            {
                endedInRun = Math.Max(endedInRun, row.IsBareEnd ? row.FirstRun + 1 : row.FirstRun);
            }
        }

        return -1;
    }

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
        const SightingMarks Begun = SightingMarks.FromStated | SightingMarks.FromIsDay;
        return (row.Marks & Stated) == (sighting.Marks & Stated)
            && row.Grade == sighting.Grade
            && row.Until == sighting.Until
            && ((!beginningsCount && !row.Has(SightingMarks.UntilStated))
                || ((row.Marks & Begun) == (sighting.Marks & Begun) && (!row.Has(SightingMarks.FromStated) || row.From == sighting.From)));
    }
}
