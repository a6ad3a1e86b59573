using IdentityGraph.Graph;
using static IdentityGraph.Graph.EdgeKinds;
using static IdentityGraph.Graph.NodeKinds;

namespace IdentityGraph.Sources.Demo;

/// <summary>The systems of the sample company and what everyone finds in them.</summary>
internal static class DemoSystems
{
    public const string Tenant = "acme";

    /// <summary>One line per system: source, category, tier, and the resource its people work on with its criticality.</summary>
    private static readonly (string Source, string Category, int Tier, string Resource, int Criticality, string Level)[] s_systems =
    [
        ("okta", "directory", 0, "", 0, ""),
        ("entra", "directory", 1, "mailboxes", 5, "L2"),
        ("github", "cicd", 1, "handbook", 3, "L3"),
        ("aws", "cloud", 1, "dev-logs", 3, "L2"),
        ("slack", "chat", 2, "general", 2, "L3"),
        ("jira", "ticketing", 2, "service-desk", 3, "L3"),
        ("asana", "saas", 2, "projects", 3, "L3"),
        ("n8n", "saas", 1, "", 0, ""),
        ("agents", "saas", 1, "", 0, ""),
        ("vault", "vault", 0, "secrets", 9, ""),
    ];

    private static readonly string[] s_cascading = ["password", "mfaFactor", "deviceKey", "sessionCookie"];

    /// <summary>Every source that states something.</summary>
    public static IReadOnlyList<string> Sources { get; } = ["hr", .. s_systems.Select(system => system.Source), "governance"];

    /// <summary>Applications in which everybody has an account.</summary>
    public static IReadOnlyList<string> Everybodys { get; } = ["entra", "slack", "jira"];

    /// <summary>Applications in which engineers have an account besides.</summary>
    public static IReadOnlyList<string> Engineers { get; } = ["github", "aws", "asana"];

    public static string System(string source) => $"{source}:system";

    public static string Members(string source) => $"{source}:group/members";

    public static string Resource(string source, string name) => $"{source}:resource/{name}";

    /// <summary>The streams that the source reads to their end in every whole run.</summary>
    public static IReadOnlyList<string> StreamsOf(string source) => source switch
    {
        "hr" => ["people", "employments"],
        "governance" => ["owners", "processes", "inventory"],
        _ => ["objects", "identities", "credentials", "grants", "work"],
    };

    public static IEnumerable<DemoFact> Facts(DemoSize size)
    {
        var from = size.Begin.AddYears(-5);
        yield return new DemoNode("governance", "inventory", "acme:tenant", NodeKinds.Tenant, from, ("name", "Acme"), ("env", "prod"));
        yield return new DemoNode("governance", "processes", "acme:process/delivery", BusinessProcess, from, ("name", "Deliver software"), ("state", "Active"), ("sensitivity", "standard"));
        yield return new DemoNode("governance", "processes", "acme:process/support", BusinessProcess, from, ("name", "Answer customers"), ("state", "Active"), ("sensitivity", "customerFacing"));
        foreach (var (source, category, tier, resource, criticality, level) in s_systems)
        {
            yield return new DemoNode(
                source,
                "objects",
                System(source),
                NodeKinds.System,
                from,
                [("name", source), ("category", category), ("env", "prod"), ("tier", tier), ("supportsDeprovisioning", true), .. s_cascading.Select(kind => (CascadeOf(kind), (object?)"Immediate"))]);
            yield return new DemoEdge(source, "objects", InTenant, System(source), "acme:tenant", from, null);
            yield return new DemoNode(source, "objects", Members(source), Group, from, ("name", $"{source} members"));
            if (resource.Length > 0)
            {
                yield return new DemoNode(source, "objects", Resource(source, resource), NodeKinds.Resource, from, ("name", resource), ("criticality", criticality), ("storeKind", source == "vault" ? "vault" : null));
                yield return new DemoEdge(source, "objects", InSystem, Resource(source, resource), System(source), from, null);
            }

            if (level.Length > 0)
            {
                yield return new DemoEdge(source, "grants", Entitles, Members(source), Resource(source, resource), from, null, ("level", level));
            }
        }
    }
}
