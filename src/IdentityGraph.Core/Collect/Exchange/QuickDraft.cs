using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>What <see cref="QuickLine"/> has read of a line so far; lives on the stack alone.</summary>
internal ref struct QuickDraft
{
    public QuickDraft()
    {
    }

    public Members Said;
    public KindTable? Kind;
    public string? Node;
    public string? Of;
    public string? To;
    public string? Key;
    public string? Stream;
    public KeyValuePair<string, PropertyValue>[]? Properties;
    public EvidenceRef[]? Evidence;

    /// <summary>UTC ticks, as the next two.</summary>
    public long? From;
    public long? Until;
    public long? At;
    public EvidenceGrade Grade = EvidenceGrade.SystemState;

    /// <summary>Null where it says too little, or an interval that ends before it starts.</summary>
    public readonly Observation.Fact? Fact()
    {
        if (Until < From)
        {
            return null;
        }

        if (Node is not null)
        {
            return new Observation.SawNode
            {
                Id = Node,
                Kind = Kind?.Kind,
                Stream = Stream,
                FromTicks = From,
                UntilTicks = Until,
                AtTicks = At,
                Properties = Properties ?? [],
                Grade = Grade,
                Evidence = Evidence ?? [],
            };
        }

        return Of is null || To is null ? null : new Observation.SawEdge
        {
            Kind = Kind!.Kind!,
            Of = Of,
            To = To,
            Key = Key,
            Stream = Stream,
            FromTicks = From,
            UntilTicks = Until,
            AtTicks = At,
            Properties = Properties ?? [],
            Grade = Grade,
            Evidence = Evidence ?? [],
        };
    }
}
