namespace IdentityGraph.Graph.Fold;

/// <summary>Numbers edges by kind, ends and key: an open-addressing table over columns, without an object per edge.</summary>
internal sealed class EdgeTable
{
    private int[] _slots = NewSlots(1024);

    public int Count => Of.Count;

    public Grown<byte> Kind { get; } = new();

    public Grown<int> Of { get; } = new();

    public Grown<int> To { get; } = new();

    public Grown<int> Key { get; } = new();

    public int Add(byte kind, int of, int to, int key)
    {
        if (Count >= _slots.Length / 2)
        {
            Grow();
        }

        var slot = Slot(kind, of, to, key);
        while (_slots[slot] >= 0)
        {
            var edge = _slots[slot];
            if (Of[edge] == of && To[edge] == to && Kind[edge] == kind && Key[edge] == key)
            {
                return edge;
            }

            slot = (slot + 1) & (_slots.Length - 1);
        }

        Kind.Add(kind);
        Of.Add(of);
        To.Add(to);
        return _slots[slot] = Key.Add(key);
    }

    private static int[] NewSlots(int size)
    {
        var slots = new int[size];
        Array.Fill(slots, -1);
        return slots;
    }

    private int Slot(byte kind, int of, int to, int key)
    {
        var mixed = (((ulong)(uint)of << 32) | (uint)to) * 0x9E3779B97F4A7C15UL;
        mixed ^= (((ulong)(uint)key << 8) | kind) * 0xC2B2AE3D27D4EB4FUL;
        mixed ^= mixed >> 29;
        mixed *= 0xBF58476D1CE4E5B9UL;
        return (int)((mixed ^ (mixed >> 32)) & (ulong)(_slots.Length - 1));
    }

    private void Grow()
    {
        _slots = NewSlots(_slots.Length * 2);
        for (var edge = 0; edge < Count; edge++)
        {
            var slot = Slot(Kind[edge], Of[edge], To[edge], Key[edge]);
            while (_slots[slot] >= 0)
            {
                slot = (slot + 1) & (_slots.Length - 1);
            }

            _slots[slot] = edge;
        }
    }
}
