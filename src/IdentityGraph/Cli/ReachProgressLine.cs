using IdentityGraph.Analyze.Mass;

namespace IdentityGraph.Cli;

/// <summary>How many identities are counted and how long the rest may take, on one line rewritten at most ten times a second; nothing where nobody watches.</summary>
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
            var left = value.Left is { } more ? $", about {Math.Ceiling(more.TotalSeconds):N0} s more" : "";
            session.Terminal.Error.Write($"\r\u001b[2K{value.Done:N0} of {value.All:N0} identities counted{left}");
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
