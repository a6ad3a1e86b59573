using System.Text.Json;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.OpenGraph;

/// <summary>What extension definitions say of the kinds they define: which relationships give control of their end.</summary>
internal sealed class ExtensionSchema
{
    private readonly Dictionary<string, bool> _traversable = new(StringComparer.Ordinal);
    private readonly HashSet<string> _nodes = new(StringComparer.Ordinal);
    private readonly SortedSet<string> _names = new(StringComparer.Ordinal);

    /// <summary>Names of the definitions read.</summary>
    public IReadOnlyCollection<string> Names => _names;

    public int NodeKinds => _nodes.Count;

    public int RelationshipKinds => _traversable.Count;

    /// <summary>Whether the relationship gives control of its end; null: no definition says.</summary>
    public bool? IsTraversable(string kind) => _traversable.TryGetValue(kind, out var traversable) ? traversable : null;

    /// <summary>Takes one member of a definition.</summary>
    public void Read(string member, JsonValue value)
    {
        switch (member)
        {
            case "schema" when JsonReading.Text(value, "name") is { Length: > 0 } name:
                _names.Add(name);
                break;
            case "node_kinds":
                foreach (var kind in Named(value))
                {
                    _nodes.Add(kind.Name);
                }

                break;
            case "relationship_kinds":
                foreach (var (name, kind) in Named(value))
                {
                    if (JsonReading.Flag(kind, "is_traversable") is { } traversable)
                    {
                        // Two definitions that differ: what one of them holds to give control is not left out.
                        _traversable[name] = traversable | _traversable.GetValueOrDefault(name);
                    }
                }

                break;
        }
    }

    private static IEnumerable<(string Name, JsonValue Kind)> Named(JsonValue list) =>
        list.ValueKind != JsonValueKind.Array ? [] :
        from kind in list.EnumerateArray()
        let name = JsonReading.Text(kind, "name")
        where !string.IsNullOrEmpty(name)
        select (name, kind);
}
