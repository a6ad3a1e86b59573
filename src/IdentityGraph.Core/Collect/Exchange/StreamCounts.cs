namespace IdentityGraph.Collect.Exchange;

/// <summary>How many lines of each stream of a run were read, to be held against the count that its end states.</summary>
internal sealed class StreamCounts
{
    /// <summary>Past so many streams nothing is counted, and nothing compared: memory stays bounded.</summary>
    private const int MostStreams = 10_000;

    private readonly Dictionary<string, Lines> _streams = new(StringComparer.Ordinal);
    private long _withoutStream;

    // Lines of a stream mostly follow each other, with one string for its name.
    private string? _last;
    private Lines _lastLines = new();

    private sealed class Lines
    {
        public long Nodes;
        public long Edges;
        public long Seen;

        public long All => Nodes + Edges + Seen;
    }

    /// <summary>A line whose stream is only known to the store, a node whose kind was said before, counts for any.</summary>
    public void Add(Observation observation)
    {
        var stream = observation.Stream ?? observation switch
        {
            Observation.SawNode node => node.Kind,
            Observation.SawEdge edge => edge.Kind,
            Observation.SeenUnreadable seen => seen.EdgeKind,
            _ => null,
        };
        if (stream is null)
        {
            _withoutStream++;
            return;
        }

        if (!ReferenceEquals(stream, _last))
        {
            if (!_streams.TryGetValue(stream, out var known))
            {
                if (_streams.Count >= MostStreams)
                {
                    _withoutStream++;
                    return;
                }

                _streams.Add(stream, known = new());
            }

            (_last, _lastLines) = (stream, known);
        }

        var lines = _lastLines;
        switch (observation)
        {
            case Observation.SawNode:
                lines.Nodes++;
                break;
            case Observation.SawEdge:
                lines.Edges++;
                break;
            default:
                lines.Seen++;
                break;
        }
    }

    /// <summary>Lines read of the stream, and whether they are fewer than stated; null where the two agree, or the end states no count.</summary>
    public (long Read, bool Fewer)? Differs(Observation.EndOf end)
    {
        if (end.Count is not { } stated)
        {
            return null;
        }

        var lines = _streams.GetValueOrDefault(end.Stream ?? "") ?? new();
        if (lines.All + _withoutStream < stated)
        {
            return (lines.All, true);
        }

        // A source may count its records, or the lines it wrote of them.
        var agrees = stated == lines.All || stated == lines.Nodes || stated == lines.Edges || stated == lines.Nodes + lines.Seen || stated == lines.Edges + lines.Seen;
        return agrees || _withoutStream > 0 ? null : (lines.All, false);
    }
}
