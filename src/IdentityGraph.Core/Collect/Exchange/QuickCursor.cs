namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// Walks a line whose texts hold no escapes: each ends at the next quote. What it takes is what a JSON reader would; whatever
/// it does not take may still be JSON.
/// </summary>
internal ref struct QuickCursor(ReadOnlySpan<byte> line, LineMarks marks)
{
    private readonly ReadOnlySpan<byte> _line = line;
    private int _at;

    public readonly bool IsAtEnd => _at == _line.Length;

    /// <summary>Where the next byte stands.</summary>
    public readonly int Place => _at;

    /// <summary>Everything up to the first closing brace, and that; empty where it is further away than that many bytes.</summary>
    public readonly ReadOnlySpan<byte> ToBrace(int most)
    {
        var rest = _line[_at..];
        return rest[..(rest[..Math.Min(rest.Length, most)].IndexOf((byte)'}') + 1)];
    }

    /// <summary>Passes over what was read before.</summary>
    public void Skip(int count) => _at += count;

    /// <summary>The byte, behind spaces.</summary>
    public bool Take(byte wanted)
    {
        while ((uint)_at < (uint)_line.Length)
        {
            var one = _line[_at];
            if (one == wanted)
            {
                _at++;
                return true;
            }

            if (one != ' ')
            {
                return false;
            }

            _at++;
        }

        return false;
    }

    /// <summary>A text without its quotes.</summary>
    public bool TakeText(out ReadOnlySpan<byte> text)
    {
        if (Take((byte)'"') && marks.NextQuote(_at) is >= 0 and var end)
        {
            text = _line[_at..end];
            _at = end + 1;
            return true;
        }

        text = default;
        return false;
    }

    /// <summary>The name of a member, and the colon behind it.</summary>
    public bool TakeName(out ReadOnlySpan<byte> name) => TakeText(out name) && Take((byte)':');

    /// <summary>A literal (`true`, `null`), behind spaces; what follows it is for the next call to judge.</summary>
    public bool TakeWord(ReadOnlySpan<byte> word)
    {
        TakeSpaces();
        if (_line[_at..].StartsWith(word))
        {
            _at += word.Length;
            return true;
        }

        return false;
    }

    /// <summary>A whole number from 0 of at most fifteen digits, as JSON spells it.</summary>
    public bool TakeNumber(out long number)
    {
        TakeSpaces();
        number = 0;
        var from = _at;
        while (_at < _line.Length && _line[_at] is >= (byte)'0' and <= (byte)'9' and var digit && _at - from < 16)
        {
            number = (number * 10) + digit - '0';
            _at++;
        }

        var digits = _at - from;
        return digits is > 0 and < 16 && (digits == 1 || _line[from] != '0') && _at < _line.Length && _line[_at] is (byte)',' or (byte)'}' or (byte)']' or (byte)' ';
    }

    public void TakeSpaces()
    {
        while (_at < _line.Length && _line[_at] == ' ')
        {
            _at++;
        }
    }
}
