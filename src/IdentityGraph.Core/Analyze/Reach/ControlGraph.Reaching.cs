using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach;

public sealed partial class ControlGraph
{
    /// <summary>
    /// What control of the seeds gives: the least fixpoint in all four cells at once, hop by hop, so that what is found first is
    /// found in the fewest hops.
    /// </summary>
    /// <param name="seeds">Where control begins.</param>
    /// <param name="options">Cuts and an early end; null: none.</param>
    /// <param name="cancellationToken">Throws when cancelled, unlike <see cref="ReachOptions.Stop"/>.</param>
    public ReachResult Reach(IEnumerable<Seed> seeds, ReachOptions? options = null, CancellationToken cancellationToken = default)
    {
        if (options is { DeadNodes: { Count: > 0 } dead } && !Liveness.IsWithout(dead))
        {
            return Without(dead).Reach(seeds, options, cancellationToken);
        }

        lock (Gate)
        {
            Seed[] starts = [.. seeds];
            options ??= new ReachOptions();
            if (Plainly(starts, options, cancellationToken) is { } plain)
            {
                return plain;
            }

            var state = Idle ?? new ReachState(View.NodeCount);
            Idle = null;
            try
            {
                return new Search(this, state, options, cancellationToken).Run(starts);
            }
            finally
            {
                state.Clear();
                Idle = state;
            }
        }
    }

    private sealed class Search(ControlGraph graph, ReachState state, ReachOptions options, CancellationToken cancellationToken)
    {
        private const int Block = 4096;

        private readonly ClauseStore _store = graph._store;
        private readonly NodeState[] _nodes = state.Nodes;
        private readonly bool _hasCuts = options.HasCuts;
        // Of what a hop gives anew, what counts as told: all of it for proofs, else only what it has not given yet.
        private readonly uint _retold = options.WithoutProofs ? 0 : uint.MaxValue;
        private readonly List<int> _walked = [];
        private List<int> _frontier = [];
        private List<int> _following = [];
        private int _hop;
        private int _fired;

        public ReachResult Run(Seed[] seeds)
        {
            Sow(seeds, 0);
            var stopped = false;
            var last = seeds.Length == 0 ? 0 : seeds.Max(HopOf);
            while ((_following.Count > 0 || _hop < last) && !stopped)
            {
                Turn();
                if (++_hop <= last)
                {
                    Sow(seeds, _hop);
                }

                stopped = Pass();
            }

            if (stopped)
            {
                Turn();
            }

            return new ReachResult(graph, seeds, state, options, stopped);
        }

        public ReachResult RunOnce(ReachResult reached)
        {
            foreach (var (node, word) in reached.Words)
            {
                Give(node, -1, word);
            }

            Turn();
            _hop = 1;
            Pass();
            Turn();
            return new ReachResult(graph, reached.Seeds, state, options, stopped: false);
        }

        // A late seed alone is nothing that follows from others.
        private static int HopOf(Seed seed) => seed.IsLate ? Math.Max(1, seed.Hop) : seed.Hop;

        private void Sow(Seed[] seeds, int hop)
        {
            foreach (var seed in seeds)
            {
                var word = graph.WordOf(seed);
                if (HopOf(seed) == hop && (word & CellBits.All) != 0 && !IsLeftOut(seed.Node.Index))
                {
                    Give(seed.Node.Index, -1, word);
                }
            }
        }

        /// <summary>What this hop added becomes what the next one starts from.</summary>
        private void Turn()
        {
            (_frontier, _following) = (_following, _frontier);
            _following.Clear();
            foreach (var node in _frontier)
            {
                ref var words = ref _nodes[node];
                words.Gained = words.Next;
                words.Have |= words.Next;
                words.Next = 0;
            }
        }

        /// <summary>Passes on everything gained; true where it was told to stop.</summary>
        private bool Pass()
        {
            // Walks add to the frontier as it is passed: their nodes cost no hop.
            for (var i = 0; i < _frontier.Count; i++)
            {
                var node = _frontier[i];
                var gained = _nodes[node].Gained;
                _nodes[node].Gained = 0;
                if ((gained & CellBits.All) == 0)
                {
                    continue;
                }

                PassFrom(node, gained);
                for (var watch = _store.FirstWatch(node); watch >= 0;)
                {
                    var (clause, next) = _store.WatchAt(watch);
                    Fire(clause, _store[clause]);
                    watch = next;
                }

                if (_fired >= Block)
                {
                    _fired = 0;
                    cancellationToken.ThrowIfCancellationRequested();
                    if (options.Stop.IsCancellationRequested)
                    {
                        return true;
                    }
                }
            }

            foreach (var node in _walked)
            {
                _nodes[node].Next = 0;
            }

            _walked.Clear();
            return false;
        }

        private void PassFrom(int node, uint gained)
        {
            if (options.Clauses is { } few)
            {
                PassFew(few, node, gained);
                return;
            }

            for (var right = 0; right < 6; right++)
            {
                if (((gained >> (4 * right)) & CellBits.AllCells) != 0)
                {
                    graph.Expand(node, right);
                }
            }

            for (var next = _store.FirstChunk(node); next >= 0;)
            {
                ref readonly var chunk = ref _store.ChunkAt(next);
                if (chunk.Stage == ClauseStore.InheritStage || ((gained >> (4 * chunk.Stage)) & CellBits.AllCells) != 0)
                {
                    var number = chunk.Start;
                    foreach (ref readonly var clause in _store.Of(chunk))
                    {
                        Fire(number++, clause);
                    }

                    _fired += chunk.End - chunk.Start;
                }

                next = chunk.Next;
            }
        }

        private void PassFew(IReadOnlyList<int> clauses, int node, uint gained)
        {
            foreach (var number in clauses)
            {
                ref readonly var clause = ref _store[number];
                if (clause.From == node && (clause.Kind == ClauseKind.Inherit || (gained & CellBits.Word(clause.Premise, CellBits.AllCells)) != 0))
                {
                    Fire(number, clause);
                }
            }
        }

        private void Fire(int number, in Clause clause)
        {
            if (options.Within is { } within && !within[clause.To])
            {
                return;
            }

            // A premise is one right: its nibble tells the cells.
            var have = _nodes[clause.From].Have;
            var cells = (have >> (4 * System.Numerics.BitOperations.TrailingZeroCount((uint)clause.Premise))) & clause.Cells;
            if (cells == 0 || (clause.Own >= 0 && (cells &= Satisfied(clause.Own)) == 0) || (clause.Entry >= 0 && (cells &= Satisfied(clause.Entry)) == 0))
            {
                return;
            }

            if (_hasCuts && IsCut(number, clause))
            {
                return;
            }

            if (clause.Kind == ClauseKind.Walk)
            {
                Walk(clause.To, number, CellBits.Word(Rights.Use, cells));
                return;
            }

            var bits = clause.Kind == ClauseKind.Inherit ? have & CellBits.Replicate(cells) : CellBits.Word(clause.Rights, cells);
            if ((bits >> 16 & CellBits.AllCells) != 0 && graph.ControlsIdentities(clause.To))
            {
                bits = Whole(bits);
            }

            options.Firings?.Take(number, clause, bits);
            Give(clause.To, number, bits | ((cells & clause.Durable) << CellBits.DurableShift));
        }

        private void Give(int node, int clause, uint bits)
        {
            ref var words = ref _nodes[node];
            var fresh = bits & ~words.Have & (~words.Next | _retold);
            if (fresh == 0)
            {
                return;
            }

            state.Log(node, clause, fresh, _hop);
            if (words.Next == 0)
            {
                _following.Add(node);
            }

            words.Next |= fresh;
        }

        /// <summary>A step of a walk takes effect at once; its hop is that of who walks.</summary>
        private void Walk(int node, int clause, uint bits)
        {
            ref var words = ref _nodes[node];
            var fresh = bits & (~words.Have | (words.Next & _retold));
            if (fresh == 0)
            {
                return;
            }

            state.Log(node, clause, fresh, _hop - 1);
            var added = fresh & ~words.Have;
            if (added == 0)
            {
                return;
            }

            if (words.Next == 0)
            {
                _walked.Add(node);
            }

            words.Have |= added;
            words.Next |= added;
            if (words.Gained == 0)
            {
                _frontier.Add(node);
            }

            words.Gained |= added;
        }

        private uint Satisfied(int groups)
        {
            var cells = CellBits.AllCells;
            foreach (var group in _store.Groups(groups))
            {
                var any = group.Given;
                foreach (ref readonly var way in group.Ways.AsSpan())
                {
                    any |= !options.Allows(way) ? 0 : CellBits.CellsOf(_nodes[way.Node].Have, way.Rights) & way.Cells;
                }

                cells &= any;
            }

            return cells;
        }

        private bool IsCut(int number, in Clause clause)
        {
            if (IsLeftOut(clause.To) || (options.Gated?.Contains(clause.To) == true && graph.AsksForFactor(clause)))
            {
                return true;
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

        private bool IsLeftOut(int node) => options.DeadNodes?.Contains(node) == true || options.Avoid?.Invoke(node) == true;
    }
}
