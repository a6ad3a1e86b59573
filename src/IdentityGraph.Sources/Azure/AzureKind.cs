using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Azure;

/// <summary>What an object of Entra or Azure is, by AzureHound's and BloodHound's words for it.</summary>
internal enum AzureKind : byte
{
    /// <summary>AZBase, or nothing said.</summary>
    Base,
    User,
    Group,
    App,
    ServicePrincipal,
    Device,
    Role,
    Tenant,
    AuthenticationPolicy,
    FederatedIdentityCredential,
    ManagementGroup,
    Subscription,
    ResourceGroup,
    KeyVault,
    VM,
    VMScaleSet,
    ManagedCluster,
    ContainerRegistry,
    WebApp,
    FunctionApp,
    LogicApp,
    AutomationAccount,
    StorageAccount,
    StorageContainer,

    /// <summary>Another resource of Azure Resource Manager, known by its path only.</summary>
    Resource,
}

internal static class AzureKinds
{
    /// <summary>The kind behind `AZUser`; null: no kind of object is called so.</summary>
    public static AzureKind? Parse(string word) =>
        word.StartsWith("AZ", StringComparison.Ordinal) && Enum.TryParse<AzureKind>(word.AsSpan(2), out var kind) && kind != AzureKind.Resource && "AZ" + kind == word ? kind : null;

    /// <summary>Whether it lies in Azure Resource Manager, where rights on a container hold for what it contains.</summary>
    public static bool IsResource(this AzureKind kind) => kind >= AzureKind.ManagementGroup;

    /// <summary>The kind of node it becomes.</summary>
    public static NodeKind NodeKind(this AzureKind kind) => kind switch
    {
        AzureKind.User => NodeKinds.Account,
        AzureKind.Group => NodeKinds.Group,
        AzureKind.App => NodeKinds.Application,
        AzureKind.ServicePrincipal or AzureKind.Device => NodeKinds.ServiceIdentity,
        AzureKind.Role => NodeKinds.Role,
        AzureKind.Tenant => NodeKinds.System,
        AzureKind.FederatedIdentityCredential => NodeKinds.Credential,
        AzureKind.Base => NodeKinds.Unknown,
        _ => NodeKinds.Resource,
    };

    /// <summary>The kind of a resource by its path, such as `…/providers/Microsoft.KeyVault/vaults/pay`.</summary>
    public static AzureKind OfPath(string path)
    {
        var provider = path.LastIndexOf("/providers/", StringComparison.OrdinalIgnoreCase);
        if (provider < 0)
        {
            return path.Contains("/resourcegroups/", StringComparison.OrdinalIgnoreCase) ? AzureKind.ResourceGroup
                : path.StartsWith("/subscriptions/", StringComparison.OrdinalIgnoreCase) ? AzureKind.Subscription
                : AzureKind.Resource;
        }

        var parts = path[(provider + 11)..].Split('/');
        return parts.Length != 3 ? AzureKind.Resource : (parts[0] + "/" + parts[1]).ToLowerInvariant() switch
        {
            "microsoft.management/managementgroups" => AzureKind.ManagementGroup,
            "microsoft.keyvault/vaults" => AzureKind.KeyVault,
            "microsoft.compute/virtualmachines" => AzureKind.VM,
            "microsoft.compute/virtualmachinescalesets" => AzureKind.VMScaleSet,
            "microsoft.containerservice/managedclusters" => AzureKind.ManagedCluster,
            "microsoft.containerregistry/registries" => AzureKind.ContainerRegistry,
            "microsoft.logic/workflows" => AzureKind.LogicApp,
            "microsoft.automation/automationaccounts" => AzureKind.AutomationAccount,
            "microsoft.storage/storageaccounts" => AzureKind.StorageAccount,
            _ => AzureKind.Resource,
        };
    }
}
