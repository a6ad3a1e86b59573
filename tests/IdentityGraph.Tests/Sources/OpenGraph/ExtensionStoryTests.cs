using IdentityGraph.Report.Answers;
using static IdentityGraph.Tests.Sources.OpenGraph.Payload;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>What the tables make of each extension: who reaches what, and beside it who does not.</summary>
public sealed class ExtensionStoryTests
{
    [Theory]
    [InlineData("GH_CanCreateBranch", "U")]
    [InlineData("GH_ReadRepoContents", "")]
    public async Task Who_can_push_a_branch_has_the_secrets_of_its_workflows_and_who_reads_does_not(string right, string secret)
    {
        var answer = await BlastRadius(
            Whole(
                [Node("mara", "GH_User"), Node("writers", "GH_RepoRole"), Node("shop", "GH_Repository"), Node("token", "GH_RepoSecret")],
                [Edge("mara", "GH_HasRole", "writers"), Edge("writers", right, "shop"), Edge("shop", "GH_HasSecret", "token")]),
            "mara");

        Assert.Equal(secret, Possible(answer, "token"));
        Assert.StartsWith("DR", Possible(answer, "shop"));
    }

    [Theory]
    [InlineData("GH_WriteRepoContents", "", "U")]
    [InlineData("GH_ReadRepoContents", "", "")]
    [InlineData("GH_WriteRepoContents", "GH_CanCreateBranch", "")] // it was computed, for somebody else
    [InlineData("GH_WriteRepoContents", "GH_CanWriteBranch", "")]
    [InlineData("GH_WriteRepoContents", "GH_CanEditProtection", "U")]
    public async Task Who_writes_a_repository_possibly_has_its_secrets_unless_that_was_computed(string right, string other, string secret)
    {
        string[] edges = [Edge("mara", "GH_HasRole", "writers"), Edge("writers", right, "shop"), Edge("shop", "GH_HasSecret", "token")];
        var answer = await BlastRadius(
            Whole(
                [Node("mara", "GH_User"), Node("kim", "GH_User"), Node("writers", "GH_RepoRole"), Node("shop", "GH_Repository"), Node("site", "GH_Repository"), Node("token", "GH_RepoSecret")],
                other.Length == 0 ? edges : [.. edges, Edge("kim", other, "site")]),
            "mara");

        Assert.Equal((secret, ""), (Possible(answer, "token"), Certain(answer, "token")));
    }

    [Theory]
    [InlineData("account", "acc", true)]
    [InlineData("db", "acc", false)] // privileges on a database hold for nothing in it
    [InlineData("account", "db", false)] // a database of no account that is known
    public async Task What_lies_in_a_schema_of_a_database_lies_in_the_account_and_who_has_the_database_alone_has_it_not(string over, string lies, bool reached)
    {
        var answer = await BlastRadius(
            Whole(
                [Node("mara", "SNOW_User", "\"disabled\":\"false\""), Node("sec", "SNOW_Role"), Node("acc", "SNOW_Account"), Node("db", "SNOW_Database"), Node("schema", "SNOW_Schema"), Node("pay", "SNOW_Table")],
                [
                    Edge("schema", "SNOW_Contains", "pay"), Edge("db", "SNOW_Contains", "schema"), .. lies == "acc" ? [Edge("acc", "SNOW_Contains", "db")] : Array.Empty<string>(),
                    Edge("mara", "SNOW_Usage", "sec"), over == "db" ? Edge("sec", "SNOW_Ownership", "db") : Edge("sec", "SNOW_ManageGrants", "acc"),
                ]),
            "mara");

        Assert.Equal((reached, reached), (Of(answer, "schema") is not null, Of(answer, "pay") is not null));
    }

    [Theory]
    [InlineData("ACTIVE", "DRWUAC")]
    [InlineData("SUSPENDED", "")]
    public async Task A_super_administrator_of_Okta_has_all_of_it_unless_suspended(string status, string rights)
    {
        var answer = await BlastRadius(Whole([Node("mara", "Okta_User", $"\"status\":\"{status}\""), Node("acme", "Okta_Organization")], [Edge("mara", "Okta_SuperAdmin", "acme")]), "mara");

        Assert.Equal(rights, Certain(answer, "acme"));
    }

    [Theory]
    [InlineData("Okta_ResetPassword", "U")]
    [InlineData("Okta_ManagerOf", "")]
    public async Task Who_resets_a_password_has_the_account_amplified_and_who_manages_the_person_has_not(string right, string rights)
    {
        var answer = await BlastRadius(
            Whole([Node("mara", "Okta_User", "\"status\":\"ACTIVE\""), Node("kim", "Okta_User", "\"status\":\"ACTIVE\"")], [Edge("mara", right, "kim")]), "mara");

        Assert.Equal(rights, answer.Reached.SingleOrDefault(node => node.Id == "opengraph:object/KIM")?.Certain.Amplified ?? "");
        Assert.Equal("", Certain(answer, "kim"));
    }

    [Theory]
    [InlineData("SNOW_Select", "DR")]
    [InlineData("SNOW_Monitor", "D")]
    public async Task A_privilege_on_data_is_a_right_though_its_definition_calls_it_not_traversable(string privilege, string rights)
    {
        var answer = await BlastRadius(
            Whole(
                [Node("mara", "SNOW_User", "\"disabled\":\"false\""), Node("analyst", "SNOW_Role"), Node("pay", "SNOW_Table")],
                [Edge("mara", "SNOW_Usage", "analyst"), Edge("analyst", privilege, "pay", "{\"traversable\":false}")]),
            "mara");

        Assert.Equal(rights, Certain(answer, "pay"));
    }

    [Theory]
    [InlineData("OPViewItems", "U")]
    [InlineData("OPContains", "")]
    public async Task Who_views_a_vault_has_what_it_keeps(string right, string rights)
    {
        var answer = await BlastRadius(
            Whole([Node("mara", "OPUser", "\"state\":\"ACTIVE\""), Node("vault", "OPVault"), Node("login", "OPLogin")], [Edge("mara", right, "vault"), Edge("vault", "OPHasItem", "login")]), "mara");

        Assert.Equal(rights, Certain(answer, "login"));
    }

    [Theory]
    [InlineData("TS_SSHRuleTargetsDevice", "DRW", "DRW")]
    [InlineData("TS_AclTargetsDevice", "", "DRWUA")]
    public async Task An_SSH_rule_gives_the_device_and_a_network_rule_possibly(string right, string certain, string possible)
    {
        var answer = await BlastRadius(
            Whole([Node("ops", "TS_Group"), Node("rule", "TS_SSHRule"), Node("host", "TS_Device"), Node("robot", "Okta_User", "\"status\":\"ACTIVE\"")], [Edge("robot", "TS_IsMemberOf", "ops"), Edge("ops", "TS_SSHRuleSource", "rule"), Edge("rule", right, "host")]),
            "robot");

        Assert.Equal((certain, possible), (Certain(answer, "host"), Possible(answer, "host")));
    }

    [Theory]
    [InlineData("ATExecute", "U")]
    [InlineData("ATRead", "")]
    public async Task Who_runs_a_job_template_has_the_credential_its_jobs_have(string right, string rights)
    {
        var answer = await BlastRadius(
            Whole([Node("mara", "ATUser"), Node("deploy", "ATJobTemplate"), Node("key", "ATCredential")], [Edge("mara", right, "deploy"), Edge("deploy", "ATUses", "key")]), "mara");

        Assert.Equal(rights, Possible(answer, "key"));
    }

    [Theory]
    [InlineData("AZRegisterPasskey", "U")]
    [InlineData("AZTapExclude", "")]
    public async Task Azures_relationships_go_by_Azures_own_table(string right, string rights)
    {
        var json = Whole(["""{"id":"SP","kinds":["AZServicePrincipal","AZBase"],"properties":{"enabled":true}}""", """{"id":"kim","kinds":["AZUser","AZBase"],"properties":{"enabled":true}}"""], [Edge("SP", right, "kim", "{\"traversable\":false}")]);
        using var folder = new Stores.TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(folder.Sub()).FullName, "graph.json");
        await File.WriteAllTextAsync(path, json, TestContext.Current.CancellationToken);
        var answer = await BlastRadius([(new IdentityGraph.Sources.OpenGraph.OpenGraphFormat(), path)], "azure:object/sp");

        Assert.Equal(rights, answer.Reached.SingleOrDefault(node => node.Id == "azure:object/kim")?.Certain.Amplified ?? "");
    }

    private static string Certain(BlastRadiusAnswer answer, string id) => Of(answer, id)?.Certain.Direct ?? "";

    private static string Possible(BlastRadiusAnswer answer, string id) => Of(answer, id)?.Possible.Direct ?? "";

    private static ReachedNode? Of(BlastRadiusAnswer answer, string id) => answer.Reached.SingleOrDefault(node => node.Id == "opengraph:object/" + id.ToUpperInvariant());
}
