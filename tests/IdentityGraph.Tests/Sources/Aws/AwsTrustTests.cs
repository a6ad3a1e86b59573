using IdentityGraph.Collect;
using IdentityGraph.Tests.Stores;
using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Who may assume a role, and what policies give on resources.</summary>
public sealed class AwsTrustTests : IDisposable
{
    private const string Root = "arn:aws:iam::111122223333:";
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_trust_in_the_account_leaves_it_to_the_policies_of_the_account()
    {
        var trust = "{\"AWS\":\"111122223333\"}";
        Assert.Equal(["user/mara -> role/deployer"], Account(trust, Allow("sts:AssumeRole")).All("CAN_ASSUME"));
        Assert.Equal(["user/mara -> role/deployer if mfaFactor"], Account(trust, Allow("sts:AssumeRole"), ",\"Condition\":{\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}}").All("CAN_ASSUME"));
        Assert.Empty(Account(trust, Allow("s3:*")).All("CAN_ASSUME"));
        Assert.Empty(Account(trust, Allow("sts:AssumeRole", Root + "role/other")).All("CAN_ASSUME"));
        Assert.Empty(Account(trust, Allow("sts:AssumeRole") + "," + Deny("sts:*")).All("CAN_ASSUME"));
    }

    [Fact]
    public void A_trust_that_names_a_user_needs_nothing_else()
    {
        Assert.Equal(["user/mara -> role/deployer"], Account($"{{\"AWS\":\"{Root}user/mara\"}}", "").All("CAN_ASSUME"));
        Assert.Equal(["user/mara -> role/deployer if conditions:unread"], Account($"{{\"AWS\":\"{Root}user/mara\"}}", "", ",\"Condition\":{\"StringEquals\":{\"sts:ExternalId\":\"x\"}}").All("CAN_ASSUME"));
        Assert.Empty(Account($"{{\"AWS\":\"{Root}user/mara\"}}", Deny("sts:AssumeRole")).All("CAN_ASSUME"));
        Assert.Empty(Account(Service("ec2"), Allow("sts:AssumeRole")).All("CAN_ASSUME"));
    }

    [Fact]
    public void Another_account_that_was_not_read_lets_whom_it_likes_a_principal_of_it_may_be_let()
    {
        Assert.Equal(["principals/any -> role/deployer"], Account("{\"AWS\":\"444455556666\"}", "").All("CAN_ASSUME"));
        Assert.Equal(["user/eve -> role/deployer if conditions:unread"], Account("{\"AWS\":\"arn:aws:iam::444455556666:user/eve\"}", "").All("CAN_ASSUME"));
        Assert.Equal(["principals/everyone -> role/deployer", "user/mara -> role/deployer"], Account("\"*\"", "").All("CAN_ASSUME"));
    }

    [Fact]
    public void A_unique_id_that_nobody_has_is_named_in_the_report_and_one_that_somebody_has_is_not()
    {
        var nobody = Account("{\"AWS\":\"AIDAABCDEFGHIJKLMNOPQ\"}", "");
        var mara = Account("{\"AWS\":\"AIDAmara\"}", "");

        Assert.Equal(["principal/AIDAABCDEFGHIJKLMNOPQ -> role/deployer if conditions:unread"], nobody.All("CAN_ASSUME"));
        Assert.Single(nobody.Report.Warnings, line => line.Contains("names `AIDAABCDEFGHIJKLMNOPQ`, which is nobody that the files describe", StringComparison.Ordinal));
        Assert.Equal(["user/mara -> role/deployer"], mara.All("CAN_ASSUME"));
        Assert.DoesNotContain(mara.Report.Warnings, line => line.Contains("AIDA", StringComparison.Ordinal));
    }

    [Fact]
    public void An_action_that_looks_like_a_secret_is_left_out_and_what_it_gives_is_not_known()
    {
        var imported = new MadeUpAccount().User("mara", Allow("ghp_" + new string('z', 36) + ":CreateJob")).Import();

        Assert.Single(imported.Report.Rejects);
        var given = Assert.Single(imported.Edges, edge => edge.Kind == "ENTITLES");
        Assert.Equal("aws-111122223333:service/%28hidden%29", given.To);
        Assert.DoesNotContain(given.Properties, property => property.Key is "rights" or "level");
    }

    [Fact]
    public void Accounts_read_together_are_decided_on_both_sides()
    {
        var role = new MadeUpAccount().Role("deployer", "{\"AWS\":\"444455556666\"}").ToString();
        var other = new MadeUpAccount("444455556666").User("eve", Allow("sts:AssumeRole")).User("adam").ToString();
        var imported = AwsImport.OfText(role + other);

        Assert.Equal(["user/eve -> role/deployer"], imported.All("CAN_ASSUME"));
        Assert.Equal(["111122223333", "444455556666"], imported.Runs.Select(run => run.Header.Tenant));
    }

    [Fact]
    public void A_trust_in_everyone_or_one_that_cannot_be_read_is_open_to_whom_another_account_lets()
    {
        var other = new MadeUpAccount("444455556666").User("eve", Allow("sts:AssumeRole")).User("adam").ToString();

        Assert.Equal(["principals/everyone -> role/deployer", "user/eve -> role/deployer"], AwsImport.OfText(new MadeUpAccount().Role("deployer", "\"*\"") + other).All("CAN_ASSUME"));
        Assert.Equal(
            ["principals/everyone -> role/deployer if conditions:unread", "user/eve -> role/deployer if conditions:unread", "user/mara -> role/deployer if conditions:unread"],
            AwsImport.OfText(new MadeUpAccount().User("mara").Role("deployer", "17") + other).All("CAN_ASSUME"));
        Assert.Empty(AwsImport.OfText(new MadeUpAccount().User("mara").Role("deployer", Service("ec2")) + other).All("CAN_ASSUME"));
    }

    [Fact]
    public void A_token_of_an_identity_provider_is_a_subject_of_its_own()
    {
        const string Trust = "{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}";
        var json = new MadeUpAccount().Role("deployer", Trust, condition: ",\"Condition\":{\"StringEquals\":{\"token.actions.githubusercontent.com:aud\":\"sts.amazonaws.com\"},\"StringLike\":{\"token.actions.githubusercontent.com:sub\":\"repo:acme/app:*\"}}").ToString();

        Assert.Empty(AwsImport.OfText(json).All("CAN_ASSUME"));
        Assert.Equal(
            ["token.actions.githubusercontent.com/repo%3Aacme%2Fapp%3A%2A -> role/deployer"],
            AwsImport.OfText(json.Replace("\"sts:AssumeRole\"", "\"sts:AssumeRoleWithWebIdentity\"", StringComparison.Ordinal)).All("CAN_ASSUME"));
    }

    [Theory]
    [InlineData("repo:acme/app:ref:refs/heads/main", "repo:acme/app:*")]
    [InlineData("repo:Acme@123456/App@456789:environment:prod", "repo:acme/app:*")]
    [InlineData("repo:acme@123456/*:ref:refs/heads/main", "repo:acme/*")]
    [InlineData("repo:acme*", "*")]
    [InlineData("job_workflow_ref:acme/app/.github/workflows/ci.yml@main", "*")]
    public void A_subject_of_GitHub_in_either_form_may_be_one_of_the_jobs_of_its_repository(string subject, string around)
    {
        const string Trust = "{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}";
        var imported = AwsImport.OfText(new MadeUpAccount().Role("deployer", Trust, condition: $",\"Condition\":{{\"StringLike\":{{\"token.actions.githubusercontent.com:sub\":\"{subject}\"}}}}").ToString()
            .Replace("\"sts:AssumeRole\"", "\"sts:AssumeRoleWithWebIdentity\"", StringComparison.Ordinal));

        static string Node(string text) => "token.actions.githubusercontent.com/" + Uri.EscapeDataString(text);
        Assert.Equal(
            new[] { $"{Node(around)} -> {Node(subject)} if conditions:unread", $"{Node(subject)} -> role/deployer" }.Order(StringComparer.Ordinal),
            imported.All("CAN_ASSUME"));
    }

    [Fact]
    public void A_SAML_provider_is_one_of_the_account()
    {
        var json = new MadeUpAccount().Role("deployer", "{\"Federated\":\"arn:aws:iam::111122223333:saml-provider/adfs\"}").ToString().Replace("\"sts:AssumeRole\"", "\"sts:AssumeRoleWithSAML\"", StringComparison.Ordinal);

        Assert.Equal(["aws-111122223333:federated/adfs%2F%2A"], AwsImport.OfText(json).Edges.Where(edge => edge.Kind == "CAN_ASSUME").Select(edge => edge.Of));
    }

    [Fact]
    public async Task Members_have_what_their_group_has_save_what_is_denied_to_them()
    {
        var staff = ",\"GroupList\":[\"staff\"]";
        ImportRequest Company() => new MadeUpAccount().Group("staff", Allow("s3:GetObject", "arn:aws:s3:::ledger/*")).User("mara", "", staff).User("dave", Deny("s3:*", "arn:aws:s3:::ledger/*"), staff).Request();

        var mara = await AwsImport.BlastRadius(Company(), _folder.Sub(), "aws-111122223333:user/mara");
        var dave = await AwsImport.BlastRadius(Company(), _folder.Sub(), "aws-111122223333:user/dave");

        Assert.Equal("DR", mara.Reached.Single(node => node.Id.Contains("ledger", StringComparison.Ordinal)).Certain.Direct);
        Assert.Empty(dave.Reached);
    }

    [Fact]
    public async Task Everything_is_every_right_on_the_account_and_a_condition_nobody_read_makes_it_possible_only()
    {
        var sure = await AwsImport.BlastRadius(new MadeUpAccount().User("mara", Allow("*")).Request(), _folder.Sub(), "aws-111122223333:user/mara");
        var perhaps = await AwsImport.BlastRadius(
            new MadeUpAccount().User("mara", Allow("*", more: ",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"}}")).Request(), _folder.Sub(), "aws-111122223333:user/mara");

        Assert.Equal("DRWUAC", sure.Reached.Single(node => node.Kind == "System").Certain.Direct);
        Assert.Equal(("", "DRWUAC"), (perhaps.Reached.Single(node => node.Kind == "System").Certain.Direct, perhaps.Reached.Single(node => node.Kind == "System").Possible.Direct));
    }

    [Fact]
    public async Task A_boundary_leaves_what_both_allow()
    {
        var bound = $",\"PermissionsBoundary\":{{\"PermissionsBoundaryArn\":\"{Root}policy/bound\"}}";
        var answer = await AwsImport.BlastRadius(
            new MadeUpAccount().User("mara", Allow("s3:*"), bound).Policy("bound", Allow("s3:GetObject", "arn:aws:s3:::ledger/*")).Request(), _folder.Sub(), "aws-111122223333:user/mara");

        Assert.Equal(["aws-111122223333:resource/arn%3Aaws%3As3%3A%3A%3Aledger%2F%2A DR"], answer.Reached.Where(node => node.Certain.Direct.Length > 0).Select(node => $"{node.Id} {node.Certain.Direct}"));
    }

    [Fact]
    public async Task An_action_nobody_knows_is_of_unknown_level_never_without_rights()
    {
        var answer = await AwsImport.BlastRadius(new MadeUpAccount().User("mara", Allow("newservice:Frob")).Request(), _folder.Sub(), "aws-111122223333:user/mara");

        var service = Assert.Single(answer.Reached);
        Assert.Equal(("aws-111122223333:service/newservice", ""), (service.Id, service.Certain.Direct));
        Assert.NotEqual("", service.Possible.Direct);
    }

    private static AwsImport Account(string trust, string allows, string condition = "") =>
        new MadeUpAccount().User("mara", allows).Role("deployer", trust, condition: condition).Import();
}
