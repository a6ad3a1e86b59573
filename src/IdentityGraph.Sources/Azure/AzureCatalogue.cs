using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Azure;

/// <summary>What the catalogues say of Microsoft's words, as facts.</summary>
internal static class AzureCatalogue
{
    /// <summary>A built-in role of Azure by its id; null: nobody knows what it gives.</summary>
    public static (string Word, Rights? Rights)? ResourceRole(string role) => null;

    /// <summary>States what a permission confers in a tenant: rights on the part it is about, and abilities. One nobody knows is of unknown level, and counted.</summary>
    /// <param name="permission">Name or id.</param>
    /// <param name="scope">Node id of the Scope.</param>
    /// <param name="tenant">Whose directory.</param>
    /// <param name="abilities">Whether its abilities are stated too; false where they are told more exactly elsewhere.</param>
    /// <param name="writing">Where facts are added.</param>
    public static void Permission(string permission, string scope, string tenant, bool abilities, AzureWriting writing)
    {
        writing.Book.Report.CountUnrecognised($"permission {permission}");
        writing.Facts.Edge(EdgeKinds.Confers, scope, AzureIds.Object(tenant));
    }

    /// <summary>The same for a directory role: its entitlement ENTITLES to rights and CONFERS abilities.</summary>
    public static void DirectoryRole(string role, string? name, string entitlement, string tenant, bool abilities, AzureWriting writing)
    {
        writing.Book.Report.CountUnrecognised($"directory role {name ?? role}");
        writing.Facts.Edge(EdgeKinds.Entitles, entitlement, AzureIds.Object(tenant), role, BloodHound.FactList.Rights(null, name ?? role));
    }
}
