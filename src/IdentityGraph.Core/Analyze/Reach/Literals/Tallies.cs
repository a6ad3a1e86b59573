using IdentityGraph.Analyze.Measures;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>What a literal adds to the sums of who attains it. Literals that add the same are one class, so that sums are counts of classes.</summary>
/// <param name="Nodes">1 where it is the one literal of its node that is counted; else 0.</param>
/// <param name="Score">Criticality × what the right adds to the weight of the ones below it.</param>
/// <param name="CrownJewels">1 for a crown jewel's counted literal.</param>
/// <param name="Unstated">1 for the counted literal of a system or resource whose criticality nobody stated.</param>
internal readonly record struct Tally(int Nodes, double Score, int CrownJewels, int Unstated);

/// <summary>The classes of a view: plain ones for what only counts, six for each way systems and resources are weighed. Several may ask at once.</summary>
internal sealed class Tallies(ControlGraph control)
{
    /// <summary>Of what counts and is not weighed.</summary>
    public const int Plain = 0;

    private readonly Worth _worth = control.Worth ??= new Worth(control);
    private readonly int[] _first = new int[control.View.NodeCount];
    private readonly List<Tally> _classes = [new Tally(1, 0, 0, 0)];
    private readonly Dictionary<(double, bool, bool), int> _known = [];

    public IReadOnlyList<Tally> Classes => _classes;

    public static bool Counts(NodeKind kind) => BlastRadius.IsListed(kind) && !Walker.IsWalked(kind);

    /// <summary>The class of "the right or a higher one" on a system or resource.</summary>
    public int ClassOf(int place, int right)
    {
        if (_first[place] == 0)
        {
            _first[place] = First(place);
        }

        return _first[place] + right;
    }

    private int First(int place)
    {
        lock (_known)
        {
            return FirstAlone(place);
        }
    }

    private int FirstAlone(int place)
    {
        var (criticality, stated, jewel) = _worth.Of(place);
        if (!_known.TryGetValue((criticality, stated, jewel), out var first))
        {
            _known[(criticality, stated, jewel)] = first = _classes.Count;
            for (var right = 0; right < 6; right++)
            {
                var lowest = right == 0;
                _classes.Add(new Tally(lowest ? 1 : 0, criticality * BlastRadius.Added(right), lowest && jewel ? 1 : 0, lowest && !stated ? 1 : 0));
            }
        }

        return first;
    }
}
