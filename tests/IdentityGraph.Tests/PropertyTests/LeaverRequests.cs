using System.Text.Json.Nodes;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// What was set going when the leaver left: an event, the changes asked of accounts and systems, how far each got by its own word, and
/// what the event starts and that is connected to.
/// </summary>
/// <param name="random">Drawn from in one order.</param>
/// <param name="left">When they left.</param>
/// <param name="lines">What sources say of the leaver besides.</param>
internal sealed class LeaverRequests(Random random, DateTimeOffset left, IReadOnlyList<JsonObject> lines)
{
    private const string Event = "leave";

    private int _count;

    /// <summary>What the engine that makes the changes says.</summary>
    public List<JsonObject> Asked { get; } = [];

    /// <summary>What the targets themselves show before they left.</summary>
    public List<JsonObject> Before { get; } = [];

    /// <summary>What the targets themselves show after they left.</summary>
    public List<JsonObject> After { get; } = [];

    public void Tell()
    {
        Asked.Add(Node(Event, "LifecycleEvent", random.Next(8) switch { 0 => [], 1 => [("kind", "mover")], _ => [("kind", "leaver")] }));
        Asked.Add(Edge("TARGETS", Event, random.Next(12) == 0 ? "sam" : LeaverEstates.Leaver));
        for (var changes = random.Next(0, 4); changes > 0; changes--)
        {
            Change(Target());
        }

        if (random.Next(3) == 0)
        {
            Map();
        }
    }

    /// <summary>A change, and a second try of it now and then.</summary>
    private void Change(string target)
    {
        for (var tries = random.Next(5) == 0 ? 2 : 1; tries > 0; tries--)
        {
            var change = Next("change");
            List<(string, JsonNode?)> props = [];
            if (random.Next(4) > 0)
            {
                props.Add(("op", random.Next(5) switch { 0 => "grant", 1 => "disable", _ => "deprovision" }));
            }

            foreach (var (property, often) in new[] { ("requestedAt", 5), ("acceptedAt", 3), ("appliedAt", 2), ("verifiedAt", 1) })
            {
                if (random.Next(6) < often)
                {
                    props.Add((property, RandomEstate.Text(random.Next(8) == 0 ? EstateWords.Day.AddHours(random.Next(1, 80)) : left.AddMinutes(random.Next(0, 3000)))));
                }
            }

            if (random.Next(3) == 0)
            {
                props.Add(("outcome", random.Next(2) == 0 ? "failed" : "done"));
            }

            Asked.Add(Node(change, "ProvisioningAction", [.. props]));
            Asked.Add(Edge("TARGETS", change, target));
            if (random.Next(5) > 0)
            {
                Asked.Add(Edge("CAUSED_BY", change, Event));
            }

            if (random.Next(2) == 0)
            {
                var ticket = Next("ticket");
                Asked.Add(Node(ticket, "Ticket", random.Next(3) == 0 ? [("state", "open")] : random.Next(2) == 0 ? [("state", "closed")] : [("state", "closed"), ("closedAt", RandomEstate.Text(left.AddMinutes(random.Next(0, 3000))))]));
                Asked.Add(Edge("CAUSED_BY", change, ticket));
            }
        }
    }

    /// <summary>Something of theirs, a system, something that nobody links to them, or something that nobody described.</summary>
    private string Target()
    {
        var theirs = lines.Where(line => line["node"] is not null).Select(line => line["node"]!.ToString()).Distinct().ToList();
        switch (random.Next(9))
        {
            case 0 or 8:
                return Next("nowhere");
            case 1:
                return LeaverEstates.Leaver;
            case 2:
                return System();
            case 3 or 4:
                return Thing(random.Next(6) switch { 0 => "Credential", 1 => "Assignment", 2 => "Group", _ => "Account" });
            default:
                return theirs[random.Next(theirs.Count)];
        }
    }

    /// <summary>A system by itself, or one in which somebody has an account that is read before, after or both; by a source that reads its state or not.</summary>
    private string System()
    {
        var system = Next("sys");
        Both(Node(system, "System", random.Next(5) == 0 ? [("tier", 0)] : []));
        if (random.Next(4) > 0)
        {
            var other = Next("acc");
            List<JsonObject> shown = [Node(other, "Account", random.Next(5) == 0 ? [] : [("state", "Active")]), Edge("IN_SYSTEM", other, system), Edge("BELONGS_TO", other, "sam")];
            Before.AddRange(shown);
            if (random.Next(3) > 0)
            {
                After.AddRange(shown.Select(line => line.DeepClone().AsObject()));
            }
        }

        return system;
    }

    private string Thing(string kind)
    {
        var thing = Next("thing");
        Before.Add(Node(thing, kind, kind == "Group" ? [] : [("state", "Active")]));
        if (random.Next(3) > 0)
        {
            After.Add(Node(thing, kind, kind == "Group" ? [] : [("state", random.Next(3) == 0 ? "Active" : "Disabled")]));
        }

        if (random.Next(3) > 0)
        {
            Both(Edge("IN_SYSTEM", thing, System()));
        }

        if (kind == "Account" && random.Next(3) == 0)
        {
            Both(Edge("BELONGS_TO", thing, "sam"));
        }

        return thing;
    }

    /// <summary>The connector that the event starts, by itself or by a workflow, and what it connects.</summary>
    private void Map()
    {
        var connector = Next("con");
        Asked.Add(Node(connector, "Connector", ("state", "Active")));
        var starter = Event;
        if (random.Next(2) == 0)
        {
            starter = Next("flow");
            Asked.Add(Node(starter, "Workflow", ("state", "Active")));
            Asked.Add(Edge("TRIGGERS", Event, starter));
        }

        Asked.Add(Edge("TRIGGERS", starter, connector));
        Asked.Add(Edge("CONNECTS", connector, System(), random.Next(3) switch { 0 => [], 1 => [("side", "source")], _ => [("side", "target")] }));
    }

    private void Both(params JsonObject[] told)
    {
        Before.AddRange(told);
        After.AddRange(told.Select(line => line.DeepClone().AsObject()));
    }

    private string Next(string stem) => $"ask-{stem}{++_count}";

    private static JsonObject Node(string id, string kind, params (string Name, JsonNode? Value)[] props) => new() { ["node"] = id, ["kind"] = kind, ["props"] = Props(props) };

    private static JsonObject Edge(string kind, string of, string to, params (string Name, JsonNode? Value)[] props) => new() { ["edge"] = kind, ["of"] = of, ["to"] = to, ["props"] = Props(props) };

    private static JsonObject Props((string Name, JsonNode? Value)[] props) => new(props.Select(prop => KeyValuePair.Create(prop.Name, prop.Value?.DeepClone())));
}
