using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;

namespace IdentityGraph.Bolt.PackStream;

/// <summary>
/// Gives the same <see cref="string"/> for the same UTF-8 text again and again, so that names and words that repeat are made once. It
/// remembers a bounded number of short texts; others are made anew. Not safe for several threads at once.
/// </summary>
public sealed class StringInterner
{
    private const int LongestKept = byte.MaxValue;
    private const int Ways = 4;
    private const int FirstKept = 4 << 10;
    private const int KeptPerSlot = 64;
    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private readonly Entry[] _entries;
    private readonly int _mask;

    /// <summary>The known texts as UTF-8, one behind the other: they are compared where they lie close together.</summary>
    private byte[] _kept = [];
    private int _end;

    /// <summary>An interner with its own memory.</summary>
    /// <param name="slots">How many texts it can remember at most; rounded up to a power of two.</param>
    public StringInterner(int slots = 4096)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(slots, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(slots, 1 << 24);
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

        var hash = TextHash.Of(utf8);
        var name = (hash << 8) | (uint)utf8.Length;
        var home = (int)(hash >> 8) & _mask;
        ref var entry = ref _entries[home];
        return entry.Name == name && utf8.SequenceEqual(_kept.AsSpan(entry.Start, utf8.Length)) && entry.Text is { } text ? text : GetBeside(utf8, name, home);
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

    /// <summary>The text from one of the places after its own; or made, and remembered in the first that is free, else in its own.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private string GetBeside(ReadOnlySpan<byte> utf8, uint name, int home)
    {
        var free = home;
        for (var way = 0; way < Ways; way++)
        {
            var entry = _entries[(home + way) & _mask];
            if (entry.Text is null)
            {
                free = (home + way) & _mask;
                break;
            }

            if (entry.Name == name && utf8.SequenceEqual(_kept.AsSpan(entry.Start, utf8.Length)))
            {
                return entry.Text;
            }
        }

        var text = Decode(utf8);
        var start = Keep(utf8);
        _entries[free] = new(text, name, start);
        return text;
    }

    /// <summary>Where the bytes lie from now on. When there is room for no more, everything is forgotten.</summary>
    private int Keep(ReadOnlySpan<byte> utf8)
    {
        if (_kept.Length - _end < utf8.Length)
        {
            var most = Math.Max(FirstKept, _entries.Length * KeptPerSlot);
            if (_kept.Length < most)
            {
                Array.Resize(ref _kept, Math.Clamp(_kept.Length * 2, FirstKept, most));
            }
            else
            {
                Array.Clear(_entries);
                _end = 0;
            }
        }

        utf8.CopyTo(_kept.AsSpan(_end));
        _end += utf8.Length;
        return _end - utf8.Length;
    }

    /// <param name="Text">Null where nothing is remembered.</param>
    /// <param name="Name">Part of the hash, and the length in the lowest byte.</param>
    /// <param name="Start">Where its UTF-8 lies.</param>
    private readonly record struct Entry(string Text, uint Name, int Start);
}
