using System.Buffers;
using System.Text;
using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>Texts, each once, numbered in the order they came: as UTF-8, in about their bytes and a dozen more each.</summary>
internal sealed class TextTable
{
    private const int BlockBits = 16;
    private const int Block = 1 << BlockBits;
    private const int First = 1 << 9;
    private const int LongestPrefix = 5;

    /// <summary>Characters of a text that is put into bytes on the stack.</summary>
    private const int Short = 80;

    private readonly List<byte[]> _blocks = [];
    private readonly Chunks<uint> _starts = new();

    /// <summary>Numbers and one by hash; 0: free.</summary>
    private int[] _slots = new int[16];

    /// <summary>Some more of the hash: what differs in it need not be looked at.</summary>
    private byte[] _marks = new byte[16];
    private int _used = Block;

    public int Count => _starts.Count;

    public string this[int number] => Encoding.UTF8.GetString(Bytes(number));

    /// <summary>Its bytes, as long as nothing else is asked for.</summary>
    public ReadOnlySpan<byte> Bytes(int number)
    {
        var start = _starts[number];
        var bytes = _blocks[(int)(start >> BlockBits)].AsSpan((int)(start & (Block - 1)));
        var (length, at, shift) = (0, 0, 0);
        do
        {
            length |= (bytes[at] & 0x7F) << shift;
            shift += 7;
        }
        while ((bytes[at++] & 0x80) != 0);
        return bytes.Slice(at, length);
    }

    /// <returns>Its number, whether it was there before or not.</returns>
    public int Add(ReadOnlySpan<char> text, out bool isNew)
    {
        byte[]? rented = null;
        Span<byte> room = text.Length <= Short ? stackalloc byte[3 * Short] : (rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length)));
        var number = Add(room[..Encoding.UTF8.GetBytes(text, room)], out isNew);
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return number;
    }

    /// <inheritdoc cref="Add(ReadOnlySpan{char}, out bool)"/>
    /// <param name="utf8">The text.</param>
    /// <param name="isNew">Whether it was not there before.</param>
    public int Add(ReadOnlySpan<byte> utf8, out bool isNew)
    {
        var hash = ByteHash.Of(utf8);
        var slot = SlotOf(utf8, hash);
        isNew = _slots[slot] == 0;
        return isNew ? Keep(utf8, slot, hash) : _slots[slot] - 1;
    }

    /// <summary>Its number; −1: it is not there.</summary>
    public int Find(ReadOnlySpan<char> text)
    {
        byte[]? rented = null;
        Span<byte> room = text.Length <= Short ? stackalloc byte[3 * Short] : (rented = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length)));
        var bytes = room[..Encoding.UTF8.GetBytes(text, room)];
        var number = _slots[SlotOf(bytes, ByteHash.Of(bytes))] - 1;
        if (rented is not null)
        {
            ArrayPool<byte>.Shared.Return(rented);
        }

        return number;
    }

    private int Keep(ReadOnlySpan<byte> bytes, int slot, int hash)
    {
        var block = Room(bytes.Length + LongestPrefix);
        _starts.Add(((uint)(_blocks.Count - 1) << BlockBits) | (uint)_used);
        var length = bytes.Length;
        for (; length >= 0x80; length >>= 7)
        {
            block[_used++] = (byte)(length | 0x80);
        }

        block[_used++] = (byte)length;
        bytes.CopyTo(block.AsSpan(_used));
        _used += bytes.Length;
        (_slots[slot], _marks[slot]) = (_starts.Count, MarkOf(hash));
        if (_starts.Count * 4L > _slots.Length * 3L)
        {
            Grow();
        }

        return _starts.Count - 1;
    }

    /// <summary>The last block, with room for so many bytes; the first begins small.</summary>
    private byte[] Room(int need)
    {
        if (_used + need > Block)
        {
            _blocks.Add(new byte[Math.Max(_blocks.Count == 0 ? First : Block, need)]);
            _used = 0;
        }

        var block = _blocks[^1];
        if (_used + need > block.Length)
        {
            Array.Resize(ref block, Math.Min(Block, Math.Max(block.Length * 2, _used + need)));
            _blocks[^1] = block;
        }

        return block;
    }

    private int SlotOf(ReadOnlySpan<byte> bytes, int hash)
    {
        var (at, mark) = (hash & (_slots.Length - 1), MarkOf(hash));
        while (_slots[at] != 0 && !(_marks[at] == mark && Bytes(_slots[at] - 1).SequenceEqual(bytes)))
        {
            at = (at + 1) & (_slots.Length - 1);
        }

        return at;
    }

    private void Grow()
    {
        (_slots, _marks) = (new int[_slots.Length * 2], new byte[_slots.Length * 2]);
        for (var number = 0; number < _starts.Count; number++)
        {
            var hash = ByteHash.Of(Bytes(number));
            var at = hash & (_slots.Length - 1);
            while (_slots[at] != 0)
            {
                at = (at + 1) & (_slots.Length - 1);
            }

            (_slots[at], _marks[at]) = (number + 1, MarkOf(hash));
        }
    }

    private static byte MarkOf(int hash) => (byte)(hash >>> 24);
}
