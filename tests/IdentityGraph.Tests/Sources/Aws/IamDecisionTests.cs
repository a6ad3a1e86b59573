using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Who may do what, by the published evaluation logic; beside each Allow its nearest Deny.</summary>
public sealed class IamDecisionTests
{
    private const string Mara = "arn:aws:iam::111122223333:user/ops/mara";
    private const string Deployer = "arn:aws:iam::111122223333:role/deployer";
    private const string Ledger = "arn:aws:s3:::ledger/2026/q1.csv";
    private const string ReadLedger = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"arn:aws:s3:::ledger/*"}}""";
    private const string Everything = """{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}""";

    [Theory]
    [InlineData("s3:GetObject", Ledger, IamVerdict.Allowed)]
    [InlineData("S3:getobject", Ledger, IamVerdict.Allowed)]
    [InlineData("s3:PutObject", Ledger, IamVerdict.Denied)]
    [InlineData("s3:GetObject", "arn:aws:s3:::LEDGER/2026/q1.csv", IamVerdict.Denied)]
    public void Actions_are_matched_without_regard_to_case_resources_with(string action, string resource, IamVerdict verdict) =>
        Assert.Equal(verdict, Decide(action, resource, ReadLedger));

    [Theory]
    [InlineData("\"NotAction\":\"iam:*\",\"Resource\":\"*\"", "s3:GetObject", IamVerdict.Allowed)]
    [InlineData("\"NotAction\":\"iam:*\",\"Resource\":\"*\"", "iam:CreateUser", IamVerdict.Denied)]
    [InlineData("\"Action\":[\"s3:*\"],\"NotResource\":[\"arn:aws:s3:::secret/*\"]", "s3:GetObject", IamVerdict.Allowed)]
    [InlineData("\"Action\":[\"s3:*\"],\"NotResource\":[\"arn:aws:s3:::ledger/*\"]", "s3:GetObject", IamVerdict.Denied)]
    [InlineData("\"Action\":\"s3:Get???ect\",\"Resource\":\"*\"", "s3:GetObject", IamVerdict.Allowed)]
    public void What_is_excluded_is_not_allowed(string members, string action, IamVerdict verdict) =>
        Assert.Equal(verdict, Decide(action, Ledger, $$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow",{{members}} } }"""));

    [Fact]
    public void An_explicit_deny_wins_in_any_order()
    {
        const string Deny = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::ledger/*"}}""";
        Assert.Equal(IamVerdict.Denied, Decide("s3:GetObject", Ledger, Deny, Everything));
        Assert.Equal(IamVerdict.Denied, Decide("s3:GetObject", Ledger, Everything, Deny));
        Assert.Equal(IamVerdict.Allowed, Decide("s3:GetObject", "arn:aws:s3:::public/a", Everything, Deny));
    }

    [Fact]
    public void A_deny_whose_condition_is_not_read_makes_the_allow_unknown()
    {
        const string Deny = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"*","Condition":{"StringEquals":{"aws:RequestedRegion":"eu-west-1"}}}}""";
        Assert.Equal(new IamDecision(IamVerdict.Depends, [], true), IamDecision.Decide(new IamPolicies { Identity = [ReadLedger, Deny] }, new IamRequest(Mara, "s3:GetObject", Ledger)));
    }

    [Fact]
    public void A_boundary_and_every_level_of_the_organization_must_allow_too()
    {
        var request = new IamRequest(Mara, "s3:GetObject", Ledger);
        const string OnlyEc2 = """{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"ec2:*","Resource":"*"}}""";
        Assert.Equal(IamVerdict.Allowed, IamDecision.Decide(new IamPolicies { Identity = [ReadLedger], Boundary = Everything, ServiceControl = [[Everything], [OnlyEc2, Everything]] }, request).Verdict);
        Assert.Equal(IamVerdict.Denied, IamDecision.Decide(new IamPolicies { Identity = [ReadLedger], Boundary = OnlyEc2 }, request).Verdict);
        Assert.Equal(IamVerdict.Denied, IamDecision.Decide(new IamPolicies { Identity = [ReadLedger], ServiceControl = [[Everything], [OnlyEc2]] }, request).Verdict);
        Assert.Equal(IamVerdict.Denied, IamDecision.Decide(new IamPolicies { Boundary = Everything }, request).Verdict);
    }

    [Theory]
    [InlineData("""{"Bool":{"aws:MultiFactorAuthPresent":"true"}}""", "mfaFactor", false)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":["192.0.2.0/24"]}}""", "allowListIp(192.0.2.0/24)", false)]
    [InlineData("""{"StringEquals":{"aws:SourceVpce":"vpce-1"},"Bool":{"aws:multifactorauthpresent":true}}""", "allowListIp(vpce-1) mfaFactor", false)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"0.0.0.0/0"}}""", "", true)]
    [InlineData("""{"BoolIfExists":{"aws:MultiFactorAuthPresent":"true"}}""", "", true)]
    [InlineData("""{"ForAllValues:StringEquals":{"aws:TagKeys":"a"}}""", "", true)]
    public void A_condition_is_a_gate_where_the_model_has_a_word_for_it_and_unread_otherwise(string condition, string gates, bool unread)
    {
        var decision = IamDecision.Decide(
            new IamPolicies { Identity = [$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{condition}} } }"""] },
            new IamRequest(Mara, "s3:GetObject", Ledger));

        Assert.Equal((IamVerdict.Depends, gates, unread), (decision.Verdict, string.Join(' ', decision.Gates), decision.Unread));
    }

    [Theory]
    [InlineData("""{"NumericLessThanEquals":{"s3:max-keys":"10"}}""", "s3:max-keys", "10", IamVerdict.Allowed)]
    [InlineData("""{"NumericLessThan":{"s3:max-keys":"10"}}""", "s3:max-keys", "10", IamVerdict.Denied)]
    [InlineData("""{"NumericLessThan":{"s3:max-keys":"many"}}""", "s3:max-keys", "10", IamVerdict.Depends)]
    [InlineData("""{"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}}""", "aws:currenttime", "2025-12-31T23:59:59Z", IamVerdict.Allowed)]
    [InlineData("""{"DateLessThan":{"aws:CurrentTime":"2026-01-01T00:00:00Z"}}""", "aws:currenttime", "2026-01-01T00:00:00Z", IamVerdict.Denied)]
    [InlineData("""{"DateGreaterThan":{"aws:CurrentTime":"1767225599"}}""", "aws:currenttime", "2026-01-01T00:00:00Z", IamVerdict.Allowed)]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:db8::/32"]}}""", "aws:sourceip", "192.0.2.7", IamVerdict.Denied)]
    [InlineData("""{"NotIpAddress":{"aws:SourceIp":["192.0.2.0/24","2001:db8::/32"]}}""", "aws:sourceip", "198.51.100.7", IamVerdict.Allowed)]
    [InlineData("""{"IpAddress":{"aws:SourceIp":"192.0.2.129/25"}}""", "aws:sourceip", "192.0.2.200", IamVerdict.Allowed)]
    public void Numbers_moments_and_addresses_that_are_stated_are_compared(string condition, string key, string value, IamVerdict verdict) =>
        Assert.Equal(verdict, IamDecision.Decide(
            new IamPolicies { Identity = [$$"""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"*","Resource":"*","Condition":{{condition}} } }"""] },
            new IamRequest(Mara, "s3:GetObject", Ledger) { Context = new Dictionary<string, string> { [key] = value } }).Verdict);

    [Fact]
    public void Deny_without_a_second_factor_asks_for_one()
    {
        const string Deny = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","NotAction":"sts:GetSessionToken","Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}}""";
        var decision = IamDecision.Decide(new IamPolicies { Identity = [Everything, Deny] }, new IamRequest(Mara, "s3:GetObject", Ledger));
        Assert.Equal((IamVerdict.Depends, "mfaFactor", false), (decision.Verdict, string.Join(' ', decision.Gates), decision.Unread));
    }

    [Theory]
    [InlineData(Mara, "arn:aws:iam::111122223333:user/mara", IamVerdict.Allowed)]
    [InlineData(Mara, "arn:aws:iam::111122223333:user/dave", IamVerdict.Denied)]
    [InlineData(Deployer, "arn:aws:iam::111122223333:user/deployer", IamVerdict.Denied)]
    public void A_users_own_name_is_known_a_role_has_none(string principal, string resource, IamVerdict verdict) =>
        Assert.Equal(verdict, IamDecision.Decide(
            new IamPolicies { Identity = ["""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"arn:aws:iam::*:user/${aws:username}"}}"""] },
            new IamRequest(principal, "iam:CreateAccessKey", resource)).Verdict);

    [Theory]
    [InlineData("{\"AWS\":\"arn:aws:iam::111122223333:user/ops/mara\"}", false, IamVerdict.Allowed)]
    [InlineData("{\"AWS\":\"arn:aws:iam::111122223333:user/ops/dave\"}", true, IamVerdict.Denied)]
    [InlineData("{\"AWS\":\"111122223333\"}", true, IamVerdict.Allowed)]
    [InlineData("{\"AWS\":[\"arn:aws:iam::111122223333:root\"]}", false, IamVerdict.Denied)]
    [InlineData("{\"AWS\":\"444455556666\"}", true, IamVerdict.Denied)]
    [InlineData("\"*\"", false, IamVerdict.Allowed)]
    [InlineData("{\"Service\":\"ec2.amazonaws.com\"}", true, IamVerdict.Denied)]
    public void A_trust_that_names_a_principal_of_its_account_is_enough_one_that_names_the_account_is_not(string principal, bool permitted, IamVerdict verdict) =>
        Assert.Equal(verdict, Assume(Mara, principal, permitted ? Everything : null));

    [Theory]
    [InlineData("{\"AWS\":\"arn:aws:iam::444455556666:user/eve\"}", true, IamVerdict.Allowed)]
    [InlineData("{\"AWS\":\"arn:aws:iam::444455556666:user/eve\"}", false, IamVerdict.Denied)]
    [InlineData("{\"AWS\":\"444455556666\"}", true, IamVerdict.Allowed)]
    public void From_another_account_both_sides_must_allow(string principal, bool permitted, IamVerdict verdict) =>
        Assert.Equal(verdict, Assume("arn:aws:iam::444455556666:user/eve", principal, permitted ? Everything : null));

    [Fact]
    public void A_document_may_be_url_encoded()
        => Assert.Equal(IamVerdict.Allowed, Decide("s3:GetObject", Ledger, Uri.EscapeDataString(ReadLedger)));

    [Fact]
    public void Stars_built_to_explode_a_matcher_do_not()
    {
        var pattern = string.Concat(Enumerable.Repeat("*a", 20_000)) + "b";
        Assert.False(Glob.IsMatch(pattern, new string('a', 40_000)));
    }

    private static IamVerdict Decide(string action, string resource, params string[] identity) =>
        IamDecision.Decide(new IamPolicies { Identity = identity }, new IamRequest(Mara, action, resource)).Verdict;

    private static IamVerdict Assume(string caller, string principal, string? identity) =>
        IamDecision.Decide(
            new IamPolicies
            {
                Identity = identity is null ? [] : [identity],
                Trust = $$"""{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{{principal}},"Action":"sts:AssumeRole"}]}""",
            },
            new IamRequest(caller, "sts:AssumeRole", Deployer)).Verdict;
}
