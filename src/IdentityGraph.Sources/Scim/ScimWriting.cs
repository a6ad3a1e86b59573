using System.Buffers;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Scim;

/// <summary>Resources as nodes and edges.</summary>
internal sealed class ScimWriting(ScimIds ids, RecordBook book)
{
    /// <summary>Characters that JSON writes as they are.</summary>
    private static readonly SearchValues<char> s_plain = SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.~@ :/");

    private static readonly string[] s_lists = ["members", "groups", "roles", "entitlements"];

    /// <summary>Places of the attributes in <see cref="_said"/>; the lists come first.</summary>
    private const int Members = 0, Groups = 1, Roles = 2, Entitlements = 3, UserName = 4, DisplayName = 5, Active = 6, Emails = 7, Enterprise = 8, ExternalId = 9, Id = 10;

    /// <summary>The attributes of the resource at hand. The standard compares names without case.</summary>
    private readonly JsonMembers _said = new([.. s_lists, "userName", "displayName", "active", "emails", ScimShapes.Enterprise, "externalId", "id", "schemas", "meta"]) { AnyCase = true };

    private readonly List<Observation> _facts = [];
    private readonly IdSet _made = new();
    private EvidenceRef[] _evidence = [];
    private string _where = "";

    public ScimIds Ids => ids;

    public RecordBook Book => book;

    public IReadOnlyList<Observation> Facts => _facts;

    public void Begin(string where)
    {
        _facts.Clear();
        _where = where;
        _evidence = [new($"{book.File}#{where}")];
    }

    /// <summary>A user or group, with everything that hangs on it.</summary>
    /// <param name="type">User or Group.</param>
    /// <param name="json">The resource.</param>
    /// <param name="where">Its place in the file.</param>
    /// <param name="grade">How it is known: read from the system, or asked for in a request.</param>
    /// <param name="id">Its id where the request's path says it; null: as the resource says.</param>
    public void Resource(string type, JsonValue json, string where, EvidenceGrade grade, string? id = null)
    {
        var stream = type == "User" ? "Users" : "Groups";
        book.Read(stream);
        _said.Read(json);
        id ??= Plain(_said[Id])?.Trim() ?? "";
        if (WhyNot(id) is { } why)
        {
            book.Refuse(where, "id", $"{why}; the resource was left out", stream);
            book.Trace("node", "", null, type, where, "refused", why);
            return;
        }

        if (_said.Respelt is { } name)
        {
            book.Outcome.Read++;
            book.Refuse(where, name, "it stands there twice, in different letters; of the two the one in these letters was read", stream);
        }

        var node = ids.Resource(id);
        if (type == "User")
        {
            Node(stream, node, NodeKinds.Account, UserProperties(), grade, Kept());
        }
        else
        {
            Node(stream, node, NodeKinds.Group, Plain(_said[DisplayName]) is { Length: > 0 } called ? [new(P.Name.Name, PropertyValue.Of(called))] : [], grade, Kept());
        }

        Edge(stream, EdgeKinds.InSystem, node, ids.System, grade);
        book.Trace("node", id, null, type, where, "imported", $"{(type == "User" ? "Account" : "Group")} {node}");
        Related(stream, id, where, grade);
    }

    /// <summary>Members, groups, roles and entitlements of a resource, or of what a request adds to it.</summary>
    public void Related(string stream, string id, JsonValue json, string where, EvidenceGrade grade)
    {
        _said.Read(json);
        Related(stream, id, where, grade);
    }

    private void Related(string stream, string id, string where, EvidenceGrade grade)
    {
        for (var list = 0; list < s_lists.Length; list++)
        {
            // One value without its list is read; whether it is all of them nobody knows.
            if (_said[list].ValueKind is not (JsonValueKind.Array or JsonValueKind.Undefined or JsonValueKind.Null))
            {
                book.Spoil(stream, $"`{s_lists[list]}` is no list");
            }
        }

        var own = ids.Resource(id);
        foreach (var member in ScimShapes.Many(_said[Members]))
        {
            if (Other(stream, "members", member, id, where) is { } other)
            {
                Edge(stream, EdgeKinds.MemberOf, ids.Resource(other), own, grade);
                Linked("members", other, id, where, _facts.Count - 1);
            }
        }

        foreach (var group in ScimShapes.Many(_said[Groups]))
        {
            if (Other(stream, "groups", group, id, where) is { } other)
            {
                Edge(stream, EdgeKinds.MemberOf, own, ids.Resource(other), grade);
                Linked("groups", id, other, where, _facts.Count - 1);
            }
        }

        foreach (var role in ScimShapes.Many(_said[Roles]))
        {
            if (Other(stream, "roles", role, id, where) is { } other)
            {
                var from = _facts.Count;
                Bundle(stream, ids.Role(other), NodeKinds.Role, other, Plain(ScimShapes.Of(role, "display")), grade);
                Edge(stream, EdgeKinds.HasRole, own, ids.Role(other), grade);
                Linked("roles", id, other, where, from);
            }
        }

        foreach (var entitlement in ScimShapes.Many(_said[Entitlements]))
        {
            if (Other(stream, "entitlements", entitlement, id, where) is { } other)
            {
                var from = _facts.Count;
                Bundle(stream, ids.Entitlement(other), NodeKinds.Entitlement, other, Plain(ScimShapes.Of(entitlement, "display")), grade);
                Edge(stream, EdgeKinds.HasEntitlement, own, ids.Entitlement(other), grade);
                Linked("entitlements", id, other, where, from);
            }
        }
    }

    /// <summary>States a node; a text that looks like a secret is left out with a reject.</summary>
    public void Node(string stream, string id, NodeKind kind, IReadOnlyList<KeyValuePair<string, PropertyValue>> properties, EvidenceGrade grade = EvidenceGrade.SystemState, IReadOnlyList<KeyValuePair<string, string>>? unrecognised = null)
    {
        for (var i = 0; i < properties.Count; i++)
        {
            if (Strange(properties[i].Value) is { } why)
            {
                book.Refuse(_where, properties[i].Key, $"{why}; it was left out, the rest is imported", null);
                properties = [.. properties.Where(property => Strange(property.Value) is null)];
                break;
            }
        }

        _facts.Add(new Observation.SawNode { Id = id, Kind = kind.Name, Properties = properties, Stream = stream, Grade = grade, Unrecognised = unrecognised ?? [], Evidence = _evidence });
    }

    public void Edge(string stream, EdgeKind kind, string of, string to, EvidenceGrade grade, DateTimeOffset? until = null) =>
        _facts.Add(new Observation.SawEdge { Kind = kind.Name, Of = of, To = to, Stream = stream, Grade = grade, Until = until, Evidence = _evidence });

    /// <summary>A node that ceased to be, as far as the grade can say.</summary>
    public void Ended(string stream, string id, NodeKind kind, EvidenceGrade grade, DateTimeOffset until) =>
        _facts.Add(new Observation.SawNode { Id = id, Kind = kind.Name, Stream = stream, Grade = grade, Until = until, Evidence = _evidence });

    /// <summary>Why a text can be no id; null: it can.</summary>
    public string? WhyNot(string id) =>
        id.Length == 0 ? "it has no `id`"
        : SecretLooking.Find(id) is { } sort ? $"its `id` looks like {sort}"
        : (3 * id.Length) + ids.System.Length + 64 > 512 && ids.Entitlement(id).Length > 512 ? "its `id` is too long (512 characters with its prefix)"
        : null;

    /// <summary>What the values of a user say; absent values say nothing.</summary>
    public List<KeyValuePair<string, PropertyValue>> UserProperties(JsonValue json)
    {
        _said.Read(json);
        return UserProperties();
    }

    private List<KeyValuePair<string, PropertyValue>> UserProperties()
    {
        List<KeyValuePair<string, PropertyValue>> properties = [];
        if ((Plain(_said[UserName]) ?? Plain(_said[DisplayName])) is { Length: > 0 } name)
        {
            properties.Add(new(P.Name.Name, PropertyValue.Of(name)));
        }

        if (ScimShapes.Active(_said[Active], out var word) is { } active)
        {
            properties.Add(new(P.State.Name, PropertyValue.Of(active ? "Active" : "Disabled")));
        }
        else if (word is not null)
        {
            book.Report.CountUnrecognised("word active=" + RecordBook.Shown(word));
        }

        if (ScimShapes.Email(_said[Emails]) is { } email)
        {
            properties.Add(new(P.Email.Name, PropertyValue.Of(email)));
        }

        if (ScimShapes.Word(ScimShapes.Of(_said[Enterprise], "employeeNumber")) is { Length: > 0 } number)
        {
            properties.Add(new(P.EmployeeNumber.Name, PropertyValue.Of(number)));
        }

        return properties;
    }

    private static string? Strange(PropertyValue value) =>
        value.Shape == PropertyValue.ValueShape.Text ? Strange(value.AsText()!) : value.AsTexts().Select(Strange).FirstOrDefault(why => why is not null);

    private static string? Strange(string text) =>
        text.Length > 4_096 ? "it has more than 4096 characters" : SecretLooking.Find(text) is { } sort ? "it looks like " + sort : null;

    /// <summary>What the model has no property for is kept as said, and no rule reads it.</summary>
    private List<KeyValuePair<string, string>> Kept()
    {
        var enterprise = _said[Enterprise];
        List<KeyValuePair<string, string>> kept = [];
        Keep("externalId", ScimShapes.Word(_said[ExternalId]));
        Keep("department", ScimShapes.Word(ScimShapes.Of(enterprise, "department")));
        Keep("manager", ScimShapes.Word(ScimShapes.Of(enterprise, "manager")));
        return kept;

        void Keep(string name, string? text)
        {
            if (text is { Length: > 0 and < 1_000 } && SecretLooking.Find(text) is null)
            {
                kept.Add(new(name, text.AsSpan().ContainsAnyExcept(s_plain) ? JsonSerializer.Serialize(text, ScimJson.Default.String) : $"\"{text}\""));
            }
        }
    }

    /// <summary>A role or entitlement is a right on the system; how far it goes SCIM does not say.</summary>
    private void Bundle(string stream, string id, NodeKind kind, string value, string? display, EvidenceGrade grade)
    {
        if (_made.Add(id))
        {
            Node(stream, id, kind, [new(P.Name.Name, PropertyValue.Of(string.IsNullOrEmpty(display) ? value : display))], grade);
            _facts.Add(new Observation.SawEdge
            {
                Kind = EdgeKinds.Entitles.Name,
                Of = id,
                To = ids.System,
                Stream = stream,
                Grade = grade,
                Evidence = _evidence,
                Properties = [new(P.Right.Name, PropertyValue.Of(value))],
            });
        }
    }

    /// <summary>What an element of a list names; null where it was refused.</summary>
    private string? Other(string stream, string list, JsonValue element, string id, string where)
    {
        var other = ScimShapes.Word(element)?.Trim() ?? "";
        if (WhyNot(other) is not { } why)
        {
            return other;
        }

        book.Outcome.Read++;
        book.Refuse(where, list, $"one of `{list}`: {why.Replace("`id`", "`value`", StringComparison.Ordinal)}; it was left out", stream);
        book.Trace("edge", id, null, list, where, "refused", why);
        return null;
    }

    private void Linked(string list, string of, string to, string where, int from) =>
        book.Trace("edge", of, to, list, where, "imported", $"{string.Join("; ", _facts.Skip(from).OfType<Observation.SawEdge>().Select(edge => $"{edge.Kind} of {edge.Of} to {edge.To}"))}");
}
