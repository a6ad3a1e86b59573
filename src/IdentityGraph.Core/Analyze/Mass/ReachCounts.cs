using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Reach.Literals;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Mass;

/// <summary>Counts one reach as many at once are counted: by classes of tallies, so that the sums are the same to the last bit.</summary>
internal sealed class ReachCounts(ControlGraph control, Tallies tallies)
{
    private static readonly NodeKind[] s_counted = [.. NodeKind.All.Where(Tallies.Counts)];
    private static readonly Cell[] s_cells = [Cell.CertainDirect, Cell.CertainAmplified, Cell.PossibleDirect, Cell.PossibleAmplified];

    // By class, then by cell.
    private readonly List<long> _times = [];

    public ReachSummary Of(ReachResult reach)
    {
        var apart = reach.Seeds.Where(control.IsApart).Select(seed => seed.Node.Index).ToHashSet();
        foreach (var kind in s_counted)
        {
            var (first, end) = reach.PlacesOf(kind);
            for (var place = first; place < end; place++)
            {
                if (!apart.Contains(reach.IndexAt(place)))
                {
                    Count(reach.IndexAt(place), kind, reach.WordAt(place), 1);
                }
            }
        }

        return Told(new ReachSummary());
    }

    /// <summary>What is left of a reach where something is lost.</summary>
    /// <param name="before">With it.</param>
    /// <param name="lost">By dense index, what was attained and what is left; nodes told apart not among them.</param>
    public ReachSummary Without(ReachSummary before, IEnumerable<(int Node, uint Whole, uint Less)> lost)
    {
        foreach (var (node, whole, less) in lost)
        {
            var kind = control.View[node].Kind;
            if (Tallies.Counts(kind))
            {
                Count(node, kind, new Cells(whole), -1);
                Count(node, kind, new Cells(less), 1);
            }
        }

        return Told(before.Copy());
    }

    private ReachSummary Told(ReachSummary summary)
    {
        for (var at = 0; at < _times.Count; at++)
        {
            if (_times[at] != 0)
            {
                summary.Add(s_cells[at & 3], default(Sums).Plus(Sums.Of(tallies.Classes[at >> 2]), _times[at]));
                _times[at] = 0;
            }
        }

        var whole = BlastRadius.WholeOf(control);
        summary.Share = whole == 0 ? 0 : summary.Raw / whole;
        return summary;
    }

    private void Count(int node, NodeKind kind, Cells cells, int times)
    {
        foreach (var cell in s_cells)
        {
            if (cells.Of(cell) is not Rights.None and var rights)
            {
                var highest = Worth.IsWeighed(kind) ? System.Numerics.BitOperations.Log2((uint)rights) : -1;
                if (highest < 0)
                {
                    Count(Tallies.Plain, cell, times);
                }

                for (var right = 0; right <= highest; right++)
                {
                    Count(tallies.ClassOf(node, right), cell, times);
                }
            }
        }
    }

    private void Count(int number, Cell cell, int times)
    {
        while (_times.Count <= (number << 2) + 3)
        {
            _times.Add(0);
        }

        _times[(number << 2) + (int)cell] += times;
    }
}
