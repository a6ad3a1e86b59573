using IdentityGraph.Sources.Aws.Iam;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Sentences of the published evaluation logic, each with its nearest opposite; the decision and the naive reading are held to both.</summary>
public sealed class PublishedIamTests
{
    private const string Alice = "arn:aws:iam::111111111111:user/alice";
    private const string Dev = "arn:aws:iam::111111111111:role/dev";
    private const string Session = "arn:aws:sts::111111111111:assumed-role/dev/one";
    private const string Eve = "arn:aws:iam::222222222222:user/eve";
    private const string App = "arn:aws:iam::111111111111:role/app";
    private const string Everything = """{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}""";
    private const string ReadOnly = """{"Statement":{"Effect":"Allow","Action":"s3:Get*","Resource":"*"}}""";

    [Theory]
    [InlineData(Alice, Alice, IamVerdict.Allowed)]
    [InlineData(Alice, Dev, IamVerdict.Denied)]
    [InlineData(Alice, "111111111111", IamVerdict.Denied)]
    [InlineData(Eve, Eve, IamVerdict.Denied)]
    public void Who_is_named_in_the_same_account_needs_no_policy_of_its_own(string caller, string named, IamVerdict verdict) =>
        Decided(verdict, new() { Trust = Trust(named) }, Assume(caller));

    [Theory]
    [InlineData(Eve, Eve, IamVerdict.Allowed)]
    [InlineData(Eve, "arn:aws:iam::222222222222:root", IamVerdict.Allowed)]
    [InlineData(Eve, "111111111111", IamVerdict.Denied)]
    [InlineData(Alice, "111111111111", IamVerdict.Allowed)]
    public void Who_is_named_by_its_account_or_from_another_needs_both_sides(string caller, string named, IamVerdict verdict) =>
        Decided(verdict, new() { Identity = [Everything], Trust = Trust(named) }, Assume(caller));

    [Theory]
    [InlineData(Alice, Alice, IamVerdict.Allowed)]
    [InlineData(Dev, Dev, IamVerdict.Denied)]
    [InlineData(Session, Dev, IamVerdict.Denied)]
    [InlineData(Session, Session, IamVerdict.Allowed)]
    [InlineData(Dev, Session, IamVerdict.Depends)]
    public void A_boundary_cuts_what_a_role_is_given_but_not_what_a_user_or_a_session_is(string caller, string named, IamVerdict verdict) =>
        Decided(verdict, new() { Boundary = ReadOnly, Trust = Trust(named) }, Assume(caller));

    [Theory]
    [InlineData(null, IamVerdict.Allowed)]
    [InlineData(Everything, IamVerdict.Denied)]
    public void Who_has_a_boundary_is_denied_by_a_NotPrincipal_that_names_it(string? boundary, IamVerdict verdict)
    {
        var trust = $$$"""
            {"Statement":[{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"{{{Alice}}}"}},
            {"Effect":"Deny","Action":"sts:AssumeRole","NotPrincipal":{"AWS":["{{{Alice}}}","111111111111"]}}]}
            """;
        Decided(verdict, new() { Identity = [Everything], Boundary = boundary, Trust = trust }, Assume(Alice));
    }

    [Theory]
    [InlineData("arn:aws:lambda:*:function:pay", IamVerdict.Allowed)]
    [InlineData("arn:aws:lambda:eu-*:111111111111:function:p*y", IamVerdict.Allowed)]
    [InlineData("arn:aws:lambda:e*1:111111111111:function:pay", IamVerdict.Allowed)]
    [InlineData("arn:aws:lambda:e*1:function:pay", IamVerdict.Depends)]
    [InlineData("arn:aws:lambda:us-*:111111111111:function:pay", IamVerdict.Denied)]
    public void Only_a_star_that_ends_its_segment_surely_goes_beyond_it(string resource, IamVerdict verdict) =>
        Decided(
            verdict,
            new() { Identity = [$$$"""{"Statement":{"Effect":"Allow","Action":"lambda:InvokeFunction","Resource":"{{{resource}}}"}}"""] },
            new(Alice, "lambda:InvokeFunction", "arn:aws:lambda:eu-west-1:111111111111:function:pay"));

    [Theory]
    [InlineData("core", IamVerdict.Allowed)]
    [InlineData("pay", IamVerdict.Denied)]
    [InlineData(null, IamVerdict.Depends)]
    public void A_Deny_whose_condition_is_known_not_to_hold_is_none(string? team, IamVerdict verdict)
    {
        var deny = """{"Version":"2012-10-17","Statement":{"Effect":"Deny","Action":"s3:*","Resource":"arn:aws:s3:::ledger/*","Condition":{"ForAnyValue:StringLike":{"aws:PrincipalTag/team":["p?y"]}}}}""";
        Decided(
            verdict,
            new() { Identity = [Everything, deny] },
            new(Alice, "s3:GetObject", "arn:aws:s3:::ledger/2026") { Context = team is null ? new Dictionary<string, string>() : new() { ["aws:principaltag/team"] = team } });
    }

    private static void Decided(IamVerdict verdict, IamPolicies policies, IamRequest request)
    {
        Assert.Equal(verdict, new NaiveIam(policies, request).Decide());
        Assert.Equal(verdict, IamDecision.Decide(policies, request).Verdict);
    }

    private static IamRequest Assume(string caller) => new(caller, "sts:AssumeRole", App);

    private static string Trust(string named) => """{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole","Principal":{"AWS":"NAMED"}}}""".Replace("NAMED", named, StringComparison.Ordinal);
}
