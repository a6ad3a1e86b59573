using System.Runtime.Intrinsics;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;

namespace IdentityGraph.Analyze.Mass;

/// <summary>About how far a start reaches, certainly and with amplification. Never to be taken for a count.</summary>
/// <param name="Nodes">About how many nodes.</param>
/// <param name="Raw">About what score.</param>
public readonly record struct ReachEstimate(double Nodes, double Raw);

/// <summary>
/// A quick ranking of many starts (Cohen's ranks): every counted part draws numbers, the smaller the more it weighs; the smallest
/// number among all that is attained tells their weight together. What needs several things is taken as attained with the first of
/// them, so that nothing is left out: where the others are out of reach, an estimate leans high.
/// </summary>
public sealed class ReachSketch
{
    /// <summary>Numbers drawn for each part.</summary>
    public const int Draws = 128;

    private const int Lane = 16;

    private readonly CondensedGraph _graph;
    private readonly (double Nodes, double Raw)[] _weights;
    private readonly float[] _rows;

    private ReachSketch(CondensedGraph graph, Tallies tallies)
    {
        _graph = graph;
        _rows = new float[graph.Count * Lane];
        _weights = new (double, double)[graph.Count];
        for (var part = 0; part < graph.Count; part++)
        {
            foreach (var (number, times) in graph.TalliesOf(part))
            {
                var tally = tallies.Classes[number];
                _weights[part].Nodes += (double)tally.Nodes * times;
                _weights[part].Raw += tally.Score * times;
            }
        }
    }

    /// <summary>One standard deviation, relative.</summary>
    public static double RelativeError => 1 / Math.Sqrt(Draws - 2);

    /// <summary>An estimate for each start, in their order; the same facts give the same estimates.</summary>
    /// <param name="control">Facts, moment and profile.</param>
    /// <param name="starts">The seeds of each start.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static IReadOnlyList<ReachEstimate> Of(ControlGraph control, IReadOnlyList<IReadOnlyList<Seed>> starts, CancellationToken cancellationToken = default)
    {
        var tallies = new Tallies(control);
        var graph = CellGraphs.One(control, starts, tallies, Cell.CertainAmplified, cancellationToken);
        var sketch = new ReachSketch(graph, tallies);
        var nodes = sketch.Sums(weight => weight.Nodes, cancellationToken);
        var raw = sketch.Sums(weight => weight.Raw, cancellationToken);
        return [.. starts.Select((_, start) =>
        {
            var own = graph.Own[start].Where(one => graph.Starts[start].Contains(one.Part)).Select(one => tallies.Classes[one.Class]).ToList();
            return new ReachEstimate(
                Math.Max(0, Estimate(nodes[start]) - own.Sum(tally => tally.Nodes)),
                Math.Max(0, Estimate(raw[start]) - own.Sum(tally => tally.Score)));
        })];
    }

    private static double Estimate(double sum) => double.IsFinite(sum) ? (Draws - 1) / sum : 0;

    /// <summary>For each start the smallest numbers attained, summed; infinite where it attains nothing that weighs.</summary>
    private double[] Sums(Func<(double Nodes, double Raw), double> weight, CancellationToken cancellationToken)
    {
        var sums = new double[_graph.Starts.Length];
        for (var draw = 0; draw < Draws; draw += Lane)
        {
            Draw(draw, weight);
            while (Spread(cancellationToken))
            {
            }

            for (var start = 0; start < sums.Length; start++)
            {
                sums[start] += Smallest(_graph.Starts[start]);
            }
        }

        return sums;
    }

    /// <summary>Exponentially distributed, by the part's weight; from its number and the draw's alone (SplitMix64).</summary>
    private void Draw(int first, Func<(double Nodes, double Raw), double> weight)
    {
        Array.Fill(_rows, float.PositiveInfinity);
        for (var part = 0; part < _graph.Count; part++)
        {
            var weighs = weight(_weights[part]);
            for (var lane = 0; lane < Lane && weighs > 0; lane++)
            {
                var mixed = (((ulong)part * Draws) + (ulong)(first + lane) + 1) * 0x9E3779B97F4A7C15UL;
                mixed = (mixed ^ (mixed >> 30)) * 0xBF58476D1CE4E5B9UL;
                mixed = (mixed ^ (mixed >> 27)) * 0x94D049BB133111EBUL;
                mixed ^= mixed >> 31;
                _rows[(part * Lane) + lane] = (float)(-MathF.Log(((mixed >> 40) + 0.5f) * (1f / (1 << 24))) / weighs);
            }
        }
    }

    /// <summary>Takes the smallest of what each part leads to; whether it has to be done again, for an edge leads back.</summary>
    private bool Spread(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var again = false;
        for (var part = _graph.Count - 1; part >= 0; part--)
        {
            ref var row = ref _rows[part * Lane];
            var (low, high) = (Vector256.LoadUnsafe(ref row), Vector256.LoadUnsafe(ref row, 8));
            foreach (var next in _graph.OutOf(part))
            {
                var to = next < 0 ? ~next : next;
                if (next < 0 && _graph.Inputs[to]![0] != part)
                {
                    continue;
                }

                ref var other = ref _rows[to * Lane];
                var (lowNext, highNext) = (Vector256.LoadUnsafe(ref other), Vector256.LoadUnsafe(ref other, 8));
                again |= to <= part && (Vector256.LessThanAny(lowNext, low) || Vector256.LessThanAny(highNext, high));
                (low, high) = (Vector256.Min(low, lowNext), Vector256.Min(high, highNext));
            }

            low.StoreUnsafe(ref row);
            high.StoreUnsafe(ref row, 8);
        }

        return again;
    }

    private double Smallest(int[] parts)
    {
        var (low, high) = (Vector256.Create(float.PositiveInfinity), Vector256.Create(float.PositiveInfinity));
        foreach (var part in parts)
        {
            ref var row = ref _rows[part * Lane];
            (low, high) = (Vector256.Min(low, Vector256.LoadUnsafe(ref row)), Vector256.Min(high, Vector256.LoadUnsafe(ref row, 8)));
        }

        return Vector256.Sum(low) + Vector256.Sum(high);
    }
}
