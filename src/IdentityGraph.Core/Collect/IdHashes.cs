using System.Numerics;

namespace IdentityGraph.Collect;

/// <summary>A set of 64-bit hashes, each with one flag in place of its lowest bit: eight bytes each, and half as many free.</summary>
internal sealed class IdHashes
{
    /// <summary>Chance does not put so many in a row; ids made to collide do.</summary>
    private const int MostProbes = 4_096;

    private ulong[] _slots = new ulong[1 << 10];

    public int Count { get; private set; }

    /// <summary>Whether a hash found no place, because too many others begin at its own.</summary>
    public bool IsOverrun { get; private set; }

    /// <summary>How many bear the flag.</summary>
    public int Flagged { get; private set; }

    /// <summary>Adds the hash if it is new; raises its flag if asked to, and never lowers it.</summary>
    /// <returns>Whether it was new.</returns>
    public bool Add(ulong hash, bool flag)
    {
        // 0 marks a free slot.
        var key = (hash & ~1UL) == 0 ? 2 : hash & ~1UL;
        var mask = _slots.Length - 1;
        for (int slot = (int)(key >> 32) & mask, probe = 0; probe < MostProbes; slot = (slot + 1) & mask, probe++)
        {
            ref var held = ref _slots[slot];
            if (held == 0)
            {
                held = key | (flag ? 1UL : 0);
                Flagged += flag ? 1 : 0;
                if (++Count * 2 > _slots.Length)
                {
                    Grow();
                }

                return true;
            }

            if ((held & ~1UL) == key)
            {
                if (flag && (held & 1) == 0)
                {
                    held |= 1;
                    Flagged++;
                }

                return false;
            }
        }

        IsOverrun = true;
        return false;
    }

    public void Clear()
    {
        _slots = new ulong[1 << 10];
        (Count, Flagged) = (0, 0);
    }

    private void Grow()
    {
        var larger = new ulong[(int)BitOperations.RoundUpToPowerOf2((uint)_slots.Length + 1)];
        var mask = larger.Length - 1;
        foreach (var held in _slots)
        {
            if (held != 0)
            {
                var slot = (int)(held >> 32) & mask;
                while (larger[slot] != 0)
                {
                    slot = (slot + 1) & mask;
                }

                larger[slot] = held;
            }
        }

        _slots = larger;
    }
}
