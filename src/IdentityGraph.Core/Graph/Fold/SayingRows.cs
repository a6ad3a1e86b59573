namespace IdentityGraph.Graph.Fold;

/// <summary>Statements of properties by subject, newest first.</summary>
internal sealed class SayingRows
{
    private readonly Grown<int> _heads = new();

    public Grown<Saying> Rows { get; } = new();

    /// <summary>The newest row of the subject; -1: none.</summary>
    public int Head(int subject) => subject < _heads.Count ? _heads[subject] : -1;

    /// <summary>Adds a statement, or lengthens the one that it repeats: the last of its source on that property, without a gap.</summary>
    public void Add(int subject, Saying saying, List<StreamReads> streams, Interner<long> times)
    {
        while (_heads.Count <= subject)
        {
            _heads.Add(-1);
        }

        var owner = streams[saying.Stream].Owner;
        for (var number = _heads[subject]; number >= 0; number = Rows[number].Next)
        {
            ref var row = ref Rows[number];
            if (row.Property != saying.Property || streams[row.Stream].Owner != owner)
            {
                continue;
            }

            var gap = streams[saying.Stream].LastProof > row.LastRun || times[saying.FirstAt] < times[row.LastAt];
            if (gap || !Same(row, saying))
            {
                break;
            }

            row.LastAt = saying.LastAt;
            row.LastRun = saying.LastRun;
            row.Evidence = saying.Evidence >= 0 ? saying.Evidence : row.Evidence;
            return;
        }

        saying.Next = _heads[subject];
        _heads[subject] = Rows.Add(saying);
    }

    private static bool Same(in Saying row, in Saying saying) =>
        row.Stream == saying.Stream
        && row.Value == saying.Value
        && row.Grade == saying.Grade
        && row.Until == saying.Until
        && row.FromStated == saying.FromStated
        && (!row.FromStated || (row.From == saying.From && row.Precision == saying.Precision));
}
