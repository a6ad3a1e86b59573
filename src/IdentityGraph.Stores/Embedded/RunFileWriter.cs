using System.Buffers.Binary;
using System.Security.Cryptography;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Writes one run file front to back; knows nothing of folders, locks and manifests.</summary>
internal sealed class RunFileWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly FrameEncoder _batch = new();
    private readonly ByteSink _frame = new(1 << 14);
    private uint _frames;
    private uint _segments;
    private int _framesInSegment;
    private bool _broken;

    public RunFileWriter(Stream stream, RunOpening opening)
    {
        _stream = stream;
        Put(FileHeader());
        StartFrame();
        opening.Write(_frame);
        EndFrame(FrameKind.Header, 0);
    }

    /// <summary>Whole frames only; what is still gathered comes on top.</summary>
    public long BytesWritten { get; private set; }

    public long Observations { get; private set; }

    public void Write(Observation observation)
    {
        if (_broken)
        {
            throw new InvalidOperationException("this run could not be written; dispose it and begin another");
        }

        _broken = true;
        _batch.Add(observation);
        if (_batch.Bytes >= RunFormat.FrameBytes)
        {
            EndBatch();
        }

        _broken = false;
    }

    /// <summary>Writes what is left and the footer. The stream is neither flushed nor closed.</summary>
    /// <returns>SHA-256 of the whole file, lower-case hex.</returns>
    public string Finish(RunOutcome outcome, DateTimeOffset recordedAt)
    {
        if (_broken)
        {
            throw new InvalidOperationException("this run could not be written and cannot be sealed; dispose it");
        }

        EndBatch();
        EndSegment();
        StartFrame();
        new RunFooter(recordedAt, outcome, Observations, _frames, _sha256.GetCurrentHash()).Write(_frame);
        EndFrame(FrameKind.Footer, 0);
        return Convert.ToHexStringLower(_sha256.GetCurrentHash());
    }

    public void Dispose() => _sha256.Dispose();

    public static byte[] FileHeader()
    {
        var header = new byte[RunFormat.FileHeaderBytes];
        RunFormat.FileMagic.CopyTo(header);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), RunFormat.Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), RunFormat.EndiannessMarker);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(60), Crc32C.Of(header.AsSpan(0, 60)));
        return header;
    }

    private void EndBatch()
    {
        if (_batch.Count == 0)
        {
            return;
        }

        if (_batch.Bytes > RunFormat.MaxPayloadBytes - (4 * RunFormat.Alignment))
        {
            throw new ArgumentException($"an observation takes more than {RunFormat.MaxPayloadBytes >> 20} MiB; split it, or leave its longest property out");
        }

        StartFrame();
        _batch.WriteTo(_frame);
        EndFrame(FrameKind.Observations, _batch.Count);
        Observations += _batch.Count;
        _batch.Clear();
        if (++_framesInSegment == RunFormat.FramesPerSegment)
        {
            EndSegment();
        }
    }

    private void EndSegment()
    {
        StartFrame();
        _frame.UInt32(_segments++);
        _frame.Int64(Observations);
        _frame.LongText("");
        _frame.Align();
        EndFrame(FrameKind.Segment, 0);
        _framesInSegment = 0;
    }

    private void StartFrame()
    {
        _frame.Clear();
        _frame.Take(RunFormat.FrameHeaderBytes);
    }

    private void EndFrame(FrameKind kind, int count)
    {
        var payload = _frame.Written[RunFormat.FrameHeaderBytes..];
        var header = new FrameHeader(kind, _frames++, payload.Length, Crc32C.Of(payload), Observations, count);
        header.Write(_frame.Start(RunFormat.FrameHeaderBytes));
        Put(_frame.Written);
    }

    private void Put(ReadOnlySpan<byte> bytes)
    {
        _stream.Write(bytes);
        _sha256.AppendData(bytes);
        BytesWritten += bytes.Length;
    }
}
