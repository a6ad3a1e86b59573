using System.Buffers.Binary;

namespace IdentityGraph.Bolt.PackStream;

/// <summary>
/// Writes PackStream values into a connection's pooled buffer. Lists and maps say how many items follow; a writer that is given more, or
/// fewer, or a map's key that is no text, refuses the message, so that a mistake here never reaches the server.
/// </summary>
public sealed partial class PackWriter
{
    /// <summary>How deep lists and maps may stand in each other; what goes deeper is most likely a list that holds itself.</summary>
    public const int MaxDepth = 128;

    private readonly ChunkBuffer _buffer;
    private readonly Container[] _open = new Container[MaxDepth];
    private Container _current;
    private int _depth;

    internal PackWriter(ChunkBuffer buffer) => _buffer = buffer;

    /// <summary>Writes that there is no value.</summary>
    public void WriteNull()
    {
        Count();
        _buffer.Take(1)[0] = Marker.Null;
    }

    /// <summary>Writes a truth value.</summary>
    /// <param name="value">What to write.</param>
    public void Write(bool value)
    {
        Count();
        _buffer.Take(1)[0] = value ? Marker.True : Marker.False;
    }

    /// <summary>Writes a whole number in the fewest bytes.</summary>
    /// <param name="value">What to write.</param>
    public void Write(long value)
    {
        Count();
        switch (value)
        {
            case >= Marker.SmallestTinyInteger and <= sbyte.MaxValue:
                _buffer.Take(1)[0] = (byte)value;
                break;
            case >= sbyte.MinValue and < 0:
                Headed(Marker.Int8, 1)[0] = (byte)value;
                break;
            case >= short.MinValue and <= short.MaxValue:
                BinaryPrimitives.WriteInt16BigEndian(Headed(Marker.Int16, 2), (short)value);
                break;
            case >= int.MinValue and <= int.MaxValue:
                BinaryPrimitives.WriteInt32BigEndian(Headed(Marker.Int32, 4), (int)value);
                break;
            default:
                BinaryPrimitives.WriteInt64BigEndian(Headed(Marker.Int64, 8), value);
                break;
        }
    }

    /// <summary>Writes a floating-point number.</summary>
    /// <param name="value">What to write.</param>
    public void Write(double value)
    {
        Count();
        BinaryPrimitives.WriteDoubleBigEndian(Headed(Marker.Float64, 8), value);
    }

    /// <summary>Writes a text, or null.</summary>
    /// <param name="value">What to write.</param>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public void Write(string? value)
    {
        if (value is null)
        {
            WriteNull();
            return;
        }

        Write(value.AsSpan());
    }

    /// <summary>Writes a text.</summary>
    /// <param name="value">What to write.</param>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair.</exception>
    public void Write(ReadOnlySpan<char> value)
    {
        var count = ChunkBuffer.CountUtf8(value);
        Count(isText: true);
        Sized(count, Marker.TinyString, Marker.String8, Marker.String16, Marker.String32);
        _buffer.WriteUtf8(value, count);
    }

    /// <summary>Writes a text that is UTF-8 already (a name of a map's entry, for instance: <c>"id"u8</c>).</summary>
    /// <param name="value">Well-formed UTF-8; it is not looked at.</param>
    public void WriteUtf8(ReadOnlySpan<byte> value)
    {
        Count(isText: true);
        Sized(value.Length, Marker.TinyString, Marker.String8, Marker.String16, Marker.String32);
        _buffer.Write(value);
    }

    /// <summary>Writes a string of bytes.</summary>
    /// <param name="value">What to write.</param>
    public void WriteBytes(ReadOnlySpan<byte> value)
    {
        Count();
        Sized(value.Length, tiny: null, Marker.Bytes8, Marker.Bytes16, Marker.Bytes32);
        _buffer.Write(value);
    }

    /// <summary>Begins a list; exactly <paramref name="count"/> values must follow.</summary>
    /// <param name="count">How many items.</param>
    public void BeginList(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count();
        Sized(count, Marker.TinyList, Marker.List8, Marker.List16, Marker.List32);
        Open(new(count, IsMap: false));
    }

    /// <summary>Begins a map; exactly <paramref name="count"/> pairs of a text (its name, once only) and a value must follow.</summary>
    /// <param name="count">How many entries.</param>
    public void BeginMap(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        Count();
        Sized(count, Marker.TinyMap, Marker.Map8, Marker.Map16, Marker.Map32);
        Open(new(2L * count, IsMap: true));
    }

    /// <summary>Begins a structure; exactly <paramref name="fields"/> values must follow.</summary>
    internal void BeginStructure(byte tag, int fields)
    {
        Count();
        var header = _buffer.Take(2);
        header[0] = (byte)(Marker.TinyStructure | fields);
        header[1] = tag;
        Open(new(fields, IsMap: false));
    }

    /// <summary>Begins a message: one structure and nothing else.</summary>
    internal void BeginMessage(byte tag, int fields)
    {
        _buffer.BeginMessage();
        (_current, _depth) = (new(1, IsMap: false), 0);
        BeginStructure(tag, fields);
    }

    /// <exception cref="InvalidOperationException">Fewer values were written than lists and maps said.</exception>
    internal void EndMessage()
    {
        CloseFull();
        if (_depth > 0 || _current.Left > 0)
        {
            throw new InvalidOperationException($"{_current.Left} more value(s) were announced than written; write as many as BeginList or BeginMap said");
        }

        _buffer.EndMessage();
    }

    internal void RollBack() => _buffer.RollBack();

    private void Count(bool isText = false)
    {
        CloseFull();
        if (_current.Left == 0)
        {
            throw new InvalidOperationException("more values are written than were announced; write as many as BeginList or BeginMap said");
        }

        if (_current.IsMap && (_current.Left & 1) == 0 && !isText)
        {
            throw new InvalidOperationException("a name must come before each value of a map, and a name is a text");
        }

        _current.Left--;
    }

    private void CloseFull()
    {
        while (_current.Left == 0 && _depth > 0)
        {
            _current = _open[--_depth];
        }
    }

    private void Open(Container container)
    {
        if (_depth == MaxDepth)
        {
            throw new InvalidOperationException($"lists and maps stand more than {MaxDepth} deep in each other; does one hold itself?");
        }

        _open[_depth++] = _current;
        _current = container;
    }

    private Span<byte> Headed(byte marker, int count)
    {
        var taken = _buffer.Take(count + 1);
        taken[0] = marker;
        return taken[1..];
    }

    private void Sized(int count, byte? tiny, byte marker8, byte marker16, byte marker32)
    {
        switch (count)
        {
            case < 16 when tiny is { } small:
                _buffer.Take(1)[0] = (byte)(small | count);
                break;
            case <= byte.MaxValue:
                Headed(marker8, 1)[0] = (byte)count;
                break;
            case <= ushort.MaxValue:
                BinaryPrimitives.WriteUInt16BigEndian(Headed(marker16, 2), (ushort)count);
                break;
            default:
                BinaryPrimitives.WriteInt32BigEndian(Headed(marker32, 4), count);
                break;
        }
    }

    /// <summary>A list, map or structure that is being written.</summary>
    private record struct Container(long Left, bool IsMap);
}
