using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>What a directory role lets its holders take over.</summary>
/// <param name="Template">Id of the role's template, the same in every tenant.</param>
/// <param name="Name">Microsoft's name.</param>
/// <param name="Surely">Powers it has over every object they are about.</param>
/// <param name="Perhaps">Powers it has over some of those objects only, which ones hangs on what was not read.</param>
internal sealed record AzureRoleRow(string Template, string Name, string[] Surely, string[] Perhaps);

/// <summary>
/// Directory roles: who has them, and what they give. The roles that take other identities over are rows here, with the sort of object they
/// take over; what else a role gives is the catalogue's.
/// </summary>
/// <remarks>https://learn.microsoft.com/entra/identity/role-based-access-control/permissions-reference</remarks>
internal static class AzureRoles
{
    public const string Users = "sign-in methods of users";
    public const string Applications = "credentials of applications";
    public const string Groups = "members of groups";
    public const string AssignableGroups = "members of groups that have roles";
    public const string DirectoryRoles = "assignment of directory roles";
    public const string ApiPermissions = "assignment of API permissions";
    public const string CloudAccess = "access to Azure resources";

    public const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";

    public static IReadOnlyList<AzureRoleRow> Rows { get; } =
    [
        new(GlobalAdministrator, "Global Administrator", [Users, Applications, Groups, AssignableGroups, DirectoryRoles, ApiPermissions, CloudAccess], []),
        new("e8611ab8-c189-46e8-94e1-60213ab1f814", "Privileged Role Administrator", [AssignableGroups, DirectoryRoles, ApiPermissions], []),
        new("7be44c8a-adaf-4e2a-84d6-ab2649e08a13", "Privileged Authentication Administrator", [Users], []),
        new("9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3", "Application Administrator", [Applications], []),
        new("158c047a-c907-4556-b7ef-446551a6b5f7", "Cloud Application Administrator", [Applications], []),
        new("8ac3fc64-6eca-42ea-9e69-59f4c7b60eb2", "Hybrid Identity Administrator", [], [Applications, Users]),
        new("d29b2b05-8046-44ba-8758-1e26182fcf32", "Directory Synchronization Accounts", [], [Users, Applications]),
        new("fe930be7-5e62-47db-91af-98c3a49a38b1", "User Administrator", [Groups], [Users]),
        new("c4e39bd9-1100-46d3-8c65-fb160da0071f", "Authentication Administrator", [], [Users]),
        new("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator", [], [Users]),
        new("966707d0-3269-4727-9be2-8c3a10f19b9d", "Password Administrator", [], [Users]),
        new("4ba39ca4-527c-499a-b93d-d9b492c50246", "Partner Tier1 Support", [Groups], [Users, Applications]),
        new("e00e864a-17c5-4a4b-9c06-f5b95a8d5bd8", "Partner Tier2 Support", [Users, Groups], [Applications]),
        new("fdd7a751-b60b-444a-984c-02652fe8fa1c", "Groups Administrator", [Groups], []),
        new("9360feb5-f418-4baa-8175-e2a00bac4301", "Directory Writers", [Groups], []),
        new("45d8d3c5-c802-45c6-b32a-1d70b5e1e86e", "Identity Governance Administrator", [], [Groups]),
        new("3a2c62db-5318-420d-8d74-23affee5d9d5", "Intune Administrator", [], [Groups]),
        new("29232cdf-9323-42fd-ade2-1d097af3e4de", "Exchange Administrator", [], [Groups]),
        new("f28a1f50-f6e7-4571-818b-6a12f2af6b6c", "SharePoint Administrator", [], [Groups]),
        new("69091246-20e8-4a56-aa4d-066075b2a7a8", "Teams Administrator", [], [Groups]),
        new("810a2642-a034-447f-a5e8-41beaa378541", "Yammer Administrator", [], [Groups]),
        new("b5a8dcf3-09d5-43a9-a639-8e29ef291470", "Knowledge Administrator", [], [Groups]),
        new("744ec460-397e-42ad-a462-8b3f9747a02c", "Knowledge Manager", [], [Groups]),
    ];

    private static readonly Dictionary<string, AzureRoleRow> s_byTemplate = Rows.ToDictionary(row => row.Template, StringComparer.OrdinalIgnoreCase);

    public static void StateWhatItGives(string role, string template, string? name, string tenant, AzureWriting writing)
    {
        var identifier = AzureIds.RoleIdentifier(role, tenant);
        var node = AzureIds.Object(identifier);
        writing.Facts.Edge(EdgeKinds.InSystem, node, AzureIds.Object(tenant));
        writing.Links.TakesOver(writing.Links.Power(DirectoryRoles, tenant), AzureKind.Role, identifier);
        if (template.Equals(GlobalAdministrator, StringComparison.OrdinalIgnoreCase))
        {
            writing.Facts.Edge(EdgeKinds.Entitles, node, AzureIds.Object(tenant), "Global Administrator", BloodHound.FactList.Rights(Level.L6, "Global Administrator"));
        }

        var row = s_byTemplate.GetValueOrDefault(template);
        Give(node, row, tenant, writing);
        var entitlement = AzureIds.Entitlement("directory-role", identifier);
        writing.Facts.Node(entitlement, NodeKinds.Entitlement, name is null ? [] : [new(P.Name.Name, PropertyValue.Of(name))]);
        writing.Facts.Edge(EdgeKinds.Grants, node, entitlement);
        AzureCatalogue.DirectoryRole(template, name, entitlement, tenant, abilities: row is null, writing);
    }

    /// <summary>Lets a role or principal use the powers of a row.</summary>
    public static void Give(string holder, AzureRoleRow? row, string tenant, AzureWriting writing)
    {
        foreach (var power in row?.Surely ?? [])
        {
            writing.Facts.Edge(EdgeKinds.Entitles, holder, Stated(power, tenant, writing), row!.Name, BloodHound.FactList.Rights("U", row.Name));
        }

        foreach (var power in row?.Perhaps ?? [])
        {
            writing.Facts.Edge(EdgeKinds.Entitles, holder, Stated(power, tenant, writing), row!.Name, BloodHound.FactList.Rights(null, row.Name));
        }
    }

    /// <summary>A directory role that somebody has: in the whole tenant, or on one object or unit only.</summary>
    public static void Assigned(JsonValue assignment, string role, string? tenant, AzureWriting writing)
    {
        var principal = Text(assignment, "principalId") ?? "";
        if (tenant is null || AzureWriting.WhyNot(role) is not null)
        {
            writing.Book.Outcome.Read++;
            writing.Book.Refuse(writing.Where, "roleDefinitionId", "an assignment needs a role, and a tenant that it or the file names; it was left out", writing.Stream);
            return;
        }

        var kind = AzureRelations.KindOf(Member(assignment, "principal"));
        var scope = Text(assignment, "directoryScopeId") ?? "";
        if (scope is "" or "/")
        {
            // A scope that is not said is the tenant's: the reading that gives more.
            writing.Link(new AzureLink(principal, kind, "AZHasRole", AzureIds.RoleIdentifier(role, tenant), AzureKind.Role, tenant));
            return;
        }

        Scoped(principal, kind, role, scope.TrimStart('/'), tenant, writing);
    }

    public static void Eligible(JsonValue instance, string role, string? tenant, AzureWriting writing)
    {
        var principal = Text(instance, "principalId") ?? "";
        if (tenant is null || AzureWriting.WhyNot(role) is not null || AzureWriting.WhyNot(principal) is not null)
        {
            writing.Book.Outcome.Read++;
            writing.Book.Refuse(writing.Where, "principalId", "an eligibility needs a principal, a role, and a tenant that it or the file names; it was left out", writing.Stream);
            return;
        }

        var identifier = AzureIds.RoleIdentifier(role, tenant);
        writing.Pending.Eligible(principal, identifier, AzureCredentials.Instant(instance, "startDateTime"), writing.Stream, writing.Where);
        writing.Trace(new AzureLink(principal, AzureKind.Base, "AZRoleEligible", identifier, AzureKind.Role), "imported", $"HOLDS of {AzureIds.Object(principal)} to {AzureIds.Eligibility(principal, identifier)}");
    }

    /// <summary>What activating a role demands.</summary>
    public static void ActivatedUnder(JsonValue data, string? tenant, AzureWriting writing)
    {
        if (tenant is null || Text(data, "roleDefinitionId") is not { Length: > 0 } role || AzureWriting.WhyNot(role) is not null)
        {
            writing.Book.Refuse(writing.Where, "roleDefinitionId", "a policy needs a role, and a tenant that it or the file names; it was left out", writing.Stream);
            return;
        }

        List<string> gates = [];
        if (Flag(data, "endUserAssignmentRequiresMFA") == true)
        {
            gates.Add("mfaFactor");
        }

        if (Flag(data, "endUserAssignmentRequiresApproval") == true)
        {
            gates.Add("humanApproval");
        }

        var identifier = AzureIds.RoleIdentifier(role, tenant);
        writing.Pending.Gates(identifier, gates);
        writing.Book.Trace("node", identifier, null, writing.Stream, writing.Where, "imported", $"activation gates: {(gates.Count == 0 ? "none stated" : string.Join(", ", gates))}");
    }

    private static void Scoped(string principal, AzureKind kind, string role, string scope, string tenant, AzureWriting writing)
    {
        var link = new AzureLink(principal, kind, "AZHasRole", scope, AzureKind.Base, tenant);
        if (AzureWriting.WhyNot(principal) is { } why || (why = AzureWriting.WhyNot(scope)) is not null || !AzureIds.Fits(AzureIds.ScopedRole(role, scope)))
        {
            writing.Book.Outcome.Read++;
            writing.Book.Refuse(writing.Where, "directoryScopeId", $"{why ?? "its identifier is too long"}; the assignment was left out", writing.Stream);
            return;
        }

        var from = writing.Facts.Facts.Count;
        var row = s_byTemplate.GetValueOrDefault(role);
        if (row?.Surely.Contains(Applications) == true && !scope.StartsWith("administrativeUnits/", StringComparison.OrdinalIgnoreCase))
        {
            // On one application or service principal: its credentials.
            writing.Links.Map(link with { Kind = "AZAppAdmin", EndKind = AzureKind.ServicePrincipal });
        }
        else
        {
            // What lies in an administrative unit is not collected: anything of the tenant may.
            var node = AzureIds.ScopedRole(role, scope);
            writing.Facts.Node(node, NodeKinds.Role, [new(P.Name.Name, PropertyValue.Of($"{row?.Name ?? role} on {scope}"))]);
            writing.Facts.Edge(EdgeKinds.HasRole, AzureIds.Object(principal), node);
            writing.Facts.Edge(EdgeKinds.Entitles, node, AzureIds.Object(tenant), row?.Name ?? role, BloodHound.FactList.Rights(null, row?.Name ?? role));
        }

        writing.Trace(link, "imported", writing.Book.IsTracing ? writing.Said(from) : "");
    }

    /// <summary>The power, with what it gives where that is no object of its own.</summary>
    private static string Stated(string power, string tenant, AzureWriting writing)
    {
        var node = writing.Links.Power(power, tenant);
        switch (power)
        {
            case ApiPermissions:
                writing.Links.GivesSystem(node, AzureIds.Object(tenant));
                break;
            case CloudAccess:
                writing.Links.GivesSystem(node, AzureIds.Cloud(tenant));
                break;
        }

        return node;
    }
}
