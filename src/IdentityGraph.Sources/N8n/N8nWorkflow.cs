using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.N8n;

/// <summary>One workflow as facts. Pinned and static data, and the values of parameters, are never taken over.</summary>
internal sealed class N8nWorkflow(JsonValue json, string where, N8nWriting writing)
{
    private readonly Dictionary<string, string> _steps = new(StringComparer.Ordinal);
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private string _id = "";

    private FactList Facts => writing.Facts;

    private RecordBook Book => writing.Book;

    private string Node => writing.Ids.Workflow(_id);

    public void State()
    {
        _id = Text(json, "id")?.Trim() ?? (Member(json, "id") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : "");
        if (N8nWriting.WhyNot(_id) is { } why)
        {
            Book.Refuse(where, "id", $"{why}; the workflow was left out. Export it from the instance it lives in", N8nFormat.Stream);
            Book.Trace("node", "", null, "workflow", where, "refused", why);
            return;
        }

        writing.StateSystem();
        List<KeyValuePair<string, PropertyValue>> properties = [];
        if (Text(json, "name") is { Length: > 0 } name)
        {
            properties.Add(new(P.Name.Name, PropertyValue.Of(name)));
        }

        if (Flag(json, "isArchived") == true || Flag(json, "active") is not null)
        {
            properties.Add(new(P.State.Name, PropertyValue.Of(Flag(json, "isArchived") != true && Flag(json, "active") == true ? "Active" : "Disabled")));
        }

        if (Trigger() is { } trigger)
        {
            properties.Add(new(P.Trigger.Name, PropertyValue.Of(trigger)));
        }

        if (Text(json, "versionId") is { Length: > 0 } version)
        {
            properties.Add(new("version", PropertyValue.Of(version)));
        }

        Facts.Node(Node, NodeKinds.Workflow, properties);
        Facts.Edge(EdgeKinds.InSystem, Node, writing.Ids.System);
        Book.Trace("node", _id, null, "workflow", where, "imported", $"Workflow {Node}");
        foreach (var (node, index) in Book.List(json, "nodes", where, N8nFormat.Stream).Select((node, index) => (node, index)))
        {
            Step(node, $"{where}.nodes[{index}]");
        }

        Connect();
        Calls(Member(Member(json, "settings"), "errorWorkflow"), "errorWorkflow", $"{where}.settings");
        Own();
    }

    /// <summary>What starts it by itself counts before what a person or another workflow starts; a node that is switched off starts nothing.</summary>
    private string? Trigger()
    {
        var triggers = Elements(json, "nodes").Where(node => Flag(node, "disabled") != true).Select(node => N8nWords.Trigger(N8nWords.Plain(Text(node, "type") ?? ""))).OfType<string>().ToHashSet(StringComparer.Ordinal);
        return triggers.Contains("event") ? "event" : triggers.Contains("schedule") ? "schedule" : triggers.Contains("manual") ? "manual" : null;
    }

    private void Step(JsonValue node, string at)
    {
        var name = Text(node, "name") ?? "";
        var id = Text(node, "id") is { Length: > 0 } own ? own : name;
        if (N8nWriting.WhyNot(id) is { } why)
        {
            Book.Outcome.Read++;
            Book.Refuse(at, "id", $"{why}; the node was left out", null);
            Book.Trace("node", "", null, "node", at, "refused", why);
            return;
        }

        var step = writing.Ids.Step(_id, id);
        var type = Text(node, "type") ?? "";
        var plain = N8nWords.Plain(type);
        var open = N8nWords.IsOpenDoor(plain) && Flag(node, "disabled") != true && Text(Member(node, "parameters"), "authentication") is null or "none";
        Facts.Node(step, NodeKinds.Step, [new(P.Name.Name, PropertyValue.Of(name.Length > 0 ? name : id))], open ? [new("authentication", "\"none\"")] : null);
        Facts.Edge(EdgeKinds.StepOf, step, Node);
        Book.Trace("node", name.Length > 0 ? name : id, null, RecordBook.Shown(type), at, "imported", $"Step {step}");
        if (!_steps.TryAdd(name, step))
        {
            Book.Report.Warn($"`{RecordBook.Shown(_id)}` has two nodes of one name: what leads to them is taken to lead to the first");
        }

        if (open)
        {
            Book.Report.Warn($"`{RecordBook.Shown(Text(json, "name") ?? _id)}`: node `{RecordBook.Shown(name)}` ({plain}) asks nobody who they are: whoever knows its address starts the workflow");
        }

        if (SecretLooking.Find(type) is { } looks)
        {
            // A part of it would look like none.
            Book.LeaveOutSecret(at, "type", $"it looks like {looks}; it was left out, and what the node does is not known. Replace it");
        }
        else if (N8nWords.ForeignPackage(type) is { } package && SecretLooking.Find(package) is null && N8nIds.Package(package).Length <= 512)
        {
            writing.Once(N8nIds.Package(package), NodeKinds.Application, new(P.Name.Name, PropertyValue.Of(package)), new(P.ThirdParty.Name, PropertyValue.Of(true)));
            Facts.Edge(EdgeKinds.DependsOn, Node, N8nIds.Package(package));
        }

        Credentials(node, at);
        if (N8nWords.CallsWorkflow(plain))
        {
            Calls(Member(Member(node, "parameters"), "workflowId"), plain, at);
        }

        foreach (var (place, sort) in N8nWords.Secrets(Member(node, "parameters"), "parameters"))
        {
            Book.LeaveOutSecret(at, RecordBook.Shown(place), $"it looks like {sort}, written into the workflow; it was not stored. Keep it in a credential, and replace it: whoever can open the workflow has it");
        }
    }

    private void Credentials(JsonValue node, string at)
    {
        foreach (var credential in Named(node, "credentials", at))
        {
            // Before credentials had ids, a name stood there.
            var name = credential.Value.ValueKind == JsonValueKind.String ? N8nWords.Located(credential.Value) : Text(credential.Value, "name");
            var id = Text(credential.Value, "id") ?? (Member(credential.Value, "id") is { ValueKind: JsonValueKind.Number } number ? number.GetRawText() : name) ?? "";
            if (N8nWriting.WhyNot(id) is { } why)
            {
                Book.Outcome.Read++;
                Book.Refuse(at, "credentials", $"a credential: {why}; it was left out", N8nFormat.Stream);
                continue;
            }

            var secret = writing.Ids.Credential(id);
            List<KeyValuePair<string, PropertyValue>> properties = name is { Length: > 0 } ? [new(P.Name.Name, PropertyValue.Of(name))] : [];
            if (N8nWords.CredentialKind(credential.Name) is { } kind)
            {
                properties.Add(new(P.CredentialKind.Name, PropertyValue.Of(kind)));
            }

            writing.Once(secret, NodeKinds.Credential, [.. properties]);
            if (_held.Add(secret))
            {
                Facts.Edge(EdgeKinds.HeldBy, secret, Node);
            }

            Book.Trace("edge", Text(node, "name") ?? "", id, RecordBook.Shown(credential.Name), at, "imported", $"HELD_BY of {secret} to {Node}");
        }
    }

    private void Connect()
    {
        foreach (var from in Named(json, "connections", where))
        {
            foreach (var type in from.Value.ValueKind == JsonValueKind.Object ? from.Value.EnumerateObject() : Odd("connections", where))
            {
                foreach (var output in type.Value.ValueKind == JsonValueKind.Array ? type.Value.EnumerateArray() : Outputs())
                {
                    // An output that leads nowhere is null.
                    foreach (var target in output.ValueKind == JsonValueKind.Array ? output.EnumerateArray() : output.ValueKind == JsonValueKind.Null ? default : Outputs())
                    {
                        Next(from.Name, type.Name, Text(target, "node") ?? "");
                    }
                }
            }
        }

        JsonElementList Outputs()
        {
            Odd("connections", where);
            return default;
        }
    }

    /// <summary>The members of a mapping; none where it is absent or an empty list. What is no mapping is refused.</summary>
    private JsonMemberList Named(JsonValue of, string member, string at) => Member(of, member) switch
    {
        { ValueKind: JsonValueKind.Object } mapping => mapping.EnumerateObject(),
        { ValueKind: JsonValueKind.Undefined } => default,
        { ValueKind: JsonValueKind.Array } list when list.GetArrayLength() == 0 => default,
        _ => Odd(member, at),
    };

    private JsonMemberList Odd(string member, string at)
    {
        Book.Outcome.Read++;
        Book.Refuse(at, member, "it is not what n8n exports there; what it holds was left out", N8nFormat.Stream);
        return default;
    }

    private void Next(string from, string type, string to)
    {
        if (!_steps.TryGetValue(from, out var start) || !_steps.TryGetValue(to, out var end))
        {
            Book.Outcome.Read++;
            Book.Refuse(where, "connections", $"a connection joins `{RecordBook.Shown(from)}` and `{RecordBook.Shown(to)}`, and one of them is no node of the workflow; it was left out", null);
            Book.Trace("edge", from, to, type, where, "refused", "an end is no node of the workflow");
            return;
        }

        // What is plugged into an agent (its model, memory and tools) hands on to it as a step does.
        Facts.Edge(EdgeKinds.Next, start, end, type == "main" ? null : RecordBook.Shown(type));
        Book.Trace("edge", from, to, RecordBook.Shown(type), where, "imported", $"NEXT of {start} to {end}");
    }

    private void Calls(JsonValue called, string by, string at)
    {
        if (N8nWords.Located(called) is { } id && N8nWriting.WhyNot(id) is null)
        {
            Facts.Edge(EdgeKinds.Triggers, Node, writing.Ids.Workflow(id), by == "errorWorkflow" ? by : null);
            Book.Trace("edge", _id, id, by, at, "imported", $"TRIGGERS of {Node} to {writing.Ids.Workflow(id)}");
        }
        else if (by != "errorWorkflow")
        {
            Book.Report.Warn($"`{RecordBook.Shown(Text(json, "name") ?? _id)}` starts a workflow that is not named in the file ({by}): that handoff is missing");
            Book.Trace("edge", _id, "", by, at, "refused", "which workflow it starts is not in the file");
        }
    }

    private void Own()
    {
        foreach (var share in Book.List(json, "shared", where, N8nFormat.Stream))
        {
            if (Text(share, "role") == "workflow:owner" && Text(share, "projectId") is { } project && N8nWriting.WhyNot(project) is null)
            {
                writing.Once(writing.Ids.Project(project), NodeKinds.Team, Text(Member(share, "project"), "name") is { Length: > 0 } name ? [new(P.Name.Name, PropertyValue.Of(name))] : []);
                Facts.Edge(EdgeKinds.OwnedBy, Node, writing.Ids.Project(project));
            }
        }
    }
}
