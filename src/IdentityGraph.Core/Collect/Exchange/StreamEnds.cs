namespace IdentityGraph.Collect.Exchange;

/// <summary>
/// The ends of a run's streams, held back until the run was read: a stream is complete only if its end says so and no line of it was lost.
/// </summary>
internal sealed class StreamEnds
{
    /// <summary>A run of more streams is not read to their ends: memory stays bounded.</summary>
    private const int MostStreams = 10_000;

    private readonly List<Observation.EndOf> _ends = [];
    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _incomplete = new(StringComparer.Ordinal);
    private string? _allIncomplete;

    /// <summary>Why no stream of the run is complete; null where that is not so.</summary>
    public string? AllIncomplete => _allIncomplete;

    public void Add(Observation.EndOf end)
    {
        var stream = end.Stream ?? "";
        if (_places.TryGetValue(stream, out var place))
        {
            var before = _ends[place];
            _ends[place] = end with
            {
                Complete = end.Complete && before.Complete,
                Count = end.Count > before.Count ? end.Count : before.Count ?? end.Count,
                Reason = before.Reason ?? end.Reason,
                Hold = end.Hold == Hold.None ? before.Hold : end.Hold,
                Unrecognised = [.. before.Unrecognised.Concat(end.Unrecognised).DistinctBy(member => member.Key)],
            };
        }
        else if (_ends.Count < MostStreams)
        {
            _places.Add(stream, _ends.Count);
            _ends.Add(end);
        }
        else
        {
            LoseAll($"the run ends more than {MostStreams} streams");
        }
    }

    /// <summary>Content of a stream was lost; null: of which is not known.</summary>
    public void Lose(string? stream, string reason)
    {
        if (stream is null || _incomplete.Count >= MostStreams)
        {
            LoseAll(reason);
        }
        else
        {
            _incomplete.TryAdd(stream, reason);
        }
    }

    public void LoseAll(string reason) => _allIncomplete ??= reason;

    /// <summary>Streams the user vouches for; what the file or a lost line says against it stands.</summary>
    public void Vouch(IEnumerable<string> streams)
    {
        foreach (var stream in streams)
        {
            if (!_places.ContainsKey(stream))
            {
                Add(new() { Stream = stream, Complete = true });
            }
        }
    }

    /// <summary>
    /// One end for each stream that has one or lost something. A stream of which fewer lines were read than its end states was not
    /// read whole, whatever it says; where they are more, both numbers are reported.
    /// </summary>
    public IEnumerable<Observation.EndOf> Conclude(StreamCounts counts, ImportReport report)
    {
        foreach (var end in _ends.Where(end => end.Complete))
        {
            if (counts.Differs(end) is { } found)
            {
                var numbers = $"its end states {end.Count}, and {found.Read} were read";
                report.Warn($"stream `{LineContext.Quoted(end.Stream ?? "")}`: {numbers}{(found.Fewer ? "; it counts as not read to its end, so nothing is inferred from absence" : "")}");
                if (found.Fewer)
                {
                    _incomplete.TryAdd(end.Stream ?? "", $"fewer records than stated: {numbers}");
                }
            }
        }

        foreach (var (stream, reason) in _incomplete)
        {
            Add(new() { Stream = stream, Complete = false, Reason = reason });
        }

        return _ends.Select(end => _allIncomplete is null || !end.Complete ? end : end with { Complete = false, Reason = end.Reason ?? _allIncomplete });
    }
}
