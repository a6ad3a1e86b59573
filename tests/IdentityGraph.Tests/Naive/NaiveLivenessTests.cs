using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>Liveness of principals, credentials, grants and assignments, worked out by hand from its definition.</summary>
public sealed class NaiveLivenessTests
{
    /// <summary>One complete run on 1 March, asked on 2 March.</summary>
    private static bool? IsLive(string id, params string[] lines) =>
        new NaiveEvaluator([Run("okta", "2025-03-01", lines)], Day("2030-01-01")).At(Day("2025-03-02")).Live(id);

    [Theory]
    [InlineData("'state':'Active'", "SystemState", true)]
    [InlineData("'state':'Disabled'", "SystemState", false)]
    [InlineData("'state':'Disabled'", "SystemEvent", null)]
    [InlineData("'state':'Napping'", "SystemState", null)]
    [InlineData("", "SystemState", null)]
    public void An_account_is_dead_only_where_that_was_read_in_the_system(string props, string grade, bool? live) =>
        Assert.Equal(live, IsLive("kim", Node("kim", "Account", props, grade: grade)));

    [Fact]
    public void A_kind_without_a_state_lives_while_its_fact_is_valid_and_a_placeholder_never()
    {
        Assert.True(IsLive("admins", Node("admins", "Group")));
        Assert.False(IsLive("admins", Edge("MEMBER_OF", "kim", "admins")));
    }

    [Theory]
    [InlineData("'expiresAt':null", true)]
    [InlineData("", null)]                                           // not reported is not never
    [InlineData("'state':'Active'", true)]                           // but shown active inside the freshness window
    [InlineData("'expiresAt':'2025-03-02T00:00:00Z'", false)]
    [InlineData("'expiresAt':'2025-03-02'", true)]                   // a date is 24:00 of that day
    [InlineData("'expiresAt':null,'notBefore':'2025-03-03T00:00:00Z'", false)]
    [InlineData("'expiresAt':null,'revokedAt':'2025-03-01T12:00:00Z'", false)]
    [InlineData("'expiresAt':null,'revokedAt':'2025-03-05T12:00:00Z'", true)]
    public void A_key_without_a_state_lives_by_its_times(string props, bool? live) =>
        Assert.Equal(live, IsLive("key", Node("key", "Credential", "'kind':'apiKey'" + (props.Length == 0 ? "" : "," + props))));

    [Theory]
    [InlineData("Attestation", "2025-02-01", true)]    // a weaker expiry yields to presence after it
    [InlineData("SystemState", "2025-02-01", false)]   // a listing that still shows an expired token proves nothing
    public void Expired_on_paper_still_live(string grade, string expires, bool live)
    {
        var paper = Run("tickets", "2025-01-01", Node("key", "Credential", $"'kind':'apiKey','expiresAt':'{expires}T00:00:00Z'", grade: grade));
        var read = Run("okta", "2025-03-01", Node("key", "Credential", "'kind':'apiKey'"));
        Assert.Equal(live, new NaiveEvaluator([paper, read], Day("2030-01-01")).At(Day("2025-03-02")).Live("key"));
    }

    [Theory]
    [InlineData("'maxRenewals':2", true)]      // 1 January + 3 × 30 days
    [InlineData("'maxRenewals':0", false)]
    [InlineData("'maxRenewals':null", true)]
    [InlineData("'name':'k'", null)]
    public void A_renewable_token_lives_to_its_renewed_end(string renewals, bool? live) => Assert.Equal(live, IsLive(
        "tok",
        Node("tok", "Credential", $"'kind':'refreshToken','renewable':true,'issuedAt':'2025-01-01T00:00:00Z','ttl':'P30D','expiresAt':'2025-01-31T00:00:00Z',{renewals}")));

    [Fact]
    public void A_token_that_a_live_one_refreshes_is_renewed_unless_somebody_must_approve()
    {
        var parent = Secret("parent", "refreshToken");
        var child = Node("child", "Credential", "'kind':'accessToken','issuedAt':'2025-01-01T00:00:00Z','ttl':'P30D','expiresAt':'2025-01-31T00:00:00Z','maxRenewals':null");
        Assert.True(IsLive("child", parent, child, Edge("DERIVED_FROM", "child", "parent", "'mode':'refresh'")));
        Assert.False(IsLive("child", parent, child, Edge("DERIVED_FROM", "child", "parent", "'mode':'refresh','gates':['humanApproval']")));
        Assert.False(IsLive("child", parent, child, Edge("DERIVED_FROM", "child", "parent", "'mode':'exchange'")));
    }

    [Theory]
    [InlineData("apiKey", "'cascade_apiKey':'Immediate'", false)]
    [InlineData("apiKey", "'cascade_apiKey':'Never'", true)]
    [InlineData("apiKey", "'cascade_apiKey':'AtExpiry'", true)]
    [InlineData("apiKey", "'name':'app'", null)]         // no entry
    [InlineData("password", "'name':'app'", false)]      // a verified end takes the password with it
    public void What_becomes_of_a_secret_when_its_account_is_disabled(string kind, string cascade, bool? live) => Assert.Equal(live, IsLive(
        "key", Secret("key", kind), Node("kim", "Account", "'state':'Disabled'"), Node("app", "System", cascade), Edge("AUTHENTICATES_AS", "key", "kim"), Edge("IN_SYSTEM", "kim", "app")));

    [Fact]
    public void A_secret_of_two_accounts_lives_while_one_does_but_signs_in_only_as_that_one()
    {
        string[] lines =
        [
            Secret("key"), Edge("AUTHENTICATES_AS", "key", "kim"), Edge("AUTHENTICATES_AS", "key", "lee"), Node("kim", "Account", "'state':'Disabled'"), Live("lee", "Account"),
            Node("app", "System", "'cascade_apiKey':'Immediate'"), Edge("IN_SYSTEM", "kim", "app"), Edge("IN_SYSTEM", "lee", "app"),
        ];
        Assert.True(IsLive("key", lines));
        var moment = new NaiveEvaluator([Run("okta", "2025-03-01", lines)], Day("2030-01-01")).At(Day("2025-03-02"));
        Assert.Equal(["lee"], moment.Reach(["key"]).Reached.Select(row => row.Id));
    }

    [Theory]
    [InlineData("'survivesAuthoriserDisable':true", true)]
    [InlineData("'survivesAuthoriserDisable':false", false)]
    [InlineData("'name':'g'", null)]
    public void A_grant_whose_authoriser_is_gone_lives_as_far_as_it_survives_that(string props, bool? live) => Assert.Equal(live, IsLive(
        "grant", Live("grant", "OAuthGrant", "'type':'application'," + props), Node("kim", "Account", "'state':'Deleted'"), Edge("CONSENTED_BY", "grant", "kim")));

    [Fact]
    public void A_locked_authoriser_is_not_gone_and_one_whose_person_left_is()
    {
        var grant = Live("grant", "OAuthGrant", "'type':'application','survivesAuthoriserDisable':false");
        var consent = Edge("CONSENTED_BY", "grant", "kim");
        Assert.True(IsLive("grant", grant, consent, Node("kim", "Account", "'state':'Locked'")));
        Assert.False(IsLive(
            "grant", grant, consent, Live("kim", "Account"), Node("Kim", "Person"), Edge("BELONGS_TO", "kim", "Kim"), Edge("EMPLOYED_AS", "Kim", "job"),
            Node("job", "Employment", "'startAt':'2020-01-01','endAt':'2025-02-01','status':'ended'")));
    }

    [Theory]
    [InlineData("'assignmentKind':'standing'", true)]
    [InlineData("'assignmentKind':'timeBound'", null)]
    [InlineData("'assignmentKind':'timeBound','expiresAt':'2025-03-01T12:00:00Z'", false)]
    [InlineData("'assignmentKind':'eligible'", null)]
    [InlineData("'assignmentKind':'eligible','gates':['humanApproval']", true)]
    [InlineData("'startAt':'2025-01-01'", null)]
    public void An_assignment_lives_in_its_window(string props, bool? live) => Assert.Equal(live, IsLive("a", Live("a", "Assignment", props)));

    [Theory]
    [InlineData("'startAt':'2020-01-01','endAt':'2025-03-01'", true)]   // 24:00 of 1 March is over on 2 March 00:00
    [InlineData("'startAt':'2020-01-01','endAt':'2025-03-01','tz':'America/New_York'", false)]
    [InlineData("'startAt':'2020-01-01'", false)]
    public void An_employment_ends_with_its_last_day_where_it_is_worked(string props, bool leaver)
    {
        var run = Run("hr", "2025-03-01", Node("Kim", "Person"), Edge("EMPLOYED_AS", "Kim", "job"), Node("job", "Employment", props + ",'status':'active'"));
        Assert.Equal(leaver, new NaiveEvaluator([run], Day("2030-01-01")).At(Day("2025-03-02")).Liveness.People.IsLeaver("Kim"));
    }
}
