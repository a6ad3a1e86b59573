using System.Buffers;

namespace IdentityGraph.Sources.Aws;

/// <summary>Builds an id in one piece: a beginning, and names behind it, percent-encoded as everywhere.</summary>
internal ref struct AwsIdText
{
    private static readonly SearchValues<char> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~");

    private char[]? _rented;
    private Span<char> _letters;
    private int _length;

    public AwsIdText(Span<char> room) => _letters = room;

    public readonly ReadOnlySpan<char> Text => _letters[.._length];

    public void Plain(ReadOnlySpan<char> text)
    {
        Need(text.Length);
        text.CopyTo(_letters[_length..]);
        _length += text.Length;
    }

    public void Encoded(ReadOnlySpan<char> text)
    {
        while (true)
        {
            var plain = text.IndexOfAnyExcept(s_plain);
            Plain(plain < 0 ? text : text[..plain]);
            if (plain < 0)
            {
                return;
            }

            if (text[plain] < 0x80)
            {
                Need(3);
                _letters[_length] = '%';
                _letters[_length + 1] = Digit(text[plain] >> 4);
                _letters[_length + 2] = Digit(text[plain] & 15);
                _length += 3;
                text = text[(plain + 1)..];
                continue;
            }

            var ascii = text[plain..].IndexOfAnyInRange('\0', '\u007f');
            Plain(Uri.EscapeDataString(text.Slice(plain, ascii < 0 ? text.Length - plain : ascii)));
            text = ascii < 0 ? [] : text[(plain + ascii)..];
        }
    }

    public void Dispose()
    {
        if (_rented is not null)
        {
            ArrayPool<char>.Shared.Return(_rented);
        }
    }

    private static char Digit(int value) => (char)(value < 10 ? '0' + value : 'A' + value - 10);

    private void Need(int more)
    {
        if (_length + more <= _letters.Length)
        {
            return;
        }

        var larger = ArrayPool<char>.Shared.Rent(Math.Max(_letters.Length * 2, _length + more));
        _letters[.._length].CopyTo(larger);
        Dispose();
        _letters = _rented = larger;
    }
}
