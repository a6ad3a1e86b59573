using System.Buffers.Binary;
using System.Security.Cryptography;
using IdentityGraph.Collect;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Reads one run file front to back, checking every byte of it. Memory does not grow with the file.</summary>
internal sealed class RunFileReader : IDisposable
{
    private readonly Stream _stream;
    private readonly long _length;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FrameDecoder _decoder = new();
    private byte[] _payload = [];
    private uint _frames;

    /// <exception cref="InvalidDataException">It does not begin as a run file does.</exception>
    public RunFileReader(Stream stream)
    {
        _stream = stream;
        _length = stream.Length;
        Span<byte> header = stackalloc byte[RunFormat.FileHeaderBytes];
        Fill(header);
        CheckFileHeader(header);
        if (Frame() is not { Kind: FrameKind.Header } frame)
        {
            throw new InvalidDataException("the run's header is missing");
        }

        Opening = RunOpening.Read(_payload, frame.Length);
    }

    public RunOpening Opening { get; }

    /// <summary>Null until the file was read to its end.</summary>
    public RunFooter? Footer { get; private set; }

    /// <summary>Of the whole file, lower-case hex; meaningful once <see cref="Footer"/> is there.</summary>
    public string Sha256 => Convert.ToHexStringLower(_sha256.GetCurrentHash());

    /// <summary>Where the frame being read begins, in bytes from the start of the file.</summary>
    public long Offset { get; private set; }

    public long Observations { get; private set; }

    /// <summary>The next observation; null at the end of a whole file.</summary>
    /// <exception cref="InvalidDataException">The file is damaged at <see cref="Offset"/>.</exception>
    public Observation? Next()
    {
        while (_decoder.Left == 0)
        {
            if (Footer is not null)
            {
                return null;
            }

            NextFrame();
        }

        Observations++;
        return _decoder.Next();
    }

    public void Dispose()
    {
        _sha256.Dispose();
        _stream.Dispose();
    }

    private static void CheckFileHeader(ReadOnlySpan<byte> header)
    {
        if (!header[..8].SequenceEqual(RunFormat.FileMagic))
        {
            throw new InvalidDataException("it is not a run file");
        }

        var version = BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
        if (BinaryPrimitives.ReadUInt32LittleEndian(header[60..]) != Crc32C.Of(header[..60]))
        {
            throw new InvalidDataException("the checksum of the file header does not match");
        }

        if (version != RunFormat.Version)
        {
            throw new InvalidDataException($"it is of format version {version}, and this program reads version {RunFormat.Version}");
        }

        if (BinaryPrimitives.ReadUInt32LittleEndian(header[12..]) != RunFormat.EndiannessMarker)
        {
            throw new InvalidDataException("its bytes are in another order than this format's");
        }
    }

    private void NextFrame()
    {
        var before = _sha256.GetCurrentHash();
        var frame = Frame();
        switch (frame.Kind)
        {
            case FrameKind.Observations when frame.Count > 0:
                _decoder.Begin(_payload, frame.Length, frame.Count);
                break;
            case FrameKind.Segment when frame.Count == 0:
                break;
            case FrameKind.Footer when frame.Count == 0:
                End(RunFooter.Read(_payload, frame.Length), before);
                break;
            default:
                throw new InvalidDataException($"a frame of kind {(uint)frame.Kind} does not belong here");
        }
    }

    private FrameHeader Frame()
    {
        Offset = _stream.Position;
        if (Offset == _length)
        {
            throw new InvalidDataException("the file ends before its footer");
        }

        Span<byte> bytes = stackalloc byte[RunFormat.FrameHeaderBytes];
        Fill(bytes);
        var header = FrameHeader.Read(bytes);
        if (header.Number != _frames || header.First != Observations)
        {
            throw new InvalidDataException($"frame {header.Number} stands where frame {_frames} belongs");
        }

        if (header.Length > _length - _stream.Position)
        {
            throw new InvalidDataException("the file ends within a frame");
        }

        if (_payload.Length < header.Length)
        {
            _payload = new byte[header.Length];
        }

        var payload = _payload.AsSpan(0, header.Length);
        Fill(payload);
        if (Crc32C.Of(payload) != header.Checksum)
        {
            throw new InvalidDataException("the checksum of a frame does not match");
        }

        _frames++;
        return header;
    }

    private void End(RunFooter footer, byte[] before)
    {
        if (footer.Observations != Observations || footer.Frames != _frames - 1)
        {
            throw new InvalidDataException($"the footer counts {footer.Observations} observations in {footer.Frames} frames, and {Observations} in {_frames - 1} were read");
        }

        if (!footer.Sha256.AsSpan().SequenceEqual(before))
        {
            throw new InvalidDataException("the SHA-256 of the file does not match its footer");
        }

        if (_stream.Position != _length)
        {
            throw new InvalidDataException($"{_length - _stream.Position} bytes follow the footer");
        }

        Footer = footer;
    }

    private void Fill(Span<byte> target)
    {
        try
        {
            _stream.ReadExactly(target);
        }
        catch (EndOfStreamException)
        {
            throw new InvalidDataException("the file ends before its footer");
        }

        _sha256.AppendData(target);
    }
}
