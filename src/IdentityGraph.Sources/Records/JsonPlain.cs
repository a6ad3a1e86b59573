using System.Buffers;
using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>What JSON allows of numbers, words and escapes.</summary>
internal static class JsonPlain
{
    private static readonly SearchValues<byte> s_hexadecimal = SearchValues.Create("0123456789abcdefABCDEF"u8);

    /// <summary>What a value is that is no text, object or list; undefined: nothing JSON knows.</summary>
    public static JsonValueKind KindOf(ReadOnlySpan<byte> value) => value switch
    {
        [(byte)'t', ..] when value.SequenceEqual("true"u8) => JsonValueKind.True,
        [(byte)'f', ..] when value.SequenceEqual("false"u8) => JsonValueKind.False,
        [(byte)'n', ..] when value.SequenceEqual("null"u8) => JsonValueKind.Null,
        [] => JsonValueKind.Undefined,
        _ => IsNumber(value) ? JsonValueKind.Number : JsonValueKind.Undefined,
    };

    /// <summary>Whether every backslash of a text begins one of JSON's escapes.</summary>
    public static bool AreEscapes(ReadOnlySpan<byte> text)
    {
        while (text.IndexOf((byte)'\\') is >= 0 and var at)
        {
            if (at + 1 >= text.Length || !"\"\\/bfnrtu"u8.Contains(text[at + 1]))
            {
                return false;
            }

            var length = text[at + 1] == (byte)'u' ? 6 : 2;
            if (at + length > text.Length || text.Slice(at + 2, length - 2).ContainsAnyExcept(s_hexadecimal))
            {
                return false;
            }

            text = text[(at + length)..];
        }

        return true;
    }

    private static bool IsNumber(ReadOnlySpan<byte> value)
    {
        var rest = value[0] == (byte)'-' ? value[1..] : value;
        var whole = Digits(rest);
        if (whole == 0 || (whole > 1 && rest[0] == (byte)'0'))
        {
            return false;
        }

        rest = rest[whole..];
        if (rest is [(byte)'.', ..])
        {
            var part = Digits(rest[1..]);
            if (part == 0)
            {
                return false;
            }

            rest = rest[(1 + part)..];
        }

        if (rest is [(byte)'e' or (byte)'E', ..])
        {
            rest = rest[1..];
            rest = rest is [(byte)'+' or (byte)'-', ..] ? rest[1..] : rest;
            return rest.Length > 0 && Digits(rest) == rest.Length;
        }

        return rest.Length == 0;
    }

    private static int Digits(ReadOnlySpan<byte> bytes)
    {
        var count = 0;
        while (count < bytes.Length && char.IsAsciiDigit((char)bytes[count]))
        {
            count++;
        }

        return count;
    }
}
