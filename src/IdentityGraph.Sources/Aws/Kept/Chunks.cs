namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>A list that grows piece by piece: nothing is copied as it does, so that it never takes twice its room.</summary>
internal sealed class Chunks<T>
    where T : struct
{
    private const int Bits = 10;
    private const int Size = 1 << Bits;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public ref T this[int at] => ref _chunks[at >> Bits][at & (Size - 1)];

    public void Add(T item)
    {
        if (Count >> Bits == _chunks.Count)
        {
            _chunks.Add(new T[Size]);
        }

        _chunks[Count >> Bits][Count & (Size - 1)] = item;
        Count++;
    }
}
