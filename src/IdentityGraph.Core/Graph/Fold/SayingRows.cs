namespace IdentityGraph.Graph.Fold;

/// <summary>Statements of properties by subject, newest first.</summary>
internal sealed class SayingRows
{
    private readonly Grown<int> _heads = new();

    public Grown<Saying> Rows { get; } = new();

    /// <summary>The newest row of the subject; -1: none.</summary>
    public int Head(int subject) => subject < _heads.Count ? _heads[subject] : -1;

    /// <summary>
    /// Adds a statement, or lengthens the one that it repeats without a gap: any of its stream with the same stated beginning,
    /// or, where none was stated, the last one of its stream on that property.
    /// </summary>
    /// <param name="subject">Number of the node or edge.</param>
    /// <param name="saying">The statement.</param>
    /// <param name="sightings">When the subject was seen, read and ended; null: nothing lies between.</param>
    /// <param name="streams">Which runs read a stream to its end.</param>
    /// <param name="times">Instants by number.</param>
    public void Add(int subject, Saying saying, SightingRows? sightings, List<StreamReads> streams, Interner<long> times)
    {
        while (_heads.Count <= subject)
        {
            _heads.Add(-1);
        }

        for (var number = _heads[subject]; number >= 0; number = Rows[number].Next)
        {
            ref var row = ref Rows[number];
            if (row.Property != saying.Property || row.Stream != saying.Stream)
            {
                continue;
            }

            if (Same(row, saying))
            {
                if (streams[saying.Stream].LastProof > row.LastRun || IsBetweenUnknown(row, saying, streams[saying.Stream]) || sightings?.IsGap(subject, row, saying, streams, times) == true || times[saying.FirstAt] < times[row.LastAt])
                {
                    break;
                }

                row.LastAt = saying.LastAt;
                row.LastRun = saying.LastRun;
                row.Evidence = saying.Evidence >= 0 ? saying.Evidence : row.Evidence;
                return;
            }

            if (!saying.FromStated)
            {
                break;
            }
        }

        saying.Next = _heads[subject];
        _heads[subject] = Rows.Add(saying);
    }

    /// <summary>
    /// Whether it could not be told any more in which runs between the first and the last it was said: of what is said anew each time a row
    /// holds only what every full run of its stream said, and no delta.
    /// </summary>
    private static bool IsBetweenUnknown(in Saying row, in Saying saying, StreamReads stream) =>
        !saying.FromStated && row.LastRun != saying.FirstRun && (row.IsDelta || saying.IsDelta || stream.LastFull > row.LastRun);

    private static bool Same(in Saying row, in Saying saying) =>
        row.Value == saying.Value
        && row.Grade == saying.Grade
        && row.Until == saying.Until
        && row.FromStated == saying.FromStated
        && (!row.FromStated || (row.From == saying.From && row.Precision == saying.Precision));
}
