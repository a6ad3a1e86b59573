using System.Text.Json;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;

namespace IdentityGraph.Sources.Azure;

/// <summary>One of AzureHound's kinds that list relationships of one object.</summary>
/// <param name="Kind">AzureHound's word.</param>
/// <param name="List">Member that holds the list.</param>
/// <param name="Item">Member of an item that holds the other end, or the role assignment.</param>
/// <param name="Targets">Members, the first that is there counts, which name the object the list is about.</param>
/// <param name="Target">What that object is.</param>
/// <param name="Edge">BloodHound's name of the relationship; for role assignments of the role that the kind implies, null: each names its own.</param>
internal sealed record AzureListRow(string Kind, string List, string Item, string[] Targets, AzureKind Target, string? Edge);

/// <summary>Relationships of the directory; role assignments on resources are <see cref="AzureRoleAssignments"/>.</summary>
internal static class AzureRelations
{
    /// <summary>The directory's lists: their ends are objects with an `@odata.type`.</summary>
    public static IReadOnlyList<AzureListRow> Rows { get; } =
    [
        new("AZGroupMember", "members", "member", ["groupId"], AzureKind.Group, "AZMemberOf"),
        new("AZGroupOwner", "owners", "owner", ["groupId"], AzureKind.Group, "AZOwns"),
        new("AZAppOwner", "owners", "owner", ["appId"], AzureKind.App, "AZOwns"),
        new("AZServicePrincipalOwner", "owners", "owner", ["servicePrincipalId"], AzureKind.ServicePrincipal, "AZOwns"),
        new("AZDeviceOwner", "owners", "owner", ["deviceId"], AzureKind.Device, "AZOwns"),
    ];

    private static readonly Dictionary<string, AzureListRow> s_byKind = Rows.ToDictionary(row => row.Kind, StringComparer.Ordinal);

    /// <summary>Whether the kind is known; its relationships were stated or refused one by one.</summary>
    public static bool State(string kind, JsonValue data, AzureWriting writing)
    {
        if (s_byKind.TryGetValue(kind, out var row))
        {
            Listed(row, data, writing);
            return true;
        }

        switch (kind)
        {
            case "AZRoleAssignment":
                foreach (var assignment in ListOr(data, "roleAssignments", writing))
                {
                    AzureRoles.Assigned(assignment, Text(assignment, "roleDefinitionId") ?? Text(data, "roleDefinitionId") ?? "", writing.TenantOf(data), writing);
                }

                return true;
            case "AZRoleEligibilityScheduleInstance":
                foreach (var instance in ListOr(data, "roleEligibilityScheduleInstances", writing))
                {
                    AzureRoles.Eligible(instance, Text(instance, "roleDefinitionId") ?? Text(data, "roleDefinitionId") ?? "", writing.TenantOf(data), writing);
                }

                return true;
            case "AZRoleManagementPolicyAssignment":
                AzureRoles.ActivatedUnder(data, writing.TenantOf(data), writing);
                return true;
            case "AZAppRoleAssignment":
                AzureApiPermissions.Application(data, writing.TenantOf(data), writing);
                return true;
            case "AZOAuth2PermissionGrant":
                AzureApiPermissions.Delegated(data, writing.TenantOf(data), writing);
                return true;
            case "AZManagementGroupDescendant":
                Descendant(data, writing);
                return true;
            case "AZKeyVaultAccessPolicy":
                writing.Pending.AccessPolicy(data, writing);
                return true;
            default:
                return AzureRoleAssignments.State(kind, data, writing);
        }
    }

    /// <summary>The items of the list, or the record itself where it is one item.</summary>
    public static JsonElementList ListOr(JsonValue data, string list, AzureWriting writing) =>
        Member(data, list).ValueKind == JsonValueKind.Undefined ? data.Alone() : writing.List(data, list);

    /// <summary>What an end is by its `@odata.type`; Base where it does not say.</summary>
    public static AzureKind KindOf(JsonValue end)
    {
        var type = end["@odata.type"u8];
        return type.ValueEquals("#microsoft.graph.user"u8) ? AzureKind.User
            : type.ValueEquals("#microsoft.graph.group"u8) ? AzureKind.Group
            : type.ValueEquals("#microsoft.graph.servicePrincipal"u8) ? AzureKind.ServicePrincipal
            : type.ValueEquals("#microsoft.graph.device"u8) ? AzureKind.Device
            : AzureKind.Base;
    }

    private static void Listed(AzureListRow row, JsonValue data, AzureWriting writing)
    {
        var target = "";
        foreach (var member in row.Targets)
        {
            target = target.Length == 0 ? writing.Word(Member(data, member)) ?? "" : target;
        }

        var tenant = writing.TenantOf(data);
        foreach (var item in writing.List(data, row.List))
        {
            var end = Member(item, row.Item);
            var link = new AzureLink(writing.Word(end["id"u8]) ?? "", KindOf(end), row.Edge!, target, row.Target, tenant);
            writing.Link(link);

            // Owners answer for what they own; that they can also change it is the link's business.
            if (row.Edge == "AZOwns" && link.StartKind is AzureKind.User or AzureKind.Group or AzureKind.ServicePrincipal && AzureWriting.WhyNot(link.Start) is null && AzureWriting.WhyNot(target) is null)
            {
                writing.Facts.Edge(Graph.EdgeKinds.OwnedBy, writing.Links.Object(target), writing.Links.Object(link.Start));
            }
        }
    }

    private static void Descendant(JsonValue data, AzureWriting writing)
    {
        var child = Text(data, "id") ?? "";
        var kind = child.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) ? AzureKind.Subscription : AzureKinds.OfPath(child);
        writing.Link(new AzureLink(Text(Member(Member(data, "properties"), "parent"), "id") ?? "", AzureKind.ManagementGroup, "AZContains", child, kind, writing.TenantOf(data)));
    }
}
