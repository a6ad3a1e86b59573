using IdentityGraph.Graph;
using static IdentityGraph.Sources.Azure.AzureEffect;
using static IdentityGraph.Sources.Azure.AzureKind;

namespace IdentityGraph.Sources.Azure;

/// <summary>What a relationship of BloodHound's Azure schema becomes.</summary>
internal enum AzureEffect : byte
{
    /// <summary>
    /// Control of the target: CAN_ISSUE_CREDENTIAL of a user, application or service principal, CAN_GRANT of a group, role or tenant. Of a
    /// group or role, whose members then have it: the use of the target's administration, which can do that.
    /// </summary>
    Control,

    /// <summary>ENTITLES on the target (a device: its host) with the row's rights.</summary>
    Entitle,

    /// <summary>ENTITLES without a level: it counts only together with something else, or under conditions nobody read.</summary>
    EntitleUnknown,

    /// <summary>ENTITLES on a role that owns the target, given by the target's administration: rights that the start can give to itself.</summary>
    GrantAccess,

    /// <summary>An application permission of an API: OAuthGrant, Scope, and what the catalogue says of its name.</summary>
    Permission,

    /// <summary>Credentials of everybody in the tenant: an entitlement that CONFERS issueCredential.</summary>
    IssueForAll,

    /// <summary>MEMBER_OF.</summary>
    Member,

    /// <summary>HAS_ROLE.</summary>
    HasRole,

    /// <summary>HOLDS an eligible Assignment that ASSIGNS the role.</summary>
    Eligible,

    /// <summary>RUNS_AS.</summary>
    RunsAs,

    /// <summary>CONTAINS between resources, IN_SYSTEM of a directory's objects.</summary>
    Contain,

    /// <summary>AUTHENTICATES_AS.</summary>
    Authenticate,

    /// <summary>CAN_ASSUME; conditions unread.</summary>
    AssumeUnread,

    /// <summary>Understood, and gives no access: no fact.</summary>
    Nothing,
}

/// <summary>One line of the table.</summary>
/// <param name="Right">BloodHound's name of the relationship.</param>
/// <param name="Targets">Kinds of the end it is for.</param>
/// <param name="Effect">What it becomes.</param>
/// <param name="Letters">Rights out of DRWUAC, for <see cref="Entitle"/>.</param>
/// <param name="Why">What it lets the start do.</param>
internal sealed record AzureEdgeRow(string Right, AzureKind[] Targets, AzureEffect Effect, string? Letters, string Why)
{
    /// <summary>Whether use of it creates new access.</summary>
    public bool Amplifying => Effect is Control or GrantAccess or IssueForAll;
}

/// <summary>
/// The one table from the relationships of BloodHound's Azure schema to fact edges, whoever states them. A relationship without a row
/// becomes an ENTITLES without a level, reached in what is possible, and is counted.
/// </summary>
/// <remarks>Public descriptions: https://bloodhound.specterops.io/resources/edges/overview</remarks>
internal static class AzureEdgeKinds
{
    private static readonly AzureKind[] s_clients = [App, ServicePrincipal];
    private static readonly AzureKind[] s_controlled = [App, ServicePrincipal, Group, Role, Tenant];
    private static readonly AzureKind[] s_resources =
    [
        ManagementGroup, Subscription, ResourceGroup, KeyVault, VM, VMScaleSet, ManagedCluster, ContainerRegistry, WebApp, FunctionApp, LogicApp,
        AutomationAccount, StorageAccount, StorageContainer, Resource,
    ];

    private static readonly string All = RightsLogic.Of(Level.L6).ToLetters();
    private static readonly string Full = RightsLogic.Of(Level.L5).ToLetters();
    private static readonly string Read = RightsLogic.Of(Level.L2).ToLetters();

    /// <summary>Changes a resource, runs code on it and reads its keys, and cannot give rights away.</summary>
    private const string Contribute = "DRWU";

    public static IReadOnlyList<AzureEdgeRow> Rows { get; } =
    [
        new("AZMemberOf", [Group, Base], Member, null, "Is a member."),
        new("AZHasRole", [Role], HasRole, null, "Has the directory role; what it gives is stated of the role."),
        new("AZRoleEligible", [Role], Eligible, null, "May activate the role, under conditions that are stated of the role or unknown."),
        new("AZRoleApprover", [Role], Nothing, null, "Approves activations for others; gives no access to the approver."),
        new("AZRunsAs", [ServicePrincipal], RunsAs, null, "The application signs in as the service principal."),
        new("AZManagedIdentity", [ServicePrincipal], RunsAs, null, "Code on the resource signs in as the identity."),
        new("AZContains", [User, Group, App, ServicePrincipal, Device, Role, .. s_resources, Base], Contain, null, "Lies in the tenant or container."),
        new("AZNodeResourceGroup", [ResourceGroup], Contain, null, "The cluster's machines lie in the resource group."),
        new("AZScopedTo", [.. s_controlled, User, Device, .. s_resources], Nothing, null, "Says where a role holds; what it gives there is stated of its holders."),
        new("AZAuthenticatesTo", s_clients, Authenticate, null, "The federated credential signs in as the application."),

        new("AZOwns", [App, ServicePrincipal], Control, null, "An owner adds secrets."),
        new("AZOwns", [Group], Control, null, "An owner adds members."),
        new("AZOwns", [Device], EntitleUnknown, null, "The registered owner administers the device, if it is joined to the tenant."),
        new("AZOwns", s_resources, Entitle, Full, "Owns the resource, and decides who may do what on it."),
        new("AZAddOwner", s_controlled, Control, null, "Makes itself owner."),
        new("AZAddMembers", [Group], Control, null, "Adds members."),
        new("AZAddSecret", s_clients, Control, null, "Adds a secret that signs in as it."),
        new("AZResetPassword", [User], Control, null, "Sets the password."),
        new("AZRegisterPasskey", [User], Control, null, "Registers a passkey that signs in as the user."),
        new("AZCreateTAP", [User], Control, null, "Makes a temporary access pass that signs in as the user."),
        new("AZChangeAuthenticationPolicy", [AuthenticationPolicy], Entitle, "DRW", "Decides how users may sign in."),
        new("AZTapExclude", [AuthenticationPolicy], Nothing, null, "Is left out of a way to sign in."),
        new("AZAppAdmin", s_clients, Control, null, "Adds a secret to it."),
        new("AZCloudAppAdmin", s_clients, Control, null, "Adds a secret to it."),
        new("AZGlobalAdmin", [Tenant], Entitle, All, "Does everything in the tenant."),
        new("AZPrivilegedRoleAdmin", [Tenant], Control, null, "Gives any role to anybody."),
        new("AZPrivilegedAuthAdmin", [Tenant], IssueForAll, null, "Sets anybody's password and sign-in methods."),
        new("AZGrant", [Role, Tenant, App, ServicePrincipal], Control, null, "Gives the role or permission to anybody."),
        new("AZGrantSelf", [Role, Tenant, App, ServicePrincipal], Control, null, "Gives the role or permission to itself."),

        new("AZMGAddSecret", s_clients, Control, null, "Adds a secret that signs in as it."),
        new("AZMGAddOwner", s_controlled, Control, null, "Makes itself owner."),
        new("AZMGAddMember", [Group], Control, null, "Adds members."),
        new("AZMGGrantRole", [Role, Tenant], Control, null, "Gives the role to anybody."),
        new("AZMGGrantAppRoles", [Tenant], Control, null, "Gives any permission of any API to anybody."),
        new("AZMGGrantAppRoles", s_clients, EntitleUnknown, null, "Gives permissions of the API to anybody."),

        new("AZOwner", s_resources, Entitle, Full, "Does everything on the resource and what it contains."),
        new("AZUserAccessAdministrator", s_resources, GrantAccess, null, "Gives rights on the resource to anybody, itself included."),
        new("AZContributor", s_resources, Entitle, Contribute, "Changes the resource, runs code on it, reads its keys."),
        new("AZVMContributor", [VM, VMScaleSet, ResourceGroup, Subscription, ManagementGroup], Entitle, Contribute, "Changes machines and runs code on them."),
        new("AZAvereContributor", [VM, VMScaleSet, ResourceGroup, Subscription, ManagementGroup], Entitle, Contribute, "Changes machines and runs code on them."),
        new("AZVMAdminLogin", [VM, VMScaleSet, ResourceGroup, Subscription, ManagementGroup], Entitle, Full, "Signs in to the machine as administrator."),
        new("AZExecuteCommand", [Device, VM], Entitle, Full, "Runs code on it as the system."),
        new("AZWebsiteContributor", [WebApp, FunctionApp, ResourceGroup, Subscription, ManagementGroup], Entitle, Contribute, "Changes what the site runs."),
        new("AZLogicAppContributor", [LogicApp, ResourceGroup, Subscription, ManagementGroup], Entitle, Contribute, "Changes what the logic app does."),
        new("AZAutomationContributor", [AutomationAccount, ResourceGroup, Subscription, ManagementGroup], Entitle, Contribute, "Changes what the automation runs."),
        new("AZAKSContributor", [ManagedCluster, ResourceGroup, Subscription, ManagementGroup], Entitle, Contribute, "Changes the cluster and runs code on its machines."),
        new("AZKeyVaultContributor", [KeyVault, ResourceGroup, Subscription, ManagementGroup], GrantAccess, null, "Gives itself an access policy of the vault."),
        new("AZGetSecrets", [KeyVault], Entitle, Read, "Reads the secrets in the vault."),
        new("AZGetKeys", [KeyVault], Entitle, Read, "Reads the keys in the vault."),
        new("AZGetCertificates", [KeyVault], Entitle, Read, "Reads the certificates in the vault."),

        new("SyncedToADUser", [User, Base], AssumeUnread, null, "The same person's account in Active Directory, if passwords are written back."),
        new("SyncedToEntraUser", [User], AssumeUnread, null, "The same person's account in Entra, as far as sign-in policies let it."),
    ];

    private static readonly Dictionary<(string Right, AzureKind Target), AzureEdgeRow> s_byRight =
        Rows.SelectMany(row => row.Targets.Select(target => (Key: (row.Right, target), row))).ToDictionary(pair => pair.Key, pair => pair.row);

    private static readonly AzureEdgeRow s_permission = new("AZMG*", [ServicePrincipal, Tenant], Permission, null, "Has the application permission of Microsoft Graph with that name.");

    /// <summary>Whether the word names a relationship of this schema.</summary>
    public static bool Names(string right) => right.StartsWith("AZ", StringComparison.Ordinal) || right is "SyncedToADUser" or "SyncedToEntraUser";

    /// <summary>The row for that relationship to an end of that kind, or null.</summary>
    public static AzureEdgeRow? Find(string right, AzureKind target) =>
        s_byRight.GetValueOrDefault((right, target)) ?? (IsPermission(right) && target is ServicePrincipal or Tenant or Base ? s_permission : null);

    /// <summary>The name of a permission behind a relationship that stands for one: `AZMGGroup_ReadWrite_All` is `Group.ReadWrite.All`.</summary>
    public static string PermissionOf(string right) => right[4..].Replace('_', '.');

    private static bool IsPermission(string right) => right.StartsWith("AZMG", StringComparison.Ordinal) && right.Contains('_', StringComparison.Ordinal);
}
