namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// Items by a key: those whose key a text begins with, and those whose key begins with the text, without a look at the others.
/// </summary>
internal sealed class PrefixTree
{
    /// <summary>Sorted, each once.</summary>
    private readonly string[] _keys;

    /// <summary>The longest other key that the key begins with; −1: none.</summary>
    private readonly int[] _parents;

    /// <summary>Where the items of a key begin in <see cref="_items"/>; those of the last end at its end.</summary>
    private readonly int[] _starts;

    private readonly int[] _items;

    public PrefixTree(IReadOnlyCollection<(string Key, int Item)> entries)
    {
        var sorted = entries.ToArray();
        Array.Sort(sorted, static (one, other) => string.CompareOrdinal(one.Key, other.Key) is not 0 and var order ? order : one.Item.CompareTo(other.Item));
        List<string> keys = [];
        List<int> starts = [];
        _items = new int[sorted.Length];
        for (var at = 0; at < sorted.Length; at++)
        {
            if (keys.Count == 0 || keys[^1] != sorted[at].Key)
            {
                keys.Add(sorted[at].Key);
                starts.Add(at);
            }

            _items[at] = sorted[at].Item;
        }

        (_keys, _starts, _parents) = ([.. keys], [.. starts], new int[keys.Count]);
        for (var at = 0; at < _keys.Length; at++)
        {
            var parent = at - 1;
            while (parent >= 0 && !_keys[at].StartsWith(_keys[parent], StringComparison.Ordinal))
            {
                parent = _parents[parent];
            }

            _parents[at] = parent;
        }
    }

    /// <summary>Adds the items whose key the text begins with.</summary>
    /// <param name="text">What is looked for.</param>
    /// <param name="below">Whether items whose key begins with the text are added too.</param>
    /// <param name="found">An item stands there as often as it has such a key.</param>
    /// <param name="most">No more than about so many are added.</param>
    public void Find(ReadOnlySpan<char> text, bool below, List<int> found, int most = int.MaxValue)
    {
        var at = Place(text);
        var up = at < _keys.Length && text.SequenceEqual(_keys[at]) ? at : at - 1;
        while (up >= 0 && !text.StartsWith(_keys[up]))
        {
            up = _parents[up];
        }

        for (; up >= 0 && found.Count < most; up = _parents[up])
        {
            Add(up, found);
        }

        for (var down = at; below && found.Count < most && down < _keys.Length && _keys[down].AsSpan().StartsWith(text); down++)
        {
            if (_keys[down].Length > text.Length)
            {
                Add(down, found);
            }
        }
    }

    /// <summary>The first key that is not before the text.</summary>
    private int Place(ReadOnlySpan<char> text)
    {
        var (low, high) = (0, _keys.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = _keys[middle].AsSpan().SequenceCompareTo(text) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Add(int key, List<int> found) =>
        found.AddRange(_items.AsSpan(_starts[key], (key + 1 < _starts.Length ? _starts[key + 1] : _items.Length) - _starts[key]));
}
