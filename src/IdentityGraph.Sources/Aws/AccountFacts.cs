using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Aws;

/// <summary>Builds observations of one account's runs.</summary>
internal static class AccountFacts
{
    /// <summary>The gate word of what nobody read: it makes an edge unknown.</summary>
    public const string Unread = "conditions:unread";

    private const int LongestText = 1_024;

    public static Observation.SawNode Node(string stream, string id, NodeKind kind, string? name, string where, DateTimeOffset? from = null, params IEnumerable<KeyValuePair<string, PropertyValue>> properties) => new()
    {
        Id = id,
        Kind = kind.Name,
        From = from,
        Properties = [.. name is { Length: > 0 and <= LongestText } && SecretLooking.Find(name) is null ? [new(P.Name.Name, PropertyValue.Of(name))] : Array.Empty<KeyValuePair<string, PropertyValue>>(), .. properties],
        Stream = stream,
        Evidence = where.Length == 0 ? [] : [new EvidenceRef(where)],
    };

    public static Observation.SawEdge Edge(string stream, EdgeKind kind, string of, string to, string? key, IEnumerable<string> because, params IEnumerable<KeyValuePair<string, PropertyValue>> properties) => new()
    {
        Kind = kind.Name,
        Of = of,
        To = to,
        Key = key,
        Properties = [.. properties],
        Stream = stream,
        Evidence = [.. because.Select(text => new EvidenceRef(text))],
    };

    /// <summary>The gates of a way; empty where it asks for nothing.</summary>
    public static KeyValuePair<string, PropertyValue>[] Gates(Way way) => way.IsFree
        ? []
        : [new(P.Gates.Name, PropertyValue.Of(way.Unread ? [.. way.Gates, Unread] : [.. way.Gates]))];

    /// <summary>What a trust asks for, on CAN_ASSUME: `conditions` says whether all of it was read.</summary>
    public static IEnumerable<KeyValuePair<string, PropertyValue>> Assumption(Way way)
    {
        if (way.Gates.Count > 0)
        {
            yield return new(P.Gates.Name, PropertyValue.Of(way.Gates));
        }

        yield return new(P.Conditions.Name, PropertyValue.Of(way.Unread ? "unread" : way.Gates.Count > 0 ? "read" : "none"));
    }

    public static KeyValuePair<string, PropertyValue> Text(Property property, string value) => new(property.Name, PropertyValue.Of(value));

    public static KeyValuePair<string, PropertyValue> Active => Text(P.State, "Active");

    /// <summary>No limit on what can be given.</summary>
    public static KeyValuePair<string, PropertyValue> Unlimited => new(P.MaxLevel.Name, PropertyValue.None);
}
