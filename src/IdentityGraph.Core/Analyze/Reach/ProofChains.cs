namespace IdentityGraph.Analyze.Reach;

/// <summary>
/// Proofs in which every line rests on the one before it alone. They are told as they stand: nothing can be left out, and there is one
/// order. Proofs of one search share their beginnings, so each is the lines of its premise and one more.
/// </summary>
/// <param name="result">Of the search.</param>
/// <param name="cell">In which cell.</param>
/// <param name="chosen">What application was chosen for what is attained.</param>
internal sealed class ProofChains(ReachResult result, Cell cell, Func<(int Node, uint Bit), ProofApplication> chosen)
{
    // Null: more than a chain.
    private readonly Dictionary<(int Node, uint Bit), Chain?> _known = [];
    private readonly Stack<((int Node, uint Bit) Goal, ProofApplication By)> _open = [];

    /// <summary>The lines to something attained; null where they are more than a chain.</summary>
    /// <param name="goal">A node and a right in this cell.</param>
    public IReadOnlyList<ProofLine>? To((int Node, uint Bit) goal)
    {
        Chain? chain;
        for (var at = goal; !_known.TryGetValue(at, out chain);)
        {
            var by = chosen(at);
            _open.Push((at, by));
            if (by.Clause < 0 || !IsSimple(by))
            {
                break;
            }

            at = by.Premise;
        }

        while (_open.TryPop(out var next))
        {
            _known[next.Goal] = chain = next.By.Clause < 0 ? Then(null, next.By)
                : chain is null || !IsSimple(next.By) || chain.Concludes(next.Goal.Node) ? null
                : Then(chain, next.By);
        }

        return chain?.Lines;
    }

    /// <summary>With further premises a line is true only if they are: those are left to the general way.</summary>
    private bool IsSimple(ProofApplication by) =>
        by.Groups.Count == 0 && !by.Inherits && by.Needs.Count == 1 && (cell <= Cell.CertainAmplified || result.Graph.Store[by.Clause] is { Own: < 0, Entry: < 0 });

    private Chain Then(Chain? before, ProofApplication by)
    {
        var cells = 1u << (int)cell;
        var bits = Whole(by, (by.Clause < 0 ? by.Bits : CellBits.Word(result.Graph.Store[by.Clause].Rights, cells)) & CellBits.Replicate(cells));
        var (sureBits, sure) = (0u, true);
        if (cell > Cell.CertainAmplified)
        {
            sureBits = Surely(before, by, cells >> 2);
            sure = (bits & ~(sureBits << 2)) == 0;
        }

        return new Chain([.. before?.Lines ?? [], ProofReduction.Line(by, bits, sure, cell, result)], sureBits);
    }

    /// <summary>What the line gives in the certain cell beside this one.</summary>
    private uint Surely(Chain? before, ProofApplication by, uint sure)
    {
        if (by.Clause < 0)
        {
            return Whole(by, by.Bits & CellBits.Replicate(sure));
        }

        return (by.Surely & sure) == 0 || (before!.Sure & (by.Premise.Bit >> 2)) == 0 ? 0 : Whole(by, CellBits.Word(result.Graph.Store[by.Clause].Rights, sure));
    }

    private uint Whole(ProofApplication by, uint bits) =>
        ((bits >> 16) & CellBits.AllCells) != 0 && result.Graph.ControlsIdentities(by.Node) ? ControlGraph.Whole(bits) : bits;

    /// <param name="Lines">Premises first.</param>
    /// <param name="Sure">In a possible cell, what the last line gives in the certain one beside it.</param>
    private sealed record Chain(ProofLine[] Lines, uint Sure)
    {
        public bool Concludes(int node)
        {
            foreach (var line in Lines)
            {
                if (line.Node.Index == node)
                {
                    return true;
                }
            }

            return false;
        }
    }
}
