namespace IdentityGraph.Graph.Fold;

/// <summary>Sightings by subject, newest first.</summary>
/// <param name="beginningsCount">Whether a stated beginning is of the subject itself, as an edge's is; a node's is that of its values.</param>
internal sealed class SightingRows(bool beginningsCount)
{
    private readonly Grown<int> _heads = new();

    public Grown<Sighting> Rows { get; } = new();

    /// <summary>The newest row of the subject; -1: none.</summary>
    public int Head(int subject) => subject < _heads.Count ? _heads[subject] : -1;

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
                return gap || endedInRun > row.LastRun ? -1 : number;
            }

            if (row.Has(SightingMarks.UntilStated) && streams[row.Stream].Owner == owner)
            {
                endedInRun = Math.Max(endedInRun, row.IsBareEnd ? row.FirstRun + 1 : row.FirstRun);
            }
        }

        return -1;
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
