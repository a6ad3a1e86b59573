using System.Buffers;
using System.Text;
using System.Text.Json;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Goes through JSON as it streams in, value by value: memory holds one value, whatever the size of the file. Where an object or list ends
/// is found by its brackets, so that whoever reads it has all of it at hand, and one that cannot be read is passed over like any other.
/// </summary>
/// <param name="stream">The file; disposed with the cursor.</param>
/// <param name="largest">Bytes one value may have.</param>
internal sealed partial class JsonCursor(Stream stream, int largest) : IDisposable
{
    private static readonly JsonReaderOptions s_lasting = new() { MaxDepth = int.MaxValue, AllowMultipleValues = true };

    private byte[] _buffer = [];
    private int _room;
    private bool _isRented;
    private int _start;
    private int _end;
    private bool _final;
    private long _passed;
    private int _from;
    private int _length;
    private JsonReaderState _state = new(s_lasting);

    /// <summary>Whether the file begins with a byte-order mark, which is passed over.</summary>
    public bool HasByteOrderMark { get; private set; }

    /// <summary>The member whose name was read last; a name that is no valid text stands as it is written.</summary>
    public string Name { get; private set; } = "";

    /// <summary>Whether that name is valid text: UTF-8, and no half of a UTF-16 pair.</summary>
    public bool IsNameText { get; private set; }

    /// <summary>The value that was read last; lies in the buffer, and stands until anything else is asked for.</summary>
    public ReadOnlyMemory<byte> Value => _buffer.AsMemory(_from, _length);

    /// <summary>To be called first.</summary>
    public void Begin()
    {
        if (stream is MemoryStream kept && kept.Length <= largest && kept.TryGetBuffer(out var bytes) && bytes.Offset == 0)
        {
            (_buffer, _end, _final) = (bytes.Array!, bytes.Count, true);
        }
        else
        {
            Rent(Math.Min(largest, 64 << 10));
            Fill();
        }

        if (_buffer.AsSpan(_start, _end - _start).StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]))
        {
            _start += 3;
            HasByteOrderMark = true;
        }
    }

    /// <summary>The next token, gone past. Objects and lists are entered.</summary>
    /// <exception cref="JsonException">Not JSON, or cut off.</exception>
    public JsonTokenType Token(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = Reader();
            if (Read(ref reader))
            {
                if (reader.TokenType == JsonTokenType.PropertyName)
                {
                    Name = NameOf(ref reader);
                }

                Consume(ref reader);
                _isBeforeElement = reader.TokenType == JsonTokenType.StartArray;
                return reader.TokenType;
            }

            Starve();
        }
    }

    /// <summary>The next token, still to come.</summary>
    /// <exception cref="JsonException">Not JSON, or cut off.</exception>
    public JsonTokenType Peek(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var reader = Reader();
            if (Read(ref reader))
            {
                return reader.TokenType;
            }

            Starve();
        }
    }

    /// <summary>Whether nothing but blanks is left.</summary>
    public bool AtEnd(CancellationToken cancellationToken)
    {
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var more = _buffer.AsSpan(_start, _end - _start).IndexOfAnyExcept(" \n\r\t"u8);
            if (more >= 0 || _final)
            {
                return more < 0;
            }

            _start = _end;
            Fill();
        }
    }

    /// <exception cref="JsonException">Something is left.</exception>
    public void ExpectEnd(CancellationToken cancellationToken)
    {
        if (!AtEnd(cancellationToken))
        {
            throw new JsonException($"something stands behind the end of the document (at byte {_passed + _start})");
        }
    }

    /// <summary>Reads what is left without looking at it, so that what it unpacks to is measured.</summary>
    public void Drain(CancellationToken cancellationToken)
    {
        while (!_final && stream.Read(_buffer) > 0)
        {
            cancellationToken.ThrowIfCancellationRequested();
        }
    }

    /// <summary>Nothing that was read from it stands any more.</summary>
    public void Dispose()
    {
        stream.Dispose();
        Return();
    }

    private Utf8JsonReader Reader() => new(_buffer.AsSpan(_start, _end - _start), isFinalBlock: false, _state);

    private bool Read(ref Utf8JsonReader reader)
    {
        try
        {
            return reader.Read();
        }
        catch (JsonException fault)
        {
            throw Placed(fault, _start + reader.BytesConsumed);
        }
    }

    /// <summary>Goes behind a value whose first bracket the reader has read: what it knows then is as if the value were empty.</summary>
    private void Leap(ref Utf8JsonReader reader, int to)
    {
        var close = new Utf8JsonReader(reader.TokenType == JsonTokenType.StartObject ? "}"u8 : "]"u8, isFinalBlock: false, reader.CurrentState);
        close.Read();
        _state = close.CurrentState;
        _start = to;
        (_isBeforeElement, _isBehindElement) = (false, false);
    }

    private void Consume(ref Utf8JsonReader reader)
    {
        _start += (int)reader.BytesConsumed;
        _state = reader.CurrentState;
        (_isBeforeElement, _isBehindElement) = (false, false);
    }

    private string NameOf(ref Utf8JsonReader reader)
    {
        try
        {
            IsNameText = true;
            return reader.GetString()!;
        }
        catch (InvalidOperationException)
        {
            IsNameText = false;
            return Encoding.UTF8.GetString(reader.ValueSpan);
        }
    }

    /// <summary>The fault with its place in the file: the reader knows nothing of what lay before its bytes.</summary>
    private JsonException Placed(JsonException fault, long at)
    {
        var position = fault.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
        return new($"{fault.Message[..(position < 0 ? fault.Message.Length : position)].TrimEnd('.')} (at byte {_passed + at})", fault);
    }

    /// <summary>Asks for more bytes. Where there are none, the rest is gone through for what else may be wrong with it.</summary>
    private void Starve()
    {
        if (!_final)
        {
            Fill();
            return;
        }

        var reader = Reader();
        while (Read(ref reader))
        {
            // Only what it throws counts.
        }

        throw new JsonException(_passed + _end == 0 ? "the file is empty" : $"the file ends in the middle (at byte {_passed + _end})");
    }

    private void Fill()
    {
        if (_start > 0)
        {
            _passed += _start;
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            _end -= _start;
            _start = 0;
        }

        if (_end == _room)
        {
            if (_room >= largest)
            {
                throw new JsonException($"one value is larger than {largest >> 20} MB (at byte {_passed})");
            }

            Rent((int)Math.Min(_room * 2L, largest));
        }

        var room = _room - _end;
        var read = stream.ReadAtLeast(_buffer.AsSpan(_end, room), room, throwOnEndOfStream: false);
        _end += read;
        _final = read < room;
    }

    /// <summary>Room for so many bytes; what is in it moves along.</summary>
    private void Rent(int room)
    {
        var buffer = ArrayPool<byte>.Shared.Rent(room);
        _buffer.AsSpan(0, _end).CopyTo(buffer);
        Return();
        (_buffer, _room, _isRented) = (buffer, room, true);
    }

    private void Return()
    {
        // What is unusually large is left to the garbage collector.
        if (_isRented && _buffer.Length <= 4 << 20)
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        (_buffer, _isRented) = ([], false);
    }
}
