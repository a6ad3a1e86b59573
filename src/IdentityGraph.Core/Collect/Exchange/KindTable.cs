using System.Diagnostics.CodeAnalysis;
using IdentityGraph.Graph;

namespace IdentityGraph.Collect.Exchange;

/// <summary>The properties of one kind by name, as a line of that kind may spell them.</summary>
internal sealed class KindTable
{
    private static readonly Dictionary<string, KindTable> s_nodes = NodeKind.All.Select((k, i) => new KindTable(k.Name, k.Properties, i)).ToDictionary(k => k.Kind!, StringComparer.Ordinal);
    private static readonly Dictionary<string, KindTable> s_edges = EdgeKind.All.Select((k, i) => new KindTable(k.Name, k.Properties, i)).ToDictionary(k => k.Kind!, StringComparer.Ordinal);

    private static readonly Utf8Table<KindTable> s_nodeWords = new(s_nodes);
    private static readonly Utf8Table<KindTable> s_edgeWords = new(s_edges);

    private readonly Dictionary<string, Property> _properties;
    private readonly Utf8Table<Property> _words;

    private KindTable(string? kind, IEnumerable<Property> properties, int number = 0)
    {
        Number = number;
        Kind = kind;
        _properties = properties.ToDictionary(p => p.Name, StringComparer.Ordinal);
        _words = new(_properties);
    }

    /// <summary>For a node whose line does not repeat its kind: what any kind has; words are those of all of them.</summary>
    public static KindTable AnyNode { get; } = new(null, Merged());

    /// <summary>From 0 among the kinds of nodes, and of edges.</summary>
    public int Number { get; }

    /// <summary>Null where the line does not say it.</summary>
    public string? Kind { get; }

    /// <summary>Null for a kind nobody knows: then nothing is known of its properties either.</summary>
    public static KindTable? OfNode(string kind) => s_nodes.GetValueOrDefault(kind);

    /// <inheritdoc cref="OfNode"/>
    public static KindTable? OfEdge(string kind) => s_edges.GetValueOrDefault(kind);

    /// <summary>The same from UTF-8.</summary>
    public static bool TryFindNode(ReadOnlySpan<byte> kind, [NotNullWhen(true)] out KindTable? table) => s_nodeWords.TryFind(kind, out table);

    /// <inheritdoc cref="TryFindNode"/>
    public static bool TryFindEdge(ReadOnlySpan<byte> kind, [NotNullWhen(true)] out KindTable? table) => s_edgeWords.TryFind(kind, out table);

    public bool TryFind(ReadOnlySpan<byte> name, [NotNullWhen(true)] out Property? property) => _words.TryFind(name, out property);

    public Property? Find(string name) => _properties.GetValueOrDefault(name);

    /// <summary>A property that kinds spell differently is left unchecked: as a text where one has it as a word, else out.</summary>
    private static IEnumerable<Property> Merged() =>
        from property in NodeKind.All.SelectMany(k => k.Properties).Distinct()
        group property by property.Name into same
        let types = same.Select(p => p.Type).Distinct().ToList()
        where types.Count == 1 || types.TrueForAll(t => t is PropertyType.Text or PropertyType.Word)
        select types.Count == 1
            ? new Property(same.Key, types[0], "Of several kinds.", words: [.. same.SelectMany(p => p.Words).Distinct()])
            : new Property(same.Key, PropertyType.Text, "Of several kinds.");
}
