using IdentityGraph.Collect;

namespace IdentityGraph.Graph.Fold;

/// <summary>The streams that the run being taken in touches, and how it says that it read each.</summary>
internal sealed class RunStreams
{
    private readonly HashSet<int> _touched = [];
    private readonly HashSet<int> _complete = [];
    private readonly HashSet<int> _cutShort = [];
    private readonly Dictionary<int, Hold> _holds = [];

    public void Touch(int stream) => _touched.Add(stream);

    public void End(int stream, Observation.EndOf end)
    {
        (end.Complete ? _complete : _cutShort).Add(stream);
        if (end.Hold != Hold.None)
        {
            _holds[stream] = end.Hold;
        }
    }

    /// <summary>Tells the streams what the run is worth to them, and forgets it.</summary>
    public void Close(SealedRun run, int number, List<StreamReads> streams)
    {
        var startedAt = run.Header.StartedAt.UtcTicks;
        foreach (var stream in _touched)
        {
            var complete = !run.Outcome.Partial && _complete.Contains(stream) && !_cutShort.Contains(stream);
            streams[stream].Read(number, startedAt, run.Header.Mode == RunMode.Full, complete);
        }

        foreach (var (stream, hold) in _holds)
        {
            if (hold == Hold.Held && run.Header.Mode == RunMode.Full && !run.Outcome.Partial)
            {
                streams[stream].Keep(number, startedAt);
            }
            else if (hold != Hold.Held && run.Header.Mode == RunMode.Delta)
            {
                streams[stream].Decide(startedAt, hold == Hold.Confirmed);
            }
        }

        _touched.Clear();
        _complete.Clear();
        _cutShort.Clear();
        _holds.Clear();
    }
}
