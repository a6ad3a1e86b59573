using System.Buffers;
using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Passes over an object or list and looks whether it is JSON, byte by byte, so that it may be of any size: bytes may come in pieces, and
/// memory holds one bit for each bracket that is open. Texts are not looked into but for their escapes and control characters.
/// </summary>
/// <param name="isObject">Whether its first bracket, which was read, is a brace.</param>
internal sealed class JsonProof(bool isObject)
{
    /// <summary>These bytes end before it does.</summary>
    public const int CutOff = -1;

    /// <summary>It is no JSON; <see cref="At"/> says where.</summary>
    public const int Odd = -2;

    /// <summary>Brackets that may be open at a time: 2 MB of bits.</summary>
    private const int MostOpen = 1 << 24;

    /// <summary>Longest number, in characters.</summary>
    private const int LongestPlain = 1 << 16;

    private static readonly SearchValues<byte> s_inText = SearchValues.Create([(byte)'"', (byte)'\\', .. Enumerable.Range(0, 0x20).Select(control => (byte)control)]);

    private ulong[] _objects = [isObject ? 1UL : 0];
    private int _open = 1;
    private Expected _expected = isObject ? Expected.FirstName : Expected.FirstValue;
    private bool _isName;
    private int _digits;
    private byte[] _plain = new byte[32];
    private int _length;

    private enum Expected
    {
        FirstName,
        Name,
        Colon,
        FirstValue,
        Value,
        Next,
        Text,
        Escape,
        Hexadecimal,
        Plain,
    }

    /// <summary>The position, in the bytes given last, of what is no JSON.</summary>
    public int At { get; private set; }

    private bool InObject => (_objects[(_open - 1) >> 6] >> ((_open - 1) & 63) & 1) != 0;

    /// <summary>Goes on behind what it was given last.</summary>
    /// <returns>The position behind the bracket that closes the first one; or <see cref="CutOff"/>, or <see cref="Odd"/>.</returns>
    public int Pass(ReadOnlySpan<byte> bytes)
    {
        for (var at = 0; at < bytes.Length; at++)
        {
            if (_expected == Expected.Text)
            {
                var length = bytes[at..].IndexOfAny(s_inText);
                if (length < 0)
                {
                    return CutOff;
                }

                at += length;
            }
            else if (_expected == Expected.Plain && !IsPlain(bytes[at]))
            {
                if (JsonPlain.KindOf(_plain.AsSpan(0, _length)) == JsonValueKind.Undefined)
                {
                    return NoJson(at);
                }

                _expected = Expected.Next;
            }

            if (!Take(bytes[at]))
            {
                return NoJson(at);
            }

            if (_open == 0)
            {
                return at + 1;
            }
        }

        return CutOff;
    }

    private static bool IsPlain(byte letter) => char.IsAsciiLetterOrDigit((char)letter) || letter is (byte)'+' or (byte)'-' or (byte)'.';

    private int NoJson(int at)
    {
        At = at;
        return Odd;
    }

    private bool Take(byte letter)
    {
        switch (_expected)
        {
            case Expected.Text:
                _expected = letter == (byte)'\\' ? Expected.Escape : _isName ? Expected.Colon : Expected.Next;
                return letter is (byte)'\\' or (byte)'"';
            case Expected.Escape:
                (_expected, _digits) = letter == (byte)'u' ? (Expected.Hexadecimal, 4) : (Expected.Text, 0);
                return "\"\\/bfnrtu"u8.Contains(letter);
            case Expected.Hexadecimal:
                _expected = --_digits == 0 ? Expected.Text : Expected.Hexadecimal;
                return char.IsAsciiHexDigit((char)letter);
            case Expected.Plain:
                return AddPlain(letter);
            default:
                return letter is (byte)' ' or (byte)'\t' or (byte)'\r' or (byte)'\n' || Mark(letter);
        }
    }

    private bool Mark(byte letter)
    {
        switch (_expected, letter)
        {
            case (Expected.FirstName or Expected.Name, (byte)'"'):
                (_expected, _isName) = (Expected.Text, true);
                return true;
            case (Expected.Colon, (byte)':'):
                _expected = Expected.Value;
                return true;
            case (Expected.Next, (byte)','):
                _expected = InObject ? Expected.Name : Expected.Value;
                return true;
            case (Expected.FirstName, (byte)'}') or (Expected.FirstValue, (byte)']'):
            case (Expected.Next, (byte)'}') when InObject:
            case (Expected.Next, (byte)']') when !InObject:
                (_expected, _open) = (Expected.Next, _open - 1);
                return true;
            case (Expected.FirstValue or Expected.Value, _):
                return Begin(letter);
            default:
                return false;
        }
    }

    private bool Begin(byte letter)
    {
        switch (letter)
        {
            case (byte)'"':
                (_expected, _isName) = (Expected.Text, false);
                return true;
            case (byte)'{' or (byte)'[':
                return Open(letter == (byte)'{');
            default:
                (_expected, _length) = (Expected.Plain, 0);
                return IsPlain(letter) && AddPlain(letter);
        }
    }

    private bool Open(bool brace)
    {
        if (_open == MostOpen)
        {
            return false;
        }

        if (_open >> 6 == _objects.Length)
        {
            Array.Resize(ref _objects, _objects.Length * 2);
        }

        var bit = 1UL << (_open & 63);
        ref var bits = ref _objects[_open >> 6];
        bits = brace ? bits | bit : bits & ~bit;
        (_open, _expected) = (_open + 1, brace ? Expected.FirstName : Expected.FirstValue);
        return true;
    }

    private bool AddPlain(byte letter)
    {
        if (_length == _plain.Length)
        {
            if (_length == LongestPlain)
            {
                return false;
            }

            Array.Resize(ref _plain, _length * 2);
        }

        _plain[_length++] = letter;
        return true;
    }
}
