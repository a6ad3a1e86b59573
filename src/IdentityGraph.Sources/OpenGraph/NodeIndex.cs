using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Which kind each node of the import has, by id. Ids are compared whole, not by hash alone. 40 to 80 bytes a node beside its
/// id; it does not grow with the relationships. What is asked for together stands together, since most of it lies beyond the caches.
/// </summary>
internal sealed class NodeIndex
{
    private const int ChunkSize = 1 << 16;

    /// <summary>Ends that are kept: a few hundred bytes each.</summary>
    private const int MostKept = 1 << 15;

    private byte[] _chunk = new byte[1 << 11];
    private int _used;
    private Slot[] _slots = new Slot[1 << 7];
    private Entry[] _entries = new Entry[1 << 6];
    private int[] _kept = [];

    /// <summary>What was looked at ahead comes to something here, so that it is looked at.</summary>
    private int _met;

    public int Count { get; private set; }

    /// <summary>Number of the id, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id) => Find(id, HashOf(id));

    /// <summary>
    /// Numbers of many ids, or −1. Each step is taken for all of them before the next: most of what they look at lies beyond the caches, and
    /// the processor waits for all of a step at once.
    /// </summary>
    public void Find(ReadOnlySpan<ObjectId> ids, Span<int> numbers)
    {
        Span<int> hashes = stackalloc int[ids.Length];
        for (var i = 0; i < ids.Length; i++)
        {
            hashes[i] = HashOf(ids[i].Bytes);
        }

        for (var i = 0; i < ids.Length; i++)
        {
            numbers[i] = _slots[hashes[i] & (_slots.Length - 1)].Number - 1;
        }

        foreach (var number in numbers)
        {
            _met += number < 0 ? 0 : _entries[number].At;
        }

        foreach (var number in numbers)
        {
            _met += number < 0 ? 0 : _entries[number].Chunk[_entries[number].At] + (_entries[number].End?.Kind.Number ?? 0);
        }

        for (var i = 0; i < ids.Length; i++)
        {
            numbers[i] = Find(ids[i].Bytes, hashes[i]);
        }
    }

    /// <summary>Number of the id, new or old; whether it is new.</summary>
    public int Add(ReadOnlySpan<byte> id, int kind, out bool isNew)
    {
        var hash = HashOf(id);
        var known = Find(id, hash);
        isNew = known < 0;
        if (!isNew)
        {
            return known;
        }

        if (Count == _entries.Length)
        {
            Grow();
        }

        Keep(id);
        _entries[Count] = new() { Chunk = _chunk, At = _used - id.Length - sizeof(ushort), Kind = kind };
        Place(new(hash, Count + 1));
        return Count++;
    }

    /// <summary>Number of its <see cref="ObjectKind"/>.</summary>
    public int this[int entry]
    {
        get => _entries[entry].Kind;
        set
        {
            ref var one = ref _entries[entry];
            (one.Kind, one.End) = (value, null);
        }
    }

    public ReadOnlySpan<byte> IdAt(int entry) => Id(_entries[entry]);

    /// <summary>The node as an end, where it is kept and no kind was said of it since; else null.</summary>
    public ObjectEnd? EndOf(int entry) => _entries[entry].End;

    /// <summary>Keeps the node as an end, as long as no other takes its place.</summary>
    public void Keep(int entry, ObjectEnd end)
    {
        if (_kept.Length < MostKept && _kept.Length <= entry)
        {
            Array.Resize(ref _kept, Math.Min(MostKept, _entries.Length));
        }

        ref var place = ref _kept[entry & (_kept.Length - 1)];
        _entries[place].End = null;
        place = entry;
        _entries[entry].End = end;
    }

    // Seeded anew in every process, so that nobody can choose ids that fall together.
    private static int HashOf(ReadOnlySpan<byte> id)
    {
        var hash = default(HashCode);
        hash.AddBytes(id);
        return hash.ToHashCode();
    }

    private int Find(ReadOnlySpan<byte> id, int hash)
    {
        for (var slot = hash & (_slots.Length - 1); _slots[slot].Number != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var entry = _slots[slot].Number - 1;
            if (_slots[slot].Hash == hash && Id(_entries[entry]).SequenceEqual(id))
            {
                return entry;
            }
        }

        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ReadOnlySpan<byte> Id(in Entry entry)
    {
        var from = entry.Chunk.AsSpan(entry.At);
        return from.Slice(sizeof(ushort), BinaryPrimitives.ReadUInt16LittleEndian(from));
    }

    private void Keep(ReadOnlySpan<byte> id)
    {
        if (_used + sizeof(ushort) + id.Length > _chunk.Length)
        {
            // Those of a small file stay small.
            (_chunk, _used) = (new byte[Math.Min(ChunkSize, Math.Max(4 * _chunk.Length, sizeof(ushort) + id.Length))], 0);
        }

        var room = _chunk.AsSpan(_used);
        BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)id.Length);
        id.CopyTo(room[sizeof(ushort)..]);
        _used += sizeof(ushort) + id.Length;
    }

    private void Place(Slot one)
    {
        var slot = one.Hash & (_slots.Length - 1);
        while (_slots[slot].Number != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = one;
    }

    private void Grow()
    {
        Array.Resize(ref _entries, _entries.Length * 2);
        var slots = _slots;
        _slots = new Slot[_entries.Length * 2];
        foreach (var one in slots)
        {
            if (one.Number != 0)
            {
                Place(one);
            }
        }
    }

    /// <param name="Hash">Of the id.</param>
    /// <param name="Number">Of the entry, from 1; 0: the slot is free.</param>
    private readonly record struct Slot(int Hash, int Number);

    /// <summary>One id: its length and bytes stand in a chunk that it shares with others.</summary>
    private struct Entry
    {
        public byte[] Chunk;
        public ObjectEnd? End;
        public int At;
        public int Kind;
    }
}
