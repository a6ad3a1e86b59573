using System.Buffers.Binary;

namespace IdentityGraph.Bolt.PackStream;

/// <summary>
/// Reads PackStream values from one message where it lies, without copying it. Every declared size is checked against what the message
/// still holds and against <see cref="BoltLimits"/> before anything is made of it.
/// </summary>
public ref partial struct PackReader
{
    private readonly ReadOnlySpan<byte> _data;
    private readonly BoltLimits _limits;
    private readonly StringInterner? _names;
    private int _at;

    /// <summary>A reader at the beginning of <paramref name="data"/>.</summary>
    /// <param name="data">PackStream values, whole.</param>
    /// <param name="limits">What is too much.</param>
    /// <param name="names">Remembers names of map entries, labels and types; without it each is made anew.</param>
    public PackReader(ReadOnlySpan<byte> data, BoltLimits limits, StringInterner? names = null)
    {
        _data = data;
        _limits = limits;
        _names = names;
        _at = 0;
    }

    /// <summary>What was not read yet.</summary>
    internal readonly ReadOnlySpan<byte> Rest => _data[_at..];

    /// <summary>Whether everything was read.</summary>
    public readonly bool AtEnd => _at == _data.Length;

    /// <summary>The kind of the next value; nothing is read.</summary>
    public readonly PackType Peek() => Marker.TypeOf(PeekMarker());

    /// <summary>Whether the next value is null; if so, it is read.</summary>
    public bool TryReadNull()
    {
        if (PeekMarker() != Marker.Null)
        {
            return false;
        }

        _at++;
        return true;
    }

    /// <summary>Reads a truth value.</summary>
    public bool ReadBoolean()
    {
        var marker = PeekMarker();
        if (marker is not (Marker.True or Marker.False))
        {
            throw Other(PackType.Boolean);
        }

        _at++;
        return marker == Marker.True;
    }

    /// <summary>Reads a whole number.</summary>
    public long ReadInteger() => TryReadInteger(out var value) ? value : throw Other(PackType.Integer);

    /// <summary>Reads a whole number, if that is what comes next; else nothing is read.</summary>
    /// <param name="value">The number; 0 if there is none.</param>
    public bool TryReadInteger(out long value)
    {
        var marker = PeekMarker();
        if ((sbyte)marker >= Marker.SmallestTinyInteger)
        {
            _at++;
            value = (sbyte)marker;
            return true;
        }

        if (marker is < Marker.Int8 or > Marker.Int64)
        {
            value = 0;
            return false;
        }

        var size = marker - Marker.Int8; // as a power of two
        if (_data.Length - _at > sizeof(long))
        {
            // Eight bytes are read whatever the size, and those beyond it shifted out: sizes change from value to value, and no branch guesses that.
            value = BinaryPrimitives.ReadInt64BigEndian(_data[(_at + 1)..]) >> (64 - (8 << size));
            _at += 1 + (1 << size);
            return true;
        }

        var bytes = After(1 << size);
        value = bytes.Length switch
        {
            1 => (sbyte)bytes[0],
            2 => BinaryPrimitives.ReadInt16BigEndian(bytes),
            4 => BinaryPrimitives.ReadInt32BigEndian(bytes),
            _ => BinaryPrimitives.ReadInt64BigEndian(bytes),
        };
        return true;
    }

    /// <summary>Reads a floating-point number.</summary>
    public double ReadFloat() => PeekMarker() == Marker.Float64 ? BinaryPrimitives.ReadDoubleBigEndian(After(8)) : throw Other(PackType.Float);

    /// <summary>Reads a text.</summary>
    public string ReadString() => StringInterner.Decode(ReadUtf8());

    /// <summary>Reads a text as the UTF-8 it came in; not yet checked to be well-formed.</summary>
    public ReadOnlySpan<byte> ReadUtf8() =>
        Bytes(Sized(PackType.String, Marker.TinyString, Marker.String8, Marker.String16, Marker.String32, _limits.MaxStringBytes));

    /// <summary>Reads a text as <see cref="ReadUtf8"/> does, if that is what comes next; else nothing is read.</summary>
    /// <param name="utf8">The text; empty if there is none.</param>
    public bool TryReadUtf8(out ReadOnlySpan<byte> utf8)
    {
        var marker = PeekMarker();
        var isTiny = (marker & 0xF0) == Marker.TinyString;
        if (isTiny || (marker == Marker.String8 && _data.Length - _at > 1))
        {
            // Nearly every text is as short as this: its size is read here, and bounds are left to what reads all others.
            var (start, size) = isTiny ? (_at + 1, marker & 0x0F) : (_at + 2, _data[_at + 1]);
            if (size <= _data.Length - start && size <= _limits.MaxStringBytes)
            {
                utf8 = _data.Slice(start, size);
                _at = start + size;
                return true;
            }
        }

        var isText = isTiny || marker is >= Marker.String8 and <= Marker.String32;
        utf8 = isText ? ReadUtf8() : default;
        return isText;
    }

    /// <summary>Reads a string of bytes where it lies.</summary>
    public ReadOnlySpan<byte> ReadBytes() => Bytes(Sized(PackType.Bytes, tiny: 0, Marker.Bytes8, Marker.Bytes16, Marker.Bytes32, _limits.MaxStringBytes));

    /// <summary>Reads the head of a list; as many values follow as it returns.</summary>
    public int ReadListHeader() =>
        Held(Sized(PackType.List, Marker.TinyList, Marker.List8, Marker.List16, Marker.List32, _limits.MaxItems), perItem: 1);

    /// <summary>Reads the head of a list of just <paramref name="count"/> items, if that is what comes next; else nothing is read.</summary>
    internal bool TryReadListOf(int count)
    {
        if (count < 16 && !AtEnd && _data[_at] == (Marker.TinyList | count))
        {
            _at++;
            return count <= _data.Length - _at;
        }

        return Peek() is PackType.List && ReadListHeader() == count;
    }

    /// <summary>Reads the head of a map; as many pairs of a text and a value follow as it returns.</summary>
    public int ReadMapHeader() =>
        Held(Sized(PackType.Map, Marker.TinyMap, Marker.Map8, Marker.Map16, Marker.Map32, _limits.MaxItems), perItem: 2);

    /// <summary>Reads the head of a structure; as many values follow as it returns.</summary>
    /// <param name="tag">Which structure.</param>
    public int ReadStructureHeader(out byte tag)
    {
        var marker = PeekMarker();
        var fields = marker switch
        {
            >= Marker.TinyStructure and < Marker.TinyStructure + 16 => marker & 0x0F,
            Marker.Structure8 => After(1)[0],
            Marker.Structure16 => BinaryPrimitives.ReadUInt16BigEndian(After(2)),
            _ => throw Other(PackType.Structure),
        };
        if ((marker & 0xF0) == Marker.TinyStructure)
        {
            _at++;
        }

        tag = Bytes(1)[0];
        return Held(fields, perItem: 1);
    }

    /// <summary>Passes over the next value, whatever it is.</summary>
    public void Skip()
    {
        for (var left = 1L; left > 0; left--)
        {
            switch (Peek())
            {
                case PackType.Null or PackType.Boolean:
                    _at++;
                    break;
                case PackType.Integer:
                    ReadInteger();
                    break;
                case PackType.Float:
                    ReadFloat();
                    break;
                case PackType.Bytes:
                    ReadBytes();
                    break;
                case PackType.String:
                    ReadUtf8();
                    break;
                case PackType.List:
                    left += ReadListHeader();
                    break;
                case PackType.Map:
                    left += 2L * ReadMapHeader();
                    break;
                default:
                    left += ReadStructureHeader(out _);
                    break;
            }
        }
    }

    private readonly byte PeekMarker() => (uint)_at < (uint)_data.Length ? _data[_at] : throw Cut();

    /// <summary>The bytes after the marker, read with it.</summary>
    private ReadOnlySpan<byte> After(int count)
    {
        _at++;
        return Bytes(count);
    }

    private ReadOnlySpan<byte> Bytes(int count)
    {
        if (_data.Length - _at < count)
        {
            throw Cut();
        }

        var bytes = _data.Slice(_at, count);
        _at += count;
        return bytes;
    }

    private int Sized(PackType type, byte tiny, byte marker8, byte marker16, byte marker32, int most)
    {
        var marker = PeekMarker();
        var size = tiny != 0 && (marker & 0xF0) == tiny ? Tiny()
            : marker == marker8 ? After(1)[0]
            : marker == marker16 ? BinaryPrimitives.ReadUInt16BigEndian(After(2))
            : marker == marker32 ? BinaryPrimitives.ReadUInt32BigEndian(After(4))
            : throw Other(type);
        return size <= (uint)most ? (int)size : throw new BoltProtocolException($"the server sent a {type} of size {size}; at most {most} is taken (BoltLimits)");
    }

    private uint Tiny() => (uint)_data[_at++] & 0x0F;

    /// <summary>Every item takes a byte at least: a size beyond what is left is a lie, told before memory is taken.</summary>
    private readonly int Held(int items, int perItem) => (long)items * perItem <= _data.Length - _at ? items : throw Cut();

    private readonly BoltProtocolException Cut() => new($"a message of {_data.Length} bytes ends in the middle of a value");

    /// <summary>A well-formed value of another kind than the reader asked for.</summary>
    private readonly BoltTypeException Other(PackType wanted) => new($"a value of type {Peek()} stands where {wanted} is read");
}
