using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Demo;

/// <summary>
/// One thing that is true in the sample company and one of its systems would state: a node with its revisions, or an edge with its interval.
/// </summary>
internal abstract record DemoFact(string Source, string Stream, DateTimeOffset From)
{
    /// <summary>What a reading in (<paramref name="after"/>, <paramref name="at"/>] has to say of it; a full reading has no <paramref name="after"/>.</summary>
    public abstract IEnumerable<Observation> SaidAt(DateTimeOffset at, DateTimeOffset? after);

    /// <summary>Values: text, list of texts, flag, number, instant, or null for "there is none".</summary>
    public static IReadOnlyList<KeyValuePair<string, PropertyValue>> Properties(params (string Name, object? Value)[] properties) =>
        [.. properties.Select(property => KeyValuePair.Create(property.Name, ToValue(property.Value)))];

    private static PropertyValue ToValue(object? value) => value switch
    {
        null => PropertyValue.None,
        string text => PropertyValue.Of(text),
        bool flag => PropertyValue.Of(flag),
        int number => PropertyValue.Of(number),
        DateTimeOffset instant => PropertyValue.Of(instant),
        string[] texts => PropertyValue.Of(texts),
        _ => throw new ArgumentException($"a property cannot be a {value.GetType().Name}", nameof(value)),
    };
}

/// <summary>A node: what holds from its beginning, then what changed when.</summary>
internal sealed record DemoNode(string Source, string Stream, string Id, NodeKind Kind, DateTimeOffset From, params (string Name, object? Value)[] First)
    : DemoFact(Source, Stream, From)
{
    private readonly List<(DateTimeOffset At, EvidenceGrade Grade, (string, object?)[] Properties)> _revisions = [];

    /// <summary>What a source states from then on; a weaker grade is a claim.</summary>
    public DemoNode Then(DateTimeOffset at, params (string, object?)[] properties) => Then(at, EvidenceGrade.SystemState, properties);

    public DemoNode Then(DateTimeOffset at, EvidenceGrade grade, params (string, object?)[] properties)
    {
        _revisions.Add((at, grade, properties));
        return this;
    }

    public override IEnumerable<Observation> SaidAt(DateTimeOffset at, DateTimeOffset? after)
    {
        if (From <= at && !(From <= after))
        {
            yield return new Observation.SawNode { Id = Id, Kind = Kind.Name, From = From, Stream = Stream, Properties = Properties(First) };
        }

        foreach (var (changedAt, grade, properties) in _revisions)
        {
            if (changedAt <= at && !(changedAt <= after))
            {
                yield return new Observation.SawNode { Id = Id, Kind = Kind.Name, From = changedAt, Stream = Stream, Grade = grade, Properties = Properties(properties) };
            }
        }
    }
}

/// <summary>An edge with the interval in which it holds; no <see cref="Until"/>: still.</summary>
internal sealed record DemoEdge(string Source, string Stream, EdgeKind Kind, string Of, string To, DateTimeOffset From, DateTimeOffset? Until, params (string Name, object? Value)[] First)
    : DemoFact(Source, Stream, From)
{
    public override IEnumerable<Observation> SaidAt(DateTimeOffset at, DateTimeOffset? after)
    {
        if (From > at)
        {
            yield break;
        }

        var ended = Until <= at;
        if (!(From <= after) || (ended && !(Until <= after)))
        {
            yield return new Observation.SawEdge { Kind = Kind.Name, Of = Of, To = To, From = From, Until = ended ? Until : null, Stream = Stream, Properties = Properties(First) };
        }
    }
}
