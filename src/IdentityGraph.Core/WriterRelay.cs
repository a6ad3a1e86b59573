using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph;

/// <summary>
/// Hands observations to a run's writer on a thread of its own, in order and in batches, so that reading a file and storing what it
/// says overlap. Few batches are under way at a time: memory stays bounded.
/// </summary>
internal sealed class WriterRelay : IDisposable
{
    private const int BatchSize = 512;
    private const int BatchesUnderWay = 8;

    private readonly BlockingCollection<ArraySegment<Observation>> _batches = new(BatchesUnderWay);
    private readonly Task _writing;
    private volatile ExceptionDispatchInfo? _fault;
    private Observation[] _batch = new Observation[BatchSize];
    private int _count;

    /// <param name="writer">Used by nobody else until this is disposed.</param>
    public WriterRelay(IRunWriter writer) =>
        _writing = Task.Factory.StartNew(() => Drain(writer), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>What the writer threw at an earlier observation is thrown here or by <see cref="Finish"/>.</summary>
    public void Write(Observation observation)
    {
        _batch[_count++] = observation;
        if (_count == BatchSize)
        {
            Send();
        }
    }

    /// <summary>Returns once the writer has everything.</summary>
    public void Finish()
    {
        Send();
        Stop();
        _fault?.Throw();
    }

    /// <summary>Waits until the writer is no longer used.</summary>
    public void Dispose()
    {
        Stop();
        _batches.Dispose();
    }

    private void Send()
    {
        _fault?.Throw();
        _batches.Add(new(_batch, 0, _count));
        (_batch, _count) = (new Observation[BatchSize], 0);
    }

    private void Stop()
    {
        _batches.CompleteAdding();
        _writing.Wait();
    }

    /// <summary>After a fault the rest is passed over, so that nobody waits for room.</summary>
    private void Drain(IRunWriter writer)
    {
        foreach (var batch in _batches.GetConsumingEnumerable())
        {
            try
            {
                for (var i = 0; i < batch.Count && _fault is null; i++)
                {
                    writer.Write(batch[i]);
                }
            }
            catch (Exception fault)
            {
                _fault = ExceptionDispatchInfo.Capture(fault);
            }
        }
    }
}
