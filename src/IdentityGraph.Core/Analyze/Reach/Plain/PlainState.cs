using System.Numerics;

namespace IdentityGraph.Analyze.Reach.Plain;

/// <summary>What a plain search has of one node, side by side.</summary>
internal struct PlainNode
{
    /// <summary>Rights × cells, what this hop adds among them.</summary>
    public uint Have;

    /// <summary>What this hop adds; on nodes of a walk, what has not been passed on yet.</summary>
    public uint Next;
}

/// <summary>The words of one plain search. Clear between searches, which clear what they touched while they tell it.</summary>
internal sealed class PlainState(int nodes)
{
    public readonly PlainNode[] Nodes = new PlainNode[nodes];

    // Nodes touched, a bit each, and which words of that have any: in the order of the view without sorting.
    private readonly ulong[] _touched = new ulong[(nodes >> 6) + 1];
    private readonly ulong[] _words = new ulong[(nodes >> 12) + 1];
    private int[] _node = new int[64];
    private uint[] _gained = new uint[64];

    /// <summary>By entry, in the order of hops: which node gained.</summary>
    public int[] Node => _node;

    /// <summary>By entry, what.</summary>
    public uint[] Gained => _gained;

    /// <summary>How many entries.</summary>
    public int Count { get; private set; }

    public void Log(int node, uint gained)
    {
        if (Count == _node.Length)
        {
            Array.Resize(ref _node, Count * 2);
            Array.Resize(ref _gained, Count * 2);
        }

        (_node[Count], _gained[Count++]) = (node, gained);
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
                var node = _node[entry];
                ref var state = ref Nodes[node];
                ref var word = ref _touched[node >> 6];
                var bit = 1UL << (node & 63);
                if ((word & bit) == 0)
                {
                    _words[node >> 12] |= 1UL << ((node >> 6) & 63);
                    word |= bit;
                    touched++;
                }

                if ((_gained[entry] & TopOf(state.Have)) != 0)
                {
                    state.Next = (uint)hop;
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
        var reach = new PlainReach(new int[touched], new uint[touched], new int[touched], _node[..Count], _gained[..Count], [.. hops]);
        var place = 0;
        for (var block = 0; block < _words.Length; block++)
        {
            for (var words = _words[block]; words != 0; words &= words - 1)
            {
                var at = (block << 6) + BitOperations.TrailingZeroCount(words);
                for (var bits = _touched[at]; bits != 0; bits &= bits - 1)
                {
                    var node = (at << 6) + BitOperations.TrailingZeroCount(bits);
                    ref var state = ref Nodes[node];
                    (reach.Nodes[place], reach.Words[place], reach.Hops[place++]) = (node, state.Have, (int)state.Next);
                    state = default;
                }

                _touched[at] = 0;
            }

            _words[block] = 0;
        }

        return reach;
    }
}
