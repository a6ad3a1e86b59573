using System.Buffers;
using System.Buffers.Binary;

namespace IdentityGraph.Bolt.Protocol;

/// <summary>
/// Finds messages in what the server sends. One pooled buffer takes what a read of the stream gives; a message that came in one chunk is
/// handed out where it lies, only others are put together. A chunk of no bytes between messages says that the server is alive.
/// </summary>
internal sealed class MessageReader(Stream stream, BoltLimits limits, TimeProvider time) : IDisposable
{
    /// <summary>Holds the largest chunk with room to spare.</summary>
    private const int Size = 256 << 10;

    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(Size);
    private byte[] _assembled = [];
    private int _start;
    private int _end;
    private int _length;
    private bool _assembling;
    private Task<int>? _reading;

    /// <summary>How long the server may be silent while something is awaited from it.</summary>
    public TimeSpan Silence { get; set; } = Timeout.InfiniteTimeSpan;

    /// <summary>Whether something came that was not handed out yet.</summary>
    public bool HoldsBytes => _end > _start;

    /// <summary>The next message, if all of it has come.</summary>
    /// <param name="message">Valid until the next call of any method.</param>
    /// <exception cref="BoltProtocolException">It is larger than allowed.</exception>
    public bool TryRead(out ReadOnlySpan<byte> message)
    {
        message = default;
        while (_reading is null && _end - _start >= 2)
        {
            var size = BinaryPrimitives.ReadUInt16BigEndian(_buffer.AsSpan(_start));
            if (size == 0)
            {
                _start += 2;
                if (_assembling)
                {
                    message = _assembled.AsSpan(0, _length);
                    _assembling = false;
                    return true;
                }

                continue;
            }

            if (_end - _start < size + 4)
            {
                return false;
            }

            if (!_assembling && _buffer[_start + size + 2] == 0 && _buffer[_start + size + 3] == 0 && size <= limits.MaxMessageBytes)
            {
                message = _buffer.AsSpan(_start + 2, size);
                _start += size + 4;
                return true;
            }

            Assemble(_buffer.AsSpan(_start + 2, size));
            _start += size + 2;
        }

        return false;
    }

    /// <summary>Waits until more has come.</summary>
    /// <param name="cancellationToken">
    /// Ends the wait, not the read: what comes later is found by the next call, so that nothing is lost and the connection stays usable.
    /// </param>
    public async ValueTask FillAsync(CancellationToken cancellationToken)
    {
        // A server that always has something ready would never let a wait begin.
        cancellationToken.ThrowIfCancellationRequested();
        int read;
        try
        {
            if (_reading is null)
            {
                MakeRoom();
                var reading = stream.ReadAsync(_buffer.AsMemory(_end), CancellationToken.None);
                if (reading.IsCompletedSuccessfully)
                {
                    Took(reading.Result);
                    return;
                }

                _reading = reading.AsTask();
            }

            read = await _reading.WaitAsync(Silence, time, cancellationToken);
        }
        catch (TimeoutException e)
        {
            throw new BoltConnectionException($"the server was silent for {Silence.TotalSeconds:0.#} s, longer than it may be; the connection is closed", e);
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            throw new BoltConnectionException("the connection to the server was lost", e);
        }

        _reading = null;
        Took(read);
    }

    public void Dispose()
    {
        if (_reading is { IsCompleted: false } reading)
        {
            // The stream still writes into this buffer until it is closed: it is left to the garbage collector.
            _ = reading.ContinueWith(static task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
        else
        {
            ArrayPool<byte>.Shared.Return(_buffer);
        }

        if (_assembled.Length > 0)
        {
            ArrayPool<byte>.Shared.Return(_assembled);
        }

        (_buffer, _assembled) = ([], []);
        (_start, _end, _assembling) = (0, 0, false);
    }

    private void Took(int read)
    {
        if (read == 0)
        {
            throw new BoltConnectionException("the server closed the connection");
        }

        _end += read;
    }

    private void MakeRoom()
    {
        ObjectDisposedException.ThrowIf(_buffer.Length == 0, this);
        if (_start == _end)
        {
            (_start, _end) = (0, 0);
        }
        else if (_start > 0)
        {
            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }
    }

    private void Assemble(ReadOnlySpan<byte> chunk)
    {
        _length = _assembling ? _length : 0;
        _assembling = true;
        if (chunk.Length > limits.MaxMessageBytes - _length)
        {
            throw new BoltProtocolException($"the server sent a message of more than {limits.MaxMessageBytes} bytes (BoltLimits.MaxMessageBytes)") { IsTooLarge = true };
        }

        if (_assembled.Length < _length + chunk.Length)
        {
            var larger = ArrayPool<byte>.Shared.Rent(Math.Max(_length + chunk.Length, (int)Math.Min(_assembled.Length * 2L, limits.MaxMessageBytes)));
            _assembled.AsSpan(0, _length).CopyTo(larger);
            if (_assembled.Length > 0)
            {
                ArrayPool<byte>.Shared.Return(_assembled);
            }

            _assembled = larger;
        }

        chunk.CopyTo(_assembled.AsSpan(_length));
        _length += chunk.Length;
    }
}
