using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.Azure;

/// <summary>
/// Role assignments on resources. A list for one resource also holds what it inherits: each assignment is stated where it was made
/// (`scope`), and comes down by what contains what.
/// </summary>
internal static class AzureRoleAssignments
{
    private static readonly string[] s_vm = ["virtualMachineId"];
    private static readonly string[] s_vault = ["keyVaultId", "virtualMachineId"];
    private static readonly string[] s_group = ["managementGroupId"];
    private static readonly string[] s_resources = ["resourceGroupId"];
    private static readonly string[] s_subscription = ["subscriptionId"];
    private static readonly string[] s_object = ["objectId"];

    /// <summary>The role ids are public constants of Azure: https://learn.microsoft.com/azure/role-based-access-control/built-in-roles</summary>
    private static readonly Dictionary<string, string> s_edges = new(StringComparer.OrdinalIgnoreCase)
    {
        ["8e3af657-a8ff-443c-a75c-2fe8c4bcb635"] = "AZOwner",
        ["18d7d88d-d35e-4fb5-a5c3-7773c20a72d9"] = "AZUserAccessAdministrator",
        ["b24988ac-6180-42a0-ab88-20f7382dd24c"] = "AZContributor",
        ["9980e02c-c2be-4d73-94e8-173b1dc7cf3c"] = "AZVMContributor",
        ["4f8fab4f-1852-4a58-a46a-8eaf358af14a"] = "AZAvereContributor",
        ["1c0163c0-47e6-4577-8991-ea5c82e286e4"] = "AZVMAdminLogin",
        ["de139f84-1756-47ae-9be6-808fbbe84772"] = "AZWebsiteContributor",
        ["87a39d53-fc1b-424a-814c-f7e04687dc9e"] = "AZLogicAppContributor",
        ["f353d9bd-d4a6-484e-a77a-8050b599b867"] = "AZAutomationContributor",
        ["ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8"] = "AZAKSContributor",
        ["f25e0fa2-a7c8-4377-a976-54943a77a395"] = "AZKeyVaultContributor",
    };

    public static IReadOnlyList<AzureListRow> Rows { get; } =
    [
        new("AZKeyVaultOwner", "owners", "owner", s_vault, AzureKind.KeyVault, "AZOwner"),
        new("AZKeyVaultContributor", "contributors", "contributor", s_vault, AzureKind.KeyVault, "AZContributor"),
        new("AZKeyVaultKVContributor", "kvContributors", "kvContributor", s_vault, AzureKind.KeyVault, "AZKeyVaultContributor"),
        new("AZKeyVaultUserAccessAdmin", "userAccessAdmins", "userAccessAdmin", s_vault, AzureKind.KeyVault, "AZUserAccessAdministrator"),
        new("AZKeyVaultRoleAssignment", "roleAssignments", "roleAssignment", s_vault, AzureKind.KeyVault, null),
        new("AZManagementGroupOwner", "owners", "owner", s_group, AzureKind.ManagementGroup, "AZOwner"),
        new("AZManagementGroupUserAccessAdmin", "userAccessAdmins", "userAccessAdmin", s_group, AzureKind.ManagementGroup, "AZUserAccessAdministrator"),
        new("AZManagementGroupRoleAssignment", "roleAssignments", "roleAssignment", s_group, AzureKind.ManagementGroup, null),
        new("AZResourceGroupOwner", "owners", "owner", s_resources, AzureKind.ResourceGroup, "AZOwner"),
        new("AZResourceGroupUserAccessAdmin", "userAccessAdmins", "userAccessAdmin", s_resources, AzureKind.ResourceGroup, "AZUserAccessAdministrator"),
        new("AZResourceGroupRoleAssignment", "roleAssignments", "roleAssignment", s_resources, AzureKind.ResourceGroup, null),
        new("AZSubscriptionOwner", "owners", "owner", s_subscription, AzureKind.Subscription, "AZOwner"),
        new("AZSubscriptionUserAccessAdmin", "userAccessAdmins", "userAccessAdmin", s_subscription, AzureKind.Subscription, "AZUserAccessAdministrator"),
        new("AZSubscriptionRoleAssignment", "roleAssignments", "roleAssignment", s_subscription, AzureKind.Subscription, null),
        new("AZVMOwner", "owners", "owner", s_vm, AzureKind.VM, "AZOwner"),
        new("AZVMContributor", "contributors", "contributor", s_vm, AzureKind.VM, "AZContributor"),
        new("AZVMVMContributor", "vmContributors", "vmContributor", s_vm, AzureKind.VM, "AZVMContributor"),
        new("AZVMAvereContributor", "avereContributors", "avereContributor", s_vm, AzureKind.VM, "AZAvereContributor"),
        new("AZVMAdminLogin", "adminLogins", "adminLogin", s_vm, AzureKind.VM, "AZVMAdminLogin"),
        new("AZVMUserAccessAdmin", "userAccessAdmins", "userAccessAdmin", s_vm, AzureKind.VM, "AZUserAccessAdministrator"),
        new("AZVMRoleAssignment", "roleAssignments", "roleAssignment", s_vm, AzureKind.VM, null),
        .. new[]
        {
            AzureKind.StorageAccount, AzureKind.AutomationAccount, AzureKind.LogicApp, AzureKind.FunctionApp, AzureKind.ContainerRegistry, AzureKind.WebApp,
            AzureKind.ManagedCluster, AzureKind.VMScaleSet,
        }.Select(kind => new AzureListRow($"AZ{kind}RoleAssignment", "assignees", "assignee", s_object, kind, null)),
    ];

    private static readonly Dictionary<string, AzureListRow> s_byKind = Rows.ToDictionary(row => row.Kind, StringComparer.Ordinal);

    public static bool State(string kind, JsonValue data, AzureWriting writing)
    {
        if (!s_byKind.TryGetValue(kind, out var row))
        {
            return false;
        }

        var target = row.Targets.Select(member => Text(data, member)).FirstOrDefault(id => !string.IsNullOrEmpty(id)) ?? "";
        target = row.Target == AzureKind.Subscription && target.Length > 0 && !target.StartsWith('/') ? "/subscriptions/" + target : target;
        var tenant = writing.TenantOf(data);
        foreach (var item in writing.List(data, row.List))
        {
            var properties = Member(Member(item, row.Item), "properties");
            var role = LastPart(Text(properties, "roleDefinitionId") ?? Text(item, "roleDefinitionId") ?? "");
            var scope = Text(properties, "scope") is { Length: > 0 } own ? own : target;
            Assigned(Text(properties, "principalId") ?? "", KindOf(Text(properties, "principalType")), s_edges.GetValueOrDefault(role) ?? (role.Length == 0 ? row.Edge : null), role, scope, Same(scope, target) ? row.Target : AzureKinds.OfPath(scope), tenant, writing);
        }

        return true;
    }

    private static void Assigned(string principal, AzureKind kind, string? edge, string role, string scope, AzureKind place, string? tenant, AzureWriting writing)
    {
        if (scope == "/")
        {
            AtTheRoot(principal, kind, edge, role, tenant, writing);
            return;
        }

        AzureResources.Mention(scope, tenant, writing);
        if (edge is not null)
        {
            writing.Link(new AzureLink(principal, kind, edge, scope, place, tenant));
            return;
        }

        var row = AzureCatalogue.ResourceRole(role);
        var word = row?.Word ?? role;
        if (AzureWriting.WhyNot(principal) is { } why || (why = AzureWriting.WhyNot(scope)) is not null || (why = AzureWriting.WhyNot(role)) is not null)
        {
            writing.Book.Outcome.Read++;
            writing.Book.Refuse(writing.Where, "roleAssignment", $"{why}; the assignment was left out", writing.Stream);
            return;
        }

        if (row?.Rights is null)
        {
            writing.Book.Report.CountUnrecognised($"role {word} on AZ{place}");
        }

        var from = writing.Facts.Facts.Count;
        writing.Facts.Edge(EdgeKinds.Entitles, AzureIds.Object(principal), AzureIds.Object(scope), word, BloodHound.FactList.Rights(row?.Rights?.ToLetters(), word));
        writing.Trace(new AzureLink(principal, kind, word, scope, place), "imported", writing.Book.IsTracing ? writing.Said(from) : "");
    }

    /// <summary>An assignment above all management groups: it holds for the whole cloud of the tenant.</summary>
    private static void AtTheRoot(string principal, AzureKind kind, string? edge, string role, string? tenant, AzureWriting writing)
    {
        if (tenant is null || AzureWriting.WhyNot(principal) is not null)
        {
            writing.Book.Outcome.Read++;
            writing.Book.Refuse(writing.Where, "scope", "an assignment at `/` needs a principal, and a tenant that it or the file names; it was left out", writing.Stream);
            return;
        }

        var row = edge is null ? null : AzureEdgeKinds.Find(edge, AzureKind.ManagementGroup);
        var from = writing.Facts.Facts.Count;
        var right = edge ?? role;
        if (row?.Effect == AzureEffect.GrantAccess)
        {
            var power = writing.Links.Power(AzureRoles.CloudAccess, tenant);
            writing.Links.GivesSystem(power, AzureIds.Cloud(tenant));
            writing.Facts.Edge(EdgeKinds.Entitles, AzureIds.Object(principal), power, right, BloodHound.FactList.Rights("U", right));
        }
        else
        {
            writing.Facts.Edge(EdgeKinds.Entitles, AzureIds.Object(principal), AzureIds.Cloud(tenant), right, BloodHound.FactList.Rights(row?.Letters ?? AzureCatalogue.ResourceRole(role)?.Rights?.ToLetters(), right));
        }

        writing.Trace(new AzureLink(principal, kind, right, "/", AzureKind.Resource), "imported", writing.Book.IsTracing ? writing.Said(from) : "");
    }

    private static AzureKind KindOf(string? principalType) => principalType switch
    {
        "User" => AzureKind.User,
        "Group" or "ForeignGroup" => AzureKind.Group,
        "ServicePrincipal" => AzureKind.ServicePrincipal,
        "Device" => AzureKind.Device,
        _ => AzureKind.Base,
    };

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static string LastPart(string path) => path[(path.LastIndexOf('/') + 1)..].ToLowerInvariant();
}
