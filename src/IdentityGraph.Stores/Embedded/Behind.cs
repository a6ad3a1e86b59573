using System.Collections.Concurrent;
using System.Runtime.ExceptionServices;

namespace IdentityGraph.Stores.Embedded;

/// <summary>Does things in order on a thread of its own, so that the caller may go on. Few wait at a time: memory stays bounded.</summary>
internal sealed class Behind : IDisposable
{
    private readonly BlockingCollection<Action> _waiting = new(boundedCapacity: 1);
    private readonly Task _doing;
    private volatile ExceptionDispatchInfo? _fault;

    public Behind() => _doing = Task.Factory.StartNew(Work, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);

    /// <summary>What an earlier thing threw is thrown here or by <see cref="Finish"/>, and nothing after it is done.</summary>
    public void Do(Action thing)
    {
        _fault?.Throw();
        _waiting.Add(thing);
    }

    /// <summary>Returns once everything is done.</summary>
    public void Finish()
    {
        Stop();
        _fault?.Throw();
    }

    /// <summary>Waits until nothing is being done any more.</summary>
    public void Dispose()
    {
        Stop();
        _waiting.Dispose();
    }

    private void Stop()
    {
        _waiting.CompleteAdding();
        _doing.Wait();
    }

    /// <summary>After a fault the rest is passed over, so that nobody waits for room.</summary>
    private void Work()
    {
        foreach (var thing in _waiting.GetConsumingEnumerable())
        {
            try
            {
                if (_fault is null)
                {
                    thing();
                }
            }
            catch (Exception fault)
            {
                _fault = ExceptionDispatchInfo.Capture(fault);
            }
        }
    }
}
