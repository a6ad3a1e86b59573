using IdentityGraph.Collect;

namespace IdentityGraph.Graph.Fold;

/// <summary>What was seen and could not be read: it was there, and nothing else is said of it.</summary>
internal sealed partial class FactCollector
{
    /// <summary>Edges seen in a run without the key that would tell which of several parallel ones: each of them counts as seen.</summary>
    public HashSet<(byte Kind, int Of, int To, int Stream, int Run)> SeenWithoutKey { get; } = [];

    private void TakeSeen(Observation.SeenUnreadable line)
    {
        var sighting = new Sighting
        {
            FirstRun = _run,
            LastRun = _run,
            From = _startedAt,
            Until = NodeTable.Latest,
            FirstAt = _startedAt,
            LastAt = _startedAt,
            Evidence = -1,
            Grade = EvidenceGrade.SystemState,
            Marks = SightingMarks.Seen | OfRun,
        };
        if (line.Id is { } id)
        {
            var node = Nodes.Add(id);
            foreach (var stream in line.Stream is { } said ? [StreamNumber(said)] : StreamsThatState(node))
            {
                sighting.Stream = stream;
                NodeSightings.Add(node, sighting, Streams, Times);
            }
        }
        else if (line is { EdgeKind: { } kindName, Of: { } of, To: { } to })
        {
            sighting.Stream = StreamNumber(line.Stream ?? kindName);
            var (start, end) = (Nodes.Add(of), Nodes.Add(to));
            if (EdgeKind.Find(kindName) is not { } kind)
            {
                Unread.Add(kindName, start, end, Nfc.Of(line.Key ?? ""), sighting, Streams, Times);
                return;
            }

            if (line.Key is null && kind.KeyProperty is not null)
            {
                SeenWithoutKey.Add((kind.Index, start, end, sighting.Stream, _run));
            }

            EdgeSightings.Add(Edges.Add(kind.Index, start, end, Keys.Add(Nfc.Of(line.Key ?? ""))), sighting, Streams, Times);
        }
    }

    /// <summary>Where a line that was seen does not say its stream, it may be any that this source stated the node in.</summary>
    private List<int> StreamsThatState(int node)
    {
        var streams = new List<int>();
        for (var row = NodeSightings.Head(node); row >= 0; row = NodeSightings.Rows[row].Next)
        {
            var stream = NodeSightings.Rows[row].Stream;
            if (Streams[stream].Owner == _owner && !streams.Contains(stream))
            {
                streams.Add(stream);
                _streamsOfRun.Touch(stream);
            }
        }

        return streams.Count > 0 ? streams : [StreamNumber(Nodes.LabelOf(node) ?? "")];
    }
}
