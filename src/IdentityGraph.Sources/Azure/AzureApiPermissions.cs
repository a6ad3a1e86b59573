using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>Permissions of APIs: given to an application itself (app roles), or to act for users (OAuth 2.0).</summary>
internal static class AzureApiPermissions
{
    /// <summary>Permissions of Microsoft Graph that take other identities over, by their public ids.</summary>
    /// <remarks>https://learn.microsoft.com/graph/permissions-reference</remarks>
    public static IReadOnlyList<AzureRoleRow> Rows { get; } =
    [
        new("1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9", "Application.ReadWrite.All", [AzureRoles.Applications], []),
        new("06b708a9-e830-4db3-a914-8e69da51d44f", "AppRoleAssignment.ReadWrite.All", [AzureRoles.ApiPermissions], []),
        new("9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "RoleManagement.ReadWrite.Directory", [AzureRoles.DirectoryRoles, AzureRoles.AssignableGroups, AzureRoles.Groups], []),
        new("19dbc75e-c2e2-444c-a770-ec69d8559fc7", "Directory.ReadWrite.All", [AzureRoles.Groups], [AzureRoles.Users]),
        new("62a82d76-70ea-41e2-9197-370581804d09", "Group.ReadWrite.All", [AzureRoles.Groups], []),
        new("dbaae8cf-10b5-4b86-a4a1-f871c94c6695", "GroupMember.ReadWrite.All", [AzureRoles.Groups], []),
        new("50483e42-d915-4231-9639-7fdb7fd190e5", "UserAuthenticationMethod.ReadWrite.All", [AzureRoles.Users], []),
    ];

    private static readonly Dictionary<string, AzureRoleRow> s_byId = Rows.ToDictionary(row => row.Template, StringComparer.OrdinalIgnoreCase);

    /// <summary>An app role that a service principal, user or group has of an API.</summary>
    public static void Application(JsonValue data, string? tenant, AzureWriting writing)
    {
        var (principal, api, role) = (Text(data, "principalId") ?? "", Text(data, "resourceId") ?? "", Text(data, "appRoleId") ?? "");
        if (Refused(writing, principal, api, role))
        {
            return;
        }

        var type = Text(data, "principalType");
        var from = writing.Facts.Facts.Count;
        if (type is "User" or "Group")
        {
            // Signing in to an application as one of its users controls nothing but what the application lets its users do.
            var entitlement = AzureIds.Entitlement(api, role);
            writing.Facts.Node(entitlement, NodeKinds.Entitlement, [new(P.Name.Name, PropertyValue.Of($"role {role} in {Text(data, "resourceDisplayName") ?? api}"))]);
            writing.Facts.Edge(EdgeKinds.HasEntitlement, AzureIds.Object(principal), entitlement);
            writing.Facts.Edge(EdgeKinds.Entitles, entitlement, Api(api, data, writing), role, BloodHound.FactList.Rights(null, role));
        }
        else
        {
            var grant = AzureIds.Grant(Text(data, "id") is { Length: > 0 } id && AzureWriting.WhyNot(id) is null ? id : $"{principal}/{api}/{role}");
            var row = s_byId.GetValueOrDefault(role);
            State(grant, "application", principal, writing);
            writing.Facts.Edge(EdgeKinds.IncludesScope, grant, Scope(api, role, row?.Name, data, tenant, row is null, writing));
            if (tenant is not null)
            {
                AzureRoles.Give(AzureIds.Object(principal), row, tenant, writing);
            }
        }

        writing.Trace(new AzureLink(principal, type == "User" ? AzureKind.User : type == "Group" ? AzureKind.Group : AzureKind.ServicePrincipal, role, api, AzureKind.ServicePrincipal), "imported", writing.Book.IsTracing ? writing.Said(from) : "");
    }

    /// <summary>What an application may do for users: one, or all of the tenant.</summary>
    public static void Delegated(JsonValue data, string? tenant, AzureWriting writing)
    {
        var (client, api) = (Text(data, "clientId") ?? "", Text(data, "resourceId") ?? "");
        if (Refused(writing, client, api, "-"))
        {
            return;
        }

        var from = writing.Facts.Facts.Count;
        var user = Text(data, "consentType") == "Principal" ? Text(data, "principalId") : null;
        var grant = AzureIds.Grant(Text(data, "id") is { Length: > 0 } id && AzureWriting.WhyNot(id) is null ? id : $"{client}/{api}/{user}");
        State(grant, "delegated", client, writing);
        if (user is { Length: > 0 } && AzureWriting.WhyNot(user) is null)
        {
            writing.Facts.Edge(EdgeKinds.OnBehalfOf, grant, AzureIds.Object(user));
        }

        foreach (var scope in (Text(data, "scope") ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Where(scope => AzureWriting.WhyNot(scope) is null).Distinct(StringComparer.Ordinal))
        {
            writing.Facts.Edge(EdgeKinds.IncludesScope, grant, Scope(api, scope, scope, data, tenant, true, writing));
        }

        writing.Trace(new AzureLink(client, AzureKind.ServicePrincipal, writing.Stream, api, AzureKind.ServicePrincipal), "imported", writing.Book.IsTracing ? writing.Said(from) : "");
    }

    private static void State(string grant, string type, string client, AzureWriting writing)
    {
        writing.Facts.Node(grant, NodeKinds.OAuthGrant, [new(P.State.Name, PropertyValue.Of("Active")), new(P.GrantType.Name, PropertyValue.Of(type))]);
        writing.Facts.Edge(EdgeKinds.GrantedTo, grant, AzureIds.Object(client));
    }

    private static string Scope(string api, string permission, string? name, JsonValue data, string? tenant, bool abilities, AzureWriting writing)
    {
        var scope = AzureIds.Scope(api, permission);
        if (writing.First(scope))
        {
            writing.Facts.Node(scope, NodeKinds.Scope, [new(P.Name.Name, PropertyValue.Of(name ?? permission))]);
            if (tenant is null)
            {
                writing.Facts.Edge(EdgeKinds.Confers, scope, Api(api, data, writing));
            }
            else
            {
                AzureCatalogue.Permission(permission, scope, tenant, abilities, writing);
            }
        }

        return scope;
    }

    private static string Api(string api, JsonValue data, AzureWriting writing)
    {
        var node = AzureIds.Api(api);
        if (writing.First(node))
        {
            List<KeyValuePair<string, PropertyValue>> properties = [new(P.Kind.Name, PropertyValue.Of("api"))];
            if (Text(data, "resourceDisplayName") is { Length: > 0 } name)
            {
                properties.Add(new(P.Name.Name, PropertyValue.Of(name)));
            }

            writing.Facts.Node(node, NodeKinds.Resource, properties);
        }

        return node;
    }

    private static bool Refused(AzureWriting writing, string client, string api, string role)
    {
        if ((AzureWriting.WhyNot(client) ?? AzureWriting.WhyNot(api) ?? AzureWriting.WhyNot(role)) is not { } why && AzureIds.Fits(AzureIds.Grant($"{client}/{api}/{role}")))
        {
            return false;
        }

        writing.Book.Refuse(writing.Where, "data", "a permission needs who has it, the API and the permission, each with an identifier that is short enough and no secret; it was left out", writing.Stream);
        return true;
    }
}
