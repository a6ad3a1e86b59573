using IdentityGraph.Collect;
using IdentityGraph.Graph;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.BloodHound;

/// <summary>The facts that one object or link becomes, with where it was read; reused from object to object.</summary>
internal sealed class FactList
{
    /// <summary>Longest name or address taken over, in characters.</summary>
    private const int LongestText = 4_096;

    private readonly List<Observation> _facts = [];
    private readonly KnownIds _objects = new(DirectoryIds.Object);

    /// <summary>One list for all that was read in one place.</summary>
    private IReadOnlyList<EvidenceRef> _evidence = [new EvidenceRef("")];

    /// <summary>The stream of what is added next: the type of the file it comes from.</summary>
    public string Stream { get; set; } = "";

    /// <summary>Entry and place in it, kept as evidence.</summary>
    public string Where
    {
        get;
        set => (field, _evidence) = (value, [new EvidenceRef(value)]);
    } = "";

    public IReadOnlyList<Observation> Facts => _facts;

    /// <summary>Where an entry of a list stands, made quicker than by formatting.</summary>
    /// <param name="list">The file and the list, up to and with its bracket.</param>
    /// <param name="index">Position in the list, from 0.</param>
    public static string Place(string list, long index)
    {
        var digits = 1;
        for (var rest = index; rest >= 10; rest /= 10)
        {
            digits++;
        }

        return string.Create(list.Length + digits + 1, (list, index), static (room, place) =>
        {
            place.list.CopyTo(room);
            var at = room.Length - 1;
            room[at--] = ']';
            for (var rest = place.index; at >= place.list.Length; rest /= 10)
            {
                room[at--] = (char)('0' + (rest % 10));
            }
        });
    }

    /// <summary>A property that was not taken over since <see cref="Clear"/>, and why; null: none.</summary>
    public string? LeftOut { get; private set; }

    /// <summary>The node id of an object of Active Directory; made once for a string that recurs.</summary>
    public string Object(string identifier) => _objects.Of(identifier);

    public void Clear()
    {
        _facts.Clear();
        LeftOut = null;
    }

    /// <summary>
    /// States a node. A text that is too long is left out, and <see cref="LeftOut"/> says so; one that looks like a secret is by the import,
    /// whoever states it.
    /// </summary>
    /// <param name="id">Node id.</param>
    /// <param name="kind">Its label.</param>
    /// <param name="properties">What is said of it.</param>
    /// <param name="kept">What the model has no property for, name and JSON text; null: nothing.</param>
    public void Node(string id, NodeKind kind, IReadOnlyList<KeyValuePair<string, PropertyValue>> properties, IReadOnlyList<KeyValuePair<string, string>>? kept = null)
    {
        // By index: an enumerator would be made for every node.
        for (var i = 0; i < properties.Count; i++)
        {
            if (Why(properties[i].Value) is { } why)
            {
                LeftOut = $"`{properties[i].Key}` {why}";
                properties = [.. properties.Where(property => Why(property.Value) is null)];
                break;
            }
        }

        _facts.Add(new Observation.SawNode { Id = id, Kind = kind.Name, Properties = properties, Unrecognised = kept ?? [], Stream = Stream, Evidence = _evidence });
    }

    public void Edge(EdgeKind kind, string of, string to, string? key = null, params KeyValuePair<string, PropertyValue>[] properties) =>
        Edge(kind.Name, of, to, key, properties);

    /// <summary>The same of a kind that may be nobody's here: its name as the source says it.</summary>
    public void Edge(string kind, string of, string to, string? key, params KeyValuePair<string, PropertyValue>[] properties) =>
        _facts.Add(new Observation.SawEdge
        {
            Kind = kind,
            Of = of,
            To = to,
            Key = key,
            Properties = properties,
            Stream = Stream,
            Evidence = _evidence,
        });

    /// <summary>States that a node is there, and nothing else of it.</summary>
    public void Seen(string id, string reason) => _facts.Add(new Observation.SeenUnreadable { Id = id, Reason = reason, Stream = Stream });

    /// <summary>States an edge that was made elsewhere, such as what a catalogue infers.</summary>
    public void Say(Observation.SawEdge edge) => _facts.Add(edge with { Stream = Stream, Evidence = _evidence });

    private static string? Why(PropertyValue value) => value.Shape switch
    {
        PropertyValue.ValueShape.Text => Why(value.AsText()!),
        PropertyValue.ValueShape.TextList => value.AsTexts().Select(Why).FirstOrDefault(why => why is not null),
        _ => null,
    };

    private static string? Why(string text) => text.Length > LongestText ? $"has more than {LongestText} characters" : null;

    /// <summary>Properties of an ENTITLES: the rights of a level, and the vendor's name of the right.</summary>
    public static KeyValuePair<string, PropertyValue>[] Rights(Level level, string right) => Rights(RightsLogic.Of(level).ToLetters(), right);

    /// <summary>Properties of an ENTITLES; null letters: the level is unknown.</summary>
    public static KeyValuePair<string, PropertyValue>[] Rights(string? letters, string right) => letters is null
        ? [new(P.Right.Name, PropertyValue.Of(right))]
        : [new(P.RightLetters.Name, PropertyValue.Of(letters)), new(P.Right.Name, PropertyValue.Of(right))];
}
