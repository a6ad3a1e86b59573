using System.Buffers;
using System.Buffers.Binary;
using System.Text;

namespace IdentityGraph.Bolt.PackStream;

/// <summary>
/// Messages to be sent, in one pooled buffer, cut into chunks of at most 65,535 bytes as they are written: a chunk's length is put before it
/// when it ends, so nothing is copied again.
/// </summary>
internal sealed class ChunkBuffer : IDisposable
{
    public const int MaxChunk = 65_535;
    private const int Header = 2;
    private const int First = 16 << 10;
    private const int KeptWhenEmpty = 1 << 20;

    private static readonly UTF8Encoding s_utf8 = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);
    private byte[] _bytes = ArrayPool<byte>.Shared.Rent(First);
    private int _at;
    private int _chunk;
    private int _message;

    public int Length => _at;

    public ReadOnlyMemory<byte> Written => _bytes.AsMemory(0, _at);

    public void BeginMessage()
    {
        _message = _at;
        OpenChunk();
    }

    public void EndMessage()
    {
        CloseChunk();
        Ensure(Header);
        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_at), 0);
        _at += Header;
    }

    /// <summary>Forgets the message that was begun.</summary>
    public void RollBack() => _at = _message;

    /// <summary>Forgets everything; gives a buffer that grew large back to the pool.</summary>
    public void Clear()
    {
        _at = 0;
        if (_bytes.Length > KeptWhenEmpty)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
            _bytes = ArrayPool<byte>.Shared.Rent(First);
        }
    }

    /// <summary>Room for a few bytes that stay in one chunk.</summary>
    public Span<byte> Take(int count)
    {
        if (_at - _chunk - Header + count > MaxChunk)
        {
            NextChunk();
        }

        Ensure(count);
        var taken = _bytes.AsSpan(_at, count);
        _at += count;
        return taken;
    }

    public void Write(ReadOnlySpan<byte> bytes)
    {
        while (!bytes.IsEmpty)
        {
            var room = MaxChunk - (_at - _chunk - Header);
            if (room == 0)
            {
                NextChunk();
                continue;
            }

            var part = bytes[..Math.Min(room, bytes.Length)];
            part.CopyTo(Take(part.Length));
            bytes = bytes[part.Length..];
        }
    }

    /// <summary>How many bytes the text takes.</summary>
    /// <exception cref="ArgumentException">The text has half of a surrogate pair and cannot be written.</exception>
    public static int CountUtf8(ReadOnlySpan<char> text) => s_utf8.GetByteCount(text);

    /// <param name="text">What to write.</param>
    /// <param name="count">Its length in UTF-8, as <see cref="CountUtf8"/> gives it.</param>
    public void WriteUtf8(ReadOnlySpan<char> text, int count)
    {
        if (count <= MaxChunk)
        {
            s_utf8.GetBytes(text, Take(count));
            return;
        }

        var rented = ArrayPool<byte>.Shared.Rent(count);
        s_utf8.GetBytes(text, rented);
        Write(rented.AsSpan(0, count));
        ArrayPool<byte>.Shared.Return(rented);
    }

    /// <summary>Leaves the memory to the garbage collector: a write that was broken off may still read it.</summary>
    public void Abandon() => (_bytes, _at) = ([], 0);

    public void Dispose()
    {
        if (_bytes.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_bytes);
        }

        Abandon();
    }

    private void NextChunk()
    {
        CloseChunk();
        OpenChunk();
    }

    private void OpenChunk()
    {
        _chunk = _at;
        Ensure(Header);
        _at += Header;
    }

    /// <summary>Writes the length of the open chunk; an empty one, which would end the message, is taken back.</summary>
    private void CloseChunk()
    {
        var length = _at - _chunk - Header;
        if (length == 0)
        {
            _at = _chunk;
            return;
        }

        BinaryPrimitives.WriteUInt16BigEndian(_bytes.AsSpan(_chunk), (ushort)length);
    }

    private void Ensure(int more)
    {
        if (_bytes.Length - _at >= more)
        {
            return;
        }

        var wanted = Math.Max(_bytes.Length * 2L, (long)_at + more);
        if (wanted > Array.MaxLength)
        {
            throw new InvalidOperationException($"a message of more than {_at} bytes cannot be sent; send the rows in smaller batches");
        }

        var larger = ArrayPool<byte>.Shared.Rent((int)wanted);
        _bytes.AsSpan(0, _at).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(_bytes);
        _bytes = larger;
    }
}
