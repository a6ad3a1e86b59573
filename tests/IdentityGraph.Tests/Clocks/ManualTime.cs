namespace IdentityGraph.Tests.Clocks;

/// <summary>A clock that stands until a test moves it; what waits for it is woken then.</summary>
internal sealed class ManualTime : TimeProvider
{
    private readonly Lock _lock = new();
    private readonly List<Waiting> _waiting = [];
    private TimeSpan _now;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override long GetTimestamp() => Now.Ticks;

    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UnixEpoch + Now;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var waiting = new Waiting(this, () => callback(state));
        waiting.Change(dueTime, period);
        return waiting;
    }

    /// <summary>Moves the clock and wakes what was due.</summary>
    public void Advance(TimeSpan by)
    {
        Waiting[] due;
        lock (_lock)
        {
            _now += by;
            due = [.. _waiting.Where(waiting => waiting.Due <= _now)];
            foreach (var each in due)
            {
                _waiting.Remove(each);
            }
        }

        foreach (var each in due)
        {
            each.Wake();
        }
    }

    /// <summary>Waits (by the real clock) until something waits for exactly this long from now on.</summary>
    public async Task UntilAwaitedAsync(TimeSpan wait)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (!Awaited().Contains(wait))
        {
            Assert.False(limit.IsCancellationRequested, $"nothing waits for {wait}; what is awaited: {string.Join(", ", Awaited())}");
            await Task.Delay(5);
        }
    }

    private TimeSpan Now
    {
        get
        {
            lock (_lock)
            {
                return _now;
            }
        }
    }

    private List<TimeSpan> Awaited()
    {
        lock (_lock)
        {
            return [.. _waiting.Select(waiting => waiting.Due - _now)];
        }
    }

    private sealed class Waiting(ManualTime time, Action wake) : ITimer
    {
        public TimeSpan Due { get; private set; }

        public void Wake() => wake();

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time._lock)
            {
                time._waiting.Remove(this);
                if (dueTime != Timeout.InfiniteTimeSpan)
                {
                    Due = time._now + dueTime;
                    time._waiting.Add(this);
                }
            }

            return true;
        }

        public void Dispose() => Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
