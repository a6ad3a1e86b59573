using IdentityGraph.Graph;
using static IdentityGraph.Graph.EdgeKinds;
using static IdentityGraph.Graph.NodeKinds;

namespace IdentityGraph.Sources.Demo;

/// <summary>What is put into the company on purpose: the facts, and what each question must say of them.</summary>
internal sealed partial class DemoPlants
{
    private readonly List<DemoFact> _facts = [];
    private readonly List<PlantedTruth> _truths = [];
    private readonly DateTimeOffset _begin;
    private readonly DateTimeOffset _until;

    public DemoPlants(DemoSize size)
    {
        _begin = size.Begin;
        _until = size.Until;
        Orphans();
        Leavers();
        BlastRadius();
        Handoffs();
        Loop();
    }

    public IReadOnlyList<DemoFact> Facts => _facts;

    public IReadOnlyList<PlantedTruth> Truths => _truths;

    private void Expect(string question, string subject, string expected) => _truths.Add(new(question, subject, expected));

    private DemoNode Node(string source, string stream, string id, NodeKind kind, params (string, object?)[] properties) =>
        Node(source, stream, id, kind, _begin.AddDays(-100), properties);

    private DemoNode Node(string source, string stream, string id, NodeKind kind, DateTimeOffset from, params (string, object?)[] properties)
    {
        var node = new DemoNode(source, stream, id, kind, from, properties);
        _facts.Add(node);
        return node;
    }

    private void Edge(string source, string stream, EdgeKind kind, string of, string to, params (string, object?)[] properties) =>
        _facts.Add(new DemoEdge(source, stream, kind, of, to, _begin.AddDays(-100), null, properties));

    private void Edge(string source, string stream, EdgeKind kind, string of, string to, DateTimeOffset from, DateTimeOffset? until, params (string, object?)[] properties) =>
        _facts.Add(new DemoEdge(source, stream, kind, of, to, from, until, properties));

    /// <summary>A person in employment until <paramref name="leftAt"/>; null: still.</summary>
    private string Person(string name, string label, DateTimeOffset? leftAt)
    {
        var person = $"hr:person/{name}";
        var employment = $"hr:employment/{name}";
        Node("hr", "people", person, NodeKinds.Person, ("name", label), ("hrId", name));
        var node = Node("hr", "employments", employment, Employment, ("kind", "employee"), ("startAt", _begin.AddDays(-100)), ("endAt", null), ("status", "active"), ("department", "Engineering"));
        if (leftAt is { } left)
        {
            node.Then(left, ("status", "ended"), ("endAt", left));
        }

        Edge("hr", "employments", EmployedAs, person, employment);
        return person;
    }

    /// <summary>An account of a person; nothing is said of how one signs in unless given.</summary>
    private DemoNode Account(string source, string name, string person, string state, params (string, object?)[] properties)
    {
        var account = $"{source}:user/{name}";
        var node = Node(source, "identities", account, NodeKinds.Account, [("name", name), ("state", state), .. properties]);
        Edge(source, "identities", InSystem, account, DemoSystems.System(source));
        Edge(source, "identities", BelongsTo, account, person);
        return node;
    }

    /// <summary>A service identity nobody is said to own.</summary>
    private string Service(string source, string name, string state = "Active")
    {
        var identity = $"{source}:svc/{name}";
        Node(source, "identities", identity, ServiceIdentity, ("name", name), ("state", state), ("nhiKind", "serviceAccount"));
        Edge(source, "identities", InSystem, identity, DemoSystems.System(source));
        return identity;
    }

    private void Owned(string asset, string owner, DateTimeOffset? from = null, DateTimeOffset? until = null, string role = "accountable") =>
        Edge("governance", "owners", OwnedBy, asset, owner, from ?? _begin.AddDays(-100), until, ("role", role));

    /// <summary>Somebody settled, to own what must not be a finding.</summary>
    private static string SomebodySettled => "hr:person/000000";
}
