using static IdentityGraph.Graph.EdgeKinds;
using static IdentityGraph.Graph.NodeKinds;

namespace IdentityGraph.Sources.Demo;

internal sealed partial class DemoPlants
{
    /// <summary>The seed whose blast radius is known by hand.</summary>
    public const string Seed = "github:pat/ci-bot";

    /// <summary>
    /// A token of the build bot: it writes the deployment repository, whose unprotected workflow runs as the deployer of the ledger;
    /// a key lies in the repository and opens the warehouse. The review app is pinned, and the console asks for a network the token has not.
    /// </summary>
    private void BlastRadius()
    {
        var bot = Service("github", "ci-bot");
        Owned(bot, SomebodySettled);
        Key("github", Seed, "pat", bot);
        Thing("github", "deployment", 6);
        Edge("github", "grants", Entitles, bot, "github:resource/deployment", ("level", "L3"));

        Node("github", "work", "github:workflow/deploy", Workflow, ("name", "deploy"), ("state", "Active"), ("trigger", "event"));
        Edge("github", "work", DefinedIn, "github:workflow/deploy", "github:resource/deployment", ("protected", false));
        var deployer = Service("aws", "ledger-deployer");
        Owned(deployer, SomebodySettled);
        Owned("github:workflow/deploy", SomebodySettled);
        Edge("github", "work", RunsAs, "github:workflow/deploy", deployer);
        Thing("aws", "ledger", 10, crownJewel: true);
        Edge("aws", "grants", Entitles, deployer, "aws:resource/ledger", ("level", "L3"));

        var warehouse = Service("aws", "warehouse-reader");
        Owned(warehouse, SomebodySettled);
        Key("aws", "aws:key/warehouse-reader", "apiKey", warehouse);
        Edge("aws", "credentials", StoredIn, "aws:key/warehouse-reader", "github:resource/deployment", ("sanctioned", false));
        Thing("aws", "warehouse", 8);
        Edge("aws", "grants", Entitles, warehouse, "aws:resource/warehouse", ("level", "L2"));

        // Nearest that does not fall: a workflow behind review, and a console only the office network reaches.
        Node("github", "work", "github:workflow/review", Workflow, ("name", "review"), ("state", "Active"), ("trigger", "event"));
        Edge("github", "work", DefinedIn, "github:workflow/review", "github:resource/deployment", ("protected", true));
        Owned("github:workflow/review", SomebodySettled);
        Thing("aws", "console", 9);
        Edge("aws", "grants", Entitles, deployer, "aws:resource/console", ("level", "L5"), ("gates", new[] { "corpNetwork" }));

        foreach (var (id, level) in new[]
        {
            (bot, "L4"), ("github:resource/deployment", "L3"), ("github:workflow/deploy", "L4"), (deployer, "L4"), ("aws:resource/ledger", "L3"),
            ("aws:key/warehouse-reader", "L4"), (warehouse, "L4"), ("aws:resource/warehouse", "L2"),
        })
        {
            Expect($"blast-radius {Seed}", id, level);
        }

        Expect("findings IG-C04", "aws:key/warehouse-reader", "github:resource/deployment");
    }

    private void Thing(string source, string name, int criticality, bool crownJewel = false)
    {
        var resource = DemoSystems.Resource(source, name);
        Node(source, "objects", resource, Resource, ("name", name), ("criticality", criticality), ("crownJewel", crownJewel));
        Edge(source, "objects", InSystem, resource, DemoSystems.System(source));
    }

    /// <summary>A key that was rotated lately and runs out soon.</summary>
    private void Key(string source, string id, string kind, string identity)
    {
        Node(source, "credentials", id, Credential, _until.AddDays(-50), ("kind", kind), ("state", "Active"), ("issuedAt", _until.AddDays(-50)), ("expiresAt", _until.AddDays(40)), ("renewable", false), ("extractable", true));
        Edge(source, "credentials", InSystem, id, DemoSystems.System(source), _until.AddDays(-50), null);
        Edge(source, "credentials", AuthenticatesAs, id, identity, _until.AddDays(-50), null);
    }
}
