using System.Buffers.Binary;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>
/// Which kind each node of the import has, by id. Ids are compared whole, not by hash alone. About 60 bytes a node; it does not grow
/// with the relationships.
/// </summary>
internal sealed class NodeIndex
{
    private const int ChunkSize = 1 << 16;

    private readonly List<byte[]> _chunks = [new byte[1 << 12]];
    private int _used;
    private int[] _slots = new int[1 << 9];
    private long[] _places = new long[1 << 8];
    private int[] _kinds = new int[1 << 8];
    private int[] _hashes = new int[1 << 8];

    public int Count { get; private set; }

    /// <summary>Number of the id, or -1.</summary>
    public int Find(ReadOnlySpan<byte> id)
    {
        var hash = HashOf(id);
        for (var slot = hash & (_slots.Length - 1); _slots[slot] != 0; slot = (slot + 1) & (_slots.Length - 1))
        {
            var entry = _slots[slot] - 1;
            if (_hashes[entry] == hash && At(entry).SequenceEqual(id))
            {
                return entry;
            }
        }

        return -1;
    }

    /// <summary>Number of the id, new or old; whether it is new.</summary>
    public int Add(ReadOnlySpan<byte> id, int kind, out bool isNew)
    {
        var known = Find(id);
        isNew = known < 0;
        if (!isNew)
        {
            return known;
        }

        if (Count == _places.Length)
        {
            Grow();
        }

        _places[Count] = Keep(id);
        _hashes[Count] = HashOf(id);
        _kinds[Count] = kind;
        Place(Count);
        return Count++;
    }

    /// <summary>Number of its <see cref="ObjectKind"/>.</summary>
    public int this[int entry]
    {
        get => _kinds[entry];
        set => _kinds[entry] = value;
    }

    // Seeded anew in every process, so that nobody can choose ids that fall together.
    private static int HashOf(ReadOnlySpan<byte> id)
    {
        var hash = default(HashCode);
        hash.AddBytes(id);
        return hash.ToHashCode();
    }

    private ReadOnlySpan<byte> At(int entry)
    {
        var place = _places[entry];
        var chunk = _chunks[(int)(place / ChunkSize)].AsSpan((int)(place % ChunkSize));
        return chunk.Slice(2, BinaryPrimitives.ReadUInt16LittleEndian(chunk));
    }

    private long Keep(ReadOnlySpan<byte> id)
    {
        if (_used + 2 + id.Length > ChunkSize)
        {
            _chunks.Add(new byte[ChunkSize]);
            _used = 0;
        }
        else if (_used + 2 + id.Length > _chunks[^1].Length)
        {
            // The first of a small file stays small.
            _chunks[^1] = [.. _chunks[^1], .. new byte[ChunkSize - _chunks[^1].Length]];
        }

        var place = ((long)(_chunks.Count - 1) * ChunkSize) + _used;
        var room = _chunks[^1].AsSpan(_used);
        BinaryPrimitives.WriteUInt16LittleEndian(room, (ushort)id.Length);
        id.CopyTo(room[2..]);
        _used += 2 + id.Length;
        return place;
    }

    private void Place(int entry)
    {
        var slot = _hashes[entry] & (_slots.Length - 1);
        while (_slots[slot] != 0)
        {
            slot = (slot + 1) & (_slots.Length - 1);
        }

        _slots[slot] = entry + 1;
    }

    private void Grow()
    {
        Array.Resize(ref _places, _places.Length * 2);
        Array.Resize(ref _kinds, _kinds.Length * 2);
        Array.Resize(ref _hashes, _hashes.Length * 2);
        _slots = new int[_places.Length * 2];
        for (var entry = 0; entry < Count; entry++)
        {
            Place(entry);
        }
    }
}
