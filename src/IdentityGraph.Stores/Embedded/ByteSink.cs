using System.Buffers;
using System.Buffers.Binary;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Unicode;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Bytes that grow as they are written, kept and reused from frame to frame.</summary>
internal sealed class ByteSink(int capacity)
{
    private byte[] _bytes = new byte[capacity];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    /// <summary>The first bytes, to be filled in once the rest is known.</summary>
    public Span<byte> Start(int count) => _bytes.AsSpan(0, count);

    public void Clear() => Length = 0;

    /// <summary>Takes back what was written last.</summary>
    public void CutTo(int length) => Length = length;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Byte(byte value)
    {
        if (_bytes.Length == Length)
        {
            Grow(1);
        }

        _bytes[Length++] = value;
    }

    public void Int64(long value) => BinaryPrimitives.WriteInt64LittleEndian(Take(8), value);

    public void UInt32(uint value) => BinaryPrimitives.WriteUInt32LittleEndian(Take(4), value);

    public void Bytes(ReadOnlySpan<byte> value) => value.CopyTo(Take(value.Length));

    /// <summary>LEB128: seven bits a byte, the low ones first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Varint(uint value)
    {
        if (_bytes.Length - Length < 5)
        {
            Grow(5);
        }

        var bytes = _bytes;
        var length = Length;
        while (value >= 0x80)
        {
            bytes[length++] = (byte)(value | 0x80);
            value >>= 7;
        }

        bytes[length++] = (byte)value;
        Length = length;
    }

    /// <summary>UTF-8; what is no well-formed UTF-16 is written as it stands, two bytes a unit, so that nothing is lost.</summary>
    /// <returns>Whether it was written as UTF-16.</returns>
    public bool Text(string text)
    {
        var room = Room(checked(text.Length * 3));
        if (Ascii.FromUtf16(text, room, out var ascii) == OperationStatus.Done)
        {
            Length += ascii;
            return false;
        }

        if (Utf8.FromUtf16(text, room, out _, out var written, replaceInvalidSequences: false) == OperationStatus.Done)
        {
            Length += written;
            return false;
        }

        for (var i = 0; i < text.Length; i++)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(room[(2 * i)..], text[i]);
        }

        Length += 2 * text.Length;
        return true;
    }

    /// <summary>Zero bytes up to the next multiple of 64.</summary>
    public void Align() => Take(RunFormat.Align(Length) - Length).Clear();

    public Span<byte> Take(int count)
    {
        var span = Room(count)[..count];
        Length += count;
        return span;
    }

    private Span<byte> Room(int count)
    {
        if (_bytes.Length - Length < count)
        {
            Grow(count);
        }

        return _bytes.AsSpan(Length);
    }

    private void Grow(int count) => Array.Resize(ref _bytes, Math.Max(checked(Length + count), (int)Math.Min(Array.MaxLength, _bytes.Length * 2L)));
}
