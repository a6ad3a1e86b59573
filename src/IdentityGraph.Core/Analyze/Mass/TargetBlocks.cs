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
    private readonly Sums[] _classes;

    /// <param name="graph">Where.</param>
    /// <param name="free">Its part without joint parts.</param>
    /// <param name="starts">Starts that begin with nothing outside that part.</param>
    /// <param name="rows">A clear row for each part, at least; cleared again after every run that ends.</param>
    /// <param name="classes">What a literal of each class of tallies adds.</param>
    /// <param name="time">For measures.</param>
    public TargetBlocks(CondensedGraph graph, JointFree free, TargetStarts starts, Rows rows, Sums[] classes, TimeProvider time)
    {
        (_graph, _free, _rows, _starts, _time, _classes) = (graph, free, rows, starts, time, classes);
    }

    /// <summary>Edges passed so far, for measures.</summary>
    public long Passed { get; private set; }

    /// <summary>Time spent on passing them.</summary>
    public TimeSpan Passing { get; private set; }

    /// <summary>Finds who attains a block of the counted parts.</summary>
    /// <param name="block">Its number.</param>
    /// <param name="tell">Is told for which start, by its place among them, what is to be added.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public void Run(int block, Action<int, Sums> tell, CancellationToken cancellationToken)
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
        foreach (var place in _starts.OfMany)
        {
            tell(place, Counted(RowOf(place), masks));
        }

        foreach (var (target, place, number) in _starts.OwnAmong(block * Width, (block * Width) + targets.Length))
        {
            // What a start attains of its own nodes does not count.
            if (RowOf(place).Has(target % Width))
            {
                tell(place, default(Sums).Plus(_classes[number], -1));
            }
        }

        _rows.Drain((turned, row) =>
        {
            if (_starts.ByPart[_free.Turned(turned)] is { Length: > 0 } places)
            {
                var sums = Counted(row, masks);
                foreach (var place in places)
                {
                    tell(place, sums);
                }
            }
        });
    }

    /// <summary>What a start attains of the targets.</summary>
    private Row512 RowOf(int place)
    {
        var row = default(Row512);
        foreach (var part in _graph.Starts[_starts.All[place]])
        {
            row = row.Or(_rows[_free.Turned(part)]);
        }

        return row;
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

    private Sums Counted(in Row512 row, IReadOnlyList<ColumnMask> masks)
    {
        var sums = default(Sums);
        foreach (var mask in masks)
        {
            sums = sums.Plus(_classes[mask.Class], (long)row.CountIn(mask.Columns) << mask.Shift);
        }

        return sums;
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
