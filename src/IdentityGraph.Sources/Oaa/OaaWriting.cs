using System.Text.Json;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Oaa;

/// <summary>What is shared while one payload is mapped.</summary>
internal sealed class OaaWriting(FactList facts, OaaIds ids, RecordBook book) : IDisposable
{
    private readonly IdSet _made = new();

    public FactList Facts => facts;

    public OaaIds Ids => ids;

    public RecordBook Book => book;

    public OaaPermissions Permissions { get; } = new();

    /// <summary>Roles that members of groups may assume.</summary>
    public OaaAssumptions Assumptions { get; } = new();

    public string Where { get; private set; } = "";

    public void Begin(string where, string stream)
    {
        facts.Clear();
        facts.Stream = stream;
        facts.Where = $"{book.File}#{where}";
        Where = where;
    }

    public bool First(string id) => _made.Add(id);

    public void Dispose() => Permissions.Dispose();

    public void StateSystem(string name, bool personnel)
    {
        List<KeyValuePair<string, PropertyValue>> properties = [new(P.Name.Name, PropertyValue.Of(name))];
        if (personnel)
        {
            properties.Add(new(P.Category.Name, PropertyValue.Of("hris")));
        }

        facts.Node(ids.System, NodeKinds.System, properties);
    }

    /// <summary>The identifier of an entity (`id`, else its name), refused in words where it cannot be one.</summary>
    public string? Identifier(JsonValue json, string stream, params ReadOnlySpan<string> members)
    {
        book.Read(stream);
        facts.Stream = stream;
        var id = "";
        foreach (var member in members)
        {
            id = Text(json, member) is { Length: > 0 } said && id.Length == 0 ? said : id;
        }

        if (OaaIds.WhyNot(id) is not { } why)
        {
            return id;
        }

        book.Refuse(Where, stream, $"{why}; it was left out", stream);
        book.Trace("node", "", null, stream, Where, "refused", why);
        return null;
    }

    public void Imported(string id, string kind, string node) => book.Trace("node", id, null, kind, Where, "imported", node);

    /// <summary>A link to another entity by its identifier.</summary>
    public void Link(string? other, string of, string kind, Action<string> state)
    {
        if (OaaIds.WhyNot(other ?? "") is { } why)
        {
            book.Outcome.Read++;
            book.Refuse(Where, kind, $"{why}; the link was left out", facts.Stream);
            book.Trace("edge", of, "", kind, Where, "refused", why);
            return;
        }

        state(other!);
        book.Trace("edge", of, other, kind, Where, "imported", $"a link of {kind}");
    }

    /// <summary>The texts of a list, of texts or of objects with an `identity` or `id`.</summary>
    public IEnumerable<string?> Names(JsonValue json, string list)
    {
        foreach (var item in List(json, list))
        {
            yield return item.ValueKind == JsonValueKind.Object ? Text(item, "identity") ?? Text(item, "id") : Plain(item);
        }
    }

    /// <summary>The same where a text is needed: an element that is none is refused.</summary>
    public IEnumerable<string> Words(JsonValue json, string list)
    {
        foreach (var name in Names(json, list))
        {
            if (name is not null)
            {
                yield return name;
                continue;
            }

            book.Outcome.Read++;
            book.Refuse(Where, list, "an element of it is no text; it was left out", facts.Stream);
        }
    }

    /// <inheritdoc cref="RecordBook.List"/>
    public JsonElementList List(JsonValue json, string member) => book.List(json, member, Where, facts.Stream);

    /// <summary>Owners are named by their identity in some provider: an owner in words, until somebody says who that is.</summary>
    public void Owners(JsonValue json, string node)
    {
        foreach (var owner in List(json, "owners"))
        {
            if (Text(owner, "external_id") is { } external && OaaIds.WhyNot(external) is null)
            {
                facts.Edge(EdgeKinds.OwnedBy, node, "text:" + external.Trim());
            }
        }
    }

    public static IEnumerable<KeyValuePair<string, PropertyValue>> Named(string? name) => string.IsNullOrEmpty(name) ? [] : [new(P.Name.Name, PropertyValue.Of(name))];

    public static IEnumerable<KeyValuePair<string, PropertyValue>> State(JsonValue json) =>
        Flag(json, "is_active") is { } active ? [new(P.State.Name, PropertyValue.Of(active ? "Active" : "Disabled"))] : [];

    public static IEnumerable<KeyValuePair<string, PropertyValue>> Instant(JsonValue json, string member, Property property) =>
        Text(json, member) is { } text && Instants.TryParse(text, out var instant) ? [new(property.Name, PropertyValue.Of(instant))] : [];
}
