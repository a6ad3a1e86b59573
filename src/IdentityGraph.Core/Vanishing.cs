using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph;

/// <summary>
/// Holds a full run against what its source stated before, as the run is written: a mass disappearance is held until confirmed. Only
/// the runs of this source back to the last one that read the same streams to their end are read again. Memory grows with the nodes
/// and edges of one source, eight bytes each, and only where it was read before.
/// </summary>
internal sealed class Vanishing
{
    private readonly IGraphStore _store;
    private readonly IReadOnlyList<SealedRun> _before;
    private readonly VanishLimits _limits;
    private readonly bool _confirm;
    private readonly HashSet<ulong> _stated = [];
    private readonly List<Observation.EndOf> _ends = [];

    private Vanishing(IGraphStore store, IReadOnlyList<SealedRun> before, VanishLimits limits, bool confirm)
    {
        (_store, _before, _limits, _confirm) = (store, before, limits, confirm);
    }

    /// <summary>Null where nothing can vanish: a delta, or a source that was not read before.</summary>
    public static Vanishing? For(IGraphStore store, RunHeader header, ImportOptions options)
    {
        SealedRun[] before = header.Mode != RunMode.Full ? [] :
        [
            .. store.Runs()
                .Where(run => run.Header.Source == header.Source && run.Header.Tenant == header.Tenant && run.Header.StartedAt <= header.StartedAt)
                .OrderByDescending(run => run.Header.StartedAt)
                .ThenByDescending(run => run.Number),
        ];
        return before.Length == 0 ? null : new Vanishing(store, before, options.Vanish, options.ConfirmVanish);
    }

    /// <summary>Notes what the run states. True: the end of a stream, which is written only once it was judged.</summary>
    public bool Takes(Observation observation)
    {
        if (observation is Observation.EndOf end)
        {
            _ends.Add(end);
            return true;
        }

        foreach (var identity in FactIdentity.Of(observation))
        {
            _stated.Add(identity);
        }

        return false;
    }

    /// <summary>The ends as they are to be written, and what vanished.</summary>
    /// <param name="isPartial">Whether the run was cut off: then nothing is inferred from absence anyway.</param>
    /// <param name="cancellationToken">Stops between records.</param>
    public (IReadOnlyList<Observation.EndOf> Ends, IReadOnlyList<Vanished> Vanished) Judge(bool isPartial, CancellationToken cancellationToken)
    {
        var complete = _ends.Where(end => end.Complete && end.Hold != Hold.Confirmed).Select(end => end.Stream ?? "").ToHashSet(StringComparer.Ordinal);
        complete.ExceptWith(_ends.Where(end => !end.Complete).Select(end => end.Stream ?? ""));
        if (isPartial || complete.Count == 0)
        {
            return (_ends, []);
        }

        var held = StreamContents.Before(_store, _before, complete, cancellationToken);
        var vanished = held.SelectMany(Vanished).ToList();
        return ([.. _ends.Select(end => vanished.Find(one => one.Stream == (end.Stream ?? "")) is { } one && complete.Contains(end.Stream ?? "") ? Judged(end, one) : end)], vanished);
    }

    private static Observation.EndOf Judged(Observation.EndOf end, Vanished vanished) => vanished.Confirmed
        ? end with { Hold = Hold.Confirmed }
        : end with { Complete = false, Hold = Hold.Held, Reason = $"{HeldRuns.Waits}: {vanished}" };

    private IEnumerable<Vanished> Vanished(KeyValuePair<string, StreamContents> stream)
    {
        foreach (var (what, facts) in new[] { ("nodes", stream.Value.Nodes), ("edges", stream.Value.Edges) })
        {
            var gone = facts.Count(fact => !_stated.Contains(fact.Key) && !_stated.Contains(fact.Value));
            if (_limits.AreExceededBy(gone, facts.Count))
            {
                yield return new Vanished(stream.Key, what, gone, facts.Count, _confirm);
            }
        }
    }
}
