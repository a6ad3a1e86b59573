using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Azure;

namespace IdentityGraph.Tests.Sources.Azure;

/// <summary>Files written from the public description of AzureHound's objects; none of its own was at hand.</summary>
public sealed class AzureHoundTests : IDisposable
{
    private const string Tenant = "7c9e6679-7425-40de-944b-e07fc1f90ae7";
    private const string Mara = "6b29fc40-ca47-1067-b31d-00dd010662da";
    private const string Noor = "0d8c2b1e-1111-4a4a-9b9b-2f3e4d5c6b7a";
    private const string PayApp = "0f8fad5b-d9cb-469f-a165-70867728950e";
    private const string PaySp = "11111111-2222-3333-4444-555555555555";
    private const string Ops = "22222222-3333-4444-5555-666666666666";
    private const string Subscription = "/subscriptions/33333333-4444-5555-6666-777777777777";
    private const string Group = Subscription + "/resourceGroups/pay";
    private const string Vault = Group + "/providers/Microsoft.KeyVault/vaults/pay";
    private const string Machine = Group + "/providers/Microsoft.Compute/virtualMachines/pay-1";
    private const string GlobalAdministrator = "62e90394-69f5-4237-9190-012177145e10";
    private const string Owner = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
    private const string Contributor = "b24988ac-6180-42a0-ab88-20f7382dd24c";
    private const string Reader = "acdd72a7-3385-48ef-bd42-f606fba81ae7";

    private static readonly string s_user = Object("AZUser", $$"""{"id":"{{Mara}}","userPrincipalName":"mara@acme.example","accountEnabled":true,"userType":"Member","mail":"mara@acme.example","tenantId":"{{Tenant}}"}""");
    private static readonly string s_app = Object("AZApp", $$"""{"appId":"{{PayApp}}","displayName":"Payroll","tenantId":"{{Tenant}}","passwordCredentials":[{"keyId":"44444444-5555-6666-7777-888888888888","displayName":"ci","startDateTime":"2025-01-01T00:00:00Z","endDateTime":"2026-01-01T00:00:00Z","hint":"canaryHint","secretText":"canarySecretText"}]}""");
    private static readonly string s_principal = Object("AZServicePrincipal", $$"""{"id":"{{PaySp}}","appId":"{{PayApp}}","displayName":"Payroll","accountEnabled":true,"servicePrincipalType":"Application","appOwnerOrganizationId":"{{Tenant}}","tenantId":"{{Tenant}}"}""");

    private readonly FileStory _story = new(new AzureHoundFormat());

    public void Dispose() => _story.Dispose();

    [Fact]
    public void An_owner_of_an_application_reaches_its_service_principal_by_a_secret_of_his_own()
    {
        Read(s_user, s_app, s_principal, Object("AZAppOwner", $$"""{"appId":"{{PayApp}}","owners":[{"appId":"{{PayApp}}","owner":{"@odata.type":"#microsoft.graph.user","id":"{{Mara}}"} }]}"""));

        Assert.Equal([$"{Id(Mara)} -> {Id(PayApp)}"], _story.Edges("CAN_ISSUE_CREDENTIAL").Where(edge => edge.StartsWith(Id(Mara), StringComparison.Ordinal)));
        Assert.Equal([$"{Id(PayApp)} -> {Id(Mara)}"], _story.Edges("OWNED_BY"));
        Assert.Equal("amplified", Reached(Mara, PaySp));
    }

    [Fact]
    public void Somebody_who_is_no_owner_does_not()
    {
        Read(s_user, s_app, s_principal, Object("AZAppOwner", $$"""{"appId":"{{PayApp}}","owners":[{"appId":"{{PayApp}}","owner":{"@odata.type":"#microsoft.graph.user","id":"{{Noor}}"} }]}"""));

        Assert.Equal("no", Reached(Mara, PaySp));
    }

    [Fact]
    public void A_secret_is_known_by_its_key_and_times_and_never_by_its_value_or_hint()
    {
        Read(s_app, s_principal);
        const string secret = "azure:credential/44444444-5555-6666-7777-888888888888";

        Assert.Equal("clientSecret", _story.Said(secret, Properties.CredentialKind));
        Assert.Equal("2026-01-01T00:00:00Z", _story.Said(secret, Properties.ExpiresAt));
        Assert.Equal([$"{secret} -> {Id(PayApp)}"], _story.Edges("AUTHENTICATES_AS"));
        Assert.DoesNotContain("canary", _story.Everything());
    }

    [Fact]
    public void What_is_not_said_to_be_enabled_is_of_unknown_state()
    {
        Read(s_user, Object("AZUser", $$"""{"id":"{{Noor}}","userPrincipalName":"noor@acme.example","tenantId":"{{Tenant}}"}"""), Object("AZUser", $$"""{"id":"{{Ops}}","accountEnabled":false,"userType":"Guest","tenantId":"{{Tenant}}"}"""));

        Assert.Equal(["Active", null, "Disabled"], new[] { Mara, Noor, Ops }.Select(id => _story.Said(Id(id), Properties.State)));
        Assert.Equal(["false", null, "true"], new[] { Mara, Noor, Ops }.Select(id => _story.Said(Id(id), Properties.Guest)));
        Assert.Contains(_story.Report.Warnings, warning => warning.Contains("`accountEnabled`", StringComparison.Ordinal));
    }

    [Fact]
    public void A_global_administrator_reaches_everything_and_a_helpdesk_only_perhaps()
    {
        Read(s_user, s_app, s_principal, Role(GlobalAdministrator, "Global Administrator"), HasRole(Mara, GlobalAdministrator, "/"));
        Assert.Equal("direct", Reached(Mara, Tenant));
        Assert.Equal("amplified", Reached(Mara, PaySp));

        using var helpdesk = new FileStory(new AzureHoundFormat());
        helpdesk.Read("a.json", File(s_user, Object("AZUser", $$"""{"id":"{{Noor}}","accountEnabled":true,"tenantId":"{{Tenant}}"}"""), Role("729827e3-9c14-49f7-bb1b-9608f156bbb8", "Helpdesk Administrator"), HasRole(Mara, "729827e3-9c14-49f7-bb1b-9608f156bbb8", "/")));
        Assert.Equal("possibly", Reached(Mara, Noor, helpdesk));
    }

    [Fact]
    public void An_application_administrator_takes_applications_and_no_users()
    {
        const string administrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
        Read(s_user, Object("AZUser", $$"""{"id":"{{Noor}}","accountEnabled":true,"tenantId":"{{Tenant}}"}"""), s_app, s_principal, Role(administrator, "Application Administrator"), HasRole(Mara, administrator, "/"));

        Assert.Equal("amplified", Reached(Mara, PaySp));
        Assert.NotEqual("amplified", Reached(Mara, Noor));
    }

    [Fact]
    public void A_role_on_one_application_is_no_role_in_the_tenant()
    {
        const string administrator = "9b895d92-2cd3-44c7-9d02-a6ac2d5ea5c3";
        Read(s_user, s_app, s_principal, Role(administrator, "Application Administrator"), HasRole(Mara, administrator, "/" + PaySp));

        Assert.Empty(_story.Edges("HAS_ROLE"));
        Assert.Equal("amplified", Reached(Mara, PaySp));
        Assert.NotEqual("amplified", Reached(Mara, PayApp));
    }

    [Fact]
    public void A_role_nobody_described_is_of_unknown_level_and_counted()
    {
        const string own = "99999999-aaaa-bbbb-cccc-dddddddddddd";
        Read(s_user, Role(own, "Payroll Desk"), HasRole(Mara, own, "/"));

        Assert.Contains($"azure:entitlement/{Uri.EscapeDataString($"directory-role/{own}@{Tenant}")} -> {Id(Tenant)} right=Payroll Desk", _story.Edges("ENTITLES"));
        Assert.Equal(1, _story.Report.Unrecognised["directory role Payroll Desk"]);
        Assert.Equal("possibly", Reached(Mara, Tenant));
    }

    [Fact]
    public void A_reader_of_the_directory_reads_it_by_the_catalogue_and_takes_nobody()
    {
        const string reader = "f2ef992c-3afb-46b9-b7cf-a126ee74c451";
        Read(s_user, Object("AZUser", $$"""{"id":"{{Noor}}","accountEnabled":true,"tenantId":"{{Tenant}}"}"""), Role(reader, "Global Reader"), HasRole(Mara, reader, "/"));

        Assert.Equal("direct", Reached(Mara, Tenant));
        Assert.Equal("no", Reached(Mara, Noor));
        Assert.Empty(_story.Report.Unrecognised);
    }

    [Fact]
    public void An_owner_of_a_subscription_reaches_a_machine_in_it_and_its_identity_and_a_reader_only_looks()
    {
        Read(Resources(Mara, Owner));
        Assert.Equal("direct", Reached(Mara, Machine));
        Assert.Equal("direct", Reached(Mara, PaySp));

        using var contributor = new FileStory(new AzureHoundFormat());
        contributor.Read("a.json", File(Resources(Mara, Contributor)));
        Assert.Equal("direct", Reached(Mara, PaySp, contributor));
        Assert.Contains($"{Id(Mara)} -> {Id(Subscription)} rights=DRWU right=AZContributor", contributor.Edges("ENTITLES"));

        using var other = new FileStory(new AzureHoundFormat());
        other.Read("a.json", File(Resources(Noor, Owner)));
        Assert.Equal("no", Reached(Mara, Machine, other));
    }

    [Fact]
    public void An_inherited_assignment_is_stated_where_it_was_made()
    {
        Read([.. Resources(Noor, Reader), Object("AZVMOwner", $$"""{"virtualMachineId":"{{Machine}}","owners":[{"virtualMachineId":"{{Machine}}","owner":{"properties":{"principalId":"{{Mara}}","roleDefinitionId":"{{Subscription}}/providers/Microsoft.Authorization/roleDefinitions/{{Owner}}","scope":"{{Group}}"} } }]}""")]);

        Assert.Contains(_story.Edges("ENTITLES"), edge => edge.StartsWith($"{Id(Mara)} -> {Id(Group)} rights=", StringComparison.Ordinal));
        Assert.DoesNotContain(_story.Edges("ENTITLES"), edge => edge.StartsWith($"{Id(Mara)} -> {Id(Machine)}", StringComparison.Ordinal));
        Assert.Equal("direct", Reached(Mara, Machine));
    }

    [Fact]
    public void An_access_policy_opens_a_vault_unless_the_vault_decides_by_roles()
    {
        static string Policy() => Object("AZKeyVaultAccessPolicy", $$"""{"keyVaultId":"{{Vault}}","objectId":"{{Mara}}","permissions":{"secrets":["Get","List"],"keys":["Sign"]} }""");
        static string Kept(string rbac) => Object("AZKeyVault", $$"""{"id":"{{Vault}}","name":"pay","tenantId":"{{Tenant}}","properties":{ {{rbac}} } }""");
        Read(s_user, Policy(), Kept(""));
        Assert.Contains($"{Id(Mara)} -> {Id(Vault)} rights=DRU right=AccessPolicy", _story.Edges("ENTITLES"));
        Assert.Equal("vault", _story.Said(Id(Vault), Properties.StoreKind));

        using var byRoles = new FileStory(new AzureHoundFormat());
        byRoles.Read("a.json", File(s_user, Policy(), Kept("\"enableRbacAuthorization\":true")));
        Assert.DoesNotContain(byRoles.Edges("ENTITLES"), edge => edge.Contains("AccessPolicy", StringComparison.Ordinal));
        Assert.Contains(byRoles.Report.Warnings, warning => warning.Contains("decides by role assignments", StringComparison.Ordinal));
    }

    [Fact]
    public void A_permission_to_write_applications_is_a_grant_that_takes_applications()
    {
        Read(s_app, s_principal, Object("AZServicePrincipal", $$"""{"id":"{{Ops}}","appId":"{{Noor}}","accountEnabled":true,"servicePrincipalType":"Application","tenantId":"{{Tenant}}"}"""), Object("AZAppRoleAssignment", $$"""{"appRoleId":"1bfefb4e-e0b5-418b-a88f-73c46d2cc8e9","id":"a1","principalId":"{{Ops}}","principalType":"ServicePrincipal","resourceId":"{{Mara}}","resourceDisplayName":"Microsoft Graph","appId":"00000003-0000-0000-c000-000000000000","tenantId":"{{Tenant}}"}"""));

        Assert.Contains($"azure:grant/a1 -> {Id(Ops)}", _story.Edges("GRANTED_TO"));
        Assert.Equal("amplified", Reached(Ops, PaySp));
    }

    [Fact]
    public void Eligibility_is_no_membership_and_its_gates_come_from_the_policy_wherever_it_stands()
    {
        Read(
            s_user,
            Role(GlobalAdministrator, "Global Administrator"),
            Object("AZRoleEligibilityScheduleInstance", $$"""{"id":"e1","roleDefinitionId":"{{GlobalAdministrator}}","principalId":"{{Mara}}","directoryScopeId":"/","startDateTime":"2025-05-01T00:00:00Z","tenantId":"{{Tenant}}"}"""),
            Object("AZRoleManagementPolicyAssignment", $$"""{"id":"p1","roleDefinitionId":"{{GlobalAdministrator}}","endUserAssignmentRequiresApproval":true,"endUserAssignmentRequiresMFA":true,"tenantId":"{{Tenant}}"}"""));

        var assignment = Assert.Single(_story.Nodes("Assignment"));
        Assert.Equal("eligible", _story.Said(assignment, Properties.AssignmentKind));
        Assert.Equal("mfaFactor, humanApproval", _story.Said(assignment, Properties.Gates));
        Assert.Equal("no", Reached(Mara, Tenant));
    }

    [Fact]
    public void A_federated_credential_lets_its_workload_in()
    {
        Read(s_app, s_principal, Object("AZFederatedIdentityCredential", $$"""{"id":"f1","name":"deploy","appId":"{{PayApp}}","issuer":"https://token.actions.githubusercontent.com","subject":"repo:acme/pay:environment:prod","audiences":["api://AzureADTokenExchange"],"tenantId":"{{Tenant}}"}"""));

        const string workload = "oidc:token.actions.githubusercontent.com/repo%3Aacme%2Fpay%3Aenvironment%3Aprod";
        Assert.Equal([$"azure:federated-credential/f1 -> {workload}"], _story.Edges("HELD_BY"));
        Assert.Contains($"azure:federated-credential/f1 -> {Id(PayApp)}", _story.Edges("AUTHENTICATES_AS"));
    }

    [Fact]
    public void Nothing_is_complete_unless_somebody_vouches_and_never_with_a_record_left_out()
    {
        Read(new[] { "AZUser", "AZApp" }, s_user, s_app, Object("AZApp", """{"displayName":"no id"}"""));

        Assert.Equal(["AZUser"], _story.Whole);
        Assert.Contains(_story.Rejects, reject => reject.StartsWith("data[2].appId: it has no identifier", StringComparison.Ordinal));
        Assert.Equal((3, 1), (_story.Runs[0].Outcome.Read, _story.Runs[0].Outcome.Rejected));
    }

    [Fact]
    public void A_kind_nobody_described_is_counted_and_not_imported()
    {
        Read(s_user, Object("AZSpaceship", """{"id":"x"}"""));

        Assert.Equal(1, _story.Report.Unrecognised["kind AZSpaceship"]);
        Assert.Equal(["imported", "refused"], _story.Trace.Select(line => line.Became));
    }

    [Fact]
    public void Nobody_is_asked_to_own_what_only_stands_for_a_right()
    {
        Read(s_user, s_app, s_principal, Role(GlobalAdministrator, "Global Administrator"), HasRole(Mara, GlobalAdministrator, "/"));

        Assert.Contains(_story.Nodes("Application"), id => id.StartsWith("azure:power/", StringComparison.Ordinal));
        Assert.Equal([Id(PayApp), Id(PaySp)], Owners.Asked(_story.Graph()).Where(node => node.Kind != NodeKinds.Credential).Select(node => node.Id).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_foreign_application_is_run_by_a_vendor()
    {
        Read(Object("AZServicePrincipal", $$"""{"id":"{{PaySp}}","appId":"{{PayApp}}","appDisplayName":"Mailer","accountEnabled":true,"appOwnerOrganizationId":"{{Noor}}","tenantId":"{{Tenant}}"}"""));

        Assert.Equal("true", _story.Said(Id(PayApp), Properties.ThirdParty));
        Assert.Equal([$"{Id(PayApp)} -> azure:organization/{Noor}"], _story.Edges("OPERATED_BY"));
    }

    [Fact]
    public void Its_run_names_the_tenant_and_the_time_it_was_collected()
    {
        Read(s_user);

        Assert.Equal(("azure", Tenant, FileStory.Day), (_story.Runs[0].Header.Source, _story.Runs[0].Header.Tenant, _story.Runs[0].Header.StartedAt));
    }

    private static string[] Resources(string principal, string role) =>
    [
        s_user,
        s_principal,
        Object("AZSubscription", $$"""{"id":"{{Subscription}}","displayName":"Prod","tenantId":"{{Tenant}}"}"""),
        Object("AZResourceGroup", $$"""{"id":"{{Group}}","name":"pay","subscriptionId":"{{Subscription}}","tenantId":"{{Tenant}}"}"""),
        Object("AZVM", $$"""{"id":"{{Machine}}","name":"pay-1","tenantId":"{{Tenant}}","identity":{"principalId":"{{PaySp}}","type":"SystemAssigned"} }"""),
        Object("AZSubscriptionRoleAssignment", $$"""{"subscriptionId":"{{Subscription}}","roleAssignments":[{"subscriptionId":"{{Subscription}}","roleAssignment":{"properties":{"principalId":"{{principal}}","roleDefinitionId":"{{Subscription}}/providers/Microsoft.Authorization/roleDefinitions/{{role}}","scope":"{{Subscription}}"} } }]}"""),
    ];

    private static string Role(string id, string name) => Object("AZRole", $$"""{"id":"{{id}}","templateId":"{{id}}","displayName":"{{name}}","isBuiltIn":true,"isEnabled":true,"tenantId":"{{Tenant}}"}""");

    private static string HasRole(string principal, string role, string scope) =>
        Object("AZRoleAssignment", $$"""{"roleDefinitionId":"{{role}}","tenantId":"{{Tenant}}","roleAssignments":[{"id":"r1","principalId":"{{principal}}","roleDefinitionId":"{{role}}","directoryScopeId":"{{scope}}"}]}""");

    private static string Object(string kind, string data) => $$"""{"kind":"{{kind}}","data":{{data}}}""";

    private static string File(params string[] objects) => "{\n\t\"data\": [\n" + string.Join(",\n", objects) + "\n\t],\n\t\"meta\": {\"type\":\"azure\",\"version\":5,\"count\":99}\n}\n";

    private static string Id(string identifier) => "azure:object/" + Uri.EscapeDataString(identifier.ToLowerInvariant());

    private void Read(params string[] objects) => _story.Read("azurehound.json", File(objects));

    private void Read(string[] complete, params string[] objects) => _story.Read("azurehound.json", File(objects), complete);

    private string Reached(string from, string to, FileStory? story = null) => (story ?? _story).Reached(Id(from), Id(to));
}
