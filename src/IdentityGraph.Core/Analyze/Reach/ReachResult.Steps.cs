using System.Numerics;

namespace IdentityGraph.Analyze.Reach;

/// <summary>How long proofs are, seen without looking for them.</summary>
public sealed partial class ReachResult
{
    private int[]? _firstHops;

    /// <summary>
    /// How many steps the proof of a right in the strongest cell of its node has at most, as far as that is seen without looking for it:
    /// where each conclusion rests on one other alone, no more than hops; else each rests on what is attained.
    /// </summary>
    internal long StepsAtMost
    {
        get
        {
            if (_plain is { IsChained: true })
            {
                return _plain.HopEnds.Length;
            }

            var (certain, possible) = (0L, 0L);
            foreach (var word in _words)
            {
                certain += BitOperations.PopCount(word & CellBits.Replicate(1u << (int)Cell.CertainAmplified));
                possible += BitOperations.PopCount(word & CellBits.Replicate(1u << (int)Cell.PossibleAmplified));
            }

            return Math.Max(certain, possible);
        }
    }

    /// <summary>
    /// Whether the proof of a right in the strongest cell of its node has one step a hop and the seed: each conclusion rests on one other
    /// alone, and no node is come to twice.
    /// </summary>
    internal bool HasStepsLikeHops => _plain is { IsChained: true, IsEachOnce: true };

    /// <summary>By dense index, one more than the fewest hops to anything on the node; 0: nothing. Only for who has the graph to itself.</summary>
    internal int[] FirstHops => _firstHops ??= Between?.FirstHops(Graph.View.NodeCount) ?? FirstRemembered();

    private int[] FirstRemembered()
    {
        var first = new int[Graph.View.NodeCount];
        var (last, derivations) = (Remembered.Last, Remembered.Derivations);
        for (var place = 0; place < last.Length; place++)
        {
            for (var number = last[place]; number >= 0; number = derivations[number].Previous)
            {
                ref var known = ref first[_nodes[place]];
                known = known == 0 ? derivations[number].Hop + 1 : Math.Min(known, derivations[number].Hop + 1);
            }
        }

        return first;
    }
}
