using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Each way to gain more than a policy says, beside the nearest that does not.</summary>
public sealed class EscalationTests
{
    private const string Unread = ",\"Condition\":{\"StringEquals\":{\"aws:RequestedRegion\":\"eu-west-1\"}}";
    private const string Mfa = ",\"Condition\":{\"Bool\":{\"aws:MultiFactorAuthPresent\":\"true\"}}";
    private const string Root = "arn:aws:iam::111122223333:";

    [Theory]
    [InlineData("iam:CreateAccessKey")]
    [InlineData("iam:CreateLoginProfile")]
    [InlineData("iam:UpdateLoginProfile")]
    public void Making_a_credential_of_a_user(string action)
    {
        Assert.Equal(["user/mara -> user/dave"], Issued(Allow(action)));
        Assert.Equal(["user/mara -> user/dave"], Issued(Allow(action, Root + "user/d*")));
        Assert.Equal(["user/mara -> user/dave if mfaFactor"], Issued(Allow(action, more: Mfa)));
        Assert.Equal(["user/mara -> user/dave if conditions:unread"], Issued(Allow(action, more: Unread)));
        Assert.Equal(["user/mara -> user/dave if conditions:unread"], Issued(Allow(action), Deny("iam:*", more: Unread)));
        Assert.Empty(Issued(Allow(action, Root + "user/eve")));
        Assert.Empty(Issued(Allow(action), Deny("iam:*", Root + "user/dave")));
        Assert.Empty(Issued("{\"Effect\":\"Allow\",\"NotAction\":\"iam:*\",\"Resource\":\"*\"}"));
        Assert.Equal(["user/mara -> user/dave"], Issued("{\"Effect\":\"Allow\",\"NotAction\":\"s3:*\",\"Resource\":\"*\"}").Where(edge => edge.EndsWith("dave", StringComparison.Ordinal)));
    }

    [Fact]
    public void A_boundary_and_the_organization_take_it_away()
    {
        var bound = $",\"PermissionsBoundary\":{{\"PermissionsBoundaryType\":\"Policy\",\"PermissionsBoundaryArn\":\"{Root}policy/bound\"}}";
        Assert.Empty(new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey"), bound).User("dave").Policy("bound", Allow("s3:*")).Import().All("CAN_ISSUE_CREDENTIAL"));
        Assert.Equal(["user/mara -> user/dave"], new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey"), bound).User("dave").Policy("bound", Allow("s3:* iam:*")).Import().All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey")).User("dave").Under(Allow("*"), Allow("s3:*")).Import().All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey")).User("dave").Under(Allow("*") + "," + Deny("iam:Create*")).Import().All("CAN_ISSUE_CREDENTIAL"));
        Assert.Equal(["user/mara -> user/dave"], new MadeUpAccount().User("mara", Allow("iam:CreateAccessKey")).User("dave").Under(Allow("*"), Allow("*")).Import().All("CAN_ISSUE_CREDENTIAL"));
    }

    [Theory]
    [InlineData("DateLessThan", "aws:CurrentTime", "2025-06-01T00:00:00Z", "")]
    [InlineData("DateLessThan", "aws:CurrentTime", "2025-07-01T00:00:00Z", " until 2025-07-01")]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "2025-06-01T00:00:00Z", "user/mara -> user/dave")]
    [InlineData("DateGreaterThan", "aws:CurrentTime", "2025-07-01T00:00:00Z", " if conditions:unread")]
    [InlineData("NumericLessThan", "aws:EpochTime", "1700000000", "")]
    public void What_is_allowed_for_a_time_is_none_behind_it_ends_with_it_and_is_unknown_where_it_has_yet_to_begin(string test, string key, string moment, string found)
    {
        var issued = Issued(Allow("iam:CreateAccessKey", more: $",\"Condition\":{{\"{test}\":{{\"{key}\":\"{moment}\"}}}}"));

        Assert.Equal(found.Length == 0 ? [] : [found[0] == ' ' ? "user/mara -> user/dave" + found : found], issued);
    }

    [Theory]
    [InlineData("2025-06-01T00:00:00Z", "user/mara -> user/dave")]
    [InlineData("2025-07-01T00:00:00Z", "user/mara -> user/dave if conditions:unread")]
    public void Sessions_that_were_revoked_are_not_those_of_whoever_signs_in_now(string before, string found) =>
        Assert.Equal([found], Issued(Allow("iam:CreateAccessKey"), Deny("*", more: $",\"Condition\":{{\"DateLessThan\":{{\"aws:TokenIssueTime\":\"{before}\"}}}}")));

    [Fact]
    public void Rewriting_the_trust_of_a_role()
    {
        Assert.Equal(["user/mara -> role/deployer"], Account(Allow("iam:UpdateAssumeRolePolicy", Root + "role/*")).All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(Account(Allow("iam:UpdateAssumeRolePolicy", Root + "role/other")).All("CAN_ISSUE_CREDENTIAL"));
    }

    [Fact]
    public void Joining_a_group()
    {
        Assert.Equal(["user/mara -> group/admins"], Account(Allow("iam:AddUserToGroup")).All("CAN_GRANT"));
        Assert.Empty(Account(Allow("iam:AddUserToGroup", Root + "group/readers")).All("CAN_GRANT"));
        Assert.Equal(
            ["role/robot -> group/admins if conditions:unread"],
            new MadeUpAccount().Group("admins", Allow("*")).Role("robot", Service("ec2"), Allow("iam:AddUserToGroup")).Import().All("CAN_GRANT"));
        Assert.Equal(
            ["role/robot -> group/admins"],
            new MadeUpAccount().User("dave").Group("admins", Allow("*")).Role("robot", Service("ec2"), Allow("iam:AddUserToGroup iam:CreateAccessKey")).Import().All("CAN_GRANT"));
    }

    [Theory]
    [InlineData("iam:AttachUserPolicy")]
    [InlineData("iam:PutUserPolicy")]
    public void Writing_its_own_policies(string action)
    {
        Assert.Equal(["user/mara -> account/111122223333"], Account(Allow(action, Root + "user/mara")).All("CAN_GRANT"));
        Assert.Equal(["user/mara -> account/111122223333 if conditions:unread"], Account(Allow(action, Root + "user/dave")).All("CAN_GRANT"));
        Assert.Equal(["user/mara -> account/111122223333"], Account(Allow(action + " iam:CreateAccessKey", Root + "user/dave")).All("CAN_GRANT"));
        Assert.Empty(Account(Allow(action, Root + "user/eve")).All("CAN_GRANT"));
        Assert.Empty(Account(Allow(action) + "," + Deny(action)).All("CAN_GRANT"));
    }

    [Fact]
    public void Writing_its_own_policies_does_not_lift_what_is_above_them()
    {
        var bound = $",\"PermissionsBoundary\":{{\"PermissionsBoundaryArn\":\"{Root}policy/bound\"}}";
        AwsImport Bound(string allows) => new MadeUpAccount().User("mara", Allow("iam:PutUserPolicy"), bound).Policy("bound", allows).Import();
        Assert.Equal(["user/mara -> account/111122223333 if conditions:unread"], Bound(Allow("s3:* iam:PutUserPolicy")).All("CAN_GRANT"));
        Assert.Equal(["user/mara -> account/111122223333"], Bound(Allow("iam:*")).All("CAN_GRANT"));
        Assert.Equal(["user/mara -> account/111122223333 if conditions:unread"], new MadeUpAccount().User("mara", Allow("iam:PutUserPolicy")).Under(Allow("s3:* iam:*")).Import().All("CAN_GRANT"));
        Assert.Equal(["user/mara -> account/111122223333"], new MadeUpAccount().User("mara", Allow("iam:PutUserPolicy") + "," + Deny("s3:DeleteBucket")).Import().All("CAN_GRANT"));
        Assert.Equal(["user/mara -> account/111122223333 if conditions:unread"], new MadeUpAccount().User("mara", Allow("iam:PutUserPolicy") + "," + Deny("iam:CreateUser")).Import().All("CAN_GRANT"));
        Assert.Equal(
            ["user/mara -> group/admins if conditions:unread"],
            new MadeUpAccount().User("mara", Allow("iam:AddUserToGroup"), bound).Group("admins", Allow("*")).Policy("bound", Allow("s3:* iam:*")).Import().All("CAN_GRANT"));
    }

    [Fact]
    public void Writing_the_policies_of_its_group_or_of_a_role_it_may_assume()
    {
        var trusted = new MadeUpAccount().User("mara", Allow("iam:PutRolePolicy", Root + "role/deployer")).Role("deployer", $"{{\"AWS\":\"{Root}user/mara\"}}");
        Assert.Equal(["user/mara -> account/111122223333"], trusted.Import().All("CAN_GRANT"));
        var untrusted = new MadeUpAccount().User("mara", Allow("iam:PutRolePolicy", Root + "role/deployer")).User("dave").Role("deployer", $"{{\"AWS\":\"{Root}user/dave\"}}");
        Assert.Equal(["user/mara -> account/111122223333 if conditions:unread"], untrusted.Import().All("CAN_GRANT"));
        var member = new MadeUpAccount().User("mara", Allow("iam:AttachGroupPolicy", Root + "group/staff"), ",\"GroupList\":[\"staff\"]").Group("staff", Allow("s3:Get*"));
        Assert.Equal(["user/mara -> account/111122223333"], member.Import().All("CAN_GRANT"));
    }

    [Fact]
    public void Writing_a_policy_that_is_attached_to_itself_anew()
    {
        var attached = $",\"AttachedManagedPolicies\":[{{\"PolicyName\":\"own\",\"PolicyArn\":\"{Root}policy/own\"}}]";
        AwsImport With(string allows, string more, int versions = 1) => AwsImport.OfText(new MadeUpAccount().User("mara", "", more).Policy("own", allows, versions).ToString().Replace(",\"AttachedManagedPolicies\":[],", ",", StringComparison.Ordinal));
        Assert.Equal(["user/mara -> account/111122223333"], With(Allow("iam:CreatePolicyVersion"), attached).All("CAN_GRANT"));
        Assert.Empty(With(Allow("iam:CreatePolicyVersion", Root + "policy/other"), attached).All("CAN_GRANT"));
        Assert.Empty(With(Allow("iam:SetDefaultPolicyVersion"), attached).All("CAN_GRANT"));
        Assert.Equal(["user/mara -> account/111122223333 if conditions:unread"], With(Allow("iam:SetDefaultPolicyVersion"), attached, versions: 2).All("CAN_GRANT"));
    }

    [Fact]
    public void Having_code_run_as_a_role_takes_a_trust_of_that_service()
    {
        const string Passes = "iam:PassRole lambda:CreateFunction lambda:InvokeFunction";
        Assert.Equal(["user/mara -> role/worker"], Passed(Allow(Passes), "lambda"));
        Assert.Empty(Passed(Allow(Passes), "ec2"));
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Passed(Allow("iam:PassRole lambda:CreateFunction"), "lambda"));
        Assert.Empty(Passed(Allow("iam:PassRole lambda:InvokeFunction"), "lambda"));
        Assert.Empty(Passed(Allow("lambda:CreateFunction lambda:InvokeFunction"), "lambda"));
        Assert.Empty(Passed(Allow(Passes) + "," + Deny("iam:PassRole"), "lambda"));
        Assert.Empty(Passed(Allow(Passes) + "," + Deny("lambda:*"), "lambda"));
        Assert.Empty(Passed(Allow(Passes, Root + "role/other"), "lambda"));
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Passed(Allow(Passes, more: Unread), "lambda"));
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Passed(Allow("lambda:UpdateFunctionCode"), "lambda"));
        Assert.Empty(Passed(Allow("lambda:UpdateFunctionCode"), "glue"));
    }

    [Theory]
    [InlineData("lambda.amazonaws.com", 1)]
    [InlineData("ec2.amazonaws.com", 0)]
    [InlineData("lambda*", 1)]
    public void The_service_a_role_may_be_passed_to_is_decided(string service, int found) =>
        Assert.Equal(found, Passed(Allow("lambda:CreateFunction lambda:InvokeFunction") + "," + Allow("iam:PassRole", more: $",\"Condition\":{{\"StringLike\":{{\"iam:PassedToService\":\"{service}\"}}}}"), "lambda").Count);

    private static AwsImport Account(string allows) =>
        new MadeUpAccount().User("mara", allows).User("dave").Group("admins", Allow("*")).Role("deployer", Service("ec2")).Import();

    private static IReadOnlyList<string> Issued(params string[] statements) =>
        [.. new MadeUpAccount().User("mara", string.Join(',', statements)).User("dave").Import().All("CAN_ISSUE_CREDENTIAL")];

    private static IReadOnlyList<string> Passed(string allows, string trusted, string more = "") =>
        new MadeUpAccount().User("mara", allows).Role("worker", Service(trusted), more: more).Import().All("CAN_ISSUE_CREDENTIAL");
}
