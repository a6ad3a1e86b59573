using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Roles that Identity Center and Cognito hand out: what is not in the listing is said, and whoever may change it may reach them.</summary>
public sealed class TokenTrustTests
{
    private const string Center = "{\"Federated\":\"arn:aws:iam::111122223333:saml-provider/AWSSSO_0123456789abcdef_DO_NOT_DELETE\"}";
    private const string OtherSaml = "{\"Federated\":\"arn:aws:iam::111122223333:saml-provider/okta\"}";
    private const string Pool = "{\"Federated\":\"cognito-identity.amazonaws.com\"}";
    private const string OtherTokens = "{\"Federated\":\"arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com\"}";

    [Fact]
    public void A_role_of_a_permission_set_is_named_with_what_is_not_followed()
    {
        var imported = Saml(Center, "s3:GetObject");

        var warning = Assert.Single(imported.Report.Warnings, warning => warning.Contains("permission set", StringComparison.Ordinal));
        Assert.Contains("`arn:aws:iam::111122223333:role/worker`", warning);
        Assert.Contains("list-account-assignments", warning);
        Assert.DoesNotContain(Saml(OtherSaml, "s3:GetObject").Report.Warnings, other => other.Contains("permission set", StringComparison.Ordinal));
        Assert.Contains(new MadeUpAccount().Role("AWSReservedSSO_admins_0123456789abcdef", Service("ec2")).Import().Report.Warnings, other => other.Contains("permission set", StringComparison.Ordinal));
        Assert.DoesNotContain(new MadeUpAccount().Role("ReservedSSO_admins", Service("ec2")).Import().Report.Warnings, other => other.Contains("permission set", StringComparison.Ordinal));
    }

    [Fact]
    public void A_role_of_an_identity_pool_is_named_with_what_is_not_followed()
    {
        Assert.Contains("get-identity-pool-roles", Assert.Single(Tokens(Pool, "s3:GetObject").Report.Warnings, warning => warning.Contains("identity pool", StringComparison.Ordinal)));
        Assert.DoesNotContain(Tokens(OtherTokens, "s3:GetObject").Report.Warnings, warning => warning.Contains("identity pool", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("sso:CreateAccountAssignment")]
    [InlineData("identitystore:CreateGroupMembership")]
    [InlineData("sso-directory:UpdatePassword")]
    [InlineData("sso:*")]
    public void Who_assigns_permission_sets_may_reach_their_roles(string actions)
    {
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Saml(Center, actions).All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(Saml(OtherSaml, actions).All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(Saml(Center, "sso:ListAccountAssignments").All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(new MadeUpAccount().User("mara", Allow(actions)).Role("worker", Service("sso")).Import().All("CAN_ISSUE_CREDENTIAL"));
    }

    [Theory]
    [InlineData("iam:PassRole cognito-identity:SetIdentityPoolRoles")]
    [InlineData("iam:PassRole cognito-idp:CreateGroup")]
    [InlineData("cognito-identity:GetOpenIdTokenForDeveloperIdentity")]
    [InlineData("cognito-idp:AdminSetUserPassword")]
    public void Who_rules_identity_pools_may_reach_their_roles(string actions)
    {
        Assert.Equal(["user/mara -> role/worker if conditions:unread"], Tokens(Pool, actions).All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(Tokens(OtherTokens, actions).All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(Tokens(Pool, actions, Deny(actions.Split(' ')[^1])).All("CAN_ISSUE_CREDENTIAL"));
    }

    [Fact]
    public void A_role_is_passed_to_an_identity_pool()
    {
        Assert.Empty(Tokens(Pool, "cognito-identity:SetIdentityPoolRoles").All("CAN_ISSUE_CREDENTIAL"));
        Assert.Empty(Tokens(Pool, "cognito-identity:SetIdentityPoolRoles", Allow("iam:PassRole", more: ",\"Condition\":{\"StringEquals\":{\"iam:PassedToService\":\"ec2.amazonaws.com\"}}")).All("CAN_ISSUE_CREDENTIAL"));
        Assert.Single(Tokens(Pool, "cognito-identity:SetIdentityPoolRoles", Allow("iam:PassRole", more: ",\"Condition\":{\"StringEquals\":{\"iam:PassedToService\":\"cognito-identity.amazonaws.com\"}}")).All("CAN_ISSUE_CREDENTIAL"));
    }

    [Theory]
    [InlineData("", true)]
    [InlineData(",\"Condition\":{\"StringEquals\":{\"cognito-identity.amazonaws.com:aud\":\"eu-west-1:pool\"},\"ForAnyValue:StringLike\":{\"cognito-identity.amazonaws.com:amr\":\"unauthenticated\"}}", true)]
    [InlineData(",\"Condition\":{\"StringEquals\":{\"cognito-identity.amazonaws.com:aud\":\"eu-west-1:pool\"},\"ForAnyValue:StringLike\":{\"cognito-identity.amazonaws.com:amr\":\"authenticated\"}}", false)]
    [InlineData(",\"Condition\":{\"ForAnyValue:StringLike\":{\"cognito-identity.amazonaws.com:amr\":\"*authenticated\"}}", true)]
    public void Guests_of_an_identity_pool_may_be_anybody(string condition, bool found)
    {
        var role = Tokens(Pool, "s3:GetObject", condition: condition);

        Assert.Equal(found ? ["principals/everyone -> role/worker if conditions:unread"] : [], role.All("CAN_ASSUME").Where(edge => edge.StartsWith("principals/everyone", StringComparison.Ordinal)));
        Assert.Single(role.All("CAN_ASSUME"), edge => edge.Contains("cognito-identity.amazonaws.com", StringComparison.Ordinal));
    }

    private static AwsImport Saml(string principal, string actions) => Of(principal, actions, "sts:AssumeRoleWithSAML", "", ",\"Condition\":{\"StringEquals\":{\"SAML:aud\":\"https://signin.aws.amazon.com/saml\"}}");

    private static AwsImport Tokens(string principal, string actions, string more = "", string condition = "") => Of(principal, actions, "sts:AssumeRoleWithWebIdentity", more, condition);

    private static AwsImport Of(string principal, string actions, string assume, string more, string condition) =>
        AwsImport.OfText(new MadeUpAccount().User("mara", Allow(actions) + (more.Length == 0 ? "" : "," + more)).Role("worker", principal, condition: condition).ToString()
            .Replace("\"Action\":\"sts:AssumeRole\"", $"\"Action\":\"{assume}\"", StringComparison.Ordinal));
}
