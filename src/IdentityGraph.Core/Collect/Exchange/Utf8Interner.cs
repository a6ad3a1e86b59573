using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// One string for equal UTF-8 words (kinds, streams, names of properties), without decoding them or looking for secrets in them again.
/// Holds a bounded number of short words; others are decoded each time.
/// </summary>
internal sealed class Utf8Interner
{
    private const int LongestWord = 64;
    private const int Slots = 4096;
    private const int Fullest = Slots * 3 / 4;

    private readonly (byte[] Utf8, string Text, string? Secret)[] _slots = new (byte[], string, string?)[Slots];
    private int _count;

    /// <param name="utf8">Valid UTF-8.</param>
    /// <param name="secret">The sort of secret it looks like; null: none.</param>
    public string Intern(ReadOnlySpan<byte> utf8, out string? secret)
    {
        if (utf8.Length > LongestWord)
        {
            var one = Encoding.UTF8.GetString(utf8);
            secret = SecretLooking.Find(one);
            return one;
        }

        var slot = (int)(Hash(utf8) & (Slots - 1));
        while (_slots[slot].Utf8 is { } known)
        {
            if (known.AsSpan().SequenceEqual(utf8))
            {
                secret = _slots[slot].Secret;
                return _slots[slot].Text;
            }

            slot = (slot + 1) & (Slots - 1);
        }

        var text = Encoding.UTF8.GetString(utf8);
        secret = SecretLooking.Find(text);
        if (_count < Fullest)
        {
            _slots[slot] = (utf8.ToArray(), text, secret);
            _count++;
        }

        return text;
    }

    private static uint Hash(ReadOnlySpan<byte> utf8)
    {
        var hash = (uint)utf8.Length;
        while (utf8.Length >= sizeof(uint))
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ Unsafe.ReadUnaligned<uint>(ref MemoryMarshal.GetReference(utf8))) * 0x9E3779B1u;
            utf8 = utf8[sizeof(uint)..];
        }

        foreach (var one in utf8)
        {
            hash = (BitOperations.RotateLeft(hash, 5) ^ one) * 0x9E3779B1u;
        }

        return hash ^ (hash >> 15);
    }
}
