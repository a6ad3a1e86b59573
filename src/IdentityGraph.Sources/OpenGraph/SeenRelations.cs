namespace IdentityGraph.Sources.OpenGraph;

/// <summary>Relationships that were met, by the numbers of their ends, to see which stand twice. 18 to 36 bytes each, up to <see cref="Most"/>.</summary>
internal sealed class SeenRelations
{
    /// <summary>Beyond so many, repeats of what comes are no longer seen.</summary>
    public const int Most = 2_000_000;

    private readonly Dictionary<string, int> _kinds = new(StringComparer.Ordinal);
    private (string? Kind, int Number) _last;
    private Relation[] _slots = new Relation[1 << 6];
    private int _count;
    private int _met;

    /// <summary>Whether some were met that are not remembered.</summary>
    public bool Forgets { get; private set; }

    /// <summary>Looks at where the relationship would stand: for several in a row before they are added, so that their places are waited for at once.</summary>
    public void Look(int start, int end, string kind) => _met += _slots[SlotOf(new(start + 1, end, NumberOf(kind)))].Kind;

    /// <summary>Remembers a relationship.</summary>
    /// <returns>Whether it is the first between the two of that kind, as far as is remembered.</returns>
    public bool Add(int start, int end, string kind)
    {
        var one = new Relation(start + 1, end, NumberOf(kind));
        var slot = Find(one);
        if (_slots[slot] == one)
        {
            return false;
        }

        if (_count == Most)
        {
            Forgets = true;
            return true;
        }

        _slots[slot] = one;
        if (++_count * 3L > _slots.Length * 2L)
        {
            Grow();
        }

        return true;
    }

    /// <summary>Where it stands, or the free place where it would.</summary>
    private int Find(in Relation one)
    {
        var slot = SlotOf(one);
        while (_slots[slot].Start != 0 && _slots[slot] != one)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        return slot;
    }

    // Seeded anew in every process, so that nobody can choose what falls together.
    private int SlotOf(in Relation one) => HashCode.Combine(one.Start, one.End, one.Kind) & (_slots.Length - 1);

    private void Grow()
    {
        var slots = _slots;
        _slots = new Relation[slots.Length * 2];
        foreach (var one in slots)
        {
            if (one.Start != 0)
            {
                _slots[Find(one)] = one;
            }
        }
    }

    private int NumberOf(string kind)
    {
        if (!ReferenceEquals(kind, _last.Kind))
        {
            if (!_kinds.TryGetValue(kind, out var number))
            {
                _kinds[kind] = number = _kinds.Count;
            }

            _last = (kind, number);
        }

        return _last.Number;
    }

    /// <param name="Start">Number of its start, from 1; 0: the place is free.</param>
    /// <param name="End">Number of its end, from 0.</param>
    /// <param name="Kind">Number of its kind.</param>
    private readonly record struct Relation(int Start, int End, int Kind);
}
