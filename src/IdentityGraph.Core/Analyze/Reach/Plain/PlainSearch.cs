using System.Numerics;

namespace IdentityGraph.Analyze.Reach.Plain;

/// <summary>
/// The same fixpoint as a full search, hop by hop in all four cells at once, remembering only what was attained and when: what is
/// given to many at once is one number, and what needs more than one premise is asked as a full search asks it.
/// </summary>
internal sealed class PlainSearch(ControlGraph graph, PlainClauses clauses, PlainState state, CancellationToken stop, CancellationToken cancellationToken)
{
    private const int Block = 4096;
    private const int ReadShift = 4;

    private readonly ClauseStore _store = graph.Store;
    private readonly PlainNode[] _nodes = state.Nodes;
    private readonly List<int> _hops = [];
    private int[] _following = new int[64];
    private int _count;
    private int _passed;

    /// <summary>Null where the clauses turn out not to be for plain searches; the state is clear all the same.</summary>
    /// <param name="seeds">All of them attained before the first hop.</param>
    /// <param name="stopped">Whether it was told to stop: more may be reached.</param>
    public PlainReach? Run(Seed[] seeds, out bool stopped)
    {
        stopped = false;
        var clear = false;
        try
        {
            foreach (var seed in seeds)
            {
                var word = graph.WordOf(seed);
                if ((word & CellBits.All) != 0)
                {
                    Give(seed.Node.Index, word);
                }
            }

            var entry = 0;
            while (_count > 0 && !stopped)
            {
                Turn();
                stopped = Pass(ref entry);
                _hops.Add(state.Count);
            }

            if (stopped)
            {
                Turn();
                _hops.Add(state.Count);
            }

            clear = true;
            var reach = state.Take(_hops);
            return clauses.IsMixed ? null : reach;
        }
        finally
        {
            if (!clear)
            {
                Turn();
                state.Take([state.Count]);
            }
        }
    }

    /// <summary>What this hop added becomes what the next one starts from.</summary>
    private void Turn()
    {
        for (var i = 0; i < _count; i++)
        {
            ref var words = ref _nodes[_following[i]];
            state.Log(_following[i], words.Next);
            words.Next = 0;
        }

        _count = 0;
    }

    /// <summary>Passes on everything gained; true where it was told to stop. Walks add entries as they go: their nodes cost no hop.</summary>
    private bool Pass(ref int entry)
    {
        for (; entry < state.Count; entry++)
        {
            var (node, gained) = (state.Node[entry], state.Gained[entry]);
            if (gained == 0)
            {
                // Reached by a walk: what it has gained by now.
                ref var words = ref _nodes[node];
                state.Gained[entry] = gained = words.Next;
                words.Next = 0;
            }

            if ((gained & CellBits.All) == 0)
            {
                continue;
            }

            PassFrom(node, gained);
            for (var watch = _store.FirstWatch(node); watch >= 0;)
            {
                var (clause, next) = _store.WatchAt(watch);
                Fire(_store[clause]);
                watch = next;
            }

            if (_passed >= Block)
            {
                _passed = 0;
                cancellationToken.ThrowIfCancellationRequested();
                if (stop.IsCancellationRequested || clauses.IsMixed)
                {
                    return true;
                }
            }
        }

        return false;
    }

    private void PassFrom(int node, uint gained)
    {
        var chunk = clauses.FirstOf(node, gained);
        var table = clauses.Table;
        while (chunk != 0)
        {
            var (stage, next, end) = (table[chunk], table[chunk + 1], table[chunk + 2]);
            var inherits = stage == ClauseStore.InheritStage;
            var cells = inherits ? Settled(node) >> ReadShift & CellBits.AllCells : gained >> (4 * stage) & CellBits.AllCells;
            for (var run = chunk + PlainClauses.ChunkHead; cells != 0 && run < end;)
            {
                var (gift, count) = (table[run], table[run + 1]);
                var targets = table.AsSpan(run + PlainClauses.RunHead, count);
                run += PlainClauses.RunHead + count;
                _passed += count;
                if (gift == PlainClauses.Joint)
                {
                    foreach (var number in targets)
                    {
                        Fire(_store[number]);
                    }

                    continue;
                }

                var word = clauses.Words[(gift * 16) + (int)cells];
                switch (clauses.Kinds[gift])
                {
                    case ClauseKind.Walk:
                        Walk(targets, word);
                        break;
                    case ClauseKind.Inherit:
                        Give(targets, HandedOn(Settled(node), word));
                        break;
                    default:
                        Give(targets, word);
                        break;
                }
            }

            chunk = next;
        }
    }

    private static uint HandedOn(uint have, uint word)
    {
        var handed = have & word & CellBits.All;
        return (word & PlainClauses.HandsOnWhole) != 0 ? ControlGraph.Whole(handed) : handed;
    }

    /// <summary>What was attained by the end of the last hop.</summary>
    private uint Settled(int node)
    {
        ref var words = ref _nodes[node];
        return words.Have & ~words.Next;
    }

    private void Give(ReadOnlySpan<int> targets, uint word)
    {
        if (word == 0)
        {
            return;
        }

        var nodes = _nodes;
        foreach (var to in targets)
        {
            if ((word & ~nodes[to].Have) != 0)
            {
                Give(to, word);
            }
        }
    }

    private void Give(int node, uint word)
    {
        ref var words = ref _nodes[node];
        var fresh = word & ~words.Have;
        if (fresh == 0)
        {
            return;
        }

        if (words.Next == 0)
        {
            if (_count == _following.Length)
            {
                Array.Resize(ref _following, _count * 2);
            }

            _following[_count++] = node;
        }

        words.Have |= fresh;
        words.Next |= fresh;
    }

    private void Walk(ReadOnlySpan<int> targets, uint word)
    {
        foreach (var to in targets)
        {
            ref var words = ref _nodes[to];
            var fresh = word & ~words.Have;
            if (fresh == 0)
            {
                continue;
            }

            if (words.Next == 0)
            {
                state.Log(to, 0);
            }

            words.Have |= fresh;
            words.Next |= fresh;
        }
    }

    /// <summary>A clause with further premises; they are asked where it could give something new.</summary>
    private void Fire(in Clause clause)
    {
        var have = Settled(clause.From);
        var cells = (have >> (4 * BitOperations.TrailingZeroCount((uint)clause.Premise))) & clause.Cells;
        if (cells == 0 || (GivenBy(clause, have, cells) & ~_nodes[clause.To].Have) == 0 || (cells &= Satisfied(clause.Own)) == 0 || (cells &= Satisfied(clause.Entry)) == 0)
        {
            return;
        }

        var word = GivenBy(clause, have, cells);
        if (clause.Kind == ClauseKind.Walk)
        {
            Walk([clause.To], word);
        }
        else
        {
            Give(clause.To, word);
        }
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
                any |= CellBits.CellsOf(Settled(way.Node), way.Rights) & way.Cells;
            }

            cells &= any;
        }

        return cells;
    }
}
