using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>Whole chains from public incidents and from the modelled leaver, with the results their scenarios state.</summary>
public sealed class NaiveIncidentsTests
{
    private static NaiveReach Reach(string day, string[] seeds, params string[] lines) =>
        new NaiveEvaluator([Run("all", "2022-01-01", lines)], Day("2030-01-01")).At(Day(day)).Reach(seeds);

    private static string Names(IEnumerable<NaiveReached> rows, Func<NaiveReached, string> cell) => string.Join(" ", rows.Where(row => cell(row).Length > 0).Select(row => row.Id));

    /// <summary>Midnight Blizzard: direct reach ends at the legacy service principal, amplified reach does not.</summary>
    [Fact]
    public void A_test_password_reaches_mail_only_by_creating_new_access()
    {
        var reach = Reach(
            "2022-06-01", ["pw-test"],
            Secret("pw-test", "password"), Edge("AUTHENTICATES_AS", "pw-test", "acct-test"), Live("acct-test", "Account", "'mfa':false"), Edge("CAN_MODIFY", "acct-test", "app-legacy"),
            Live("app-legacy", "Application"), Edge("RUNS_AS", "app-legacy", "sp-legacy"), Live("sp-legacy", "ServiceIdentity"), Node("full_access_as_app", "Scope"),
            Edge("CONFERS", "full_access_as_app", "mailboxes", "'level':'L3'"), Edge("CAN_GRANT", "sp-legacy", "full_access_as_app", "'maxLevel':null"), Node("mailboxes", "Resource"),
            Edge("CAN_PROVISION", "sp-legacy", "corp-dir", "'maxLevel':'L6'"), Node("corp-dir", "System", "'category':'directory'"), Secret("secret-in-mail"),
            Edge("STORED_IN", "secret-in-mail", "mailboxes"), Edge("AUTHENTICATES_AS", "secret-in-mail", "repo-bot"), Live("repo-bot", "ServiceIdentity"),
            Edge("ENTITLES", "repo-bot", "repo-src", "'level':'L2'"), Node("repo-src", "Resource"));
        Assert.Equal("acct-test app-legacy sp-legacy", Names(reach.Reached, row => row.CertainDirect));
        Assert.Equal("acct-test app-legacy corp-dir mailboxes repo-bot repo-src secret-in-mail sp-legacy", Names(reach.Reached, row => row.CertainAmplified));
        Assert.Equal(["pw-test", "secret-in-mail"], reach.Durable);
        Assert.Equal([("corp-dir", "L6", 4), ("repo-src", "L2", 7)], reach.Reached.Where(row => row.Id is "corp-dir" or "repo-src").Select(row => (row.Id, row.Level, row.Hops)));
    }

    /// <summary>Heroku, GitHub, npm: a delegated token reaches what its user may, not the other user's repository, nor the system.</summary>
    [Fact]
    public void A_user_token_reaches_the_repositories_of_its_user()
    {
        string[] Token(string number, string repo) =>
        [
            Secret("ut-" + number, "accessToken"), Edge("STORED_IN", "ut-" + number, "db"), Edge("BACKED_BY", "ut-" + number, "grant-" + number), Live("grant-" + number, "OAuthGrant", "'type':'delegated'"),
            Edge("ON_BEHALF_OF", "grant-" + number, "user-" + number), Live("user-" + number, "Account"), Edge("IN_SYSTEM", "user-" + number, "github"),
            Edge("INCLUDES_SCOPE", "grant-" + number, "repo"), Node(repo, "Resource"), Edge("IN_SYSTEM", repo, "github"), Edge("ENTITLES", "user-" + number, repo, "'level':'L3'"),
        ];
        var reach = Reach(
            "2022-04-09", ["tok-hm"],
            [
                Secret("tok-hm"), Edge("AUTHENTICATES_AS", "tok-hm", "machine"), Live("machine", "ServiceIdentity"), Edge("ENTITLES", "machine", "db", "'level':'L2'"), Node("db", "Resource"),
                .. Token("1", "repo-npm"), .. Token("2", "repo-oss"), Node("github", "System"), Node("repo", "Scope"), Edge("CONFERS", "repo", "github", "'level':'L3'"),
                Secret("key-npm"), Edge("STORED_IN", "key-npm", "repo-npm"), Edge("AUTHENTICATES_AS", "key-npm", "aws"), Live("aws", "ServiceIdentity"),
                Edge("ENTITLES", "aws", "s3-npm", "'level':'L2'"), Node("s3-npm", "Resource"),
            ]);
        Assert.Equal("aws db key-npm machine repo-npm repo-oss s3-npm ut-1 ut-2", Names(reach.Reached, row => row.CertainAmplified));
        Assert.DoesNotContain(reach.Reached, row => row.Id == "github");
    }

    /// <summary>CircleCI: ciphertext and key together open the customers' secrets, ciphertext alone does not.</summary>
    [Theory]
    [InlineData("'extractable':true", "cust-secret customer enckey eng proddb prodsvc")]
    [InlineData("'extractable':false", "eng proddb prodsvc")]
    public void A_session_of_an_engineer_reaches_the_secrets_it_can_decrypt(string key, string reached) => Assert.Equal(reached, Names(
        Reach(
            "2022-12-22", ["cookie"],
            Secret("cookie", "sessionCookie"), Edge("AUTHENTICATES_AS", "cookie", "eng", "'gates':['mfaFactor']"), Live("eng", "Account", "'mfa':true"), Edge("CAN_ISSUE_CREDENTIAL", "eng", "prodsvc"),
            Live("prodsvc", "ServiceIdentity"), Edge("ENTITLES", "prodsvc", "proddb", "'level':'L2'"), Node("proddb", "Resource"), Secret("enckey", "encryptionKey", key), Edge("STORED_IN", "enckey", "proddb"),
            Secret("cust-secret"), Edge("STORED_IN", "cust-secret", "proddb"), Edge("ENCRYPTED_WITH", "cust-secret", "enckey"), Edge("AUTHENTICATES_AS", "cust-secret", "customer"), Live("customer", "ServiceIdentity")).Reached,
        row => row.CertainAmplified));

    /// <summary>Snowflake customers: an old password, by whether there is a factor, a rotation since, a network policy.</summary>
    [Theory]
    [InlineData("'mfa':false", "'name':'pw'", "acct data")]
    [InlineData("'mfa':false", "'rotatedAt':'2021-06-01T00:00:00Z'", "")]
    [InlineData("'mfa':true", "'name':'pw'", "")]
    [InlineData("'mfa':false,'gates':['allowListIp(office)']", "'name':'pw'", "")]
    public void A_password_taken_years_ago(string account, string password, string reached) => Assert.Equal(reached, Names(
        Reach(
            "2022-05-01", ["stealer"],
            Node("stealer", "Exposure", "'at':'2020-11-01T00:00:00Z'"), Edge("EXPOSES", "stealer", "pw"), Secret("pw", "password", password), Edge("AUTHENTICATES_AS", "pw", "acct"),
            Live("acct", "Account", account), Edge("ENTITLES", "acct", "data", "'level':'L2'"), Node("data", "Resource")).Reached,
        row => row.CertainAmplified));

    /// <summary>Work-management integration: accounts closed, yet a guest chat account, a token of unknown cascade and a connector go on.</summary>
    [Fact]
    public void Pat_is_gone_from_the_directory_and_not_from_the_rest()
    {
        string[] Apps(string state) =>
        [
            Node("idp-pat", "Account", $"'state':'{state}','authMethods':['local'],'mfa':false"), Edge("BELONGS_TO", "idp-pat", "Pat"), Edge("IN_SYSTEM", "idp-pat", "okta"), Node("okta", "System"),
            Node("app-pat", "Account", $"'state':'{state}','authMethods':['sso']"), Edge("BELONGS_TO", "app-pat", "Pat"), Edge("AUTHENTICATED_VIA", "app-pat", "idp-pat"), Edge("IN_SYSTEM", "app-pat", "work"),
            Node("work", "System"), Node("boards", "Resource"), Edge("ENTITLES", "app-pat", "boards", "'level':'L3'"), Secret("pat", "pat", "'extractable':true"), Edge("AUTHENTICATES_AS", "pat", "app-pat"),
            Edge("HELD_BY", "pat", "Pat"), Live("chat-pat", "Account", "'guest':true,'authMethods':['local'],'mfa':false"), Edge("BELONGS_TO", "chat-pat", "Pat"), Edge("IN_SYSTEM", "chat-pat", "chat"),
            Node("chat", "System"), Node("channel", "Resource"), Edge("ENTITLES", "chat-pat", "channel", "'level':'L2'"), Live("consent", "OAuthGrant", "'type':'application','survivesAuthoriserDisable':true"),
            Edge("CONSENTED_BY", "consent", "app-pat"), Edge("INCLUDES_SCOPE", "consent", "all"), Node("all", "Scope"), Edge("CONFERS", "all", "files", "'level':'L3'"), Node("files", "Resource"),
        ];
        var left = new NaiveEvaluator(
            [
                Run("hr", "2025-05-31", Node("Pat", "Person"), Edge("EMPLOYED_AS", "Pat", "job"), Node("job", "Employment", "'startAt':'2020-01-01','endAt':'2025-05-30T17:00:00Z','status':'ended'")),
                Run("apps", "2025-05-01", Apps("Active")),
                Run("apps", "2025-06-01", Apps("Disabled")),
            ],
            Day("2030-01-01")).At(Day("2025-06-02")).Leaver("Pat");
        Assert.Equal("Reachable", left.Verdict);
        Assert.Equal(
            ["R1 boards L3 Possible", "R1 channel L2 Certain", "R3 files L3 Certain"],
            left.Paths.Select(path => $"{path.Class} {path.Target} {path.Level} {path.Certainty}").Order(StringComparer.Ordinal));
        Assert.Equal(["okta"], left.Systems.Where(system => system.Verified).Select(system => system.System));
    }
}
