namespace IdentityGraph.Analyze.Mass;

/// <summary>Edges collected start after start, each pair once; edges to itself, and to what is below 0, are left out.</summary>
internal sealed class DistinctEdges
{
    private readonly int[] _start;
    private readonly int[] _to;

    // By where an edge leads, the last start that led there.
    private readonly int[] _seen;
    private int _count;

    /// <param name="count">How many there are to start from and to lead to.</param>
    /// <param name="most">At most so many edges.</param>
    public DistinctEdges(int count, int most)
    {
        (_start, _to, _seen) = (new int[count + 1], GC.AllocateUninitializedArray<int>(most), new int[count]);
        Array.Fill(_seen, -1);
    }

    public void Add(int from, int to)
    {
        if (to >= 0 && to != from && _seen[to] != from)
        {
            _seen[to] = from;
            _to[_count++] = to;
        }
    }

    /// <summary>The next edge is of the next start.</summary>
    public void Close(int from) => _start[from + 1] = _count;

    public (int[] Start, int[] To) Take() => (_start, _count == _to.Length ? _to : _to[.._count]);
}
