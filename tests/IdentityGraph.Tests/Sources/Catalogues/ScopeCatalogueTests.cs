using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Catalogues;

namespace IdentityGraph.Tests.Sources.Catalogues;

public sealed class ScopeCatalogueTests
{
    [Theory]
    [InlineData("microsoft-graph", "RoleManagement.ReadWrite.Directory", "grant")]
    [InlineData("microsoft-graph", "9e3f62cf-ca93-4989-b6ce-bf83c28f9fe8", "grant")]
    [InlineData("microsoft-graph", "AppRoleAssignment.ReadWrite.All", "grant")]
    [InlineData("microsoft-graph", "Application.ReadWrite.All", "issueCredential provision")]
    [InlineData("microsoft-graph", "User.ReadWrite.All", "deprovision manageIdentity provision")]
    [InlineData("entra-roles", "Privileged Role Administrator", "grant manageGroup")]
    [InlineData("entra-roles", "62E90394-69F5-4237-9190-012177145E10", "deprovision grant issueCredential manageGroup manageIdentity manageLicence provision")]
    [InlineData("azure-roles", "User Access Administrator", "grant")]
    [InlineData("aws-actions", "IAM:createaccesskey", "issueCredential")]
    [InlineData("aws-actions", "iam:AttachUserPolicy", "grant")]
    [InlineData("okta-scopes", "okta.roles.manage", "grant")]
    [InlineData("github-scopes", "admin:org", "deprovision grant manageGroup manageIdentity provision")]
    [InlineData("gcp-roles", "roles/iam.serviceAccountTokenCreator", "issueCredential")]
    public void A_word_or_its_identifier_is_found_with_what_it_can_do(string catalogue, string word, string capabilities) =>
        Assert.Equal(capabilities, string.Join(' ', ScopeCatalogue.Find(catalogue, word)!.Capabilities));

    [Theory]
    [InlineData("microsoft-graph", "RoleManagement.Read.Directory", "DR")]
    [InlineData("microsoft-graph", "Mail.Send", "DU")]
    [InlineData("entra-roles", "Global Administrator", "DRWUAC")]
    [InlineData("entra-roles", "Global Reader", "DR")]
    [InlineData("azure-roles", "Owner", "DRWUA")]
    [InlineData("azure-roles", "Contributor", "DRWU")]
    [InlineData("azure-roles", "Reader", "DR")]
    [InlineData("azure-roles", "Key Vault Secrets User", "DR")]
    [InlineData("azure-roles", "Key Vault Reader", "D")]
    [InlineData("azure-roles", "Storage Account Key Operator Service Role", "DRU")]
    [InlineData("aws-actions", "iam:ListUsers", "D")]
    [InlineData("aws-actions", "secretsmanager:GetSecretValue", "DR")]
    [InlineData("aws-actions", "secretsmanager:DescribeSecret", "D")]
    [InlineData("aws-actions", "iam:PassRole", "DU")]
    [InlineData("aws-actions", "s3:PutBucketPolicy", "DWA")]
    [InlineData("gcp-roles", "roles/secretmanager.secretAccessor", "DR")]
    [InlineData("gcp-roles", "roles/secretmanager.viewer", "D")]
    [InlineData("gcp-roles", "roles/viewer", "DR")]
    [InlineData("gcp-roles", "roles/editor", "DRWU")]
    [InlineData("github-permissions", "contents:write", "DRW")]
    [InlineData("github-permissions", "secrets:read", "D")]
    [InlineData("slack-scopes", "channels:history", "DR")]
    public void A_word_gives_the_rights_its_vendor_means(string catalogue, string word, string rights) =>
        Assert.Equal(rights, ScopeCatalogue.Find(catalogue, word)!.Rights!.Value.ToLetters());

    [Fact]
    public void A_word_nobody_catalogued_is_unknown_and_not_without_rights()
    {
        Assert.Null(ScopeCatalogue.Find("okta-scopes", "okta.teleport.manage"));

        var edge = Assert.Single(ConferredRights.Of(null, "okta:scope/teleport", "okta:system"));
        Assert.Equal(("CONFERS", "okta:scope/teleport", "okta:system", EvidenceGrade.Inference), (edge.Kind, edge.Of, edge.To, edge.Grade));
        Assert.Empty(edge.Properties);
    }

    [Fact]
    public void Scopes_that_give_nothing_confer_nothing() =>
        Assert.Empty(ConferredRights.Of(ScopeCatalogue.Find("okta-scopes", "online_access"), "okta:scope/online", "okta:system"));

    [Fact]
    public void A_word_about_a_part_confers_rights_there_and_abilities_on_the_whole()
    {
        var edges = ConferredRights.Of(ScopeCatalogue.Find("entra-roles", "Privileged Role Administrator"), "role", "entra", part => $"entra:area/{part}");

        Assert.Equal(
            ["entra:area/directory rights=DRWA", "entra capability=grant maxLevel=L6", "entra capability=manageGroup maxLevel=L6"],
            edges.Select(Text));
    }

    [Fact]
    public void Who_resets_some_passwords_is_not_said_to_reset_them_all_nor_none()
    {
        var helpdesk = ScopeCatalogue.Find("entra-roles", "Helpdesk Administrator")!;

        Assert.Equal(["manageIdentity"], helpdesk.Capabilities);
        Assert.Equal(["issueCredential"], helpdesk.LimitedCapabilities);
        Assert.True(helpdesk.WritesIdentity);
        Assert.Equal(["entra", "entra rights=DRW", "entra capability=manageIdentity"], ConferredRights.Of(helpdesk, "role", "entra").Select(Text));
    }

    [Fact]
    public void Nothing_is_conferred_in_a_word_that_only_reads() =>
        Assert.False(ScopeCatalogue.Find("entra-roles", "Global Reader")!.WritesIdentity);

    [Fact]
    public void A_pattern_finds_the_words_it_means_in_any_case()
    {
        var aws = ScopeCatalogue.Of("aws-actions");

        Assert.Equal(["iam:CreateLoginProfile", "iam:DeleteLoginProfile", "iam:GetLoginProfile", "iam:UpdateLoginProfile"], aws.Matching("IAM:*loginprofile").Select(row => row.Word));
        Assert.Equal(["sts:AssumeRole", "sts:AssumeRoot"], aws.Matching("sts:AssumeRo??").Select(row => row.Word));
        Assert.Empty(aws.Matching("iam:NoSuchAction*"));
    }

    [Fact]
    public void Words_together_are_unknown_where_one_is()
    {
        var slack = ScopeCatalogue.Of("slack-scopes");

        Assert.Equal(Rights.Discover | Rights.Read | Rights.Use, slack.Together(["users:read", "chat:write"], out _));
        Assert.Null(slack.Together(["users:read", "users:levitate"], out var known));
        Assert.Equal("DR", known.ToLetters());
    }

    [Fact]
    public void A_level_that_is_not_that_of_the_rights_is_refused_with_its_line()
    {
        using var file = new StringReader($"# about: test\n# version: 2026-01-01\n{CatalogueFiles.Columns}\na\t-\tDR\tL3\t-\t-\t-\t-\tx\n");

        var refused = Assert.Throws<InvalidDataException>(() => CatalogueFiles.Read("test", file));
        Assert.Equal("catalogue `test`, line 4: rights `DR` are not of level `L3`", refused.Message);
    }

    private static string Text(Observation.SawEdge edge) =>
        string.Join(' ', edge.Properties.Select(property => $"{property.Key}={property.Value.AsText()}").Prepend(edge.To));
}
