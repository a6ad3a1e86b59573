using System.Buffers.Binary;
using System.Numerics;
using System.Text;

namespace IdentityGraph.Bolt.PackStream;

/// <summary>
/// Gives the same <see cref="string"/> for the same UTF-8 text again and again, so that names and words that repeat are made once. It
/// remembers a bounded number of short texts; others are made anew. Not safe for several threads at once.
/// </summary>
public sealed class StringInterner
{
    private const int LongestKept = 256;
    private const int Ways = 4;
    private const ulong Multiplier = 0x9E3779B97F4A7C15;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Entry[] _entries;
    private readonly int _mask;

    /// <summary>An interner with its own memory.</summary>
    /// <param name="slots">How many texts it can remember at most; rounded up to a power of two.</param>
    public StringInterner(int slots = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        var rounded = (int)BitOperations.RoundUpToPowerOf2((uint)slots);
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
        var free = hash & _mask;
        for (var way = 0; way < Ways; way++)
        {
            ref var entry = ref _entries[(hash + way) & _mask];
            if (entry.Text is null)
            {
                free = (hash + way) & _mask;
                break;
            }

            if (entry.Hash == hash && utf8.SequenceEqual(entry.Utf8))
            {
                return entry.Text;
            }
        }

        var text = Decode(utf8);
        _entries[free] = new(hash, text, utf8.ToArray());
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

    private static int Hash(ReadOnlySpan<byte> bytes)
    {
        // Eight bytes at a time. A server that makes texts meet in one place costs only that they are made anew.
        var hash = (ulong)bytes.Length * Multiplier;
        if (bytes.Length >= 8)
        {
            for (var rest = bytes; rest.Length > 8; rest = rest[8..])
            {
                hash = Mixed(hash, BinaryPrimitives.ReadUInt64LittleEndian(rest));
            }

            return (int)(Mixed(hash, BinaryPrimitives.ReadUInt64LittleEndian(bytes[^8..])) >> 32); // may take some bytes twice, which does no harm
        }

        var last = 0UL;
        foreach (var each in bytes)
        {
            last = (last << 8) | each;
        }

        return (int)(Mixed(hash, last) >> 32);
    }

    private static ulong Mixed(ulong hash, ulong word) => BitOperations.RotateLeft(hash ^ word, 29) * Multiplier;

    private readonly record struct Entry(int Hash, string Text, byte[] Utf8);
}
