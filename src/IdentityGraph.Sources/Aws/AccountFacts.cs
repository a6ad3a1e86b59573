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

    /// <param name="stream">Where it stands.</param>
    /// <param name="id">Node id.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="name">Left out where it is empty, too long or looks like a secret.</param>
    /// <param name="evidence">Shared by all that is stated of one entry.</param>
    /// <param name="from">Since when; null: since it was observed.</param>
    /// <param name="properties">Beside the name.</param>
    public static Observation.SawNode Node(string stream, string id, NodeKind kind, string? name, IReadOnlyList<EvidenceRef> evidence, DateTimeOffset? from = null, params ReadOnlySpan<KeyValuePair<string, PropertyValue>> properties) =>
        Named(stream, id, kind, name is { Length: > 0 and <= LongestText } && SecretLooking.Find(name) is null ? name : null, evidence, from, properties);

    /// <inheritdoc cref="Node(string, string, NodeKind, string?, IReadOnlyList{EvidenceRef}, DateTimeOffset?, ReadOnlySpan{KeyValuePair{string, PropertyValue}})"/>
    public static Observation.SawNode Node(string stream, string id, NodeKind kind, SafeName name, IReadOnlyList<EvidenceRef> evidence, DateTimeOffset? from = null, params ReadOnlySpan<KeyValuePair<string, PropertyValue>> properties) =>
        Named(stream, id, kind, Told(name), evidence, from, properties);

    /// <summary>A node of which no more is said than its name.</summary>
    /// <param name="stream">Where it stands.</param>
    /// <param name="id">Node id.</param>
    /// <param name="kind">What it is.</param>
    /// <param name="named">As <see cref="Named(SafeName)"/> gives them.</param>
    /// <param name="evidence">Shared by all that is stated of one entry.</param>
    public static Observation.SawNode Node(string stream, string id, NodeKind kind, KeyValuePair<string, PropertyValue>[] named, IReadOnlyList<EvidenceRef> evidence) =>
        new() { Id = id, Kind = kind.Name, Properties = named, Stream = stream, Evidence = evidence };

    /// <summary>A name as properties; none where it is not told.</summary>
    public static KeyValuePair<string, PropertyValue>[] Named(SafeName name) => Told(name) is { } told ? [new(P.Name.Name, PropertyValue.Of(told))] : [];

    /// <summary>The observation with the account as evidence, where it has none.</summary>
    public static Observation Evident(Observation observation, AccountModel account) =>
        observation is Observation.Fact { Evidence.Count: 0 } fact ? fact with { Evidence = account.Evidence } : observation;

    private static string? Told(SafeName name) => name.Text.Length is > 0 and <= LongestText && !name.IsSecret ? name.Text : null;

    private static Observation.SawNode Named(string stream, string id, NodeKind kind, string? name, IReadOnlyList<EvidenceRef> evidence, DateTimeOffset? from, ReadOnlySpan<KeyValuePair<string, PropertyValue>> properties) => new()
    {
        Id = id,
        Kind = kind.Name,
        From = from,
        Properties = name is null ? properties.ToArray() : [new(P.Name.Name, PropertyValue.Of(name)), .. properties],
        Stream = stream,
        Evidence = evidence,
    };

    public static Observation.SawEdge Edge(string stream, EdgeKind kind, string of, string to, string? key, IReadOnlyList<EvidenceRef> evidence, IReadOnlyList<KeyValuePair<string, PropertyValue>>? properties = null) => new()
    {
        Kind = kind.Name,
        Of = of,
        To = to,
        Key = key,
        Properties = properties ?? [],
        Stream = stream,
        Evidence = evidence,
    };

    /// <summary>
    /// The edge as the way has it: where that ends, told once without a beginning (until then nobody knows, afterwards it is not there) and
    /// once from when the account was read, which a later reading may tell again.
    /// </summary>
    public static IEnumerable<Observation.SawEdge> Lasting(Observation.SawEdge edge, Way way, DateTimeOffset? readAt) => way.Until is not { } until
        ? [edge]
        : readAt is not { } from || from >= until
            ? [edge with { Until = until }]
            : [edge with { Until = until }, edge with { From = from, Until = until, Key = $"{edge.Key} until {Instants.ToText(until)}".TrimStart() }];

    public static IReadOnlyList<EvidenceRef> Because(IEnumerable<string> texts) => [.. texts.Select(text => new EvidenceRef(text))];

    /// <summary>The gates of a way; empty where it asks for nothing.</summary>
    public static KeyValuePair<string, PropertyValue>[] Gates(Way way) => way.Gates.Count == 0 && !way.Unread
        ? []
        : [new(P.Gates.Name, PropertyValue.Of(way.Unread ? [.. way.Gates, Unread] : [.. way.Gates]))];

    /// <summary>What a trust asks for, on CAN_ASSUME: `conditions` says whether all of it was read.</summary>
    public static KeyValuePair<string, PropertyValue>[] Assumption(Way way) =>
    [
        .. way.Gates.Count > 0 ? [new(P.Gates.Name, PropertyValue.Of(way.Gates))] : Array.Empty<KeyValuePair<string, PropertyValue>>(),
        new(P.Conditions.Name, PropertyValue.Of(way.Unread ? "unread" : way.Gates.Count > 0 ? "read" : "none")),
    ];

    public static KeyValuePair<string, PropertyValue> Text(Property property, string value) => new(property.Name, PropertyValue.Of(value));

    public static KeyValuePair<string, PropertyValue> Active { get; } = Text(P.State, "Active");

    /// <summary>No limit on what can be given.</summary>
    public static KeyValuePair<string, PropertyValue> Unlimited { get; } = new(P.MaxLevel.Name, PropertyValue.None);
}
