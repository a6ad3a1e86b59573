namespace IdentityGraph.Graph.Fold;

/// <summary>Gives equal values one number, in the order they were first met.</summary>
internal sealed class Interner<T>(IEqualityComparer<T>? comparer = null)
    where T : notnull
{
    private readonly Dictionary<T, int> _numbers = new(comparer);
    private readonly List<T> _values = [];

    public int Count => _values.Count;

    public T this[int number] => _values[number];

    public IReadOnlyList<T> Values => _values;

    public int Add(T value)
    {
        ref var number = ref System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(_numbers, value, out var known);
        if (!known)
        {
            number = _values.Count;
            _values.Add(value);
        }

        return number;
    }

    /// <summary>-1 where it was never met.</summary>
    public int Find(T value) => _numbers.TryGetValue(value, out var number) ? number : -1;
}
