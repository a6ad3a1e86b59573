using System.Runtime.ExceptionServices;

namespace IdentityGraph.Sources.Aws.Kept;

/// <summary>Has the parts of something made on several threads, and gives them in their order. Whoever asks makes those that no thread has taken, so that it never waits for one to be free.</summary>
internal static class InOrder
{
    /// <param name="parts">Asked for one after the other, on the thread of whoever reads.</param>
    /// <param name="make">Makes one; reads nothing that is written meanwhile.</param>
    /// <param name="ahead">How many are under way at a time; 1: no other thread is asked.</param>
    /// <exception cref="Exception">What making one threw, where that one would stand.</exception>
    public static IEnumerable<T> Made<T>(IEnumerable<T> parts, Action<T> make, int ahead)
    {
        using var source = parts.GetEnumerator();
        Queue<Part<T>> waiting = new();
        try
        {
            while (true)
            {
                while (waiting.Count < ahead && source.MoveNext())
                {
                    var part = new Part<T>(source.Current, make);
                    waiting.Enqueue(part);
                    if (ahead > 1)
                    {
                        ThreadPool.UnsafeQueueUserWorkItem(part, preferLocal: false);
                    }
                }

                if (!waiting.TryDequeue(out var next))
                {
                    yield break;
                }

                Finish(next, waiting);
                yield return next.Value;
            }
        }
        finally
        {
            foreach (var part in waiting)
            {
                part.Abandon();
            }
        }
    }

    /// <summary>Makes it; where another thread is about that, makes others until it is done.</summary>
    private static void Finish<T>(Part<T> part, Queue<Part<T>> others)
    {
        part.Execute();
        foreach (var other in others)
        {
            if (part.IsDone)
            {
                break;
            }

            other.Execute();
        }

        part.Wait();
    }

    private sealed class Part<T>(T value, Action<T> make) : IThreadPoolWorkItem
    {
        private readonly object _gate = new();
        private volatile bool _isDone;
        private ExceptionDispatchInfo? _fault;
        private int _taken;

        public T Value => value;

        public bool IsDone => _isDone;

        /// <summary>Makes it, unless somebody does already.</summary>
        public void Execute()
        {
            if (Interlocked.Exchange(ref _taken, 1) != 0)
            {
                return;
            }

            try
            {
                make(value);
            }
            catch (Exception fault)
            {
                _fault = ExceptionDispatchInfo.Capture(fault);
            }

            lock (_gate)
            {
                _isDone = true;
                Monitor.PulseAll(_gate);
            }
        }

        public void Wait()
        {
            Await();
            _fault?.Throw();
        }

        /// <summary>Nobody wants it any more; where somebody is about it, waits until it is made.</summary>
        public void Abandon()
        {
            if (Interlocked.Exchange(ref _taken, 1) != 0)
            {
                Await();
            }
        }

        private void Await()
        {
            lock (_gate)
            {
                while (!_isDone)
                {
                    Monitor.Wait(_gate);
                }
            }
        }
    }
}
