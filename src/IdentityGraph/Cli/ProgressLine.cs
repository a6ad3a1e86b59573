using IdentityGraph.Collect;
using IdentityGraph.Report;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli;

/// <summary>One line on the terminal, rewritten at most ten times a second; nothing where nobody watches.</summary>
internal sealed class ProgressLine(Session session) : IProgress<ImportProgress>, IProgress<AskProgress>, IProgress<ProjectionProgress>, IDisposable
{
    private long _drawnAt;
    private bool _drawn;

    public void Report(ImportProgress value) => Draw($"{value.Read:N0} records read, {value.Observations:N0} observations");

    public void Report(AskProgress value) => Draw($"{value.Done:N0} of {value.Of:N0} {value.Doing}");

    public void Report(ProjectionProgress value) => Draw($"{value.Done:N0} {value.Doing}");

    private void Draw(FormattableString line)
    {
        var time = session.Terminal.Time;
        if (!session.ShowsProgress || (_drawn && time.GetElapsedTime(_drawnAt) < TimeSpan.FromMilliseconds(100)))
        {
            return;
        }

        _drawnAt = time.GetTimestamp();
        _drawn = true;
        session.Terminal.Error.Write(FormattableString.Invariant($"\r\u001b[2K{FormattableString.Invariant(line)}"));
    }

    public void Dispose()
    {
        if (_drawn)
        {
            session.Terminal.Error.Write("\r\u001b[2K");
            _drawn = false;
        }
    }
}
