using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityGraph.Analyze.Reach.Plain;

/// <summary>One word given to many slots: the innermost of a search.</summary>
internal sealed partial class PlainSearch
{
    private void Give(ReadOnlySpan<int> slots, uint word, PlainMark mark)
    {
        var (following, end, count) = (state.Following(_count + slots.Length), Ungiven(slots, mark), _count);
        ref var all = ref MemoryMarshal.GetArrayDataReference(state.Words);
        for (var i = count; i < end; i++)
        {
            // What is read here is overwritten at the earliest by itself.
            var to = following[i];
            ref var words = ref Unsafe.Add(ref all, to);
            var fresh = word & ~words.Have;
            if (fresh == 0)
            {
                continue;
            }

            following[count] = to;
            count += words.Next == 0 ? 1 : 0;
            words.Have |= fresh;
            words.Next |= fresh;
        }

        _count = count;
    }

    /// <summary>A step of a walk takes effect at once.</summary>
    private void Walk(ReadOnlySpan<int> slots, uint word, PlainMark mark)
    {
        var (room, end) = (state.Following(_count + slots.Length), Ungiven(slots, mark));
        foreach (var to in room.AsSpan(_count, end - _count))
        {
            ref var words = ref state.Words[to];
            var fresh = word & ~words.Have;
            if (fresh == 0)
            {
                continue;
            }

            if (words.Next == 0)
            {
                state.Log(to, 0);
            }

            words.Have |= fresh;
            words.Next |= fresh;
        }
    }

    /// <summary>
    /// Those of the slots that were not given the word of the mark yet, after what follows already, without a branch: of what is given
    /// most is given in vain. From now on they were. Where the room ends.
    /// </summary>
    private int Ungiven(ReadOnlySpan<int> slots, PlainMark mark)
    {
        // Slots and room are our own: state has room for every slot of the table, and what follows for these.
        ref var room = ref MemoryMarshal.GetArrayDataReference(state.Following(_count + slots.Length));
        ref var given = ref MemoryMarshal.GetArrayDataReference(state.Given);
        var (end, own, all) = (_count, mark.Own, mark.All);
        foreach (var to in slots)
        {
            ref var known = ref Unsafe.Add(ref given, to);
            var before = known;
            Unsafe.Add(ref room, end) = to;
            known = (byte)(before | all);
            end += (before & own) == 0 ? 1 : 0;
        }

        return end;
    }
}
