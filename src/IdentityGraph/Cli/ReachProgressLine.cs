using IdentityGraph.Analyze.Mass;

namespace IdentityGraph.Cli;

/// <summary>How much is counted and how long the rest may take, on one line rewritten at most ten times a second; nothing where nobody watches.</summary>
internal sealed class ReachProgressLine(Session session) : IProgress<MassProgress>, IDisposable
{
    private readonly Lock _drawing = new();
    private long _drawnAt;
    private bool _drawn;

    public void Report(MassProgress value)
    {
        var time = session.Terminal.Time;
        lock (_drawing)
        {
            if (!session.ShowsProgress || (_drawn && time.GetElapsedTime(_drawnAt) < TimeSpan.FromMilliseconds(100)))
            {
                return;
            }

            (_drawnAt, _drawn) = (time.GetTimestamp(), true);
            session.Terminal.Error.Write($"\r\u001b[2K{value.Done * 100L / Math.Max(1, value.All)} % counted, about {Math.Ceiling(value.Left.TotalSeconds):N0} s more");
        }
    }

    public void Dispose()
    {
        lock (_drawing)
        {
            if (_drawn)
            {
                session.Terminal.Error.Write("\r\u001b[2K");
                _drawn = false;
            }
        }
    }
}
