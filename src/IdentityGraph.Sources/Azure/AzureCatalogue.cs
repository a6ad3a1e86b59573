using IdentityGraph.Graph;
using IdentityGraph.Sources.Catalogues;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>What the catalogues say of Microsoft's words, as facts: our reading of public descriptions, so an inference.</summary>
internal static class AzureCatalogue
{
    /// <summary>A built-in role of Azure by its id; null: nobody knows what it gives.</summary>
    public static CatalogueRow? ResourceRole(string role) => ScopeCatalogue.Find("azure-roles", role);

    /// <summary>States what a permission of Microsoft Graph confers in a tenant: rights on the part it is about, and abilities. One nobody knows is of unknown level, and counted.</summary>
    /// <param name="permission">Name or id.</param>
    /// <param name="scope">Node id of the Scope.</param>
    /// <param name="tenant">Whose directory.</param>
    /// <param name="abilities">Whether its abilities are stated too; false where they are told more exactly elsewhere.</param>
    /// <param name="writing">Where facts are added.</param>
    public static void Permission(string permission, string scope, string tenant, bool abilities, AzureWriting writing)
    {
        var row = ScopeCatalogue.Find("microsoft-graph", permission);
        if (row?.Rights is null)
        {
            writing.Book.Report.CountUnrecognised($"permission {Records.RecordBook.Shown(permission)}");
        }

        foreach (var edge in ConferredRights.Of(Told(row, abilities), scope, AzureIds.Object(tenant), part => Part(tenant, part, writing)))
        {
            writing.Facts.Say(edge);
        }
    }

    /// <summary>The same for a directory role: its entitlement ENTITLES to rights and CONFERS abilities.</summary>
    public static void DirectoryRole(string role, string? name, string entitlement, string tenant, bool abilities, AzureWriting writing)
    {
        var row = Told(ScopeCatalogue.Find("entra-roles", role), abilities);
        if (row?.Rights is null)
        {
            writing.Book.Report.CountUnrecognised($"directory role {Records.RecordBook.Shown(name ?? role)}");
        }

        foreach (var edge in ConferredRights.Of(row, entitlement, AzureIds.Object(tenant), part => Part(tenant, part, writing)))
        {
            writing.Facts.Say(edge.Properties.Any(property => property.Key == P.Capability.Name)
                ? edge
                : edge with { Kind = EdgeKinds.Entitles.Name, Properties = [.. edge.Properties, new(P.Right.Name, PropertyValue.Of(name ?? role))] });
        }
    }

    private static CatalogueRow? Told(CatalogueRow? row, bool abilities) => abilities ? row : row is null ? null : row with { Capabilities = [], LimitedCapabilities = [] };

    /// <summary>A part of the tenant, such as its mail.</summary>
    private static string Part(string tenant, string part, AzureWriting writing)
    {
        var node = AzureIds.Part(tenant, part);
        if (writing.First(node))
        {
            writing.Facts.Node(node, NodeKinds.Resource, [new(P.Name.Name, PropertyValue.Of($"{part} of {tenant}")), new(P.Kind.Name, PropertyValue.Of("part"))]);
            writing.Facts.Edge(EdgeKinds.InSystem, node, AzureIds.Object(tenant));
        }

        return node;
    }
}
