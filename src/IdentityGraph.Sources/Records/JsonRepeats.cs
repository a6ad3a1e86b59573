using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace IdentityGraph.Sources.Records;

/// <summary>Finds out whether a member stands twice in an object, by its name without escapes. Its room is used again.</summary>
internal sealed class JsonRepeats
{
    /// <summary>Members up to which each is compared with those before it.</summary>
    private const int Small = 64;

    private int[] _names = new int[Small];
    private long[] _keys = [];

    /// <summary>A quick mark of a name's bytes: names that differ may share it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Hash(ReadOnlySpan<byte> name)
    {
        ref var first = ref MemoryMarshal.GetReference(name);
        ulong mixed;
        if (name.Length >= sizeof(ulong))
        {
            mixed = Unsafe.ReadUnaligned<ulong>(ref first) ^ (Unsafe.ReadUnaligned<ulong>(ref Unsafe.Add(ref first, name.Length - sizeof(ulong))) * 31);
        }
        else if (name.Length >= sizeof(uint))
        {
            mixed = Unsafe.ReadUnaligned<uint>(ref first) | ((ulong)Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref first, name.Length - sizeof(uint))) << 32);
        }
        else
        {
            mixed = name.Length == 0 ? 0 : first | ((ulong)Unsafe.Add(ref first, name.Length >> 1) << 8) | ((ulong)Unsafe.Add(ref first, name.Length - 1) << 16);
        }

        return (int)(((mixed + (ulong)name.Length) * 0x9E3779B97F4A7C15UL) >> 32);
    }

    /// <param name="json">An object.</param>
    public bool Any(JsonValue json)
    {
        var count = 0;
        var seen = 0UL;
        foreach (var member in json.EnumerateObject())
        {
            if (member.IsNameEscaped)
            {
                return AnyEscaped(json);
            }

            if (count < Small)
            {
                var bit = 1UL << member.NameHash;
                if ((seen & bit) != 0 && IsAmong(json, member, count))
                {
                    return true;
                }

                seen |= bit;
                _names[count] = member.Token;
            }

            count++;
        }

        return count > Small && AnyOfMany(json, count);
    }

    private bool IsAmong(JsonValue json, JsonMember member, int count)
    {
        for (var number = 0; number < count; number++)
        {
            var other = json.MemberAt(_names[number]);
            if (other.NameHash == member.NameHash && other.NameBytes.SequenceEqual(member.NameBytes))
            {
                return true;
            }
        }

        return false;
    }

    /// <summary>By hashes nobody can foresee, so that no file makes it slow.</summary>
    private bool AnyOfMany(JsonValue json, int count)
    {
        if (_keys.Length < count)
        {
            (_keys, _names) = (new long[count], new int[count]);
        }

        var number = 0;
        foreach (var member in json.EnumerateObject())
        {
            var hash = new HashCode();
            hash.AddBytes(member.NameBytes);
            _keys[number] = ((long)hash.ToHashCode() << 32) | (uint)member.Token;
            number++;
        }

        var keys = _keys.AsSpan(0, count);
        keys.Sort();
        for (var at = 1; at < count; at++)
        {
            for (var before = at - 1; before >= 0 && keys[before] >> 32 == keys[at] >> 32; before--)
            {
                if (json.MemberAt((int)keys[before]).NameBytes.SequenceEqual(json.MemberAt((int)keys[at]).NameBytes))
                {
                    return true;
                }
            }
        }

        if (_keys.Length > 1 << 16)
        {
            (_keys, _names) = ([], new int[Small]);
        }

        return false;
    }

    private static bool AnyEscaped(JsonValue json)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var member in json.EnumerateObject())
        {
            if (member.IsNameText && !names.Add(member.Name))
            {
                return true;
            }
        }

        return false;
    }
}
