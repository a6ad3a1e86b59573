namespace IdentityGraph.Sources.Aws.Iam;

/// <summary>
/// Items by a key: those whose key a text begins with, and those whose key begins with the text, without a look at the others.
/// </summary>
internal sealed class PrefixTree
{
    /// <summary>Sorted, each once.</summary>
    private readonly ReadOnlyMemory<char>[] _keys;

    /// <summary>The longest other key that the key begins with; −1: none.</summary>
    private readonly int[] _parents;

    /// <summary>Where the items of a key begin in <see cref="_items"/>; those of the last end at its end.</summary>
    private readonly int[] _starts;

    private readonly int[] _items;

    /// <param name="entries">Parts of texts that are kept elsewhere; they are sorted.</param>
    public PrefixTree((ReadOnlyMemory<char> Key, int Item)[] entries)
    {
        Array.Sort(entries, static (one, other) => one.Key.Span.SequenceCompareTo(other.Key.Span) is not 0 and var order ? order : one.Item.CompareTo(other.Item));
        var count = 0;
        for (var at = 0; at < entries.Length; at++)
        {
            count += IsNew(entries, at) ? 1 : 0;
        }

        (_keys, _starts, _parents, _items) = (new ReadOnlyMemory<char>[count], new int[count], new int[count], new int[entries.Length]);
        count = 0;
        for (var at = 0; at < entries.Length; at++)
        {
            if (IsNew(entries, at))
            {
                (_keys[count], _starts[count]) = (entries[at].Key, at);
                count++;
            }

            _items[at] = entries[at].Item;
        }

        for (var at = 0; at < _keys.Length; at++)
        {
            var parent = at - 1;
            while (parent >= 0 && !_keys[at].Span.StartsWith(_keys[parent].Span))
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
        var up = at < _keys.Length && text.SequenceEqual(_keys[at].Span) ? at : at - 1;
        while (up >= 0 && !text.StartsWith(_keys[up].Span))
        {
            up = _parents[up];
        }

        for (; up >= 0 && found.Count < most; up = _parents[up])
        {
            Add(up, found);
        }

        for (var down = at; below && found.Count < most && down < _keys.Length && _keys[down].Span.StartsWith(text); down++)
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
            (low, high) = _keys[middle].Span.SequenceCompareTo(text) < 0 ? (middle + 1, high) : (low, middle);
        }

        return low;
    }

    private void Add(int key, List<int> found) =>
        found.AddRange(_items.AsSpan(_starts[key], (key + 1 < _starts.Length ? _starts[key + 1] : _items.Length) - _starts[key]));

    private static bool IsNew((ReadOnlyMemory<char> Key, int Item)[] sorted, int at) => at == 0 || !sorted[at].Key.Span.SequenceEqual(sorted[at - 1].Key.Span);
}
