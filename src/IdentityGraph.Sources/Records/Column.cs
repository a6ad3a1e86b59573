namespace IdentityGraph.Sources.Records;

/// <summary>Values by number, in chunks that stay where they are: growing copies nothing and leaves nothing behind.</summary>
internal sealed class Column<T>
    where T : unmanaged
{
    private const int Bits = 16;
    private const int Chunk = 1 << Bits;

    private T[][] _chunks = [new T[16]];

    public int Count { get; private set; }

    /// <summary>A value below <see cref="Count"/>.</summary>
    public ref T this[int number] => ref _chunks[number >> Bits][number & (Chunk - 1)];

    public void Add(T value)
    {
        Reach(Count + 1);
        this[Count - 1] = value;
    }

    /// <summary>Makes so many at least, the new ones 0.</summary>
    public void Reach(int count)
    {
        while (count > Count)
        {
            var last = _chunks.Length - 1;
            var room = (last << Bits) + _chunks[last].Length;
            if (count <= room)
            {
                Count = count;
            }
            else if (_chunks[last].Length < Chunk)
            {
                Array.Resize(ref _chunks[last], Math.Min(Chunk, 4 * _chunks[last].Length));
            }
            else
            {
                Array.Resize(ref _chunks, _chunks.Length + 1);
                _chunks[^1] = new T[Chunk];
            }
        }
    }
}
