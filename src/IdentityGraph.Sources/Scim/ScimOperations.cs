using System.Text.Json;
using System.Text.RegularExpressions;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.Scim;

/// <summary>
/// Operations of bulk and patch requests (RFC 7644, sections 3.5.2 and 3.7). A request says what somebody asked for, not what the system
/// did: what it states is claimed (WorkflowRecord) and ends nothing for certain.
/// </summary>
internal sealed partial class ScimOperations(ScimWriting writing, DateTimeOffset at)
{
    private const EvidenceGrade Claimed = EvidenceGrade.WorkflowRecord;

    private readonly List<(JsonValue Operation, string Where)> _ofTheFile = [];

    private RecordBook Book => writing.Book;

    /// <summary>One operation: of a bulk request by itself, of a patch request once it is known which resource it is for.</summary>
    public void Take(JsonValue operation, string where)
    {
        if (Said(operation, "method") is { } method)
        {
            Bulk(operation, method.ToUpperInvariant(), where);
            return;
        }

        if (Said(operation, "op") is not null)
        {
            // What the patch is for stands beside the list, perhaps behind it.
            _ofTheFile.Add((operation.Copy(), where));
            return;
        }

        Book.Outcome.Read++;
        Refuse(where, "", "an operation has a `method` (bulk) or an `op` (patch); it was left out", "operation");
    }

    /// <summary>The operations of a patch request that is the whole file.</summary>
    public void Finish(JsonValue rest)
    {
        if (_ofTheFile.Count == 0)
        {
            return;
        }

        if (Target(Said(rest, "path") ?? Said(rest, "location") ?? Said(ScimShapes.Of(rest, "meta"), "location") ?? "") is not { } target)
        {
            Book.Outcome.Read += _ofTheFile.Count;
            Refuse("Operations", "", "a patch request does not say which resource it is for (that stands in the address it was sent to): put it into a bulk request, or write `path` beside its `Operations`, as `/Users/2819c223`", "PatchOp");
            return;
        }

        foreach (var (operation, where) in _ofTheFile)
        {
            Patch(target, operation, where);
        }
    }

    private void Bulk(JsonValue operation, string method, string where)
    {
        var path = Said(operation, "path") ?? Said(operation, "location") ?? "";
        if (ScimShapes.Of(operation, "status").ValueKind is not (JsonValueKind.Undefined or JsonValueKind.Null))
        {
            Book.Outcome.Read++;
            Book.Report.Warn("a bulk response says that operations succeeded, not what they were: nothing is concluded from it. Import a list of the resources instead");
            Book.Trace("node", path, null, method, where, "refused", "a response holds no resource");
            return;
        }

        if (method == "POST")
        {
            Created(operation, path, where);
            return;
        }

        if (Target(path) is not { } target)
        {
            Book.Outcome.Read++;
            Refuse(where, "path", "the path is neither `/Users/id` nor `/Groups/id`; the operation was left out", method);
            return;
        }

        switch (method)
        {
            case "PUT":
                writing.Resource(target.Type, ScimShapes.Of(operation, "data"), where, Claimed, target.Id);
                break;
            case "DELETE":
                Book.Read(target.Stream);
                writing.Ended(target.Stream, writing.Ids.Resource(target.Id), target.Type == "User" ? NodeKinds.Account : NodeKinds.Group, Claimed, at);
                Book.Trace("node", target.Id, null, "DELETE", where, "imported", "claimed to be removed");
                break;
            case "PATCH":
                foreach (var (patch, index) in ScimShapes.Many(ScimShapes.Of(ScimShapes.Of(operation, "data"), "Operations")).Select((patch, index) => (patch, index)))
                {
                    Patch(target, patch, $"{where}.data.Operations[{index}]");
                }

                break;
            default:
                Book.Outcome.Read++;
                Refuse(where, "method", "the method is none of POST, PUT, PATCH and DELETE; the operation was left out", method);
                break;
        }
    }

    /// <summary>The id of what is to be created is the system's to give: only one that the request states can be followed.</summary>
    private void Created(JsonValue operation, string path, string where)
    {
        var data = ScimShapes.Of(operation, "data");
        var type = ScimShapes.TypeOf(data) ?? (path.Contains("Users", StringComparison.OrdinalIgnoreCase) ? "User" : path.Contains("Groups", StringComparison.OrdinalIgnoreCase) ? "Group" : null);
        if (type is not null && Said(data, "id") is { Length: > 0 })
        {
            writing.Resource(type, data, where, Claimed);
            return;
        }

        Book.Outcome.Read++;
        Book.Report.Warn("resources that a bulk request creates have no id yet: they are not imported. Import a list of the resources instead");
        Book.Trace("node", Said(operation, "bulkId") ?? "", null, "POST", where, "refused", "what is created has no id yet");
    }

    private void Patch((string Type, string Id, string Stream) target, JsonValue operation, string where)
    {
        Book.Read(target.Stream);
        var (op, path, value) = (Said(operation, "op")?.ToLowerInvariant(), Said(operation, "path")?.Trim() ?? "", ScimShapes.Of(operation, "value"));
        if (op is not ("add" or "replace" or "remove"))
        {
            Refuse(where, "op", "`op` is none of add, replace and remove; the operation was left out", "patch");
            return;
        }

        var done = path.Length == 0 || ScimShapes.IsCoreSchema(path) ? PathLess(target, op, value, where) : Change(target, op, path, value, where);
        if (!done)
        {
            Book.Report.CountUnrecognised($"patch {op} {RecordBook.Shown(path)}");
        }

        Book.Trace("node", target.Id, null, $"{op} {path}", where, done ? "imported" : "refused", done ? $"claimed of {writing.Ids.Resource(target.Id)}" : "no property of the model says it");
    }

    /// <summary>A value without a path names the attributes itself, some vendors by their paths (`urn:…:User:employeeNumber`), or under the name of their schema.</summary>
    private bool PathLess((string Type, string Id, string Stream) target, string op, JsonValue value, string where)
    {
        if (value.ValueKind != JsonValueKind.Object)
        {
            return false;
        }

        var any = false;
        foreach (var member in value.EnumerateObject())
        {
            if (member.Value.ValueKind == JsonValueKind.Object && member.Name.Equals(ScimShapes.Enterprise, StringComparison.OrdinalIgnoreCase))
            {
                any |= Change(target, op, ScimShapes.Enterprise + ":employeeNumber", ScimShapes.Of(member.Value, "employeeNumber"), where);
            }
            else if (member.Value.ValueKind == JsonValueKind.Object && ScimShapes.IsCoreSchema(member.Name))
            {
                any |= PathLess(target, op, member.Value, where);
            }
            else
            {
                any |= Change(target, op, member.Name, member.Value, where);
            }
        }

        return any;
    }

    private bool Change((string Type, string Id, string Stream) target, string op, string path, JsonValue value, string where)
    {
        var plain = path.StartsWith("urn:", StringComparison.OrdinalIgnoreCase) ? path[(path.LastIndexOf(':') + 1)..] : path;
        var list = ListPath().Match(plain);
        if (list.Success)
        {
            return Listed(target, op, list.Groups["list"].Value.ToLowerInvariant(), [.. list.Groups["id"].Captures.Select(id => id.Value)], value, where);
        }

        if (op == "remove")
        {
            return false;
        }

        var member = plain.ToLowerInvariant() switch
        {
            "active" when target.Type == "User" => "active",
            "username" when target.Type == "User" => "userName",
            "emails" when target.Type == "User" => "emails",
            "displayname" when target.Type == "Group" => "displayName",
            "employeenumber" when target.Type == "User" => "employeeNumber",
            _ => null,
        };
        if (member is null || value.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
        {
            return false;
        }

        var written = Written(member, value);
        List<KeyValuePair<string, PropertyValue>> properties = target.Type == "User"
            ? writing.UserProperties(written)
            : ScimShapes.Word(value) is { Length: > 0 } name ? [new(Properties.Name.Name, PropertyValue.Of(name))] : [];
        if (properties.Count == 0)
        {
            return false;
        }

        writing.Node(target.Stream, writing.Ids.Resource(target.Id), target.Type == "User" ? NodeKinds.Account : NodeKinds.Group, properties, Claimed);
        return true;
    }

    private bool Listed((string Type, string Id, string Stream) target, string op, string list, string[] named, JsonValue value, string where)
    {
        if (op != "remove")
        {
            if (op == "replace" && list == "members")
            {
                Book.Report.Warn("a patch replaces all members of a group: who was one before is not known from it, so nobody is said to have left");
            }

            var written = Written(list, value);
            writing.Related(target.Stream, target.Id, written, where, Claimed);
            return true;
        }

        var removed = named.Length > 0 ? named : ScimShapes.Many(value).Select(ScimShapes.Word).OfType<string>().Where(id => writing.WhyNot(id) is null).ToArray();
        if (removed.Length == 0)
        {
            Book.Report.Warn($"a patch removes all `{list}` of a resource: which those are is not known from it, so nothing is concluded");
            return false;
        }

        foreach (var other in removed)
        {
            var (kind, of, to) = list switch
            {
                "members" => (EdgeKinds.MemberOf, writing.Ids.Resource(other), writing.Ids.Resource(target.Id)),
                "groups" => (EdgeKinds.MemberOf, writing.Ids.Resource(target.Id), writing.Ids.Resource(other)),
                "roles" => (EdgeKinds.HasRole, writing.Ids.Resource(target.Id), writing.Ids.Role(other)),
                _ => (EdgeKinds.HasEntitlement, writing.Ids.Resource(target.Id), writing.Ids.Entitlement(other)),
            };
            writing.Edge(target.Stream, kind, of, to, Claimed, at);
        }

        return true;
    }

    private (string Type, string Id, string Stream)? Target(string path)
    {
        var match = ResourcePath().Match(path);
        if (!match.Success)
        {
            return null;
        }

        var type = match.Groups["type"].Value.StartsWith("U", StringComparison.OrdinalIgnoreCase) ? "User" : "Group";
        var id = Uri.UnescapeDataString(match.Groups["id"].Value);
        return writing.WhyNot(id) is null ? (type, id, type + "s") : null;
    }

    /// <summary>The text of an attribute, in whatever case its name is written.</summary>
    private static string? Said(JsonValue json, string name) => Plain(ScimShapes.Of(json, name));

    private void Refuse(string where, string member, string problem, string kind)
    {
        Book.Refuse(where, member, problem, null);
        Book.Trace("node", "", null, kind, where, "refused", problem);
    }

    /// <summary>The value as the attribute of a resource.</summary>
    private static JsonValue Written(string member, JsonValue value)
    {
        using var stream = new MemoryStream();
        using (var writer = new Utf8JsonWriter(stream))
        {
            writer.WriteStartObject();
            var enterprise = member == "employeeNumber";
            if (enterprise)
            {
                writer.WriteStartObject(ScimShapes.Enterprise);
            }

            writer.WritePropertyName(member);
            writer.WriteRawValue(value.Raw);
            if (enterprise)
            {
                writer.WriteEndObject();
            }

            writer.WriteEndObject();
        }

        var bytes = stream.ToArray();
        return new JsonTree(64, careful: false).Read(bytes, 0, bytes.Length, out _, out _);
    }

    [GeneratedRegex("""(?:^|/)(?<type>Users|Groups)/(?<id>[^/?#]+)\z""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ResourcePath();

    [GeneratedRegex("""\A(?<list>members|groups|roles|entitlements)(?:\[\s*value\s+eq\s+(?:"(?<id>[^"\]]{1,400})"|'(?<id>[^'\]]{1,400})')(?:\s+or\s+value\s+eq\s+(?:"(?<id>[^"\]]{1,400})"|'(?<id>[^'\]]{1,400})'))*\s*\])?\z""", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex ListPath();
}
