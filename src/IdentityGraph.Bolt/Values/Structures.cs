using IdentityGraph.Bolt.PackStream;

namespace IdentityGraph.Bolt.Values;

/// <summary>The structures of Bolt 5, each with its tag and number of fields.</summary>
internal static class Structures
{
    public const byte Node = 0x4E;
    public const byte Relationship = 0x52;
    public const byte UnboundRelationship = 0x72;
    public const byte Path = 0x50;
    public const byte Date = 0x44;
    public const byte Time = 0x54;
    public const byte LocalTime = 0x74;
    public const byte DateTime = 0x49;
    public const byte ZonedDateTime = 0x69;
    public const byte LocalDateTime = 0x64;
    public const byte Duration = 0x45;
    public const byte Point2D = 0x58;
    public const byte Point3D = 0x59;

    public static object Read(ref PackReader reader, int depth)
    {
        var fields = reader.ReadStructureHeader(out var tag);
        var expected = tag switch
        {
            Node or UnboundRelationship or Duration or Point3D => 4,
            Relationship => 8,
            Path or DateTime or ZonedDateTime or Point2D => 3,
            Time or LocalDateTime => 2,
            Date or LocalTime => 1,
            _ => throw new BoltProtocolException($"the server sent a structure 0x{tag:X2}, which Bolt 5 does not have as a value"),
        };
        if (fields != expected)
        {
            throw new BoltProtocolException($"the server sent a structure 0x{tag:X2} of {fields} fields; it has {expected}");
        }

        return tag switch
        {
            Node => ReadNode(ref reader, depth),
            Relationship => new BoltRelationship(
                reader.ReadInteger(), reader.ReadInteger(), reader.ReadInteger(), reader.ReadName(), reader.ReadMap(depth + 1), reader.ReadString(), reader.ReadString(), reader.ReadString()),
            UnboundRelationship => ReadUnbound(ref reader, depth),
            Path => PathReading.Read(ref reader, depth),
            Date => new BoltDate(reader.ReadInteger()),
            Time => new BoltTime(reader.ReadInteger(), ReadInt32(ref reader)),
            LocalTime => new BoltLocalTime(reader.ReadInteger()),
            DateTime => new BoltDateTime(reader.ReadInteger(), ReadInt32(ref reader), ReadInt32(ref reader)),
            ZonedDateTime => new BoltZonedDateTime(reader.ReadInteger(), ReadInt32(ref reader), reader.ReadName()),
            LocalDateTime => new BoltLocalDateTime(reader.ReadInteger(), ReadInt32(ref reader)),
            Duration => new BoltDuration(reader.ReadInteger(), reader.ReadInteger(), reader.ReadInteger(), ReadInt32(ref reader)),
            Point2D => new BoltPoint(ReadInt32(ref reader), reader.ReadFloat(), reader.ReadFloat()),
            _ => new BoltPoint(ReadInt32(ref reader), reader.ReadFloat(), reader.ReadFloat(), reader.ReadFloat()),
        };
    }

    public static BoltNode ReadNode(ref PackReader reader, int depth) =>
        new(reader.ReadInteger(), reader.ReadNames(), reader.ReadMap(depth + 1), reader.ReadString());

    /// <summary>A relationship of a path: the path says where it begins and ends.</summary>
    public static BoltRelationship ReadUnbound(ref PackReader reader, int depth) =>
        new(reader.ReadInteger(), -1, -1, reader.ReadName(), reader.ReadMap(depth + 1), reader.ReadString(), "", "");

    public static int ReadInt32(ref PackReader reader) => reader.ReadInteger() is >= int.MinValue and <= int.MaxValue and var number
        ? (int)number
        : throw new BoltProtocolException("the server sent a part of a structure that does not fit 32 bits");
}
