namespace IdentityGraph.Analyze.Reach;

/// <summary>Clauses in growing columns, by the node they start from, with who else to ask when a further premise is attained.</summary>
/// <param name="nodes">How many there are.</param>
/// <param name="scratch">Arrays to use; null: its own.</param>
internal sealed class ClauseStore(int nodes, ControlScratch? scratch = null)
{
    /// <summary>The stage of clauses that hand on whatever rights the node has.</summary>
    public const byte InheritStage = 7;

    // Heads are stored plus one, so that a fresh array says "none".
    private readonly int[] _chunkHead = scratch?.ChunkHead ?? new int[nodes];
    private readonly int[] _watchHead = scratch?.WatchHead ?? new int[nodes];
    private Chunk[] _chunks = new Chunk[256];
    private int _chunkCount;
    private readonly List<(int Clause, int Next)> _watches = [];
    private readonly List<Fact> _facts = [];
    private readonly List<PremiseGroup[]> _groups = [];
    private readonly Dictionary<int, string[]> _gateWords = [];
    private Clause[] _clauses = new Clause[256];

    public int Count { get; private set; }

    public ref readonly Clause this[int clause] => ref _clauses[clause];

    /// <summary>The clauses of a chunk; good until the next one is written.</summary>
    public ReadOnlySpan<Clause> Of(in Chunk chunk) => _clauses.AsSpan(chunk.Start..chunk.End);

    public int Add(Clause clause, ReadOnlySpan<Fact> facts)
    {
        if (Count == _clauses.Length)
        {
            Array.Resize(ref _clauses, Count * 2);
        }

        clause.Facts = _facts.Count;
        clause.FactCount = (ushort)Math.Min(facts.Length, ushort.MaxValue);
        _facts.AddRange(facts[..clause.FactCount]);
        _clauses[Count] = clause;
        Watch(Count, clause.Own);
        Watch(Count, clause.Entry);
        return Count++;
    }

    public int AddGroups(IReadOnlyList<PremiseGroup> groups)
    {
        if (groups.Count == 0)
        {
            return -1;
        }

        _groups.Add([.. groups]);
        return _groups.Count - 1;
    }

    /// <summary>
    /// Forgets the clauses and what belongs to them alone; groups of premises stay. For stores nothing is searched in: nodes still
    /// point at chunks and watches that are gone.
    /// </summary>
    public void Forget()
    {
        (Count, _chunkCount) = (0, 0);
        _facts.Clear();
        _watches.Clear();
        _gateWords.Clear();
    }

    /// <summary>How many groups were written.</summary>
    public int GroupCount => _groups.Count;

    public void KeepWords(int clause, List<string> words) => _gateWords[clause] = [.. words];

    public IReadOnlyList<string> WordsOf(int clause) => _gateWords.GetValueOrDefault(clause) ?? [];

    public PremiseGroup[] Groups(int groups) => groups < 0 ? [] : _groups[groups];

    public ReadOnlySpan<Fact> FactsOf(int clause) =>
        System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_facts).Slice(_clauses[clause].Facts, _clauses[clause].FactCount);

    public void CloseChunk(int node, byte stage, int start)
    {
        if (Count > start)
        {
            if (_chunkCount == _chunks.Length)
            {
                Array.Resize(ref _chunks, _chunkCount * 2);
            }

            if (_chunkHead[node] == 0)
            {
                scratch?.Touch(node);
            }

            _chunks[_chunkCount++] = new Chunk(stage, start, Count, _chunkHead[node] - 1);
            _chunkHead[node] = _chunkCount;
        }
    }

    /// <summary>Its first chunk; -1: none.</summary>
    public int FirstChunk(int node) => _chunkHead[node] - 1;

    public ref readonly Chunk ChunkAt(int chunk) => ref _chunks[chunk];

    /// <summary>Whether anything is to be asked when some further premise is attained.</summary>
    public bool HasWatches => _watches.Count > 0;

    /// <summary>Its first watch; -1: none.</summary>
    public int FirstWatch(int node) => _watches.Count == 0 ? -1 : _watchHead[node] - 1;

    public (int Clause, int Next) WatchAt(int watch) => _watches[watch];

    private void Watch(int clause, int groups)
    {
        foreach (var group in Groups(groups))
        {
            foreach (var alternative in group.Alternatives)
            {
                if (_watchHead[alternative.Node] == 0)
                {
                    scratch?.Touch(alternative.Node);
                }

                _watches.Add((clause, _watchHead[alternative.Node] - 1));
                _watchHead[alternative.Node] = _watches.Count;
            }
        }
    }

    /// <param name="Stage">The right they start from, as a bit position, or <see cref="InheritStage"/>.</param>
    /// <param name="Start">First clause.</param>
    /// <param name="End">One past the last.</param>
    /// <param name="Next">The node's next chunk; -1: none.</param>
    public readonly record struct Chunk(byte Stage, int Start, int End, int Next);
}
