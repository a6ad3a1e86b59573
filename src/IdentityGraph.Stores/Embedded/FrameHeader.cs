using System.Buffers.Binary;

namespace IdentityGraph.Stores.Embedded;

/// <summary>The 64 bytes before a payload.</summary>
/// <param name="Kind">What the payload holds.</param>
/// <param name="Number">0 for the first frame of the file.</param>
/// <param name="Length">Of the payload in bytes, a multiple of 64: padding is part of it and of its checksum.</param>
/// <param name="Checksum">CRC-32C of the payload.</param>
/// <param name="First">Observations before this frame.</param>
/// <param name="Count">Observations in this frame.</param>
internal readonly record struct FrameHeader(FrameKind Kind, uint Number, int Length, uint Checksum, long First, int Count)
{
    public void Write(Span<byte> target)
    {
        target[..RunFormat.FrameHeaderBytes].Clear();
        BinaryPrimitives.WriteUInt32LittleEndian(target, RunFormat.FrameMagic);
        BinaryPrimitives.WriteUInt32LittleEndian(target[4..], (uint)Kind);
        BinaryPrimitives.WriteUInt32LittleEndian(target[8..], Number);
        BinaryPrimitives.WriteInt32LittleEndian(target[12..], Length);
        BinaryPrimitives.WriteUInt32LittleEndian(target[16..], Checksum);
        BinaryPrimitives.WriteInt32LittleEndian(target[20..], Count);
        BinaryPrimitives.WriteInt64LittleEndian(target[24..], First);
        BinaryPrimitives.WriteUInt32LittleEndian(target[60..], Crc32C.Of(target[..60]));
    }

    /// <exception cref="InvalidDataException">It is no frame header, or a damaged one.</exception>
    public static FrameHeader Read(ReadOnlySpan<byte> source)
    {
        if (BinaryPrimitives.ReadUInt32LittleEndian(source) != RunFormat.FrameMagic)
        {
            throw new InvalidDataException("no frame begins here");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(source[60..]) != Crc32C.Of(source[..60]))
        {
            throw new InvalidDataException("the checksum of the frame header does not match");
        }

        var header = new FrameHeader(
            (FrameKind)BinaryPrimitives.ReadUInt32LittleEndian(source[4..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[8..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[12..]),
            BinaryPrimitives.ReadUInt32LittleEndian(source[16..]),
            BinaryPrimitives.ReadInt64LittleEndian(source[24..]),
            BinaryPrimitives.ReadInt32LittleEndian(source[20..]));
        if (header.Length is < 0 or > RunFormat.MaxPayloadBytes || header.Length % RunFormat.Alignment != 0 || header.Count < 0)
        {
            throw new InvalidDataException($"a frame of {header.Length} bytes and {header.Count} observations is out of range");
        }

        return header;
    }
}
