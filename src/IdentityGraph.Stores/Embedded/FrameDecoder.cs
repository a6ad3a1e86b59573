using System.Buffers.Binary;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>
/// Reads the payloads of frames back into observations, one at a time. Trusts no length, place or count in them. Its buffers are
/// reused from frame to frame; the strings of a frame are made once, when they are first referred to.
/// </summary>
internal sealed class FrameDecoder
{
    private static readonly UTF8Encoding StrictUtf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private byte[] _payload = [];
    private int _strings;
    private int _texts;
    private int _textBytes;
    private string?[] _table = [];
    private ByteSource _records;

    /// <summary>Observations not yet read.</summary>
    public int Left { get; private set; }

    /// <summary>Begins a frame.</summary>
    /// <param name="payload">Holds it from its first byte on; must not change before the last observation was read.</param>
    /// <param name="length">Of the payload in bytes.</param>
    /// <param name="count">Of its observations.</param>
    /// <exception cref="InvalidDataException">The payload does not say what a payload must.</exception>
    public void Begin(byte[] payload, int length, int count)
    {
        var head = new ByteSource(payload, 0, Math.Min(length, RunFormat.Alignment));
        _strings = (int)head.UInt32();
        _texts = (int)head.UInt32();
        _textBytes = (int)head.UInt32();
        var records = (int)head.UInt32();
        var recordBytes = (int)head.UInt32();
        if (_strings < 0 || _strings > length / 4
            || _texts != RunFormat.Alignment + RunFormat.Align(_strings * 4)
            || _textBytes < 0 || _textBytes > length || records != _texts + RunFormat.Align(_textBytes)
            || recordBytes < 0 || recordBytes > length || records + (long)RunFormat.Align(recordBytes) != length)
        {
            throw new InvalidDataException("the sections of a frame do not fit it");
        }

        if (count > recordBytes)
        {
            throw new InvalidDataException($"{count} observations do not fit into {recordBytes} bytes");
        }

        Array.Clear(_table);
        if (_table.Length < _strings)
        {
            _table = new string?[_strings];
        }

        _payload = payload;
        _records = new ByteSource(payload, records, recordBytes);
        Left = count;
    }

    /// <summary>The next observation; not to be called when none is left.</summary>
    /// <exception cref="InvalidDataException">The payload does not say what a payload must.</exception>
    public Observation Next()
    {
        var observation = Record();
        Left--;
        return Left > 0 || _records.Left == 0 ? observation : throw new InvalidDataException($"{_records.Left} bytes are left after the last observation");
    }

    private Observation Record()
    {
        var kind = (RecordKind)_records.Byte();
        var members = (RecordMembers)_records.Varint();
        var stream = If(members, RecordMembers.Stream);
        return kind switch
        {
            RecordKind.Node => Node(members, stream),
            RecordKind.Edge => Edge(members, stream),
            RecordKind.Seen => Seen(members, stream),
            RecordKind.End => End(members, stream),
            _ => throw new InvalidDataException($"a record of kind {(byte)kind} is not known"),
        };
    }

    private Observation.SawNode Node(RecordMembers members, string? stream)
    {
        var kind = If(members, RecordMembers.Kind);
        var id = Text();
        var (grade, precision) = Nibbles();
        return new Observation.SawNode
        {
            Stream = stream,
            Kind = kind,
            Id = id,
            Grade = grade,
            Precision = precision,
            From = Instant(members, RecordMembers.From),
            Until = Instant(members, RecordMembers.Until),
            At = Instant(members, RecordMembers.At),
            Tz = If(members, RecordMembers.Tz),
            Properties = Properties(members),
            Evidence = Evidence(members),
            Unrecognised = Unrecognised(members),
        };
    }

    private Observation.SawEdge Edge(RecordMembers members, string? stream)
    {
        var kind = Text();
        var of = Text();
        var to = Text();
        var key = If(members, RecordMembers.Key);
        var (grade, precision) = Nibbles();
        return new Observation.SawEdge
        {
            Stream = stream,
            Kind = kind,
            Of = of,
            To = to,
            Key = key,
            Grade = grade,
            Precision = precision,
            From = Instant(members, RecordMembers.From),
            Until = Instant(members, RecordMembers.Until),
            At = Instant(members, RecordMembers.At),
            Tz = If(members, RecordMembers.Tz),
            Properties = Properties(members),
            Evidence = Evidence(members),
            Unrecognised = Unrecognised(members),
        };
    }

    private Observation.SeenUnreadable Seen(RecordMembers members, string? stream) => new()
    {
        Stream = stream,
        Id = If(members, RecordMembers.Id),
        EdgeKind = If(members, RecordMembers.Kind),
        Of = If(members, RecordMembers.Of),
        To = If(members, RecordMembers.To),
        Key = If(members, RecordMembers.Key),
        Reason = If(members, RecordMembers.Reason),
        Unrecognised = Unrecognised(members),
    };

    private Observation.EndOf End(RecordMembers members, string? stream) => new()
    {
        Stream = stream,
        Complete = members.HasFlag(RecordMembers.Complete),
        Count = members.HasFlag(RecordMembers.Count) ? _records.Int64() : null,
        Reason = If(members, RecordMembers.Reason),
        Hold = members.HasFlag(RecordMembers.Hold) ? KnownHold(_records.Byte()) : Hold.None,
        Unrecognised = Unrecognised(members),
    };

    private static Hold KnownHold(byte said) =>
        said is > (byte)Hold.None and <= (byte)Hold.Rejected ? (Hold)said : throw new InvalidDataException($"a hold of kind {said} is not known");

    private (EvidenceGrade Grade, Precision Precision) Nibbles()
    {
        var both = _records.Byte();
        var grade = (EvidenceGrade)(both & 0x0F);
        var precision = (Precision)(both >> 4);
        return grade <= EvidenceGrade.SystemState && precision <= Precision.Observed
            ? (grade, precision)
            : throw new InvalidDataException($"grade {(byte)grade} or precision {(byte)precision} is not known");
    }

    private DateTimeOffset? Instant(RecordMembers members, RecordMembers there)
    {
        if ((members & there) == 0)
        {
            return null;
        }

        var ticks = _records.Int64();
        return ticks >= 0 && ticks <= DateTimeOffset.MaxValue.Ticks ? Instants.FromTicks(ticks) : throw new InvalidDataException($"{ticks} is no instant");
    }

    private KeyValuePair<string, PropertyValue>[] Properties(RecordMembers members)
    {
        if ((members & RecordMembers.Properties) == 0)
        {
            return [];
        }

        var properties = new KeyValuePair<string, PropertyValue>[_records.Count(bytesEach: 2)];
        for (var i = 0; i < properties.Length; i++)
        {
            properties[i] = new(Text(), Value());
        }

        return properties;
    }

    private PropertyValue Value()
    {
        var shape = (PropertyValue.ValueShape)_records.Byte();
        return shape switch
        {
            PropertyValue.ValueShape.None => PropertyValue.None,
            PropertyValue.ValueShape.Text => PropertyValue.Of(Text()),
            PropertyValue.ValueShape.Json => PropertyValue.OfJson(Text()),
            PropertyValue.ValueShape.TextList => PropertyValue.Of(Texts()),
            PropertyValue.ValueShape.Flag => PropertyValue.Of(_records.Byte() != 0),
            PropertyValue.ValueShape.Number => PropertyValue.Of(BitConverter.Int64BitsToDouble(_records.Int64())),
            _ => throw new InvalidDataException($"a value of shape {(byte)shape} is not known"),
        };
    }

    private string[] Texts()
    {
        var texts = new string[_records.Count(bytesEach: 1)];
        for (var i = 0; i < texts.Length; i++)
        {
            texts[i] = Text();
        }

        return texts;
    }

    private EvidenceRef[] Evidence(RecordMembers members)
    {
        if ((members & RecordMembers.Evidence) == 0)
        {
            return [];
        }

        var evidence = new EvidenceRef[_records.Count(bytesEach: 2)];
        for (var i = 0; i < evidence.Length; i++)
        {
            var there = _records.Byte();
            evidence[i] = new(Text(), (there & 1) != 0 ? Text() : null, (there & 2) != 0 ? Text() : null);
        }

        return evidence;
    }

    private KeyValuePair<string, string>[] Unrecognised(RecordMembers members)
    {
        if ((members & RecordMembers.Unrecognised) == 0)
        {
            return [];
        }

        var unrecognised = new KeyValuePair<string, string>[_records.Count(bytesEach: 2)];
        for (var i = 0; i < unrecognised.Length; i++)
        {
            unrecognised[i] = new(Text(), Text());
        }

        return unrecognised;
    }

    private string? If(RecordMembers members, RecordMembers there) => (members & there) != 0 ? Text() : null;

    private string Text()
    {
        var place = _records.Varint();
        return place < (uint)_strings ? _table[place] ??= Decode((int)place) : throw new InvalidDataException($"string {place} of {_strings} is not there");
    }

    private string Decode(int place)
    {
        var start = place == 0 ? 0 : (int)(End(place - 1) & ~TextTable.Utf16);
        var end = End(place);
        var length = (int)(end & ~TextTable.Utf16) - start;
        if (length < 0 || start > _textBytes - length)
        {
            throw new InvalidDataException($"string {place} lies outside its frame");
        }

        var bytes = _payload.AsSpan(_texts + start, length);
        try
        {
            return (end & TextTable.Utf16) == 0 ? StrictUtf8.GetString(bytes) : Utf16(bytes);
        }
        catch (DecoderFallbackException wrong)
        {
            throw new InvalidDataException($"string {place} is not UTF-8", wrong);
        }
    }

    /// <summary>Unit by unit: a decoder would replace the very units for which this spelling exists.</summary>
    private static string Utf16(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % 2 != 0)
        {
            throw new InvalidDataException("a UTF-16 string has half a unit");
        }

        var units = new char[bytes.Length / 2];
        for (var i = 0; i < units.Length; i++)
        {
            units[i] = (char)BinaryPrimitives.ReadUInt16LittleEndian(bytes[(2 * i)..]);
        }

        return new string(units);
    }

    private uint End(int place) => BinaryPrimitives.ReadUInt32LittleEndian(_payload.AsSpan(RunFormat.Alignment + (4 * place)));
}
