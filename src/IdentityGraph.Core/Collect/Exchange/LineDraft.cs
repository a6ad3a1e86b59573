using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>What of a line was read so far; members come in any order.</summary>
internal struct LineDraft
{
    public LineDraft()
    {
    }

    public Members Said;
    public string? Node;
    public string? Edge;
    public string? Of;
    public string? To;
    public string? Key;
    public string? Kind;
    public string? Stream;
    public string? Seen;
    public string? End;
    public string? Reason;
    public string? Tz;
    public DateTimeOffset? From;
    public DateTimeOffset? Until;
    public DateTimeOffset? At;
    public Precision Precision;
    public EvidenceGrade Grade = EvidenceGrade.SystemState;
    public bool Complete;
    public Hold Hold;
    public long? Count;
    public int Version;
    public IReadOnlyList<KeyValuePair<string, PropertyValue>> Properties = [];

    /// <summary>Where `props` lies in the line, if it must be read after the rest; length 0: it need not.</summary>
    public int PropertiesFrom;
    public int PropertiesLength;
}
