using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Security.Cryptography;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>
/// Writes one run file front to back; knows nothing of folders, locks and manifests. Observations are gathered on the caller's thread,
/// where they are at hand; once there are more than fit a frame, checksums and the disk keep another busy.
/// </summary>
internal sealed class RunFileWriter : IDisposable
{
    private readonly Stream _stream;
    private readonly IncrementalHash _sha256 = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
    private readonly ConcurrentQueue<FrameEncoder> _spare = new();
    private readonly ByteSink _frame = new(1 << 14);
    private FrameEncoder _batch = new();
    private Behind? _behind;
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
        EndFrame(FrameKind.Header, _frames++, 0, 0);
    }

    /// <summary>Of the whole file, once it is finished.</summary>
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
            _behind ??= new();
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

        _behind?.Finish();
        _behind?.Dispose();
        _behind = null;
        EndBatch();
        EndSegment();
        StartFrame();
        new RunFooter(recordedAt, outcome, Observations, _frames, _sha256.GetCurrentHash()).Write(_frame);
        EndFrame(FrameKind.Footer, _frames++, Observations, 0);
        return Convert.ToHexStringLower(_sha256.GetCurrentHash());
    }

    public void Dispose()
    {
        _behind?.Dispose();
        _behind = null;
        _sha256.Dispose();
    }

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

        var (batch, number, first) = (_batch, _frames++, Observations);
        Observations += batch.Count;
        Later(() =>
        {
            StartFrame();
            batch.WriteTo(_frame);
            EndFrame(FrameKind.Observations, number, first, batch.Count);
            batch.Clear();
            _spare.Enqueue(batch);
        });
        _batch = _spare.TryDequeue(out var spare) ? spare : new();
        if (++_framesInSegment == RunFormat.FramesPerSegment)
        {
            EndSegment();
        }
    }

    private void EndSegment()
    {
        var (segment, number, observations) = (_segments++, _frames++, Observations);
        Later(() =>
        {
            StartFrame();
            _frame.UInt32(segment);
            _frame.Int64(observations);
            _frame.LongText("");
            _frame.Align();
            EndFrame(FrameKind.Segment, number, observations, 0);
        });
        _framesInSegment = 0;
    }

    /// <summary>The frame, the sum and the stream belong to whoever does this: one at a time, in order.</summary>
    private void Later(Action write)
    {
        if (_behind is null)
        {
            write();
        }
        else
        {
            _behind.Do(write);
        }
    }

    private void StartFrame()
    {
        _frame.Clear();
        _frame.Take(RunFormat.FrameHeaderBytes);
    }

    private void EndFrame(FrameKind kind, uint number, long first, int count)
    {
        var payload = _frame.Written[RunFormat.FrameHeaderBytes..];
        var header = new FrameHeader(kind, number, payload.Length, Crc32C.Of(payload), first, count);
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
