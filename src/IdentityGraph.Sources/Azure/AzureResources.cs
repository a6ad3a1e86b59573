using System.Text.Json;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>
/// Objects of Azure Resource Manager. Their paths say what contains them, so that a right on a subscription or resource group holds for
/// everything under it, whatever order the file has.
/// </summary>
internal static class AzureResources
{
    public static void Describe(AzureKind kind, JsonValue data, AzureWriting writing)
    {
        if (writing.Identifier(data, "id") is not { } named)
        {
            return;
        }

        var path = kind == AzureKind.Subscription && !named.StartsWith('/') ? "/subscriptions/" + named : named;
        var tenant = writing.TenantOf(data);
        var properties = Member(data, "properties");
        State(path, kind, Text(data, "displayName") ?? Text(properties, "displayName") ?? Text(data, "name"), tenant, writing);
        foreach (var identity in IdentitiesOf(Member(data, "identity")))
        {
            writing.Link(new AzureLink(path, kind, "AZManagedIdentity", identity, AzureKind.ServicePrincipal, tenant));
        }

        switch (kind)
        {
            case AzureKind.KeyVault:
                writing.Pending.Vault(path, Flag(properties, "enableRbacAuthorization"));
                break;
            case AzureKind.ManagedCluster when Text(properties, "nodeResourceGroup") is { Length: > 0 } group && SubscriptionOf(path) is { } subscription:
                writing.Link(new AzureLink(path, kind, "AZNodeResourceGroup", $"{subscription}/resourceGroups/{group}", AzureKind.ResourceGroup, tenant));
                break;
        }

        writing.Book.Trace("node", named, null, writing.Stream, writing.Where, "imported", $"Resource {AzureIds.Object(path)}");
    }

    /// <summary>A place that only an assignment names: it is stated with what contains it.</summary>
    public static void Mention(string path, string? tenant, AzureWriting writing)
    {
        if (path.Length > 1 && AzureKinds.OfPath(path) == AzureKind.Resource && writing.First(AzureIds.Object(path)))
        {
            State(path, AzureKind.Resource, path[(path.LastIndexOf('/') + 1)..], tenant, writing);
        }
    }

    private static void State(string path, AzureKind kind, string? name, string? tenant, AzureWriting writing)
    {
        var node = AzureIds.Object(path);
        List<KeyValuePair<string, PropertyValue>> properties = [];
        if (!string.IsNullOrEmpty(name))
        {
            properties.Add(new(P.Name.Name, PropertyValue.Of(name)));
        }

        properties.Add(new(P.Kind.Name, PropertyValue.Of(kind is AzureKind.VM or AzureKind.VMScaleSet ? "host" : kind.ToString())));
        if (kind == AzureKind.KeyVault)
        {
            properties.Add(new(P.StoreKind.Name, PropertyValue.Of("vault")));
        }

        writing.Facts.Node(node, NodeKinds.Resource, properties);
        if (tenant is not null)
        {
            writing.Facts.Edge(EdgeKinds.InSystem, node, AzureIds.Cloud(tenant));
        }

        if (ContainerOf(path) is { } container)
        {
            writing.Facts.Edge(EdgeKinds.Contains, AzureIds.Object(container), node);
        }
    }

    /// <summary>The path it lies in; null: it lies in the tenant, or its management group is stated apart.</summary>
    private static string? ContainerOf(string path)
    {
        var parts = path.Split('/');
        if (parts.Length < 5 || !parts[1].Equals("subscriptions", StringComparison.OrdinalIgnoreCase))
        {
            return null;
        }

        var provider = path.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        if (provider < 0)
        {
            // A resource group, or what hangs on a subscription without a provider.
            return string.Join('/', parts[..3]);
        }

        var inProvider = path[(provider + 11)..].Split('/');
        return inProvider.Length > 4 ? string.Join('/', parts[..^2]) : provider == 0 ? null : path[..provider];
    }

    private static string? SubscriptionOf(string path)
    {
        var parts = path.Split('/');
        return parts.Length > 3 && parts[1].Equals("subscriptions", StringComparison.OrdinalIgnoreCase) ? string.Join('/', parts[..3]) : null;
    }

    private static IEnumerable<string> IdentitiesOf(JsonValue identity)
    {
        if (Text(identity, "principalId") is { Length: > 0 } own)
        {
            yield return own;
        }

        var assigned = Member(identity, "userAssignedIdentities");
        foreach (var member in assigned.ValueKind == JsonValueKind.Object ? assigned.EnumerateObject().Select(member => member.Value) : [])
        {
            if (Text(member, "principalId") is { Length: > 0 } principal)
            {
                yield return principal;
            }
        }
    }
}
