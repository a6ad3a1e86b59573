namespace IdentityGraph.Graph.Fold;

/// <summary>Sightings by subject, newest first.</summary>
internal sealed class SightingRows
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

    private static bool Same(in Sighting row, in Sighting sighting)
    {
        const SightingMarks Stated = SightingMarks.FromStated | SightingMarks.UntilStated | SightingMarks.Seen | SightingMarks.FromIsDay;
        return (row.Marks & Stated) == (sighting.Marks & Stated)
            && row.Grade == sighting.Grade
            && row.Until == sighting.Until
            && (!row.Has(SightingMarks.FromStated) || row.From == sighting.From);
    }
}
