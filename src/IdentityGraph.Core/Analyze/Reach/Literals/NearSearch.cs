namespace IdentityGraph.Analyze.Reach.Literals;

/// <summary>
/// What one start after the other attains on a few nodes without some edges, and with them: searched only among what leads to these
/// nodes. One searches at a time.
/// </summary>
internal sealed class NearSearch
{
    private readonly LiteralClauses _clauses;
    private readonly IReadOnlySet<int> _edges;
    private readonly int[] _resting;
    private readonly HashSet<int> _dead;
    private readonly IReadOnlySet<int> _asked;
    private readonly bool[] _within;

    // By node, the clauses that lead from it to where it is searched, once a search came to it: their place among the near ones, and how many.
    private readonly Dictionary<int, (int First, int Count)> _nearOf = [];
    private readonly List<int> _near = [];

    // Of one search.
    private readonly Dictionary<int, uint> _words = [];
    private readonly Stack<int> _open = [];
    private readonly HashSet<int> _waiting = [];
    private bool _isWhole;
    private long _left;

    /// <param name="clauses">They cover the starts.</param>
    /// <param name="edges">Dense indexes of those left out.</param>
    /// <param name="resting">Numbers of the clauses that rest on them, or of which a premise does.</param>
    /// <param name="asked">Nodes asked about; each on which something may be lost is among them.</param>
    public NearSearch(LiteralClauses clauses, IReadOnlySet<int> edges, IReadOnlySet<int> resting, IReadOnlySet<int> asked)
    {
        (_clauses, _edges, _asked, _resting) = (clauses, edges, asked, [.. resting]);
        _dead = [.. resting.Where(number => clauses.RestsOnAny(number, edges))];
        _within = clauses.LeadingTo(asked);
    }

    /// <summary>Tells every node asked about on which something is lost.</summary>
    /// <param name="start">What is attained before any rule.</param>
    /// <param name="most">At most so many clauses are asked, and as many fewer the next time.</param>
    /// <param name="tell">Is told the node, what is attained with the edges and what without.</param>
    /// <returns>Whether it came to an end; else nothing is told.</returns>
    public bool Run(Beginning[] start, ref long most, Action<int, uint, uint> tell)
    {
        _words.Clear();
        _waiting.Clear();
        _open.Clear();
        (_isWhole, _left) = (false, most);
        foreach (var seed in start)
        {
            if (_within[seed.Node])
            {
                Give(seed.Node, seed.Word & CellBits.All);
            }
        }

        Spread();
        var left = _words.Where(one => _asked.Contains(one.Key)).ToDictionary();
        _isWhole = true;
        _waiting.UnionWith(_resting);
        Spread();
        most = _left;
        foreach (var (node, whole) in _left < 0 ? [] : _words)
        {
            if (left.GetValueOrDefault(node) is var less && less != whole && _asked.Contains(node))
            {
                tell(node, whole, less);
            }
        }

        return _left >= 0;
    }

    private void Spread()
    {
        do
        {
            while (_open.TryPop(out var node) && _left >= 0)
            {
                var (first, count) = Near(node);
                for (var at = first; at < first + count; at++)
                {
                    Fire(_near[at]);
                }
            }

            foreach (var number in _waiting)
            {
                Fire(number);
            }
        }
        while (_open.Count > 0 && _left >= 0);
    }

    private (int First, int Count) Near(int node)
    {
        if (!_nearOf.TryGetValue(node, out var near))
        {
            near.First = _near.Count;
            foreach (var number in _clauses.StartingFrom(node))
            {
                if (_within[_clauses.All[number].To])
                {
                    _near.Add(number);
                }
            }

            _nearOf[node] = near = (near.First, _near.Count - near.First);
        }

        return near;
    }

    /// <summary>Gives what a clause gives by now; one that waits for further premises is asked again while others give something.</summary>
    private void Fire(int number)
    {
        _left--;
        ref readonly var clause = ref _clauses.All[number];
        var have = _words.GetValueOrDefault(clause.From);
        var cells = have >> (4 * clause.Premise) & clause.Cells;
        if (cells == 0 || !_within[clause.To] || (!_isWhole && _dead.Contains(number)))
        {
            return;
        }

        if (clause.Own >= 0 || clause.Entry >= 0)
        {
            _waiting.Add(number);
            cells &= Satisfied(clause.Own) & Satisfied(clause.Entry);
        }

        var word = clause.Kind == ClauseKind.Inherit ? have : _clauses.Concluded(clause);
        word &= CellBits.Replicate(cells);
        Give(clause.To, (word >> 16 & CellBits.AllCells) != 0 && _clauses.ControlsIdentities(clause.To) ? ControlGraph.Whole(word) : word);
    }

    private uint Satisfied(int groups)
    {
        var cells = CellBits.AllCells;
        foreach (var group in groups < 0 ? [] : _clauses.Groups(groups))
        {
            var any = group.Given;
            foreach (ref readonly var way in group.Ways.AsSpan())
            {
                any |= !_isWhole && way.Edge >= 0 && _edges.Contains(way.Edge) ? 0 : CellBits.CellsOf(_words.GetValueOrDefault(way.Node), way.Rights) & way.Cells;
            }

            cells &= any;
        }

        return cells;
    }

    private void Give(int node, uint word)
    {
        var before = _words.GetValueOrDefault(node);
        if ((word & ~before) != 0)
        {
            _words[node] = before | word;
            _open.Push(node);
        }
    }
}
