namespace IdentityGraph.Analyze.Reach.Plain;

/// <summary>
/// The same fixpoint as a full search, hop by hop in all four cells at once, remembering only what was attained and when: what is
/// given to many at once is one number, and what needs more than one premise is asked as a full search asks it.
/// </summary>
internal sealed partial class PlainSearch(ControlGraph graph, PlainClauses clauses, PlainState state, ReachOptions options, CancellationToken cancellationToken)
{
    private const int Block = 4096;

    // So many entries ahead memory is asked for.
    private const int Soon = 6;
    private const int Later = 12;
    private const int ReadShift = 4;

    private readonly ClauseStore _store = graph.Store;
    private readonly IReadOnlySet<int>? _cutFrom = options.CutFrom;
    private readonly List<int> _hops = [];
    private int _count;
    private int _passed;
    private bool _isJoined;
    private (int Slot, uint Word) _goal;

    /// <summary>Null where the clauses turn out not to be for plain searches; the state is clear all the same.</summary>
    /// <param name="given">What is attained before the first hop: dense indexes and words.</param>
    /// <param name="goal">Ends the search as soon as that is attained on it: dense index and word; null: nothing does.</param>
    /// <param name="stopped">Whether it was told to stop, or came to its goal: more may be reached.</param>
    public PlainReach? Run(IEnumerable<(int Node, uint Word)> given, (int Node, uint Word)? goal, out bool stopped)
    {
        stopped = false;
        var clear = false;
        _goal = goal is { } wanted ? (clauses.SlotOf(wanted.Node), wanted.Word) : default;
        try
        {
            foreach (var (node, word) in given)
            {
                if ((word & CellBits.All) != 0)
                {
                    var slot = clauses.SlotOf(node);
                    state.Grow();
                    Give([slot], word, default);
                }
            }

            state.Grow();
            var entry = 0;
            while (_count > 0 && !stopped)
            {
                Turn();
                stopped = Pass(ref entry);
                _hops.Add(state.Count);
            }

            if (stopped)
            {
                for (; entry < state.Count; entry++)
                {
                    Take(entry);
                }

                Turn();
                _hops.Add(state.Count);
            }

            clear = true;
            var reach = state.Take(_hops, !options.LateProofs);
            return clauses.IsMixed ? null : reach with { IsChained = !_isJoined };
        }
        finally
        {
            if (!clear)
            {
                Turn();
                state.Take([state.Count], remembers: false);
            }
        }
    }

    /// <summary>What this hop added becomes what the next one starts from.</summary>
    private void Turn()
    {
        foreach (var slot in state.Following(_count).AsSpan(0, _count))
        {
            ref var words = ref state.Words[slot];
            state.Log(slot, words.Next);
            words.Next = 0;
        }

        _count = 0;
    }

    /// <summary>Passes on everything gained; true where it was told to stop. Walks add entries as they go: their nodes cost no hop.</summary>
    private bool Pass(ref int entry)
    {
        for (; entry < state.Count; entry++)
        {
            var (slot, gained) = (state.Slot[entry], Take(entry));
            if ((gained & CellBits.All) == 0)
            {
                continue;
            }

            if (_goal.Slot > 0 && (_goal.Word & ~state.Words[_goal.Slot].Have) == 0)
            {
                return true;
            }

            if (entry + Later < state.Count)
            {
                clauses.Fetch(state.Slot[entry + Soon], state.Slot[entry + Later]);
            }

            Pass(slot, gained);
            for (var watch = _store.HasWatches ? _store.FirstWatch(clauses.NodeOf(slot)) : -1; watch >= 0;)
            {
                var (clause, next) = _store.WatchAt(watch);
                Fire(clause);
                watch = next;
            }

            if (_passed >= Block)
            {
                _passed = 0;
                cancellationToken.ThrowIfCancellationRequested();
                if (options.Stop.IsCancellationRequested || clauses.IsMixed)
                {
                    return true;
                }
            }
        }

        return false;
    }

    /// <summary>What an entry gained; one that was reached by a walk, what it has gained by now.</summary>
    private uint Take(int entry)
    {
        ref var gained = ref state.Gained[entry];
        if (gained == 0)
        {
            ref var next = ref state.Words[state.Slot[entry]].Next;
            (gained, next) = (next, 0);
        }

        return gained;
    }

    private void Pass(int slot, uint gained)
    {
        if (_cutFrom?.Contains(clauses.NodeOf(slot)) == true)
        {
            PassOneByOne(slot, gained);
        }
        else
        {
            PassRuns(slot, gained);
        }
    }

    /// <summary>Where some clauses are cut: each is asked for itself.</summary>
    private void PassOneByOne(int slot, uint gained)
    {
        clauses.FirstOf(slot, gained);
        state.Grow();
        for (var next = _store.FirstChunk(clauses.NodeOf(slot)); next >= 0;)
        {
            var chunk = _store.ChunkAt(next);
            if (chunk.Stage == ClauseStore.InheritStage || ((gained >> (4 * chunk.Stage)) & CellBits.AllCells) != 0)
            {
                for (var number = chunk.Start; number < chunk.End; number++)
                {
                    Fire(number);
                }

                _passed += chunk.End - chunk.Start;
            }

            next = chunk.Next;
        }
    }

    private void PassRuns(int slot, uint gained)
    {
        var chunk = clauses.FirstOf(slot, gained);
        state.Grow();
        var table = clauses.Table;
        while (chunk != 0)
        {
            var (stage, next, end) = (table[chunk], table[chunk + 1], table[chunk + 2]);
            var inherits = stage == ClauseStore.InheritStage;
            var cells = inherits ? Settled(slot) >> ReadShift & CellBits.AllCells : gained >> (4 * stage) & CellBits.AllCells;
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
                        Fire(number);
                    }
                }
                else
                {
                    PassRun(slot, gift, cells, targets);
                }
            }

            chunk = next;
        }
    }

    private void PassRun(int slot, int gift, uint cells, ReadOnlySpan<int> targets)
    {
        var at = (gift * PlainClauses.Choices) + (int)cells;
        var word = clauses.Words[at];
        if (word == 0)
        {
            return;
        }

        switch (clauses.Kinds[gift])
        {
            case ClauseKind.Walk:
                Walk(targets, word, clauses.MarkOf(at));
                break;
            case ClauseKind.Inherit:
                _isJoined = true;
                Give(targets, HandedOn(Settled(slot), word), default);
                break;
            default:
                Give(targets, word, clauses.MarkOf(at));
                break;
        }
    }

    private static uint HandedOn(uint have, uint word)
    {
        var handed = have & word & CellBits.All;
        return (word & PlainClauses.HandsOnWhole) != 0 ? ControlGraph.Whole(handed) : handed;
    }

    /// <summary>What was attained by the end of the last hop.</summary>
    private uint Settled(int slot)
    {
        ref readonly var words = ref state.Words[slot];
        return words.Have & ~words.Next;
    }
}
