using System.Buffers;

namespace IdentityGraph.Collect.Exchange;

/// <summary>What <see cref="LineReader.Next"/> found.</summary>
internal enum LineState
{
    Line,

    /// <summary>Longer than <see cref="LineReader.LongestLine"/>; passed over without being kept.</summary>
    TooLong,
    End,
}

/// <summary>
/// Splits bytes into lines, LF or CRLF, over one pooled buffer: memory grows to the longest line, never past
/// <see cref="LongestLine"/>. A UTF-8 byte order mark at the start is passed over.
/// </summary>
internal sealed class LineReader(Stream stream) : IDisposable
{
    /// <summary>16 MiB, without the line's end.</summary>
    public const int LongestLine = 16 * 1024 * 1024;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(128 * 1024);
    private int _lineStart;
    private int _lineLength;
    private int _start;
    private int _end;
    private bool _ended;

    /// <summary>Number of the line last returned; 1 for the first.</summary>
    public long Number { get; private set; }

    /// <summary>The line last returned, without its end; valid until the next call. Empty where it was too long.</summary>
    public ReadOnlySpan<byte> Line => _buffer.AsSpan(_lineStart, _lineLength);

    /// <summary>The same where a span will not do.</summary>
    public ReadOnlyMemory<byte> Memory => _buffer.AsMemory(_lineStart, _lineLength);

    /// <summary>The line last returned and <see cref="LineMarks.Block"/> bytes behind it, which mean nothing but may be looked at.</summary>
    public ReadOnlySpan<byte> Padded => _buffer.AsSpan(_lineStart, _lineLength + LineMarks.Block);

    /// <summary>Whether the line last returned had an end; only the last one may lack it.</summary>
    public bool Terminated { get; private set; }

    /// <summary>Bytes read so far.</summary>
    public long Bytes { get; private set; }

    /// <summary>Why the packed input ended before its end; null where it did not.</summary>
    public string? Damage { get; private set; }

    public LineState Next()
    {
        var scanned = 0;
        _lineLength = 0;
        while (true)
        {
            var found = _buffer.AsSpan(_start + scanned, _end - _start - scanned).IndexOf((byte)'\n');
            if (found >= 0)
            {
                return Take(scanned + found, terminated: true);
            }

            scanned = _end - _start;
            if (scanned > LongestLine + 1)
            {
                return Skip();
            }

            if (!Fill())
            {
                return scanned == 0 ? LineState.End : Take(scanned, terminated: false);
            }
        }
    }

    public void Dispose()
    {
        if (_buffer.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = [];
            (_start, _end, _lineStart, _lineLength, _ended) = (0, 0, 0, 0, true);
        }
    }

    private LineState Take(int length, bool terminated)
    {
        _lineStart = _start;
        _start += length + (terminated ? 1 : 0);
        Number++;
        Terminated = terminated;
        if (Number == 1 && _buffer.AsSpan(_lineStart, length).StartsWith("\uFEFF"u8))
        {
            _lineStart += 3;
            length -= 3;
        }

        length -= length > 0 && _buffer[_lineStart + length - 1] == '\r' ? 1 : 0;
        if (length > LongestLine)
        {
            return LineState.TooLong;
        }

        _lineLength = length;
        return LineState.Line;
    }

    private LineState Skip()
    {
        while (true)
        {
            var found = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (found >= 0)
            {
                _start += found + 1;
                break;
            }

            _start = _end;
            if (!Fill())
            {
                break;
            }
        }

        Number++;
        Terminated = true;
        return LineState.TooLong;
    }

    /// <summary>Reads more behind what is held; false at the end.</summary>
    private bool Fill()
    {
        if (_ended)
        {
            return false;
        }

        if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length - LineMarks.Block)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Min(_buffer.Length * 2, LongestLine + 64 * 1024));
            _buffer.AsSpan(0, _end).CopyTo(larger);
            ArrayPool<byte>.Shared.Return(_buffer);
            _buffer = larger;
        }

        try
        {
            var read = stream.Read(_buffer, _end, _buffer.Length - LineMarks.Block - _end);
            _end += read;
            Bytes += read;
            _ended = read == 0;
        }
        catch (Exception fault) when (fault is InvalidDataException or EndOfStreamException)
        {
            Damage = "the packed data is damaged or cut off";
            _ended = true;
        }

        return !_ended;
    }
}
