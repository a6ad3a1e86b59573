namespace IdentityGraph.Sources.N8n;

/// <summary>Node ids of one n8n instance: `n8n:namespace/id`, or `n8n-instance:…` where the user names the instance.</summary>
internal sealed class N8nIds(string? instance)
{
    private readonly string _prefix = string.IsNullOrEmpty(instance) ? "n8n:" : $"n8n-{Uri.EscapeDataString(instance)}:";

    public string System => In("system", "n8n");

    public string Workflow(string id) => In("workflow", id);

    public string Step(string workflow, string node) => In("step", workflow + "/" + node);

    public string Credential(string id) => In("credential", id);

    public string Project(string id) => In("project", id);

    public static string Package(string name) => "npm:package/" + Uri.EscapeDataString(name);

    private string In(string space, string id) => _prefix + space + "/" + Uri.EscapeDataString(id);
}
