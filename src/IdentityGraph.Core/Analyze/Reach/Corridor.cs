using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// What lies between the starts of a plain search and one thing it attained: nodes that were come to so early, and lead to it so soon,
/// that they can be part of a proof in so many hops. A search among them alone finds every such proof.
/// </summary>
internal sealed class Corridor
{
    // Beyond that a search of everything is as good.
    private const int Widest = 100_000;

    private readonly ReachResult _reach;
    private readonly Node _target;
    private readonly uint _bit;

    // By node, its first hop plus one; 0: not attained.
    private readonly int[] _first;
    private readonly Dictionary<int, bool[]?> _within = [];

    private Corridor(ReachResult reach, Node target, uint bit, int hops)
    {
        (_reach, _target, _bit, Hops) = (reach, target, bit, hops);
        _first = reach.FirstHops;
    }

    /// <summary>Fewest hops to what is proved.</summary>
    public int Hops { get; }

    /// <summary>Null where the search told it is none for that, or does not attain it.</summary>
    public static Corridor? To(ReachResult reach, Node target, Rights right, Cell cell)
    {
        var bit = CellBits.Word(right, 1u << (int)cell);
        return reach.Between is { } plain && plain.HopsTo(target.Index, bit) is >= 0 and var hops ? new Corridor(reach, target, bit, hops) : null;
    }

    /// <summary>
    /// A search among what can be part of a proof in at most so many hops. Null where that does not attain it, where it is too wide,
    /// or where a conclusion there needs more than one premise: then what is attained elsewhere may count too.
    /// </summary>
    /// <param name="options">What is left out.</param>
    /// <param name="most">Hops, at least <see cref="Hops"/>.</param>
    /// <param name="cancellationToken">Throws when cancelled.</param>
    public ReachResult? Search(ReachOptions options, int most, CancellationToken cancellationToken)
    {
        if (!_within.TryGetValue(most, out var within))
        {
            _within[most] = within = Within(most);
        }

        if (within is null)
        {
            return null;
        }

        var found = _reach.Graph.Reach(_reach.Seeds, options with { Within = within, FewProofs = false }, cancellationToken);
        return found.HopOf(_target.Index, _bit) is >= 0 and var hops && hops <= most && IsSimple(found) ? found : null;
    }

    private bool IsSimple(ReachResult found)
    {
        var store = _reach.Graph.Store;
        return Array.TrueForAll(found.Derivations, derivation => derivation.Clause < 0 || store[derivation.Clause] is { Own: < 0, Entry: < 0, Kind: not ClauseKind.Inherit });
    }

    /// <summary>By dense index; null where they are too many.</summary>
    private bool[]? Within(int most)
    {
        lock (_reach.Graph.Gate)
        {
            var into = _reach.Graph.Into;
            var left = new Dictionary<int, int> { [_target.Index] = 0 };
            List<int> level = [_target.Index];
            List<int> farther = [];
            for (var hops = 0; level.Count > 0; hops++)
            {
                // What costs no hop is of the same level.
                for (var i = 0; i < level.Count; i++)
                {
                    for (var premise = left[level[i]] == hops ? into.LastOf(level[i]) : -1; premise >= 0;)
                    {
                        ref readonly var clause = ref into[premise];
                        var (from, distance) = (clause.From, clause.IsWalk ? hops : hops + 1);
                        if (_first[from] > 0 && _first[from] - 1 + distance <= most && (!left.TryGetValue(from, out var known) || known > distance))
                        {
                            left[from] = distance;
                            (clause.IsWalk ? level : farther).Add(from);
                        }

                        premise = clause.Before;
                    }
                }

                if (left.Count > Widest)
                {
                    return null;
                }

                (level, farther) = (farther, level);
                farther.Clear();
            }

            var within = new bool[_first.Length];
            foreach (var node in left.Keys)
            {
                within[node] = true;
            }

            return within;
        }
    }
}
