namespace IdentityGraph.Sources.Scim;

/// <summary>
/// Node ids of SCIM resources: `system:resource/id`. Users and groups share the namespace, because their ids are unique in a system (RFC 7643,
/// section 3.1) and a reference does not always say of which type it is.
/// </summary>
internal sealed class ScimIds(string system)
{
    private readonly string _prefix = Uri.EscapeDataString(system) + ":";

    public string System { get; } = Uri.EscapeDataString(system) + ":system/" + Uri.EscapeDataString(system);

    public string Resource(string id) => In("resource", id);

    public string Role(string value) => In("role", value);

    public string Entitlement(string value) => In("entitlement", value);

    private string In(string space, string id) => _prefix + space + "/" + Uri.EscapeDataString(id);
}
