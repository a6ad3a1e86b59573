namespace IdentityGraph.Graph.Fold;

/// <summary>An array that grows at its end and hands out its elements by reference.</summary>
internal sealed class Grown<T>
{
    private T[] _items = new T[16];

    public int Count { get; private set; }

    public ref T this[int index] => ref _items[index];

    public int Add(in T item)
    {
        if (Count == _items.Length)
        {
            Array.Resize(ref _items, (int)Math.Min(Array.MaxLength, _items.Length * 2L));
        }

        _items[Count] = item;
        return Count++;
    }

    public Span<T> Span => _items.AsSpan(0, Count);

    public T[] ToArray() => Span.ToArray();
}
