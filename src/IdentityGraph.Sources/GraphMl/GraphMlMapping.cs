using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.GraphMl;

/// <summary>
/// Nodes and edges by the names our own model uses: `kind` (or `label`, `labels`), `id`, `key`, `from`, `until`, and each property by its
/// name. Anything else is kept as it is said, and counted.
/// </summary>
internal sealed class GraphMlMapping(ImportReport report) : IDisposable
{
    private const int LongestText = 4_096;
    private static readonly string[] s_kinds = ["kind", "label", "labels", "type"];
    private readonly KeptTexts _ids = new();

    /// <summary>A property that is left out, and why; null: none of the last element's.</summary>
    public string? LeftOut { get; private set; }

    /// <summary>What the element states.</summary>
    public Observation.Fact Map(GraphMlElement element, string where) => element.IsNode ? Node(element, where) : Edge(element, where);

    /// <summary>The id that a node with that XML id has here: the one it states itself, if it does.</summary>
    public string IdOf(string xmlId) => _ids.Find(xmlId) ?? Own(xmlId);

    public void Dispose() => _ids.Dispose();

    private Observation.SawNode Node(GraphMlElement element, string where)
    {
        var label = Take(element, s_kinds) is { } said ? KindIn(said) : null;
        var kind = label is null ? null : NodeKind.Find(label);
        if (element.Data.Remove("id", out var id) && IsId(id.Text) && id.Text != element.Id)
        {
            _ids.Set(element.Id, id.Text);
        }

        if (label is not null && kind is null)
        {
            report.CountUnrecognised($"kind {label}");
        }

        return new()
        {
            Id = IdOf(element.Id),
            Kind = label,
            Properties = Properties(element, kind is null ? _ => null : kind.FindProperty, label ?? "?"),
            Stream = "nodes",
            Evidence = [new EvidenceRef(where)],
        };
    }

    private Observation.SawEdge Edge(GraphMlElement element, string where)
    {
        var label = Take(element, s_kinds) is { } said ? KindIn(said) : "?";
        var kind = EdgeKind.Find(label);
        if (kind is null)
        {
            report.CountUnrecognised($"relationship {label}");
        }

        if (!element.Directed)
        {
            report.CountUnrecognised("edge without a direction, read from source to target");
        }

        element.Data.Remove("id");
        var key = element.Data.Remove("key", out var parallel) && IsId(parallel.Text) ? parallel.Text : null;
        var (from, until) = (Instant(element, "from"), Instant(element, "until"));
        return new()
        {
            Kind = label,
            Of = IdOf(element.Id),
            To = IdOf(element.Target!),
            Key = key,
            From = from,
            Until = until,
            Properties = Properties(element, kind is null ? _ => null : kind.FindProperty, label),
            Stream = "edges",
            Evidence = [new EvidenceRef(where)],
        };
    }

    /// <summary>An id of ours is taken as it is; any other gets a system of its own.</summary>
    private static string Own(string xmlId)
    {
        var colon = xmlId.IndexOf(':', StringComparison.Ordinal);
        return colon > 0 && xmlId.IndexOf('/', StringComparison.Ordinal) > colon && IsId(xmlId) ? xmlId : "graphml:node/" + Uri.EscapeDataString(xmlId);
    }

    /// <summary>1 to 512 characters, none a control character, and no secret.</summary>
    private static bool IsId(string text) => text.Length is > 0 and <= 512 && !text.Any(char.IsControl) && SecretLooking.Find(text) is null;

    private static string? Take(GraphMlElement element, string[] names)
    {
        foreach (var name in names)
        {
            if (element.Data.Remove(name, out var said) && said.Text.Trim().Length > 0)
            {
                return said.Text;
            }
        }

        return null;
    }

    /// <summary>`:Account:Principal`, as Neo4j writes it, is Account; of several labels the first that is known.</summary>
    private static string KindIn(string said)
    {
        const int longest = 100;
        var labels = said.Split([':', ';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        var label = labels.FirstOrDefault(name => NodeKind.Find(name) is not null || EdgeKind.Find(name) is not null) ?? labels.FirstOrDefault() ?? "?";
        var plain = string.Concat(label.Take(longest).Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? '?' : letter));
        return SecretLooking.Find(plain) is null ? plain : "?";
    }

    private static DateTimeOffset? Instant(GraphMlElement element, string name) =>
        element.Data.TryGetValue(name, out var said) && Instants.TryParse(said.Text, out var instant) && element.Data.Remove(name) ? instant : null;

    private List<KeyValuePair<string, PropertyValue>> Properties(GraphMlElement element, Func<string, Property?> find, string label)
    {
        LeftOut = element.Unread.Count == 0 ? null : $"`{Shown(element.Unread[0])}` is said twice differently, or has elements in it";
        List<KeyValuePair<string, PropertyValue>> properties = [];
        foreach (var (name, (type, text)) in element.Data.OrderBy(pair => pair.Key, StringComparer.Ordinal))
        {
            if (text.Length > LongestText)
            {
                LeftOut = $"`{Shown(name)}` has more than {LongestText} characters";
            }
            else if (!IsId(name) || SecretLooking.FindIn(name, text) is not null)
            {
                LeftOut = $"`{Shown(name)}` looks like a secret, or has no name that can be kept";
            }
            else if (find(name) is { } property)
            {
                if (Value(property, text) is { } value)
                {
                    properties.Add(new(name, value));
                }
                else
                {
                    report.CountUnrecognised($"value of {label}.{name}");
                }
            }
            else
            {
                report.CountUnrecognised($"property {label}.{name}");
                properties.Add(new(name, Generic(type, text)));
            }
        }

        return properties;
    }

    private static PropertyValue? Value(Property property, string text) => property.Type switch
    {
        PropertyType.Flag => text switch { "true" or "1" => PropertyValue.Of(true), "false" or "0" => PropertyValue.Of(false), _ => null },
        PropertyType.Integer => GraphMlReader.Number(text) is { } number && number == Math.Truncate(number) ? PropertyValue.Of(number) : null,
        PropertyType.Number => GraphMlReader.Number(text) is { } number ? PropertyValue.Of(number) : null,
        PropertyType.Instant => Instants.TryParse(text, out var instant) ? PropertyValue.Of(instant) : null,
        PropertyType.Duration => Durations.TryParse(text, out _) ? PropertyValue.Of(text) : null,
        PropertyType.Level => RightsLogic.TryParseLevel(text, out _) ? PropertyValue.Of(text) : null,
        PropertyType.Rights => RightsLogic.TryParseLetters(text, out _) ? PropertyValue.Of(text) : null,
        PropertyType.TextList or PropertyType.WordList => PropertyValue.Of(text.Split([';', ','], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)),
        _ => PropertyValue.Of(text),
    };

    private static PropertyValue Generic(string type, string text) => type switch
    {
        "boolean" when bool.TryParse(text, out var flag) => PropertyValue.Of(flag),
        "int" or "long" or "float" or "double" when GraphMlReader.Number(text) is { } number => PropertyValue.Of(number),
        _ => PropertyValue.Of(text),
    };

    private static string Shown(string name) => OpenGraph.ShownText.Of(name);
}
