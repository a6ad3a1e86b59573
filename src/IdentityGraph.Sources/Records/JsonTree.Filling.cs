using System.Runtime.CompilerServices;
using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>The quick way to fill the table, which takes nothing that is not JSON and leaves whatever is unusual to the slow one.</summary>
internal sealed partial class JsonTree
{
    /// <summary>The bytes end before the piece does.</summary>
    public const int CutOff = -1;

    /// <summary>It is no JSON, nests too deep, or is unusual: nothing was read, and where it ends is not known.</summary>
    public const int Odd = -2;

    /// <summary>Reads an object or list, and finds out where it ends.</summary>
    /// <param name="bytes">They stand as long as the tree does.</param>
    /// <param name="from">Where its bracket stands.</param>
    /// <param name="end">Where the bytes end.</param>
    /// <returns>The position behind it; or <see cref="CutOff"/>, or <see cref="Odd"/>.</returns>
    public int Fill(byte[] bytes, int from, int end)
    {
        Begin(bytes, from);
        var marks = new JsonMarks(bytes.AsSpan(from, end - from));
        var length = Walk(bytes.AsSpan(from, end - from), _used, ref marks);
        if (length >= 0 && (marks.SawControl || (marks.SawEscapes && !AreEscapesPlain())))
        {
            length = Odd;
        }

        _isAscii = marks.IsAscii;
        if (length < 0)
        {
            _count = _root;
            return length;
        }

        return from + length;
    }

    /// <returns>The length of the piece; or <see cref="CutOff"/>, or <see cref="Odd"/>.</returns>
    // Compiled well at once: most of a large file would be over before the runtime found out that it pays.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private int Walk(ReadOnlySpan<byte> span, int from, ref JsonMarks marks)
    {
        var level = 0;
        var at = marks.Next();
        while (true)
        {
            // At a bracket that opens.
            if (level >= depth)
            {
                return Odd;
            }

            var isObject = span[at] == (byte)'{';
            Open(level++, from + at, isObject ? JsonValueKind.Object : JsonValueKind.Array);
            at = marks.Next();
            if (at < 0)
            {
                return CutOff;
            }

            if (span[at] != (isObject ? (byte)'}' : (byte)']'))
            {
                var more = isObject ? Name(span, from, ref marks, ref at) : 0;
                more = more < 0 ? more : Value(span, from, ref marks, ref at);
                if (more < 0)
                {
                    return more;
                }

                if (more == Opens)
                {
                    continue;
                }
            }

            // At a comma or a bracket that closes.
            var opened = false;
            while (!opened)
            {
                var open = _open[level - 1];
                isObject = _tokens[open].Kind == JsonValueKind.Object;
                var mark = span[at];
                if (mark == (byte)',')
                {
                    at = marks.Next();
                    var more = at < 0 ? CutOff : isObject ? Name(span, from, ref marks, ref at) : 0;
                    more = more < 0 ? more : Value(span, from, ref marks, ref at);
                    if (more < 0)
                    {
                        return more;
                    }

                    opened = more == Opens;
                    continue;
                }

                if (mark != (isObject ? (byte)'}' : (byte)']'))
                {
                    return Odd;
                }

                Close(open, from + at + 1);
                if (--level == 0)
                {
                    return at + 1;
                }

                at = marks.Next();
                if (at < 0)
                {
                    return CutOff;
                }
            }
        }
    }

    private const int Opens = 1;

    /// <summary>The name at a quote, and its colon; goes on to the mark behind it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Name(ReadOnlySpan<byte> span, int from, ref JsonMarks marks, ref int at)
    {
        var open = at;
        if (span[open] != (byte)'"')
        {
            return Odd;
        }

        var close = marks.Next();
        var colon = close < 0 ? CutOff : marks.Next();
        if (colon < 0)
        {
            return CutOff;
        }

        if (span[colon] != (byte)':')
        {
            return Odd;
        }

        Add(new(from + open + 1, close - open - 1, JsonRepeats.Hash(span[(open + 1)..close]), JsonValueKind.Undefined, false));
        at = marks.Next();
        return at < 0 ? CutOff : 0;
    }

    /// <summary>The value at a mark.</summary>
    /// <returns><see cref="Opens"/>: the mark opens an object or list; 0: the value was read, and the mark behind it is at hand.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int Value(ReadOnlySpan<byte> span, int from, ref JsonMarks marks, ref int at)
    {
        var mark = span[at];
        if (mark == (byte)'"')
        {
            var close = marks.Next();
            var behind = close < 0 ? CutOff : marks.Next();
            if (behind < 0)
            {
                return CutOff;
            }

            Add(new(from + at + 1, close - at - 1, _count + 1, JsonValueKind.String, false));
            at = behind;
            return 0;
        }

        return mark is (byte)'{' or (byte)'[' ? Opens : Plain(span, from, ref marks, ref at);
    }

    /// <summary>A number or word at a mark, which the mark behind it ends.</summary>
    private int Plain(ReadOnlySpan<byte> span, int from, ref JsonMarks marks, ref int at)
    {
        if (!char.IsAsciiLetterOrDigit((char)span[at]) && span[at] != (byte)'-')
        {
            return Odd;
        }

        var behind = marks.Next();
        if (behind < 0)
        {
            return CutOff;
        }

        var plain = span[at..behind].TrimEnd(" \t\r\n"u8);
        var kind = JsonPlain.KindOf(plain);
        if (kind == JsonValueKind.Undefined)
        {
            return Odd;
        }

        Add(new(from + at, plain.Length, _count + 1, kind, false));
        at = behind;
        return 0;
    }

    /// <summary>Marks the texts with escapes; false where one is none of JSON's, or a name has one: then it may stand twice in other letters.</summary>
    private bool AreEscapesPlain()
    {
        for (var number = _root; number < _count; number++)
        {
            ref var token = ref _tokens[number];
            if (token.Kind is not (JsonValueKind.String or JsonValueKind.Undefined))
            {
                continue;
            }

            var text = Bytes(token.Start, token.Length);
            var escape = text.IndexOf((byte)'\\');
            if (escape >= 0)
            {
                if (token.Kind == JsonValueKind.Undefined || !JsonPlain.AreEscapes(text[escape..]))
                {
                    return false;
                }

                token = token with { IsEscaped = true };
            }
        }

        return true;
    }
}
