namespace IdentityGraph.Analyze.Reach.Plain;

/// <summary>What a plain search found, side by side.</summary>
/// <param name="Nodes">Dense indexes, ascending.</param>
/// <param name="Words">What is attained on each: rights × cells.</param>
/// <param name="Hops">To the highest right of the strongest cell of each.</param>
/// <param name="Gaining">By entry, in the order of hops: which node gained; empty where nobody will ask.</param>
/// <param name="Gained">By entry, what; empty like those.</param>
/// <param name="HopEnds">Where the entries of each hop end, the seeds' first.</param>
internal sealed record PlainReach(int[] Nodes, uint[] Words, int[] Hops, int[] Gaining, uint[] Gained, int[] HopEnds)
{
    /// <summary>Every conclusion rests on one other alone, and hands on none of its rights.</summary>
    public bool IsChained { get; init; }

    /// <summary>Every node gained all it has in one hop.</summary>
    public bool IsEachOnce { get; init; }

    /// <summary>Fewest hops to any of the word on a node, by dense index; -1: it has none of it.</summary>
    public int HopsTo(int node, uint word)
    {
        for (var (entry, hop) = (0, 0); hop < HopEnds.Length; hop++)
        {
            for (; entry < HopEnds[hop]; entry++)
            {
                if (Gaining[entry] == node && (Gained[entry] & word) != 0)
                {
                    return hop;
                }
            }
        }

        return -1;
    }

    /// <summary>By dense index, one more than the fewest hops to anything on the node; 0: nothing.</summary>
    /// <param name="nodes">How many there are.</param>
    public int[] FirstHops(int nodes)
    {
        var first = new int[nodes];
        for (var (entry, hop) = (0, 0); hop < HopEnds.Length; hop++)
        {
            for (; entry < HopEnds[hop]; entry++)
            {
                ref var known = ref first[Gaining[entry]];
                known = known == 0 ? hop + 1 : known;
            }
        }

        return first;
    }

    /// <summary>The entries as a full search would have remembered them, but for what gave them; and each node's last one.</summary>
    public (int[] Last, Derivation[] Derivations) Remembered()
    {
        var last = new int[Nodes.Length];
        Array.Fill(last, -1);
        var derivations = new Derivation[Gaining.Length];
        for (var (entry, hop) = (0, 0); hop < HopEnds.Length; hop++)
        {
            for (; entry < HopEnds[hop]; entry++)
            {
                var place = Array.BinarySearch(Nodes, Gaining[entry]);
                derivations[entry] = new Derivation(-1, Gained[entry] & CellBits.All, hop, last[place]);
                last[place] = entry;
            }
        }

        return (last, derivations);
    }
}
