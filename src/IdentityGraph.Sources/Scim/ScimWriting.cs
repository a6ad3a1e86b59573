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
    private static readonly string[] s_lists = ["members", "groups", "roles", "entitlements"];

    private static readonly HashSet<string> s_read = new(["id", "userName", "displayName", "active", "emails", .. s_lists, ScimShapes.Enterprise], StringComparer.OrdinalIgnoreCase);

    private readonly List<Observation> _facts = [];
    private readonly HashSet<string> _made = new(StringComparer.Ordinal);
    private string _where = "";

    public ScimIds Ids => ids;

    public RecordBook Book => book;

    public IReadOnlyList<Observation> Facts => _facts;

    public void Begin(string where)
    {
        _facts.Clear();
        _where = where;
    }

    /// <summary>A user or group, with everything that hangs on it.</summary>
    /// <param name="type">User or Group.</param>
    /// <param name="json">The resource.</param>
    /// <param name="where">Its place in the file.</param>
    /// <param name="grade">How it is known: read from the system, or asked for in a request.</param>
    /// <param name="id">Its id where the request's path says it; null: as the resource says.</param>
    public void Resource(string type, JsonElement json, string where, EvidenceGrade grade, string? id = null)
    {
        var stream = type + "s";
        book.Read(stream);
        id ??= Text(json, "id")?.Trim() ?? "";
        if (WhyNot(id) is { } why)
        {
            book.Refuse(where, "id", $"{why}; the resource was left out", stream);
            book.Trace("node", "", null, type, where, "refused", why);
            return;
        }

        RefuseMisspelt(json, where, stream);
        var node = ids.Resource(id);
        if (type == "User")
        {
            Node(stream, node, NodeKinds.Account, [.. UserProperties(json, where)], grade, Kept(json));
        }
        else
        {
            Node(stream, node, NodeKinds.Group, Text(json, "displayName") is { Length: > 0 } name ? [new(P.Name.Name, PropertyValue.Of(name))] : [], grade, Kept(json));
        }

        Edge(stream, EdgeKinds.InSystem, node, ids.System, grade);
        book.Trace("node", id, null, type, where, "imported", $"{(type == "User" ? "Account" : "Group")} {node}");
        Related(stream, id, json, where, grade);
    }

    /// <summary>Members, groups, roles and entitlements of a resource, or of what a request adds to it.</summary>
    public void Related(string stream, string id, JsonElement json, string where, EvidenceGrade grade)
    {
        foreach (var list in s_lists)
        {
            // One value without its list is read; whether it is all of them nobody knows.
            if (Member(json, list) is { ValueKind: not (JsonValueKind.Array or JsonValueKind.Undefined or JsonValueKind.Null) })
            {
                book.Spoil(stream, $"`{list}` is no list");
            }
        }

        foreach (var member in ScimShapes.Many(Member(json, "members")))
        {
            Link(stream, "members", ScimShapes.Word(member), id, where, other => Edge(stream, EdgeKinds.MemberOf, ids.Resource(other), ids.Resource(id), grade));
        }

        foreach (var group in ScimShapes.Many(Member(json, "groups")))
        {
            Link(stream, "groups", ScimShapes.Word(group), id, where, other => Edge(stream, EdgeKinds.MemberOf, ids.Resource(id), ids.Resource(other), grade));
        }

        foreach (var role in ScimShapes.Many(Member(json, "roles")))
        {
            Link(stream, "roles", ScimShapes.Word(role), id, where, value =>
            {
                Bundle(stream, ids.Role(value), NodeKinds.Role, value, Text(role, "display"), grade);
                Edge(stream, EdgeKinds.HasRole, ids.Resource(id), ids.Role(value), grade);
            });
        }

        foreach (var entitlement in ScimShapes.Many(Member(json, "entitlements")))
        {
            Link(stream, "entitlements", ScimShapes.Word(entitlement), id, where, value =>
            {
                Bundle(stream, ids.Entitlement(value), NodeKinds.Entitlement, value, Text(entitlement, "display"), grade);
                Edge(stream, EdgeKinds.HasEntitlement, ids.Resource(id), ids.Entitlement(value), grade);
            });
        }
    }

    /// <summary>States a node; a text that looks like a secret is left out with a reject.</summary>
    public void Node(string stream, string id, NodeKind kind, IReadOnlyList<KeyValuePair<string, PropertyValue>> properties, EvidenceGrade grade = EvidenceGrade.SystemState, IReadOnlyList<KeyValuePair<string, string>>? unrecognised = null)
    {
        foreach (var (name, value) in properties)
        {
            if (Strange(name, value) is { } why)
            {
                book.Refuse(_where, name, $"{why}; it was left out, the rest is imported", null);
                properties = [.. properties.Where(property => Strange(property.Key, property.Value) is null)];
                break;
            }
        }

        _facts.Add(new Observation.SawNode { Id = id, Kind = kind.Name, Properties = properties, Stream = stream, Grade = grade, Unrecognised = unrecognised ?? [], Evidence = Evidence });
    }

    public void Edge(string stream, EdgeKind kind, string of, string to, EvidenceGrade grade, DateTimeOffset? until = null) =>
        _facts.Add(new Observation.SawEdge { Kind = kind.Name, Of = of, To = to, Stream = stream, Grade = grade, Until = until, Evidence = Evidence });

    /// <summary>A node that ceased to be, as far as the grade can say.</summary>
    public void Ended(string stream, string id, NodeKind kind, EvidenceGrade grade, DateTimeOffset until) =>
        _facts.Add(new Observation.SawNode { Id = id, Kind = kind.Name, Stream = stream, Grade = grade, Until = until, Evidence = Evidence });

    /// <summary>Why a text can be no id; null: it can.</summary>
    public string? WhyNot(string id) =>
        id.Length == 0 ? "it has no `id`"
        : SecretLooking.Find(id) is { } sort ? $"its `id` looks like {sort}"
        : ids.Entitlement(id).Length > 512 ? "its `id` is too long (512 characters with its prefix)"
        : null;

    /// <summary>What the values of a user say; absent values say nothing.</summary>
    public IEnumerable<KeyValuePair<string, PropertyValue>> UserProperties(JsonElement json, string where)
    {
        if ((Text(json, "userName") ?? Text(json, "displayName")) is { Length: > 0 } name)
        {
            yield return new(P.Name.Name, PropertyValue.Of(name));
        }

        if (ScimShapes.Active(Member(json, "active"), out var word) is { } active)
        {
            yield return new(P.State.Name, PropertyValue.Of(active ? "Active" : "Disabled"));
        }
        else if (word is not null)
        {
            book.Report.CountUnrecognised("word active=" + RecordBook.Shown(word));
        }

        if (ScimShapes.Email(Member(json, "emails")) is { } email)
        {
            yield return new(P.Email.Name, PropertyValue.Of(email));
        }

        var enterprise = Member(json, ScimShapes.Enterprise);
        if (ScimShapes.Word(Member(enterprise, "employeeNumber")) is { Length: > 0 } number)
        {
            yield return new(P.EmployeeNumber.Name, PropertyValue.Of(number));
        }
    }

    /// <summary>Attribute names are compared without case by the standard, and read here in its letters only: what another spelling says is not lost in silence.</summary>
    private void RefuseMisspelt(JsonElement json, string where, string stream)
    {
        foreach (var member in json.EnumerateObject())
        {
            if (s_read.TryGetValue(member.Name, out var name) && name != member.Name)
            {
                book.Outcome.Read++;
                book.Refuse(where, RecordBook.Shown(member.Name), $"it is written `{name}`; what it says was left out", stream);
            }
        }
    }

    private EvidenceRef[] Evidence => [new($"{book.File}#{_where}")];

    private static string? Strange(string name, PropertyValue value) =>
        value.AsTexts().Select(text => text.Length > 4_096 ? "it has more than 4096 characters" : SecretLooking.FindIn(name, text) is { } sort ? "it looks like " + sort : null).FirstOrDefault(why => why is not null);

    /// <summary>What the model has no property for is kept as said, and no rule reads it.</summary>
    private static List<KeyValuePair<string, string>> Kept(JsonElement json)
    {
        var enterprise = Member(json, ScimShapes.Enterprise);
        List<KeyValuePair<string, string>> kept = [];
        Keep("externalId", ScimShapes.Word(Member(json, "externalId")));
        Keep("department", ScimShapes.Word(Member(enterprise, "department")));
        Keep("manager", ScimShapes.Word(Member(enterprise, "manager")));
        return kept;

        void Keep(string name, string? text)
        {
            if (text is { Length: > 0 and < 1_000 } && SecretLooking.Find(text) is null)
            {
                kept.Add(new(name, JsonSerializer.Serialize(text, ScimJson.Default.String)));
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
                Evidence = Evidence,
                Properties = [new(P.Right.Name, PropertyValue.Of(value))],
            });
        }
    }

    private void Link(string stream, string what, string? other, string id, string where, Action<string> state)
    {
        if (WhyNot(other?.Trim() ?? "") is { } why)
        {
            book.Outcome.Read++;
            book.Refuse(where, what, $"one of `{what}`: {why.Replace("`id`", "`value`", StringComparison.Ordinal)}; it was left out", stream);
            book.Trace("edge", id, null, what, where, "refused", why);
            return;
        }

        var from = _facts.Count;
        state(other!.Trim());
        book.Trace("edge", what == "members" ? other!.Trim() : id, what == "members" ? id : other!.Trim(), what, where, "imported", string.Join("; ", _facts.Skip(from).OfType<Observation.SawEdge>().Select(edge => $"{edge.Kind} of {edge.Of} to {edge.To}")));
    }
}
