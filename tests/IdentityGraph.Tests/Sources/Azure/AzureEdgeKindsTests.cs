using IdentityGraph.Collect;
using IdentityGraph.Sources.Azure;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.Azure;

/// <summary>The relationships of BloodHound's Azure schema, whoever states them.</summary>
public sealed class AzureEdgeKindsTests
{
    private const string Mara = "6B29FC40-CA47-1067-B31D-00DD010662DA";
    private const string Payroll = "0F8FAD5B-D9CB-469F-A165-70867728950E";
    private const string Tenant = "7C9E6679-7425-40DE-944B-E07FC1F90AE7";
    private const string Vault = "/subscriptions/1a2b/resourceGroups/pay/providers/Microsoft.KeyVault/vaults/pay";

    [Fact]
    public void An_owner_of_an_application_can_make_a_secret_of_it_and_an_owner_of_a_group_can_add_members()
    {
        Assert.Equal([$"CAN_ISSUE_CREDENTIAL {Id(Mara)} {Id(Payroll)}"], Facts("AZOwns", AzureKind.User, AzureKind.App));
        Assert.Equal([$"CAN_GRANT {Id(Mara)} {Id(Payroll)} maxLevel=none"], Facts("AZOwns", AzureKind.User, AzureKind.Group));
    }

    [Fact]
    public void A_role_or_group_takes_over_through_the_administration_of_its_target()
    {
        var said = Facts("AZRegisterPasskey", AzureKind.Role, AzureKind.User);

        Assert.Contains($"CAN_ISSUE_CREDENTIAL azure:administration/{Payroll.ToLowerInvariant()} {Id(Payroll)}", said);
        Assert.Contains($"ENTITLES {Id(Mara)} azure:administration/{Payroll.ToLowerInvariant()} rights=U right=AZRegisterPasskey", said);
    }

    [Fact]
    public void A_relationship_nobody_described_is_of_unknown_level_and_one_that_gives_nothing_says_so()
    {
        var said = Facts("AZPaints", AzureKind.User, AzureKind.KeyVault);

        Assert.Equal([$"ENTITLES {Id(Mara)} {Id(Payroll)} right=AZPaints"], said);
        Assert.Empty(Facts("AZRoleApprover", AzureKind.User, AzureKind.Role));
        Assert.Null(AzureEdgeKinds.Find("AZPaints", AzureKind.KeyVault));
    }

    [Fact]
    public void An_access_administrator_gives_itself_ownership_and_a_contributor_does_not()
    {
        var facts = new FactList();
        var mapping = new AzureLinkMapping(facts);
        mapping.Map(new AzureLink(Mara, AzureKind.Base, "AZUserAccessAdministrator", Vault, AzureKind.KeyVault));
        mapping.Map(new AzureLink(Mara, AzureKind.Base, "AZContributor", Vault, AzureKind.KeyVault));

        var said = Said(facts);
        var path = Uri.EscapeDataString(Vault.ToLowerInvariant());
        Assert.Contains($"CAN_GRANT azure:administration/{path} azure:scoped-role/owner%40{path} maxLevel=none", said);
        Assert.Contains($"ENTITLES {Id(Mara)} azure:object/{path} rights=DRWU right=AZContributor", said);
    }

    [Fact]
    public void A_permission_behind_a_relationship_is_a_grant_with_a_scope()
    {
        var said = Facts("AZMGGroup_ReadWrite_All", AzureKind.ServicePrincipal, AzureKind.Tenant);

        Assert.Contains(said, fact => fact.StartsWith($"GRANTED_TO azure:grant/", StringComparison.Ordinal) && fact.EndsWith(Id(Mara), StringComparison.Ordinal));
        Assert.Contains(said, fact => fact.StartsWith("CONFERS", StringComparison.Ordinal) && fact.Contains("group.readwrite.all", StringComparison.Ordinal));
    }

    [Fact]
    public void No_row_stands_twice_and_every_kind_of_edge_may_join_its_ends()
    {
        var rows = AzureEdgeKinds.Rows.SelectMany(row => row.Targets.Select(target => (row.Right, target))).ToList();

        Assert.Equal(rows.Count, rows.Distinct().Count());
        Assert.All(AzureEdgeKinds.Rows, row => Assert.Equal(row.Effect == AzureEffect.Entitle, row.Letters is not null));
        Assert.All(AzureEdgeKinds.Rows, row => Assert.EndsWith(".", row.Why));
    }

    private static string Id(string identifier) => "azure:object/" + identifier.ToLowerInvariant();

    private static List<string> Facts(string kind, AzureKind start, AzureKind end)
    {
        var facts = new FactList();
        new AzureLinkMapping(facts).Map(new AzureLink(Mara, start, kind, Payroll, end, Tenant));
        return Said(facts);
    }

    private static List<string> Said(FactList facts) =>
    [
        .. facts.Facts.OfType<Observation.SawEdge>().Select(edge =>
            string.Join(' ', [edge.Kind, edge.Of, edge.To, .. edge.Properties.Select(property => $"{property.Key}={property.Value}")])),
    ];
}
