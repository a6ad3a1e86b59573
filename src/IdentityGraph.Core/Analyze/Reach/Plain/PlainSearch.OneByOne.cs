using System.Numerics;

namespace IdentityGraph.Analyze.Reach.Plain;

/// <summary>Clauses with further premises, and those beside which some are cut: each is asked for itself.</summary>
internal sealed partial class PlainSearch
{
    /// <summary>One clause; further premises are asked where it could give something new: what this hop has given already has another proof then.</summary>
    private void Fire(int number)
    {
        ref readonly var clause = ref _store[number];
        var have = Attained(clause.From);
        var cells = (have >> (4 * BitOperations.TrailingZeroCount((uint)clause.Premise))) & clause.Cells;
        if (cells == 0 || (clause.Kind != ClauseKind.Walk && (GivenBy(clause, have, cells) & ~Attained(clause.To)) == 0) || (cells &= Satisfied(clause.Own)) == 0 || (cells &= Satisfied(clause.Entry)) == 0 || IsCut(number, clause))
        {
            return;
        }

        var (word, to) = (GivenBy(clause, have, cells), clauses.SlotOf(clause.To));
        state.Grow();
        _isJoined = true;
        if (clause.Kind == ClauseKind.Walk)
        {
            Walk([to], word, default);
        }
        else
        {
            Give([to], word, default);
        }
    }

    /// <summary>What was attained on a node by the end of the last hop.</summary>
    private uint Attained(int node) => clauses.Find(node) is > 0 and var slot ? Settled(slot) : 0;

    private bool IsCut(int number, in Clause clause)
    {
        if (_cutFrom?.Contains(clause.From) != true)
        {
            return false;
        }

        foreach (var fact in _store.FactsOf(number))
        {
            if (!options.Allows(fact))
            {
                return true;
            }
        }

        return false;
    }

    private uint GivenBy(in Clause clause, uint have, uint cells)
    {
        if (clause.Kind == ClauseKind.Walk)
        {
            return CellBits.Word(Graph.Rights.Use, cells);
        }

        var bits = clause.Kind == ClauseKind.Inherit ? have & CellBits.Replicate(cells) : CellBits.Word(clause.Rights, cells);
        bits = (bits >> 16 & CellBits.AllCells) != 0 && graph.ControlsIdentities(clause.To) ? ControlGraph.Whole(bits) : bits;
        return bits | ((cells & clause.Durable) << CellBits.DurableShift);
    }

    private uint Satisfied(int groups)
    {
        var cells = CellBits.AllCells;
        foreach (var group in _store.Groups(groups))
        {
            var any = group.Given;
            foreach (ref readonly var way in group.Ways.AsSpan())
            {
                any |= !options.Allows(way) ? 0 : CellBits.CellsOf(Attained(way.Node), way.Rights) & way.Cells;
            }

            cells &= any;
        }

        return cells;
    }
}
