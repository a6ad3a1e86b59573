using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics.X86;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Plain;

/// <summary>
/// The clauses of a control graph as plain numbers, for searches that remember nothing for proofs: by node and right, runs of targets
/// that are all given the same. Nodes are numbered (their slots, from 1 on) and their clauses laid out as searches come to them, so that
/// what is found together lies together, and a search of a small part of a large graph stays in a small part of the memory.
/// </summary>
internal sealed class PlainClauses(ControlGraph graph)
{
    /// <summary>Numbers at the head of a chunk: its stage, where the node's next chunk starts (0: none), and where its own runs end.</summary>
    public const int ChunkHead = 3;

    /// <summary>Numbers at the head of a run: what it gives, and to how many.</summary>
    public const int RunHead = 2;

    /// <summary>How many sets of cells a premise may be attained in: each gift has a word for every one.</summary>
    public const int Choices = 16;

    /// <summary>In place of what a run gives: its numbers are clauses with further premises, to be asked one by one.</summary>
    public const int Joint = -1;

    // Only these rights start clauses.
    private const uint Starting = 0x0FFFF0;
    private const int ReadBit = 1;

    private readonly Dictionary<(byte Stage, byte Cells, byte Durable, Rights Rights, ClauseKind Kind, bool Whole), int> _known = [];
    private readonly List<(int Gift, int To)> _open = [];

    // By dense index; 0: none yet. Then by slot.
    private readonly int[] _slotOf = new int[graph.View.NodeCount];
    private Laid[] _slots = new Laid[256];
    private int[] _table = new int[1024];
    private int _end = 1;
    private uint[] _words = new uint[16 * Choices];
    private PlainMark[] _marks = new PlainMark[16 * Choices];
    private ClauseKind[] _kinds = new ClauseKind[16];
    private int _marked;
    private int _gifts;

    /// <summary>Chunks of runs, back to back.</summary>
    public int[] Table => _table;

    /// <summary>By gift and cells of the premise, what is given.</summary>
    public uint[] Words => _words;

    /// <summary>By gift.</summary>
    public ClauseKind[] Kinds => _kinds;

    /// <summary>A rule concludes on a node of walks, whose hops are counted otherwise: such clauses are not for this.</summary>
    public bool IsMixed { get; private set; }

    /// <summary>One more than the last slot.</summary>
    public int Slots { get; private set; } = 1;

    public int NodeOf(int slot) => _slots[slot].Node;

    /// <summary>The slot of a node; 0: no search came to it.</summary>
    public int Find(int node) => _slotOf[node];

    /// <summary>The slot of a node, given it now if it has none.</summary>
    public int SlotOf(int node)
    {
        ref var slot = ref _slotOf[node];
        if (slot == 0)
        {
            if (Slots == _slots.Length)
            {
                Array.Resize(ref _slots, Slots * 2);
            }

            _slots[Slots] = new Laid { Node = node };
            slot = Slots++;
        }

        return slot;
    }

    /// <summary>Asks for the memory of slots that searches are about to come to, and waits for none of it.</summary>
    /// <param name="soon">Its first chunk is asked for.</param>
    /// <param name="later">What is known of it is asked for.</param>
    public unsafe void Fetch(int soon, int later)
    {
        if (Sse.IsSupported)
        {
            // No more than a hint: it does no harm where an array moves meanwhile.
            Sse.Prefetch0(Unsafe.AsPointer(ref _slots[later]));
            Sse.Prefetch0(Unsafe.AsPointer(ref _table[_slots[soon].First]));
        }
    }

    /// <summary>Where the first chunk of the slot starts, 0: none; what follows from what its node gained is laid out.</summary>
    public int FirstOf(int slot, uint gained)
    {
        var missing = gained & Starting & ~_slots[slot].Rights;
        if (missing != 0)
        {
            Lay(slot, missing);
        }

        return _slots[slot].First;
    }

    /// <summary>How it is remembered that a slot was given the word at that place.</summary>
    public PlainMark MarkOf(int at)
    {
        var mark = _marks[at];
        return mark.IsKnown ? mark : Mark(at);
    }

    /// <summary>The words met first, which are mostly those given most, have a bit of their own; all others only know which of those they contain.</summary>
    private PlainMark Mark(int at)
    {
        const int Most = 8;
        var word = _words[at];
        var (own, all) = (0, 0);
        for (var other = 0; other < _gifts * Choices; other++)
        {
            own = _marks[other].IsKnown && _words[other] == word ? _marks[other].Own : own;
            all |= _marks[other].IsKnown && (_words[other] & ~word) == 0 ? _marks[other].Own : 0;
        }

        if (own == 0 && _marked < Most)
        {
            own = 1 << _marked++;
            all |= own;
            for (var other = 0; other < _gifts * Choices; other++)
            {
                if (_marks[other].IsKnown && (word & ~_words[other]) == 0)
                {
                    _marks[other] = _marks[other] with { All = (byte)(_marks[other].All | own) };
                }
            }
        }

        return _marks[at] = new PlainMark((byte)own, (byte)all, IsKnown: true);
    }

    private void Lay(int slot, uint missing)
    {
        var node = NodeOf(slot);
        for (var right = 0; right < 6; right++)
        {
            var nibble = CellBits.AllCells << (4 * right);
            if ((missing & nibble) == 0)
            {
                continue;
            }

            _slots[slot].Rights |= nibble;
            graph.Expand(node, right);
            for (var next = graph.Store.FirstChunk(node); next >= 0;)
            {
                var chunk = graph.Store.ChunkAt(next);
                if (chunk.Stage == right || (chunk.Stage == ClauseStore.InheritStage && right == ReadBit))
                {
                    Lay(slot, chunk);
                }

                next = chunk.Next;
            }
        }
    }

    private void Lay(int slot, in ClauseStore.Chunk chunk)
    {
        _open.Clear();
        for (var number = chunk.Start; number < chunk.End; number++)
        {
            ref readonly var clause = ref graph.Store[number];
            IsMixed |= clause.Kind != ClauseKind.Walk && Walker.IsWalked(graph.View[clause.To].Kind);
            _open.Add(clause.Own >= 0 || clause.Entry >= 0 ? (Joint, number) : (GiftOf(clause, chunk.Stage), clause.To));
        }

        _open.Sort();
        var start = _end;
        Append(chunk.Stage);
        Append(_slots[slot].First);
        Append(0);
        for (var i = 0; i < _open.Count;)
        {
            var (gift, head) = (_open[i].Gift, _end);
            Append(gift);
            Append(0);
            for (; i < _open.Count && _open[i].Gift == gift; i++)
            {
                if (i == 0 || _open[i - 1] != _open[i])
                {
                    Append(gift == Joint ? _open[i].To : SlotOf(_open[i].To));
                }
            }

            _table[head + 1] = _end - head - RunHead;
        }

        _table[start + 2] = _end;
        _slots[slot].First = start;
    }

    private int GiftOf(in Clause clause, byte stage)
    {
        var whole = (clause.Kind == ClauseKind.Inherit || clause.Rights.Has(Rights.Admin)) && graph.ControlsIdentities(clause.To);
        var key = (stage, clause.Cells, clause.Durable, clause.Rights, clause.Kind, whole);
        if (_known.TryGetValue(key, out var gift))
        {
            return gift;
        }

        _known[key] = gift = _gifts++;
        if (gift == _kinds.Length)
        {
            Array.Resize(ref _kinds, gift * 2);
            Array.Resize(ref _words, gift * 2 * Choices);
            Array.Resize(ref _marks, gift * 2 * Choices);
        }

        _kinds[gift] = clause.Kind;
        for (var have = 0u; have <= CellBits.AllCells; have++)
        {
            _words[(gift * Choices) + (int)have] = WordOf(clause, have & clause.Cells, whole);
        }

        return gift;
    }

    /// <summary>Of what is handed on, which cells of what is there; and whether Admin among it is every right.</summary>
    private static uint WordOf(in Clause clause, uint cells, bool whole)
    {
        var word = clause.Kind == ClauseKind.Inherit ? CellBits.Replicate(cells) : CellBits.Word(clause.Kind == ClauseKind.Walk ? Rights.Use : clause.Rights, cells);
        if (clause.Kind == ClauseKind.Inherit)
        {
            return whole ? word | HandsOnWhole : word;
        }

        word = whole && clause.Kind == ClauseKind.Derive ? ControlGraph.Whole(word) : word;
        return clause.Kind == ClauseKind.Walk ? word : word | ((cells & clause.Durable) << CellBits.DurableShift);
    }

    /// <summary>Beside the cells handed on: Admin on the target is every right.</summary>
    public const uint HandsOnWhole = 1u << 31;

    private void Append(int number)
    {
        if (_end == _table.Length)
        {
            Array.Resize(ref _table, _end * 2);
        }

        _table[_end++] = number;
    }

    /// <summary>A node that searches came to.</summary>
    private struct Laid
    {
        /// <summary>The nibbles of the rights that are laid out.</summary>
        public uint Rights;

        /// <summary>Where its first chunk starts; 0: none.</summary>
        public int First;

        /// <summary>Dense index.</summary>
        public int Node;
    }
}

/// <summary>How it is remembered that a word was given.</summary>
/// <param name="Own">Its bit; 0: it has none.</param>
/// <param name="All">The bits of all words it contains, its own too.</param>
/// <param name="IsKnown">Whether it was looked for.</param>
internal readonly record struct PlainMark(byte Own, byte All, bool IsKnown);
