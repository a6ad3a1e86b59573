using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>Every control rule where it opens and, beside it, the nearest case where it does not.</summary>
public sealed class NaiveControlTests
{
    private static readonly string[] Kim = [Live("kim", "Account"), Edge("ENTITLES", "kim", "repo", "'level':'L3'"), Node("repo", "Resource")];

    private static readonly string[] Bot = [Live("bot", "ServiceIdentity")];

    /// <summary>What is reached on 2 March from a complete run on 1 March: id, level, hops.</summary>
    private static string Reached(string seed, NaiveProfile profile, params string[] lines) => string.Join(
        " ",
        new NaiveEvaluator([Run("okta", "2025-03-01", lines)], Day("2030-01-01")).At(Day("2025-03-02")).Reach([seed], profile).Reached
            .Select(reached => $"{reached.Id}:{reached.Level}@{reached.Hops}"));

    private static string Reached(string seed, params string[] lines) => Reached(seed, NaiveProfile.ExternalBearer, lines);

    [Fact]
    public void D1_a_live_key_acts_as_its_account_and_D4_as_far_as_that_is_entitled()
    {
        var link = Edge("AUTHENTICATES_AS", "key", "kim");
        Assert.Equal("kim:L4@1 repo:L3@2", Reached("key", [Secret("key"), link, .. Kim]));
        Assert.Equal("", Reached("key", [Secret("key", "mfaFactor"), link, .. Kim]));
        Assert.Equal("", Reached("key", [Secret("key", "apiKey", "'revokedAt':'2025-02-01T00:00:00Z'"), link, .. Kim]));
        Assert.Equal("kim:L4?@1 repo:L3?@2", Reached("key", [Node("key", "Credential", "'expiresAt':null"), link, .. Kim]));
    }

    [Fact]
    public void D1_a_password_needs_the_factor_of_an_account_that_has_one()
    {
        string[] Of(string mfa) => [Secret("pw", "password"), Edge("AUTHENTICATES_AS", "pw", "kim"), Live("kim", "Account", mfa)];
        Assert.Equal("kim:L4@1", Reached("pw", Of("'mfa':false")));
        Assert.Equal("kim:L4?@1", Reached("pw", Of("'name':'kim'")));
        Assert.Equal("", Reached("pw", Of("'mfa':true")));
    }

    [Fact]
    public void D1_an_attained_factor_satisfies_the_gate()
    {
        string[] lines =
        [
            Secret("pw", "password"), Edge("AUTHENTICATES_AS", "pw", "kim"), Live("kim", "Account", "'mfa':true"), Node("vault", "Resource"), Edge("STORED_IN", "pw", "vault"),
            Secret("totp", "mfaFactor"), Edge("AUTHENTICATES_AS", "totp", "kim"),
        ];
        Assert.Equal("pw:L4@1", Reached("vault", lines));
        Assert.Equal("kim:L4@2 pw:L4@1 totp:L4@1", Reached("vault", [.. lines, Edge("STORED_IN", "totp", "vault")]));
    }

    [Fact]
    public void D2_what_the_holder_can_take_or_may_use()
    {
        string[] Of(string extractable, string mayUse = "") => [.. Bot, Secret("key", "apiKey", extractable), Edge("HELD_BY", "key", "bot", mayUse)];
        Assert.Equal("key:L4@1", Reached("bot", Of("'extractable':true")));
        Assert.Equal("key:L4@1", Reached("bot", Of("'extractable':false")));
        Assert.Equal("", Reached("bot", Of("'extractable':false", "'mayUse':false")));
        Assert.Equal("key:L4?@1", Reached("bot", Of("'name':'k'", "'mayUse':false")));
    }

    [Theory]
    [InlineData("2025-01-31", "key:L4@1")]
    [InlineData("2025-02-15", "")]          // what she knows was changed since
    public void D2_what_a_person_holds_is_dead_once_rotated(string rotated, string reached) => Assert.Equal(reached, Reached(
        "Kim", Node("Kim", "Person"), Secret("key", "apiKey", $"'extractable':true,'rotatedAt':'{rotated}T00:00:00Z'"), Edge("HELD_BY", "key", "Kim", from: "2025-02-01")));

    [Fact]
    public void D3_a_reader_of_the_store_has_the_secret_and_where_it_is_encrypted_only_with_the_key()
    {
        string[] lines = [Node("vault", "Resource"), Secret("key"), Edge("STORED_IN", "key", "vault")];
        Assert.Equal("key:L4@1", Reached("vault", lines));
        Assert.Equal("", Reached("vault", [.. lines, Secret("kek", "encryptionKey"), Edge("ENCRYPTED_WITH", "key", "kek")]));
        Assert.Equal("kek:L4@1 key:L4@2", Reached("vault", [.. lines, Secret("kek", "encryptionKey"), Edge("ENCRYPTED_WITH", "key", "kek"), Edge("STORED_IN", "kek", "vault")]));
        Assert.Equal("", Reached("vault", Node("vault", "Resource"), Secret("key", "apiKey", "'extractable':false"), Edge("STORED_IN", "key", "vault")));
    }

    [Fact]
    public void D4_every_node_of_the_walk_must_be_live()
    {
        string[] Of(string assignment) =>
        [
            Live("kim", "Account"), Edge("HOLDS", "kim", "a"), Node("a", "Assignment", assignment), Edge("ASSIGNS", "a", "admins"), Node("admins", "Group"),
            Edge("HAS_ROLE", "admins", "owner"), Node("owner", "Role"), Edge("ENTITLES", "owner", "repo", "'rights':'DRA'"), Node("repo", "Resource"),
        ];
        Assert.Equal("repo:L5@1", Reached("kim", Of("'state':'Active','assignmentKind':'standing'")));
        Assert.Equal("repo:L5?@1", Reached("kim", Of("'assignmentKind':'standing'")));
        Assert.Equal("", Reached("kim", Of("'state':'Active','assignmentKind':'eligible','gates':['pamApproval']")));
    }

    [Fact]
    public void A_level_nobody_knows_counts_nothing_in_certain_and_the_catalogue_in_possible()
    {
        string[] lines = [Live("kim", "Account"), Edge("ENTITLES", "kim", "repo"), Node("repo", "Resource"), Edge("IN_SYSTEM", "repo", "git"), Node("git", "System")];
        Assert.Equal("repo:L5?@1", Reached("kim", lines));
        Assert.Equal("repo:L2?@1", Reached("kim", [.. lines, Node("read", "Scope"), Edge("CONFERS", "read", "git", "'level':'L2'")]));
    }

    [Theory]
    [InlineData("application", "crm:L3@2 mail:L3@3")]
    [InlineData("domainWide", "crm:L3@2 mail:L3@3")]
    [InlineData("delegated", "mail:L2@2")]             // what the account may itself: read one mailbox, nothing of the system
    public void D5_a_token_acts_as_its_grant_within_its_scopes_and_the_account_it_acts_for(string type, string reached) => Assert.Equal(reached, Reached(
        "tok", Secret("tok", "accessToken"), Edge("BACKED_BY", "tok", "grant"), Live("grant", "OAuthGrant", $"'type':'{type}'"), Edge("ON_BEHALF_OF", "grant", "kim"), Live("kim", "Account"),
        Edge("INCLUDES_SCOPE", "grant", "rw"), Node("rw", "Scope"), Edge("CONFERS", "rw", "crm", "'level':'L3'"), Node("crm", "System"),
        Edge("IN_SYSTEM", "mail", "crm"), Node("mail", "Resource"), Edge("ENTITLES", "kim", "mail", "'level':'L2'"), Edge("IN_SYSTEM", "kim", "crm")));

    [Fact]
    public void D5_an_account_whose_rights_were_never_collected_bounds_nothing_in_possible()
    {
        string[] lines =
        [
            Live("grant", "OAuthGrant", "'type':'delegated'"), Edge("ON_BEHALF_OF", "grant", "kim"), Live("kim", "Account"), Edge("IN_SYSTEM", "kim", "idp"), Node("idp", "System"),
            Edge("INCLUDES_SCOPE", "grant", "rw"), Node("rw", "Scope"), Edge("CONFERS", "rw", "crm", "'level':'L3'"), Node("crm", "System"),
        ];

        // The stream of CONFERS bears such a kind's name and its source stated the account; in a stream of another name it says nothing of it.
        Assert.Equal("", Reached("grant", lines));
        Assert.Equal("crm:L3?@1", Reached("grant", [.. lines.Where(line => !line.Contains("CONFERS")), Edge("CONFERS", "rw", "crm", "'level':'L3'", stream: "catalogue")]));
    }

    [Fact]
    public void D6_who_uses_an_application_uses_its_connectors_and_what_they_run_as()
    {
        string[] lines = [Live("app", "Application"), Live("conn", "Connector"), Edge("INSTANCE_OF", "conn", "app"), .. Bot, Edge("RUNS_AS", "conn", "bot")];
        Assert.Equal("bot:L4@2 conn:L4@1", Reached("app", lines));
        Assert.Equal("", Reached("app", [Node("conn", "Connector", "'state':'Disabled'"), .. lines.Where(line => !line.Contains("'conn','kind'"))]));
    }

    [Theory]
    [InlineData("'protected':false", "L3", "wf:L4@1")]
    [InlineData("'name':'x'", "L3", "wf:L4?@1")]
    [InlineData("'protected':true", "L3", "")]
    [InlineData("'protected':true", "L5", "wf:L4@1")]   // an administrator lifts the protection
    public void D7_who_writes_the_repository_of_a_workflow_runs_it(string props, string level, string reached)
    {
        var run = Run("git", "2025-03-01", Node("repo", "Resource"), Live("wf", "Workflow"), Edge("DEFINED_IN", "wf", "repo", props));
        var found = new NaiveEvaluator([run], Day("2030-01-01")).At(Day("2025-03-02")).Reach([new NaiveSeed("repo", NaiveRights.OfLevel(level))]).Reached;
        Assert.Equal(reached, string.Join(" ", found.Select(row => $"{row.Id}:{row.Level}@{row.Hops}")));
        Assert.Equal(level == "L5" ? [""] : found.Select(row => row.CertainAmplified), found.Select(row => row.CertainDirect));
    }

    [Theory]
    [InlineData("'conditions':'none'", "bot:L4@1")]
    [InlineData("'conditions':'unread'", "bot:L4?@1")]
    [InlineData("'gates':['humanApproval']", "")]
    public void D8_who_may_assume_a_principal_acts_as_it(string props, string reached) =>
        Assert.Equal(reached, Reached("kim", [Live("kim", "Account"), .. Bot, Edge("CAN_ASSUME", "kim", "bot", props)]));

    [Fact]
    public void D9_to_D11_amplify_and_stay_out_of_direct()
    {
        string[] lines =
        [
            Live("kim", "Account"), .. Bot, Edge("CAN_ISSUE_CREDENTIAL", "kim", "bot"), Node("hr", "System", "'category':'hris'"), Edge("CAN_PROVISION", "kim", "hr", "'maxLevel':'L5'"),
            Node("owner", "Role"), Edge("CAN_GRANT", "kim", "owner", "'maxLevel':'L2'"), Edge("ENTITLES", "owner", "repo", "'level':'L5'"), Node("repo", "Resource"),
        ];
        Assert.Equal("bot:L4@1 hr:L6@1 repo:L2@1", Reached("kim", lines));
        var reach = new NaiveEvaluator([Run("okta", "2025-03-01", lines)], Day("2030-01-01")).At(Day("2025-03-02")).Reach(["kim"]);
        Assert.All(reach.Reached, row => Assert.Equal("", row.CertainDirect + row.PossibleDirect));
    }

    [Fact]
    public void A_connector_that_provisions_into_its_target_may_do_so_at_any_level()
    {
        string[] Of(string side) => [Live("conn", "Connector", "'capabilities':['provision']"), Node("crm", "System"), Edge("CONNECTS", "conn", "crm", side)];
        Assert.Equal("crm:L5?@1", Reached("conn", Of("'side':'target'")));
        Assert.Equal("", Reached("conn", Of("'side':'source'")));
    }

    [Fact]
    public void D12_a_reader_of_a_container_reads_what_it_contains_and_its_administrator_is_whoever_is_in_it()
    {
        string[] lines = [Live("kim", "Account"), Node("git", "System"), Node("repo", "Resource"), Edge("IN_SYSTEM", "repo", "git"), .. Bot, Edge("IN_SYSTEM", "bot", "git")];
        Assert.Equal("git:L2@1 repo:L2@2", Reached("kim", [.. lines, Edge("ENTITLES", "kim", "git", "'level':'L2'")]));
        Assert.Equal("bot:L4@2 git:L5@1 repo:L5@2", Reached("kim", [.. lines, Edge("ENTITLES", "kim", "git", "'level':'L5'")]));
        Assert.Equal("git:L4@1", Reached("kim", [.. lines, Edge("ENTITLES", "kim", "git", "'level':'L4'")]));
        Assert.Equal("git:L2@1", Reached("kim", [.. lines, Edge("ENTITLES", "kim", "git", "'level':'L2'"), Edge("CONTAINS", "git", "repo", "'inherits':false")]));
    }

    [Fact]
    public void D13_an_idp_account_opens_its_app_accounts_while_it_is_live()
    {
        string[] Of(string state) =>
        [
            Node("idp", "Account", $"'state':'{state}'"), Live("app", "Account"), Edge("AUTHENTICATED_VIA", "app", "idp"), Secret("key"), Edge("AUTHENTICATES_AS", "key", "idp"),
            Edge("IN_SYSTEM", "idp", "okta"), Node("okta", "System", "'cascade_apiKey':'Never'"),
        ];
        Assert.Equal("app:L4@2 idp:L4@1", Reached("key", Of("Active")));
        Assert.Equal("idp:L4@1", Reached("key", Of("Disabled")));
    }

    [Fact]
    public void D14_a_vendor_uses_what_it_operates_unless_bound_to_an_address_that_is_not_its_own()
    {
        string[] Of(string gates) => [Node("drift", "Organization"), Node("crm", "System"), Edge("OPERATED_BY", "crm", "drift", gates)];
        Assert.Equal("crm:L5@1", Reached("drift", Of("'name':'x'")));
        Assert.Equal("", Reached("drift", Of("'gates':['allowListIp(drift)']")));
        Assert.Equal("crm:L5@1", Reached("drift", new NaiveProfile(Vendor: "drift"), Of("'gates':['allowListIp(drift)']")));
    }

    [Theory]
    [InlineData("'pinned':false", "wf:L4@1")]
    [InlineData("'pinned':true", "")]
    [InlineData("'name':'x'", "wf:L4?@1")]
    public void D15_who_controls_a_dependency_runs_in_who_does_not_pin_it(string props, string reached) =>
        Assert.Equal(reached, Reached("lib", Live("lib", "Application"), Live("wf", "Workflow"), Edge("DEPENDS_ON", "wf", "lib", props)));

    [Theory]
    [InlineData("'mapping':['okta:u/*=>bot']", "bot:L4@1")]
    [InlineData("'mapping':['okta:x/*=>bot']", "")]
    [InlineData("'mapping':['nonsense']", "bot:L4?@1")]
    [InlineData("'mapping':null", "")]
    public void D16_a_trusted_tenant_maps_its_principals(string mapping, string reached) => Assert.Equal(reached, Reached(
        "okta:u/1", [Live("okta:u/1", "Account"), Node("okta", "System"), Node("t2", "Tenant"), Node("aws", "System"), Node("t1", "Tenant"), .. Bot, Edge("IN_SYSTEM", "okta:u/1", "okta"),
        Edge("IN_TENANT", "okta", "t2"), Edge("IN_SYSTEM", "bot", "aws"), Edge("IN_TENANT", "aws", "t1"), Edge("TRUSTS", "t1", "t2", mapping)]));

    [Theory]
    [InlineData("'renewable':true", "refresh", "child:L4@1")]
    [InlineData("'renewable':false", "refresh", "")]
    [InlineData("'renewable':true", "rotate", "")]
    public void D17_a_live_renewable_token_gives_what_is_derived_from_it(string renewable, string mode, string reached) => Assert.Equal(reached, Reached(
        "tok", Secret("tok", "refreshToken", renewable), Secret("child", "accessToken"), Edge("DERIVED_FROM", "child", "tok", $"'mode':'{mode}'")));

    [Fact]
    public void D18_a_reset_channel_opens_an_account_without_a_factor()
    {
        string[] Of(string mfa) => [Node("mailbox", "Resource"), Live("kim", "Account", mfa), Edge("RECOVERY_FOR", "mailbox", "kim")];
        Assert.Equal("kim:L4@1", Reached("mailbox", Of("'mfa':false")));
        Assert.Equal("", Reached("mailbox", Of("'mfa':true")));
    }

    [Theory]
    [InlineData("'authMethods':['local'],'mfa':false", "kim:L4@1")]
    [InlineData("'authMethods':['local'],'mfa':true", "")]
    [InlineData("'authMethods':['key'],'mfa':true", "kim:L4@1")]
    [InlineData("'authMethods':['sso']", "")]            // no live account to come from
    [InlineData("'mfa':false", "kim:L4?@1")]
    public void D19_a_person_signs_in_to_her_account(string props, string reached) =>
        Assert.Equal(reached, Reached("Kim", Node("Kim", "Person"), Live("kim", "Account", props), Edge("BELONGS_TO", "kim", "Kim")));

    [Fact]
    public void D20_one_fingerprint_is_one_secret()
    {
        Assert.Equal("b:L4@1", Reached("a", Secret("a", "sshKey", "'fingerprint':'f1'"), Secret("b", "sshKey", "'fingerprint':'f1'")));
        Assert.Equal("", Reached("a", Secret("a", "sshKey", "'fingerprint':'f1'"), Secret("b", "sshKey", "'fingerprint':'f2'")));
        Assert.Equal("a:L4@1", Reached("b", Secret("a"), Secret("b"), Edge("DERIVED_FROM", "b", "a", "'mode':'copy'")));
    }

    [Fact]
    public void Network_position_a_node_behind_another_is_reached_only_through_it()
    {
        string[] lines = [Live("kim", "Account"), Edge("ENTITLES", "kim", "db", "'level':'L2'"), Node("db", "Resource"), Edge("REACHED_THROUGH", "db", "vpn"), Node("vpn", "System")];
        Assert.Equal("", Reached("kim", lines));
        Assert.Equal("db:L2@2 vpn:L4@1", Reached("kim", [.. lines, Edge("ENTITLES", "kim", "vpn", "'level':'L4'")]));
        Assert.Equal("vpn:L3@1", Reached("kim", [.. lines, Edge("ENTITLES", "kim", "vpn", "'level':'L3'")]));   // Write is not Use
    }

    [Fact]
    public void A_network_gate_is_passed_by_profile_or_through_an_attained_alternative()
    {
        string[] lines = [Live("kim", "Account"), Edge("ENTITLES", "kim", "erp", "'level':'L2'"), Node("erp", "System", "'gates':['corpNetwork']")];
        Assert.Equal("", Reached("kim", lines));
        Assert.Equal("erp:L2@1", Reached("kim", new NaiveProfile(Insider: true), lines));
        Assert.Equal("erp:L2@2 vpn:L4@1", Reached("kim", [.. lines, Edge("REACHED_THROUGH", "erp", "vpn"), Node("vpn", "System"), Edge("ENTITLES", "kim", "vpn", "'level':'L4'")]));
    }

    [Fact]
    public void An_exposure_seeds_what_it_exposes_until_it_ends_and_a_credential_until_it_is_rotated()
    {
        string[] Of(string until, string rotated) =>
        [
            Node("leak", "Exposure", $"'at':'2025-02-01T00:00:00Z'{until}"), Secret("key", "apiKey", "'name':'k'" + rotated), Edge("EXPOSES", "leak", "key"), Edge("AUTHENTICATES_AS", "key", "bot"), .. Bot,
        ];
        Assert.Equal("bot:L4@1", Reached("leak", Of("", "")));
        Assert.Equal("bot:L4@1", Reached("leak", Of(",'until':'2025-02-10T00:00:00Z'", "")));
        Assert.Equal("", Reached("leak", Of("", ",'rotatedAt':'2025-02-20T00:00:00Z'")));
        Assert.Equal("", Reached("key", Of("", ",'rotatedAt':'2025-02-20T00:00:00Z'")));
    }

    [Fact]
    public void The_score_weighs_what_is_certain_by_level()
    {
        var run = Run("okta", "2025-03-01", Live("kim", "Account"), Node("a", "Resource", "'criticality':10"), Node("b", "Resource"), Edge("ENTITLES", "kim", "a", "'level':'L2'"), Edge("ENTITLES", "kim", "b"));
        var radius = new NaiveEvaluator([run], Day("2030-01-01")).At(Day("2025-03-02")).BlastRadius(["kim"]);
        Assert.Equal(3.0, radius.Raw, 9);
        Assert.Equal(3.0 / 13, radius.Share, 9);
        Assert.Equal(1.0, radius.Amplification, 9);
    }

    [Fact]
    public void Exposure_asks_every_principal_and_credential_in_turn()
    {
        var run = Run("okta", "2025-03-01", [Secret("key"), Edge("AUTHENTICATES_AS", "key", "kim"), .. Kim, Live("lee", "Account"), Live("max", "Account")]);
        var exposure = new NaiveEvaluator([run], Day("2030-01-01")).At(Day("2025-03-02")).Exposure("repo");
        Assert.Equal(["key 2", "kim 1"], exposure.Attackers.Select(pair => $"{pair.Key} {pair.Value.Hops}").Order(StringComparer.Ordinal));
        Assert.Equal(0.5, exposure.Share);
    }

    [Fact]
    public void A_step_into_another_tenant_and_environment_is_a_crossing()
    {
        var run = Run(
            "okta", "2025-03-01", [Live("kim", "Account"), Edge("IN_SYSTEM", "kim", "test"), Node("test", "System", "'env':'test'"), Edge("IN_TENANT", "test", "t1"), Node("t1", "Tenant"), Edge("CAN_ASSUME", "kim", "bot"),
            .. Bot, Edge("IN_SYSTEM", "bot", "prod"), Node("prod", "System", "'env':'prod'"), Edge("IN_TENANT", "prod", "t2"), Node("t2", "Tenant"), Edge("ENTITLES", "bot", "db", "'level':'L2'"),
            Node("db", "Resource"), Edge("IN_SYSTEM", "db", "prod")]);
        var radius = new NaiveEvaluator([run], Day("2030-01-01")).At(Day("2025-03-02")).BlastRadius(["kim"]);
        Assert.Equal((1, 1), (radius.Tenants, radius.Environments));
    }
}
