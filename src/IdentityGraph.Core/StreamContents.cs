using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph;

/// <summary>What a stream held: identities of its nodes and of its edges, each beside the one that stands for its parallel edges.</summary>
internal sealed class StreamContents
{
    private readonly HashSet<ulong> _ended = [];

    public Dictionary<ulong, ulong> Nodes { get; } = [];

    public Dictionary<ulong, ulong> Edges { get; } = [];

    /// <summary>
    /// What each of the streams held by the runs given: stated since the last full run that read it to its end, that one included,
    /// and not ended since.
    /// </summary>
    /// <param name="store">Reads the runs.</param>
    /// <param name="newestFirst">Runs of one source.</param>
    /// <param name="streams">Their names.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    public static Dictionary<string, StreamContents> Before(IGraphStore store, IReadOnlyList<SealedRun> newestFirst, IReadOnlySet<string> streams, CancellationToken cancellationToken)
    {
        var contents = streams.ToDictionary(stream => stream, _ => new StreamContents(), StringComparer.Ordinal);
        var open = streams.ToHashSet(StringComparer.Ordinal);
        HashSet<(DateTimeOffset StartedAt, string Stream)> confirmed = [];
        foreach (var run in newestFirst)
        {
            HashSet<string> complete = [];
            foreach (var observation in store.Read(run, cancellationToken))
            {
                var stream = observation.Stream ?? (observation as Observation.SawNode)?.Kind ?? (observation as Observation.SawEdge)?.Kind ?? (observation as Observation.SeenUnreadable)?.EdgeKind ?? "";
                if (observation is Observation.EndOf end)
                {
                    _ = end.Complete || (end.Hold == Hold.Held && confirmed.Contains((run.Header.StartedAt, stream))) ? complete.Add(stream) : complete.Remove(stream);
                    _ = run.Header.Mode == RunMode.Delta && end.Hold == Hold.Confirmed && confirmed.Add((run.Header.StartedAt, stream));
                }
                else if (open.Contains(stream))
                {
                    contents[stream].Take(observation);
                }
            }

            if (run.Header.Mode == RunMode.Full && !run.Outcome.Partial)
            {
                open.ExceptWith(complete);
            }

            if (open.Count == 0)
            {
                break;
            }
        }

        return contents;
    }

    /// <summary>Runs come newest first: what ended in a later one is not held by an earlier one.</summary>
    private void Take(Observation observation)
    {
        var isEnd = observation is Observation.Fact { Until: not null };
        var edge = observation as Observation.SawEdge;
        var facts = edge is not null || observation is Observation.SeenUnreadable { Id: null } ? Edges : Nodes;
        foreach (var identity in FactIdentity.Of(observation))
        {
            if (isEnd)
            {
                _ended.Add(identity);
            }
            else if (!_ended.Contains(identity))
            {
                facts[identity] = edge is null ? identity : FactIdentity.AnyKey(edge.Kind, edge.Of, edge.To);
            }
        }
    }
}
