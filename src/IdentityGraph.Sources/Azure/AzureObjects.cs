using IdentityGraph.Graph;
using IdentityGraph.Sources.Records;
using static IdentityGraph.Sources.BloodHound.JsonReading;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.Azure;

/// <summary>Objects of the directory as nodes and edges. Only the members named here are read.</summary>
/// <remarks>Members are Microsoft Graph's: https://learn.microsoft.com/graph/api/resources/user, /group, /application, /serviceprincipal</remarks>
internal static class AzureObjects
{
    /// <summary>The objects of Azure Resource Manager that are kinds of their own.</summary>
    private static readonly Dictionary<string, AzureKind> s_resources =
        Enum.GetValues<AzureKind>().Where(kind => kind.IsResource() && kind != AzureKind.Resource).ToDictionary(kind => "AZ" + kind, StringComparer.Ordinal);

    private static readonly KeyValuePair<string, PropertyValue>[] s_active = [new(P.State.Name, PropertyValue.Of("Active"))];
    private static readonly KeyValuePair<string, PropertyValue>[] s_disabled = [new(P.State.Name, PropertyValue.Of("Disabled"))];
    private static readonly KeyValuePair<string, PropertyValue>[] s_deleted = [new(P.State.Name, PropertyValue.Of("Deleted"))];

    /// <summary>Whether the kind is an object's, which was stated or refused.</summary>
    public static bool Describe(string kind, JsonValue data, AzureWriting writing)
    {
        if (s_resources.TryGetValue(kind, out var resource))
        {
            AzureResources.Describe(resource, data, writing);
            return true;
        }

        var (member, describe) = kind switch
        {
            "AZUser" => ("id", User),
            "AZGroup" => ("id", Group),
            "AZApp" => ("appId", App),
            "AZServicePrincipal" => ("id", ServicePrincipal),
            "AZDevice" => ("id", Device),
            "AZRole" => ("id", Role),
            "AZTenant" => ("tenantId", Tenant),
            "AZFederatedIdentityCredential" => ("id", AzureCredentials.Federated),
            _ => ("", (Action<string, JsonValue, string?, AzureWriting>?)null),
        };
        if (describe is null)
        {
            return false;
        }

        if (writing.Identifier(data, member) is { } identifier)
        {
            var tenant = writing.TenantOf(data);
            describe(identifier, data, tenant, writing);
            if (writing.Book.IsTracing)
            {
                writing.Book.Trace("node", identifier, null, kind, writing.Where, "imported", $"{AzureKinds.Parse(kind)?.NodeKind().Name} {AzureIds.Object(kind == "AZRole" && tenant is not null ? AzureIds.RoleIdentifier(identifier, tenant) : identifier)}");
            }
        }

        return true;
    }

    private static void User(string id, JsonValue data, string? tenant, AzureWriting writing)
    {
        List<KeyValuePair<string, PropertyValue>> properties = [.. Named(Text(data, "userPrincipalName") ?? Text(data, "displayName")), .. State(data, writing)];
        if (Text(data, "userType")?.ToUpperInvariant() is { } type && type is "GUEST" or "MEMBER")
        {
            properties.Add(new(P.Guest.Name, PropertyValue.Of(type == "GUEST")));
        }

        if (Text(data, "mail") is { Length: > 0 } mail)
        {
            properties.Add(new(P.Email.Name, PropertyValue.Of(mail)));
        }

        if (Text(data, "employeeId") is { Length: > 0 } number)
        {
            properties.Add(new(P.EmployeeNumber.Name, PropertyValue.Of(number)));
        }

        if (AzureCredentials.Instant(Member(data, "signInActivity"), "lastSuccessfulSignInDateTime") is { } used)
        {
            properties.Add(new(P.LastUsedAt.Name, PropertyValue.Of(used)));
        }

        writing.Facts.Node(writing.Links.Object(id), NodeKinds.Account, properties);
        InDirectory(id, tenant, writing);
        if (tenant is not null)
        {
            writing.Links.TakesOver(writing.Links.Power(AzureRoles.Users, tenant), AzureKind.User, id);
        }

        // The same person's account in Active Directory: its password opens this one, as far as sign-in policies let it.
        if (Text(data, "onPremisesSecurityIdentifier") is { Length: > 0 } sid && AzureWriting.WhyNot(sid) is null)
        {
            writing.Facts.Edge(
                EdgeKinds.AuthenticatedVia,
                writing.Links.Object(id),
                BloodHound.DirectoryIds.Object(Upper(sid)),
                null,
                new KeyValuePair<string, PropertyValue>(P.Gates.Name, PropertyValue.Of(["conditionalAccess"])));
        }
    }

    private static void Group(string id, JsonValue data, string? tenant, AzureWriting writing)
    {
        List<KeyValuePair<string, PropertyValue>> properties = [.. Named(Text(data, "displayName"))];
        if (Text(data, "membershipRule") is { Length: > 0 } rule)
        {
            properties.Add(new("dynamicRule", PropertyValue.Of(rule)));
        }

        writing.Facts.Node(writing.Links.Object(id), NodeKinds.Group, properties);
        InDirectory(id, tenant, writing);
        if (tenant is not null)
        {
            // Graph says so of every group that can be given a role, and of no other.
            var power = Flag(data, "isAssignableToRole") == true ? AzureRoles.AssignableGroups : AzureRoles.Groups;
            writing.Links.TakesOver(writing.Links.Power(power, tenant), AzureKind.Group, id);
        }
    }

    private static void App(string appId, JsonValue data, string? tenant, AzureWriting writing)
    {
        // An application registration is usable while it exists; what can be disabled is its service principal.
        var stopped = Text(data, "deletedDateTime") is { Length: > 0 } ? "Deleted"
            : Text(data, "disabledByMicrosoftStatus") is { Length: > 0 } status && status != "NotDisabled" || Flag(data, "isDisabled") == true ? "Disabled" : "Active";
        writing.Facts.Node(writing.Links.Object(appId), NodeKinds.Application, [.. Named(Text(data, "displayName")), new(P.State.Name, PropertyValue.Of(stopped)), new(P.ThirdParty.Name, PropertyValue.Of(false))]);
        InDirectory(appId, tenant, writing);
        AzureCredentials.Of(data, appId, writing);
        foreach (var federated in writing.List(data, "federatedIdentityCredentials"))
        {
            if (Text(federated, "id") is { Length: > 0 } id && AzureWriting.WhyNot(id) is null)
            {
                AzureCredentials.Federated(id, federated, appId, writing);
            }
        }

        if (tenant is not null)
        {
            writing.Links.TakesOver(writing.Links.Power(AzureRoles.Applications, tenant), AzureKind.App, appId);
        }
    }

    private static void ServicePrincipal(string id, JsonValue data, string? tenant, AzureWriting writing)
    {
        var managed = Text(data, "servicePrincipalType") == "ManagedIdentity";
        writing.Facts.Node(
            writing.Links.Object(id),
            NodeKinds.ServiceIdentity,
            [
                .. Named(Text(data, "displayName")),
                .. State(data, writing),
                new(P.NhiKind.Name, PropertyValue.Of(managed ? "managedIdentity" : "servicePrincipal")),
                new(P.Mfa.Name, PropertyValue.Of(false)),
            ]);
        InDirectory(id, tenant, writing);
        AzureCredentials.Of(data, id, writing);
        if (tenant is not null && !managed)
        {
            writing.Links.TakesOver(writing.Links.Power(AzureRoles.Applications, tenant), AzureKind.ServicePrincipal, id);
        }

        if (managed || Text(data, "appId") is not { Length: > 0 } appId || AzureWriting.WhyNot(appId) is not null)
        {
            return;
        }

        writing.Facts.Edge(EdgeKinds.RunsAs, writing.Links.Object(appId), writing.Links.Object(id));
        if (Text(data, "appOwnerOrganizationId") is { Length: > 0 } owner && tenant is not null && AzureWriting.Tenant(owner) is { } home && home != tenant)
        {
            writing.Facts.Node(writing.Links.Object(appId), NodeKinds.Application, [.. Named(Text(data, "appDisplayName") ?? Text(data, "displayName")), new(P.ThirdParty.Name, PropertyValue.Of(true))]);
            writing.Facts.Node(AzureIds.Organization(home), NodeKinds.Organization, [new(P.OrganizationKind.Name, PropertyValue.Of("vendor"))]);
            writing.Facts.Edge(EdgeKinds.OperatedBy, writing.Links.Object(appId), AzureIds.Organization(home));
        }
    }

    private static void Device(string id, JsonValue data, string? tenant, AzureWriting writing)
    {
        writing.Facts.Node(
            writing.Links.Object(id),
            NodeKinds.ServiceIdentity,
            [.. Named(Text(data, "displayName")), .. State(data, writing), new(P.NhiKind.Name, PropertyValue.Of("machine")), new(P.Mfa.Name, PropertyValue.Of(false))]);
        writing.Facts.Node(AzureIds.Host(id), NodeKinds.Resource, [.. Named(Text(data, "displayName")), new(P.Kind.Name, PropertyValue.Of("host"))]);
        writing.Facts.Edge(EdgeKinds.RunsAs, AzureIds.Host(id), writing.Links.Object(id));
        InDirectory(id, tenant, writing);
    }

    private static void Role(string id, JsonValue data, string? tenant, AzureWriting writing)
    {
        if (tenant is null)
        {
            writing.Book.Refuse(writing.Where, "tenantId", "a role belongs to a tenant, and neither it nor the file names one; it was left out", writing.Stream);
            return;
        }

        writing.Facts.Node(AzureIds.Role(id, tenant), NodeKinds.Role, [.. Named(Text(data, "displayName"))]);
        AzureRoles.StateWhatItGives(id, Text(data, "templateId") is { Length: > 0 } template ? template : id, Text(data, "displayName"), tenant, writing);
    }

    private static void Tenant(string id, JsonValue data, string? tenant, AzureWriting writing)
    {
        var name = Named(Text(data, "displayName") ?? Text(data, "defaultDomain"));
        writing.Facts.Node(writing.Links.Object(id), NodeKinds.System, [.. name, new(P.Category.Name, PropertyValue.Of("directory"))]);
        writing.Facts.Node(AzureIds.Boundary(id), NodeKinds.Tenant, name);
    }

    /// <summary>Members that are false or empty are left out of AzureHound's files: what is absent is not known.</summary>
    private static KeyValuePair<string, PropertyValue>[] State(JsonValue data, AzureWriting writing)
    {
        if (Text(data, "deletedDateTime") is { Length: > 0 })
        {
            return s_deleted;
        }

        if (Flag(data, "accountEnabled") is { } enabled)
        {
            return enabled ? s_active : s_disabled;
        }

        writing.Book.Report.Warn("some objects do not say whether they are enabled (AzureHound leaves `accountEnabled` out where it is false, and where it was not read): their state is unknown");
        return [];
    }

    private static void InDirectory(string id, string? tenant, AzureWriting writing)
    {
        if (tenant is not null)
        {
            writing.Facts.Edge(EdgeKinds.InSystem, writing.Links.Object(id), writing.Links.Object(tenant));
        }
    }

    private static KeyValuePair<string, PropertyValue>[] Named(string? name) =>
        string.IsNullOrEmpty(name) ? [] : [new(P.Name.Name, PropertyValue.Of(name))];
}
