using System.Numerics;

namespace IdentityGraph.Analyze.Mass;

/// <summary>
/// Which of up to 512 counted parts each start attains: a bit a part, pushed against the edges. Good only where nothing needs two
/// things at once: a set of targets cannot say that two starts would attain more together.
/// </summary>
internal sealed class TargetBlocks
{
    /// <summary>Counted parts a block.</summary>
    public const int Width = 512;

    private const int Block = 4096;

    private readonly CondensedGraph _graph;
    private readonly JointFree _free;
    private readonly Rows _rows;
    private readonly TargetStarts _starts;
    private readonly TimeProvider _time;
    private readonly long[] _counts;

    /// <param name="graph">Where.</param>
    /// <param name="free">Its part without joint parts.</param>
    /// <param name="starts">Starts that begin with nothing outside that part.</param>
    /// <param name="rows">A clear row for each part, at least; cleared again after every run that ends.</param>
    /// <param name="classes">How many classes of tallies there are.</param>
    /// <param name="time">For measures.</param>
    public TargetBlocks(CondensedGraph graph, JointFree free, TargetStarts starts, Rows rows, int classes, TimeProvider time)
    {
        (_graph, _free, _rows, _starts, _time) = (graph, free, rows, starts, time);
        _counts = new long[classes];
    }

    /// <summary>Edges passed so far, for measures.</summary>
    public long Passed { get; private set; }

    /// <summary>Time spent on passing them.</summary>
    public TimeSpan Passing { get; private set; }

    /// <summary>Finds who attains a block of the counted parts.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="tell">Is told for which start which class counts how often.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public void Run(int block, Action<int, int, long> tell, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var targets = _free.Targets.AsSpan(block * Width, Math.Min(Width, _free.Targets.Length - (block * Width)));
        for (var column = 0; column < targets.Length; column++)
        {
            _rows.Set(_free.Turned(targets[column]), column);
        }

        var begun = _time.GetTimestamp();
        Spread(cancellationToken);
        Passing += _time.GetElapsedTime(begun);
        var masks = ColumnMask.Of(targets, _graph);
        foreach (var start in _starts.OfMany)
        {
            var row = default(Row512);
            foreach (var part in _graph.Starts[start])
            {
                row = row.Or(_rows[_free.Turned(part)]);
            }

            Count(start, row, block, masks, tell);
        }

        _rows.Drain((turned, row) =>
        {
            foreach (var i in _starts.ByPart[_free.Turned(turned)])
            {
                Count(_starts.All[i], row, block, masks, tell);
            }
        });
    }

    private void Spread(CancellationToken cancellationToken)
    {
        var checkAt = Passed + Block;
        for (var part = _rows.NextChanged(0); part >= 0; part = _rows.NextChanged(part))
        {
            var outs = _free.OutOf(part);
            Passed += outs.Length + 1;
            _rows.Push(outs, _rows[part]);
            if (Passed > checkAt)
            {
                cancellationToken.ThrowIfCancellationRequested();
                checkAt = Passed + Block;
            }
        }
    }

    private void Count(int start, in Row512 row, int block, IReadOnlyList<ColumnMask> masks, Action<int, int, long> tell)
    {
        foreach (var mask in masks)
        {
            _counts[mask.Class] += (long)row.CountIn(mask.Columns) << mask.Shift;
        }

        foreach (var (part, number) in _graph.Own[start])
        {
            // What a start attains of its own nodes does not count.
            var target = Array.BinarySearch(_free.Targets, part);
            if (target / Width == block && target >= 0 && row.Has(target % Width))
            {
                _counts[number]--;
            }
        }

        foreach (var mask in masks)
        {
            if (_counts[mask.Class] != 0)
            {
                tell(start, mask.Class, _counts[mask.Class]);
                _counts[mask.Class] = 0;
            }
        }
    }

    /// <summary>The columns of a class that count 2 to the power of Shift times.</summary>
    private sealed record ColumnMask(int Class, int Shift, Row512 Columns)
    {
        public static IReadOnlyList<ColumnMask> Of(ReadOnlySpan<int> targets, CondensedGraph graph)
        {
            var words = new Dictionary<(int Class, int Shift), ulong[]>();
            for (var column = 0; column < targets.Length; column++)
            {
                foreach (var (number, times) in graph.TalliesOf(targets[column]))
                {
                    for (var left = (uint)times; left != 0; left &= left - 1)
                    {
                        var key = (number, BitOperations.TrailingZeroCount(left));
                        if (!words.TryGetValue(key, out var row))
                        {
                            words[key] = row = new ulong[Rows.Words];
                        }

                        row[column >> 6] |= 1UL << (column & 63);
                    }
                }
            }

            return [.. words.Select(row => new ColumnMask(row.Key.Class, row.Key.Shift, Row512.Of(row.Value)))];
        }
    }
}
