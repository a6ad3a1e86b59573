namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>A list that grows piece by piece: nothing but the first, which begins small, is copied as it does, so that it never takes twice its room.</summary>
internal sealed class Chunks<T>
{
    private const int Bits = 10;
    private const int Size = 1 << Bits;
    private const int First = 4;

    private readonly List<T[]> _chunks = [];

    public int Count { get; private set; }

    public ref T this[int at] => ref _chunks[at >> Bits][at & (Size - 1)];

    public void Add(T item)
    {
        if (Count >> Bits == _chunks.Count)
        {
            _chunks.Add(new T[Count == 0 ? First : Size]);
        }

        var chunk = _chunks[Count >> Bits];
        var at = Count & (Size - 1);
        if (at == chunk.Length)
        {
            Array.Resize(ref chunk, chunk.Length * 2);
            _chunks[0] = chunk;
        }

        chunk[at] = item;
        Count++;
    }
}
