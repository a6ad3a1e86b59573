using System.Buffers;
using System.Globalization;
using System.IO.Compression;
using System.Text.RegularExpressions;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>One JSON file of a collection: an entry of a zip, or a file. Its name is shown, never used as a path.</summary>
internal sealed partial class SharpHoundEntry(string name, DateTimeOffset writtenAt, Func<Stream> open, long packed, UnpackMeter? meter)
{
    private long _metered;
    private KeptRoom? _room;
    private FileInfo? _file;
    private long _length;
    private ArraySegment<byte>? _kept;
    private int _open;

    /// <summary>As the archive says it.</summary>
    public string Name { get; } = name;

    /// <summary>When the file was written, as the archive or file system says; no zone in a zip, taken as UTC.</summary>
    public DateTimeOffset WrittenAt { get; } = writtenAt;

    /// <summary>The digits SharpHound puts in front of every file of one collection (`20240305110018`); "" where there are none.</summary>
    public string Collection => CollectionPrefix().Match(FileName) is { Success: true } match ? match.Groups[1].Value : "";

    /// <summary>`users` of `20240305110018_users.json`: only where the file itself cannot say.</summary>
    public string TypeByName => FileName[(FileName.LastIndexOf('_') + 1)..].Replace(".json", "", StringComparison.OrdinalIgnoreCase).ToLowerInvariant();

    private string FileName => Name[(Name.LastIndexOf('/') + 1)..];

    public static SharpHoundEntry Of(ZipArchiveEntry entry, UnpackMeter meter, KeptRoom room) =>
        new(entry.FullName, new DateTimeOffset(entry.LastWriteTime.DateTime, TimeSpan.Zero), entry.Open, entry.CompressedLength, meter) { IsPacked = true, _room = room, _length = entry.Length };

    public static SharpHoundEntry Of(FileInfo file) =>
        new(file.Name, new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero), file.OpenRead, -1, null);

    /// <summary>The one file given; gzip is unpacked on the way.</summary>
    public static SharpHoundEntry Of(FileInfo file, string name, UnpackMeter meter, KeptRoom room) => new(
        InputFiles.UnpackedName(name),
        new DateTimeOffset(file.LastWriteTimeUtc, TimeSpan.Zero),
        () => InputFiles.Unpack(OpenUnbuffered(file)),
        file.Length,
        meter)
    { _room = room, _length = file.Length, _file = file };

    /// <summary>Whether it stands in an archive, which says when it was written.</summary>
    public bool IsPacked { get; private init; }

    /// <summary>Its bytes from the first; a small one is unpacked only once.</summary>
    public Stream Open()
    {
        if (_room is { } room)
        {
            _room = null;
            _kept = room.Take(_length) ? Keep() : null;
        }

        return _kept is { } bytes ? new KeptStream(this, bytes) : OpenAnew();
    }

    /// <summary>Gives back the room of what is kept, as far as nobody reads it any more.</summary>
    public void Release()
    {
        if (_kept is { } bytes && _open == 0)
        {
            ArrayPool<byte>.Shared.Return(bytes.Array!);
        }

        _kept = null;
    }

    /// <summary>
    /// The last of its bytes, at most so many, read without those before them, whose number is known: all of it counts as unpacked. Null where
    /// it is packed, so that only unpacking tells. They stand as long as it is open.
    /// </summary>
    public ArraySegment<byte>? ReadEnd(int most)
    {
        if (_kept is { } kept)
        {
            return kept[Math.Max(0, kept.Count - most)..];
        }

        if (_file is null)
        {
            return null;
        }

        using var stream = OpenUnbuffered(_file);
        var start = new byte[2];
        if (stream.ReadAtLeast(start, start.Length, throwOnEndOfStream: false) < start.Length || start is [0x1F, 0x8B])
        {
            return null;
        }

        stream.Position = Math.Max(0, stream.Length - most);
        var end = new byte[stream.Length - stream.Position];
        stream.ReadExactly(end);
        Count(stream.Length);
        return end;
    }

    /// <summary>The time in a file name, local to the machine that collected, taken as UTC; null where it holds none.</summary>
    public static DateTimeOffset? TimeIn(string digits) =>
        DateTimeOffset.TryParseExact(digits, "yyyyMMddHHmmss", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time)
            ? time
            : null;

    [GeneratedRegex(@"^(\d{14})_", RegexOptions.CultureInvariant)]
    private static partial Regex CollectionPrefix();

    private Stream OpenAnew() => meter is null ? open() : new MeteredStream(this, open());

    /// <summary>Null where it is not as long as it says, or damaged: whoever reads it comes to that in its place.</summary>
    private ArraySegment<byte>? Keep()
    {
        // One more than it should have: whether there are more.
        var room = ArrayPool<byte>.Shared.Rent((int)_length + 1);
        try
        {
            using var stream = OpenAnew();
            if (stream.ReadAtLeast(room.AsSpan(0, (int)_length + 1), (int)_length + 1, throwOnEndOfStream: false) == _length)
            {
                return new(room, 0, (int)_length);
            }
        }
        catch (Exception exception) when (exception is InvalidDataException or IOException)
        {
            // Whoever reads it says so.
        }

        ArrayPool<byte>.Shared.Return(room);
        return null;
    }

    private static FileStream OpenUnbuffered(FileInfo file) => new(file.FullName, new FileStreamOptions { BufferSize = 0 });

    private void Count(long position)
    {
        if (position > _metered && meter is not null)
        {
            meter.Add(Name, position - _metered, position, packed);
            _metered = position;
        }
    }

    private sealed class KeptStream : MemoryStream
    {
        private SharpHoundEntry? _entry;

        public KeptStream(SharpHoundEntry entry, ArraySegment<byte> bytes)
            : base(bytes.Array!, bytes.Offset, bytes.Count, writable: false, publiclyVisible: true)
        {
            _entry = entry;
            entry._open++;
        }

        protected override void Dispose(bool disposing)
        {
            if (_entry is not null)
            {
                _entry._open--;
                _entry = null;
            }

            base.Dispose(disposing);
        }
    }

    private sealed class MeteredStream(SharpHoundEntry entry, Stream inner) : Stream
    {
        private long _position;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => _position; set => throw new NotSupportedException(); }

        public override int Read(Span<byte> buffer)
        {
            var read = inner.Read(buffer);
            _position += read;
            entry.Count(_position);
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => Read(buffer.AsSpan(offset, count));

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
