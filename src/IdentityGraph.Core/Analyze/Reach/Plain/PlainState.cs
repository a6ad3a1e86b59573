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
    private int[] _following = new int[64];

    /// <summary>By slot.</summary>
    public PlainWords[] Words { get; private set; } = new PlainWords[256];

    /// <summary>By slot, which of the words that are given most were given to it, or are part of what was: a bit each, so that most of what is given in vain is seen in little memory.</summary>
    public byte[] Given { get; private set; } = new byte[256];

    /// <summary>By entry, in the order of hops: which slot gained.</summary>
    public int[] Slot => _slot;

    /// <summary>By entry, what.</summary>
    public uint[] Gained => _gained;

    /// <summary>How many entries.</summary>
    public int Count { get; private set; }

    /// <summary>Makes room for every slot there is.</summary>
    public void Grow()
    {
        if (clauses.Slots > Words.Length)
        {
            var (words, given) = (Words, Given);
            Array.Resize(ref words, Math.Max(clauses.Slots, 2 * words.Length));
            Array.Resize(ref given, words.Length);
            (Words, Given) = (words, given);
        }
    }

    /// <summary>Room for slots, used again by the next search; what was in it is kept where it has to grow.</summary>
    public int[] Following(int count)
    {
        if (count > _following.Length)
        {
            Array.Resize(ref _following, Math.Max(count, 2 * _following.Length));
        }

        return _following;
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
    /// <param name="remembers">Whether it may be asked who gained what in which hop.</param>
    public PlainReach Take(List<int> hops, bool remembers)
    {
        var touched = 0;
        var (entries, gained) = (_slot, _gained);
        for (var (entry, hop) = (0, 0); hop < hops.Count; hop++)
        {
            for (; entry < hops[hop]; entry++)
            {
                ref var words = ref Words[entries[entry]];
                var node = entries[entry] = clauses.NodeOf(entries[entry]);
                ref var word = ref _touched[node >> 6];
                var bit = 1UL << (node & 63);
                if ((word & bit) == 0)
                {
                    _words[node >> 12] |= 1UL << ((node >> 6) & 63);
                    word |= bit;
                    touched++;
                }

                if ((gained[entry] & TopOf(words.Have)) != 0)
                {
                    words.Next = (uint)hop;
                }
            }
        }

        var reach = new PlainReach(
            GC.AllocateUninitializedArray<int>(touched),
            GC.AllocateUninitializedArray<uint>(touched),
            GC.AllocateUninitializedArray<int>(touched),
            remembers ? entries[..Count] : [],
            remembers ? gained[..Count] : [],
            [.. hops])
        {
            IsEachOnce = touched == Count,
        };
        Drain(reach);
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

    private void Drain(PlainReach reach)
    {
        var (nodes, have, hops, all, given) = (reach.Nodes, reach.Words, reach.Hops, Words, Given);
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
                    ref var found = ref all[slot];
                    (nodes[place], have[place], hops[place]) = (node, found.Have, (int)found.Next);
                    place++;
                    found = default;
                    given[slot] = 0;
                }

                _touched[at] = 0;
            }

            _words[block] = 0;
        }
    }
}

/// <summary>The words of one slot, side by side: who comes to it needs both.</summary>
internal struct PlainWords
{
    /// <summary>Rights × cells, what this hop adds among them.</summary>
    public uint Have;

    /// <summary>What this hop adds; on nodes of a walk, what has not been passed on yet.</summary>
    public uint Next;
}
