using System.Numerics;

namespace IdentityGraph.Analyze.Reach.Plain;

/// <summary>The words of one plain search, by slot. Clear between searches, which clear what they touched while they tell it.</summary>
internal sealed class PlainState(PlainClauses clauses, int nodes)
{
    // Nodes touched, a bit each, and which words of that have any: in the order of the view without sorting.
    private readonly ulong[] _touched = new ulong[(nodes >> 6) + 1];
    private readonly ulong[] _words = new ulong[(nodes >> 12) + 1];
    private int[] _slot = new int[64];
    private uint[] _gained = new uint[64];

    /// <summary>By slot, rights × cells, what this hop adds among them.</summary>
    public uint[] Have { get; private set; } = new uint[256];

    /// <summary>By slot, what this hop adds; on nodes of a walk, what has not been passed on yet.</summary>
    public uint[] Next { get; private set; } = new uint[256];

    /// <summary>By entry, in the order of hops: which slot gained.</summary>
    public int[] Slot => _slot;

    /// <summary>By entry, what.</summary>
    public uint[] Gained => _gained;

    /// <summary>How many entries.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for every slot there is.</summary>
    public void Grow()
    {
        if (clauses.Slots > Have.Length)
        {
            var (have, next) = (Have, Next);
            Array.Resize(ref have, Math.Max(clauses.Slots, 2 * have.Length));
            Array.Resize(ref next, have.Length);
            (Have, Next) = (have, next);
        }
    }

    public void Log(int slot, uint gained)
    {
        if (Count == _slot.Length)
        {
            Array.Resize(ref _slot, Count * 2);
            Array.Resize(ref _gained, Count * 2);
        }

        (_slot[Count], _gained[Count++]) = (slot, gained);
    }

    /// <summary>What was found, by node in the order of the view; the state is clear afterwards.</summary>
    /// <param name="hops">Where the entries of each hop end.</param>
    public PlainReach Take(List<int> hops)
    {
        var touched = 0;
        for (var (entry, hop) = (0, 0); hop < hops.Count; hop++)
        {
            for (; entry < hops[hop]; entry++)
            {
                var slot = _slot[entry];
                var node = _slot[entry] = clauses.NodeOf(slot);
                ref var word = ref _touched[node >> 6];
                var bit = 1UL << (node & 63);
                if ((word & bit) == 0)
                {
                    _words[node >> 12] |= 1UL << ((node >> 6) & 63);
                    word |= bit;
                    touched++;
                }

                if ((_gained[entry] & TopOf(Have[slot])) != 0)
                {
                    Next[slot] = (uint)hop;
                }
            }
        }

        var reach = Drain(touched, hops);
        Count = 0;
        return reach;
    }

    /// <summary>The highest right of the strongest cell.</summary>
    private static uint TopOf(uint have)
    {
        const uint Certain = 0x222222;
        const uint Possible = 0x888888;
        var strongest = (have & Certain) != 0 ? have & Certain : have & Possible;
        return strongest == 0 ? 0 : 1u << BitOperations.Log2(strongest);
    }

    private PlainReach Drain(int touched, List<int> hops)
    {
        var reach = new PlainReach(new int[touched], new uint[touched], new int[touched], _slot[..Count], _gained[..Count], [.. hops]);
        var place = 0;
        for (var block = 0; block < _words.Length; block++)
        {
            for (var words = _words[block]; words != 0; words &= words - 1)
            {
                var at = (block << 6) + BitOperations.TrailingZeroCount(words);
                for (var bits = _touched[at]; bits != 0; bits &= bits - 1)
                {
                    var node = (at << 6) + BitOperations.TrailingZeroCount(bits);
                    var slot = clauses.Find(node);
                    (reach.Nodes[place], reach.Words[place], reach.Hops[place++]) = (node, Have[slot], (int)Next[slot]);
                    (Have[slot], Next[slot]) = (0, 0);
                }

                _touched[at] = 0;
            }

            _words[block] = 0;
        }

        return reach;
    }
}
