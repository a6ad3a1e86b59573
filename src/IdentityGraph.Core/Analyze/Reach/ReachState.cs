namespace IdentityGraph.Analyze.Reach;

/// <summary>One application of a clause that gave something on a node, as remembered for proofs.</summary>
/// <param name="Clause">Which; -1: a seed.</param>
/// <param name="Bits">What it gave that was not there before its hop.</param>
/// <param name="Hop">How many hops from the seeds.</param>
/// <param name="Previous">The node's application before; -1: none.</param>
internal readonly record struct Derivation(int Clause, uint Bits, int Hop, int Previous);

/// <summary>The words of one node, side by side: a search that comes to a node needs them all.</summary>
internal struct NodeState
{
    /// <summary>What is attained by the end of the last hop.</summary>
    public uint Have;

    /// <summary>What this hop adds; on nodes of a walk, what this hop has given so far.</summary>
    public uint Next;

    /// <summary>What was added last and has not been passed on yet.</summary>
    public uint Gained;

    /// <summary>Its last derivation, plus one.</summary>
    public int Last;
}

/// <summary>
/// The words of one search. Reused by the next: only what was touched is cleared, so that a small question stays small on a large graph.
/// </summary>
internal sealed class ReachState(int nodes)
{
    public readonly NodeState[] Nodes = new NodeState[nodes];

    public readonly List<int> Touched = [];
    private Derivation[] _derivations = new Derivation[64];
    private int _count;

    public ReadOnlySpan<Derivation> Derivations => _derivations.AsSpan(0, _count);

    public void Log(int node, int clause, uint bits, int hop)
    {
        ref var last = ref Nodes[node].Last;
        if (last == 0)
        {
            Touched.Add(node);
        }

        if (_count == _derivations.Length)
        {
            Array.Resize(ref _derivations, _count * 2);
        }

        _derivations[_count++] = new Derivation(clause, bits, hop, last - 1);
        last = _count;
    }

    public void Clear()
    {
        foreach (var node in Touched)
        {
            Nodes[node] = default;
        }

        Touched.Clear();
        _count = 0;
    }
}
