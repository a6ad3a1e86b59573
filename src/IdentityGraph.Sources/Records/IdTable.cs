using System.Globalization;
using System.Runtime.CompilerServices;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// The different ids of an import, numbered from 0 as they come. Their texts are not kept: a <see cref="Fingerprint"/> stands for each, 22
/// to 27 bytes an id, however long it is.
/// </summary>
/// <param name="most">Ids beyond which the import is refused.</param>
internal sealed class IdTable(int most = IdTable.Most)
{
    /// <summary>Ids told apart; about 1.8 GB of them.</summary>
    public const int Most = 67_000_000;

    /// <summary>The number of a slot, from 1; the rest of its bits are some of the fingerprint's.</summary>
    private const uint NumberBits = (1u << 26) - 1;

    private readonly Column<Fingerprint> _ids = new();
    private uint[] _slots = new uint[1 << 5];

    /// <summary>What was looked at ahead comes to something here, so that it is looked at.</summary>
    private ulong _met;

    public int Count => _ids.Count;

    /// <summary>Number of the id, or −1.</summary>
    public int Find(ReadOnlySpan<char> id) => Find(Fingerprint.Of(id));

    /// <inheritdoc cref="Find(ReadOnlySpan{char})"/>
    public int Find(in Fingerprint id)
    {
        var slots = _slots;
        var tag = TagOf(id);
        for (var slot = SlotOf(id); slots[slot] is not 0 and var held; slot = (slot + 1) & (slots.Length - 1))
        {
            if ((held & ~NumberBits) == tag && _ids[NumberIn(held)] == id)
            {
                return NumberIn(held);
            }
        }

        return -1;
    }

    /// <summary>
    /// Numbers of many ids, or −1. Each step is taken for all of them before the next: most of what they look at lies beyond the caches, and
    /// the processor waits for all of a step at once.
    /// </summary>
    public void Find(ReadOnlySpan<Fingerprint> ids, Span<int> numbers)
    {
        for (var i = 0; i < ids.Length; i++)
        {
            numbers[i] = NumberIn(_slots[SlotOf(ids[i])]);
        }

        foreach (var number in numbers)
        {
            _met += number < 0 ? 0 : _ids[number].One;
        }

        for (var i = 0; i < ids.Length; i++)
        {
            numbers[i] = Find(ids[i]);
        }
    }

    /// <summary>Number of the id, new or old.</summary>
    /// <exception cref="RefusedInputException">There are too many.</exception>
    public int Add(ReadOnlySpan<char> id, out bool isNew) => Add(Fingerprint.Of(id), out isNew);

    /// <inheritdoc cref="Add(ReadOnlySpan{char}, out bool)"/>
    public int Add(in Fingerprint id, out bool isNew)
    {
        var known = Find(id);
        isNew = known < 0;
        if (!isNew)
        {
            return known;
        }

        if (Count >= most)
        {
            throw new RefusedInputException(string.Create(CultureInfo.InvariantCulture, $"there are more than {most:N0} different objects, which is as many as are kept apart in memory; import them in parts, each with the objects that its relationships name"));
        }

        _ids.Add(id);
        if (4L * Count > 3L * _slots.Length)
        {
            Grow();
        }
        else
        {
            Place(Count - 1);
        }

        return Count - 1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static uint TagOf(in Fingerprint id) => (uint)(id.One >> 32) & ~NumberBits;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int NumberIn(uint slot) => (int)(slot & NumberBits) - 1;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int SlotOf(in Fingerprint id) => (int)id.Other & (_slots.Length - 1);

    private void Place(int number)
    {
        ref var id = ref _ids[number];
        var slot = SlotOf(id);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = TagOf(id) | (uint)(number + 1);
    }

    private void Grow()
    {
        var length = 2 * _slots.Length;

        // Let go of first: the ids alone say where each has its place.
        _slots = [];
        _slots = new uint[length];
        for (var number = 0; number < Count; number++)
        {
            Place(number);
        }
    }
}
