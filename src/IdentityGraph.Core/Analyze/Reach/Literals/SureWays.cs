using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>
/// Clauses turned round, to ask from where a conclusion is surely attained: by clauses that need nothing beside their first premise
/// each. What is attained only by premises together is not found, so that some who attain it are not told; all who are told do.
/// One asks at a time.
/// </summary>
internal sealed class SureWays
{
    private readonly LiteralClauses _clauses;

    // By node, where the clauses that conclude on it start; then their numbers.
    private readonly int[] _start;
    private readonly int[] _into;

    // By node, the rights of which any one, in its cell, surely gives what is asked about. Clear between questions.
    private readonly uint[] _giving;
    private readonly List<int> _touched = [];
    private readonly Stack<int> _open = [];

    public SureWays(LiteralClauses clauses)
    {
        (_clauses, Count) = (clauses, clauses.Count);
        var all = clauses.All;
        (_start, _into, _giving) = (new int[clauses.View.NodeCount + 1], new int[all.Length], new uint[clauses.View.NodeCount]);
        foreach (ref readonly var clause in all)
        {
            _start[clause.To + 1]++;
        }

        for (var node = 0; node < _giving.Length; node++)
        {
            _start[node + 1] += _start[node];
        }

        var next = _start.AsSpan(0, _giving.Length).ToArray();
        for (var number = 0; number < all.Length; number++)
        {
            _into[next[all[number].To]++] = number;
        }
    }

    /// <summary>How many clauses there were.</summary>
    public int Count { get; }

    /// <summary>Of some starts those that surely attain every one of some rights on a node without some clauses.</summary>
    /// <param name="node">Dense index.</param>
    /// <param name="word">The rights, each in its cells.</param>
    /// <param name="entry">Further premises that are taken to be attained where something concludes on the node; -1: none are.</param>
    /// <param name="without">Numbers of the clauses.</param>
    /// <param name="starts">What each begins with.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public bool[] Attained(int node, uint word, int entry, IReadOnlySet<int> without, IReadOnlyList<Beginning[]> starts, CancellationToken cancellationToken)
    {
        var needed = CellBits.CellsOf(word, Rights.All);
        try
        {
            foreach (var (premise, given) in Giving(node, entry, without))
            {
                Give(premise.Node, Whole(given, word, needed) << (4 * premise.Right));
            }

            Spread(without, cancellationToken);
            var sure = new bool[starts.Count];
            for (var start = 0; start < sure.Length; start++)
            {
                var cells = 0u;
                foreach (var seed in starts[start])
                {
                    cells |= CellBits.CellsOf(seed.Word & _giving[seed.Node], Rights.All) | (seed.Node == node ? Whole(seed.Word, word, needed) : 0);
                }

                sure[start] = (needed & ~cells) == 0;
            }

            return sure;
        }
        finally
        {
            _touched.ForEach(one => _giving[one] = 0);
            _touched.Clear();
            _open.Clear();
        }
    }

    /// <summary>By premise, what all clauses that start from it give on the node together.</summary>
    private Dictionary<(int Node, int Right), uint> Giving(int node, int entry, IReadOnlySet<int> without)
    {
        var giving = new Dictionary<(int Node, int Right), uint>();
        foreach (var number in _into.AsSpan(_start[node].._start[node + 1]))
        {
            if (!without.Contains(number))
            {
                ref readonly var clause = ref _clauses.All[number];
                giving[(clause.From, clause.Premise)] = giving.GetValueOrDefault((clause.From, clause.Premise)) | (_clauses.Concluded(clause) & CellBits.Replicate(CellsOf(clause.Own) & (clause.Entry == entry ? CellBits.AllCells : CellsOf(clause.Entry))));
            }
        }

        return giving;
    }

    private void Spread(IReadOnlySet<int> without, CancellationToken cancellationToken)
    {
        const int Block = 4096;
        var all = _clauses.All;
        for (var passed = 1; _open.TryPop(out var node); passed++)
        {
            if (passed % Block == 0)
            {
                cancellationToken.ThrowIfCancellationRequested();
            }

            var giving = _giving[node];
            foreach (var number in _into.AsSpan(_start[node].._start[node + 1]))
            {
                ref readonly var clause = ref all[number];
                var most = (CellBits.AllCells << (4 * clause.Premise)) & ~_giving[clause.From];
                if (most != 0 && (CellBits.CellsOf(Given(clause) & giving, Rights.All) << (4 * clause.Premise)) is var word && (word & most) != 0 && !without.Contains(number))
                {
                    Give(clause.From, word);
                }
            }
        }
    }

    private void Give(int node, uint word)
    {
        var before = _giving[node];
        if ((word & ~before) == 0)
        {
            return;
        }

        if (before == 0)
        {
            _touched.Add(node);
        }

        _giving[node] |= word;
        _open.Push(node);
    }

    /// <summary>What the clause gives to whoever attains its premise and nothing else.</summary>
    private uint Given(in LiteralClause clause)
    {
        var cells = CellsOf(clause.Own) & CellsOf(clause.Entry);
        return _clauses.Concluded(clause) & CellBits.Replicate(cells);
    }

    private uint CellsOf(int groups)
    {
        var cells = CellBits.AllCells;
        foreach (var group in groups < 0 ? [] : _clauses.Groups(groups))
        {
            cells &= group.Given;
        }

        return cells;
    }

    /// <summary>Of the cells needed those in which all that is asked is given.</summary>
    private static uint Whole(uint given, uint asked, uint needed)
    {
        var missing = asked & ~given;
        return needed & ~CellBits.CellsOf(missing, Rights.All);
    }
}
