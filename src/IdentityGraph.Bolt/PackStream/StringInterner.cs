using System.Text;

namespace IdentityGraph.Bolt.PackStream;

/// <summary>
/// Gives the same <see cref="string"/> for the same UTF-8 text again and again, so that names and words that repeat are made once. It
/// remembers a bounded number of short texts; others are made anew. Not safe for several threads at once.
/// </summary>
public sealed class StringInterner
{
    private const int LongestKept = 256;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Entry[] _entries;
    private readonly int _mask;

    /// <summary>An interner with its own memory.</summary>
    /// <param name="slots">How many texts it can remember at most; rounded up to a power of two.</param>
    public StringInterner(int slots = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        var rounded = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)slots);
        (_entries, _mask) = (new Entry[rounded], rounded - 1);
    }

    /// <summary>The text.</summary>
    /// <param name="utf8">Its UTF-8.</param>
    /// <exception cref="BoltProtocolException">These bytes are no UTF-8.</exception>
    public string Get(ReadOnlySpan<byte> utf8)
    {
        if (utf8.Length > LongestKept)
        {
            return Decode(utf8);
        }

        var hash = Hash(utf8);
        ref var entry = ref _entries[hash & _mask];
        if (entry.Text is { } known && entry.Hash == hash && Same(known, utf8))
        {
            return known;
        }

        var text = Decode(utf8);
        entry = new(hash, text);
        return text;
    }

    internal static string Decode(ReadOnlySpan<byte> utf8)
    {
        try
        {
            return s_utf8.GetString(utf8);
        }
        catch (DecoderFallbackException)
        {
            throw new BoltProtocolException("a text of the server is no UTF-8");
        }
    }

    private static bool Same(string known, ReadOnlySpan<byte> utf8)
    {
        if (Ascii.Equals(utf8, known))
        {
            return true;
        }

        Span<byte> bytes = stackalloc byte[LongestKept];
        return s_utf8.TryGetBytes(known, bytes, out var length) && bytes[..length].SequenceEqual(utf8);
    }

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        var hash = new HashCode();
        hash.AddBytes(bytes);
        return hash.ToHashCode();
    }

    private readonly record struct Entry(int Hash, string Text);
}
