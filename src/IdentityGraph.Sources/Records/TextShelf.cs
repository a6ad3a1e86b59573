using System.Buffers;
using System.Buffers.Binary;
using System.Text;
using IdentityGraph.Collect;

namespace IdentityGraph.Sources.Records;

/// <summary>
/// Texts that are seldom asked for again, packed as UTF-8: the first 16 MiB in memory, the rest in a temporary file that only this user can
/// read and that goes with the process.
/// </summary>
/// <param name="inMemory">Bytes kept in memory.</param>
/// <param name="folder">Where the file is made; null: the system's folder for temporary files.</param>
internal sealed class TextShelf(int inMemory = TextShelf.InMemory, string? folder = null) : IDisposable
{
    /// <summary>Usual room in memory, bytes.</summary>
    public const int InMemory = 16 << 20;

    private const int Block = 1 << 14;

    private readonly List<byte[]> _blocks = [];
    private byte[] _window = [];
    private long _windowAt = -1;
    private FileStream? _file;
    private byte[] _last = new byte[256];
    private long _end;

    /// <summary>Bytes taken so far; the place of the next text.</summary>
    public long Length => _end;

    /// <summary>Puts a text there.</summary>
    /// <returns>Its place.</returns>
    public long Add(string text)
    {
        var room = ArrayPool<byte>.Shared.Rent(Encoding.UTF8.GetMaxByteCount(text.Length));
        var place = Add(room.AsSpan(0, Encoding.UTF8.GetBytes(text, room)));
        ArrayPool<byte>.Shared.Return(room);
        return place;
    }

    /// <inheritdoc cref="Add(string)"/>
    public long Add(ReadOnlySpan<byte> text)
    {
        var place = _end;
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32LittleEndian(length, text.Length);
        Write(length);
        Write(text);
        return place;
    }

    /// <summary>The same in four bytes, from 1 on.</summary>
    /// <exception cref="RefusedInputException">There are more texts than that takes.</exception>
    public uint AddNumbered(string text) => Numbered(Add(text));

    /// <inheritdoc cref="AddNumbered(string)"/>
    public uint AddNumbered(ReadOnlySpan<byte> text) => Numbered(Add(text));

    private static uint Numbered(long place) => place < uint.MaxValue
        ? (uint)place + 1
        : throw new RefusedInputException("the names and ids of the import are longer than 4 GiB together; import it in parts, each with the objects that its relationships name");

    /// <summary>The text at a place.</summary>
    public string Read(long place) => Read(ref place);

    /// <summary>The text at a place; goes on to the next one's.</summary>
    public string Read(ref long place)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        Copy(place, length);
        var count = BinaryPrimitives.ReadInt32LittleEndian(length);
        var room = ArrayPool<byte>.Shared.Rent(count);
        Copy(place + sizeof(int), room.AsSpan(0, count));
        place += sizeof(int) + count;
        var text = Encoding.UTF8.GetString(room, 0, count);
        ArrayPool<byte>.Shared.Return(room);
        return text;
    }

    public void Dispose() => _file?.Dispose();

    private void Write(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var within = (int)(_end % Block);
            if (within + Math.Min(bytes.Length, Block) > _last.Length && _last.Length < Block)
            {
                Array.Resize(ref _last, Math.Min(Block, Math.Max(4 * _last.Length, within + bytes.Length)));
            }

            var taken = Math.Min(bytes.Length, Block - within);
            bytes[..taken].CopyTo(_last.AsSpan(within));
            bytes = bytes[taken..];
            _end += taken;
            if (_end % Block == 0)
            {
                Put();
            }
        }
    }

    private string Folder => folder ?? Path.GetTempPath();

    /// <summary>Puts the last block, which is full, to the others.</summary>
    private void Put()
    {
        if (_file is null && (_blocks.Count + 1L) * Block <= inMemory)
        {
            _blocks.Add(_last);
            _last = new byte[Block];
            return;
        }

        try
        {
            _file ??= Temporary();
            RandomAccess.Write(_file.SafeFileHandle, _last, _end - Block - ((long)_blocks.Count * Block));
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            throw new IOException($"a temporary file in `{Folder}` is needed for an import as large as this, and cannot be written: {refused.Message}. Nothing was imported; make room there, or set TMPDIR to a folder with room", refused);
        }
    }

    private void Copy(long place, Span<byte> to)
    {
        while (to.Length > 0)
        {
            var (block, within) = (place / Block, (int)(place % Block));
            var from = BlockAt(block).AsSpan(within);
            var taken = Math.Min(to.Length, from.Length);
            from[..taken].CopyTo(to);
            to = to[taken..];
            place += taken;
        }
    }

    private byte[] BlockAt(long block)
    {
        if (block < _blocks.Count)
        {
            return _blocks[(int)block];
        }

        if (block == _end / Block)
        {
            return _last;
        }

        if (_windowAt != block)
        {
            (_windowAt, _window) = (-1, _window.Length == 0 ? new byte[Block] : _window);
            var read = RandomAccess.Read(_file!.SafeFileHandle, _window, (block - _blocks.Count) * Block);
            _windowAt = read == Block ? block : throw new IOException($"the temporary file `{_file.Name}` lost what was written to it; nothing was imported. See that there is room for it, and import again");
        }

        return _window;
    }

    private FileStream Temporary()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.ReadWrite, Share = FileShare.Delete, BufferSize = 0, Options = FileOptions.DeleteOnClose };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var file = new FileStream(Path.Combine(Folder, $"idgraph-{Guid.NewGuid():N}.part"), options);
        if (!OperatingSystem.IsWindows())
        {
            // Its name goes at once: nothing is left where the process is ended by force.
            File.Delete(file.Name);
        }

        return file;
    }
}
