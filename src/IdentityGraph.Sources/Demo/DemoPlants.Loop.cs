using static IdentityGraph.Graph.EdgeKinds;
using static IdentityGraph.Graph.NodeKinds;

namespace IdentityGraph.Sources.Demo;

internal sealed partial class DemoPlants
{
    /// <summary>Two integrations that each create in the other what they miss there: what one removes, the other brings back.</summary>
    private void Loop()
    {
        Hub("entra-to-asana", "entra", "asana");
        Hub("asana-to-entra", "asana", "entra");
        Expect("findings IG-J08", "n8n:connector/asana-to-entra", "n8n:connector/entra-to-asana");
        Expect("later", "n8n:connector/entra-to-asana", "the cheapest cut of the loop");
    }

    private void Hub(string name, string from, string to)
    {
        var connector = $"n8n:connector/{name}";
        Node("n8n", "objects", connector, Connector, ("name", name), ("state", "Active"), ("capabilities", new[] { "provision" }), ("trigger", "event"));
        Edge("n8n", "objects", Connects, connector, DemoSystems.System(from), ("side", "source"));
        Edge("n8n", "objects", Connects, connector, DemoSystems.System(to), ("side", "target"));
        Edge("n8n", "objects", Triggers, DemoSystems.System(from), connector);
        foreach (var role in new[] { "accountable", "scopeApproval", "usageMonitoring", "revocation" })
        {
            Owned(connector, SomebodySettled, role: role);
        }
    }
}
