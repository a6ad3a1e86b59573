using IdentityGraph.Analyze.Questions;
using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What would have stopped incidents of the public record, cheapest first, and what would not.</summary>
public sealed class CutsQuestionTests
{
    /// <summary>A key from a repository opens a cloud role that reads a store of tokens, one for each customer.</summary>
    private static readonly Action<Facts.Lines> s_tokens = l => l
        .Resource("gh").Key("cred-aws").Service("aws-drift").Resource("tokstore")
        .Edge("STORED_IN", "cred-aws", "gh").Edge("AUTHENTICATES_AS", "cred-aws", "aws-drift").Edge("ENTITLES", "aws-drift", "tokstore", ("level", "L5"))
        .Key("rt-A").Edge("STORED_IN", "rt-A", "tokstore").Account("user-A").Edge("AUTHENTICATES_AS", "rt-A", "user-A").Resource("sf-A").Edge("ENTITLES", "user-A", "sf-A", ("level", "L2"))
        .Key("rt-C").Edge("STORED_IN", "rt-C", "tokstore").Account("user-C").Edge("AUTHENTICATES_AS", "rt-C", "user-C").Resource("sf-C").Edge("ENTITLES", "user-C", "sf-C", ("level", "L2"));

    [Fact]
    public async Task Two_targets_fall_by_what_both_rest_on_or_by_one_of_each()
    {
        var answer = await Ask(s_tokens, new CutsQuestion { From = ["gh"], To = ["sf-A", "sf-C"], Among = ["cred-aws", "aws-drift", "tokstore", "rt-A", "rt-C"], All = true });

        Assert.Equal(["1 cred-aws", "2 rt-A rt-C", "3 tokstore", "4 aws-drift"], Cuts(answer));
        Assert.Equal(["aws-drift", "cred-aws", "tokstore"], answer.Data.ChokePoints.Select(point => point.Node));
        Assert.All(answer.Data.Cuts, cut => Assert.Equal(("proved minimal", true), (cut.Status, cut.Verified)));
    }

    [Fact]
    public async Task Without_all_only_the_cheapest_are_listed() =>
        Assert.Equal(["1 cred-aws"], Cuts(await Ask(s_tokens, new CutsQuestion { From = ["gh"], To = ["sf-A", "sf-C"] })));

    [Fact]
    public async Task The_start_itself_is_cut_where_it_can_be_revoked_and_never_where_it_is_a_place()
    {
        Assert.Contains("1 cred-aws", Cuts(await Ask(s_tokens, new CutsQuestion { From = ["cred-aws"], To = ["tokstore"], All = true })));
        Assert.Equal(["1 cred-aws", "4 aws-drift"], Cuts(await Ask(s_tokens, new CutsQuestion { From = ["gh"], To = ["tokstore"], All = true })));
    }

    /// <summary>Two things needed together: a gateway and one of two service accounts.</summary>
    private static readonly Action<Facts.Lines> s_gateway = l => l
        .Key("tok-mw").Service("gate").Edge("AUTHENTICATES_AS", "tok-mw", "gate")
        .System("atlassian").System("bitbucket").Edge("REACHED_THROUGH", "atlassian", "gate").Edge("REACHED_THROUGH", "bitbucket", "gate")
        .Service("sa-ss").Edge("ENTITLES", "sa-ss", "atlassian", ("level", "L5")).Service("sa-bb").Edge("ENTITLES", "sa-bb", "bitbucket", ("level", "L2"));

    [Fact]
    public async Task Where_two_things_are_needed_together_either_is_a_cut()
    {
        var answer = await Ask(s_gateway, new CutsQuestion { From = ["tok-mw", "sa-ss", "sa-bb"], To = ["atlassian", "bitbucket"], All = true });

        Assert.Equal(["1 tok-mw", "4 gate", "8 sa-bb sa-ss"], Cuts(answer));
    }

    [Fact]
    public async Task A_limit_on_members_leaves_the_smaller_cuts() =>
        Assert.Equal(["1 tok-mw", "4 gate"], Cuts(await Ask(s_gateway, new CutsQuestion { From = ["tok-mw", "sa-ss", "sa-bb"], To = ["atlassian", "bitbucket"], All = true, MaxSize = 1 })));

    [Fact]
    public async Task A_grant_dies_with_who_authorised_it_so_that_account_is_a_cut()
    {
        Action<Facts.Lines> consented = l => l.App("app").Account("kim").Grant("grant", "application", ("survivesAuthoriserDisable", false)).Node("scope", "Scope").Resource("mail")
            .Edge("GRANTED_TO", "grant", "app").Edge("CONSENTED_BY", "grant", "kim").Edge("INCLUDES_SCOPE", "grant", "scope").Edge("CONFERS", "scope", "mail", ("level", "L2"));

        Assert.Equal(["4 app", "4 kim"], Cuts(await Ask(consented, new CutsQuestion { From = ["app"], To = ["mail"], All = true })));
    }

    [Fact]
    public async Task By_edge_the_facts_are_members_and_those_that_restrict_are_not()
    {
        var answer = await Ask(s_gateway, new CutsQuestion { From = ["tok-mw", "sa-bb"], To = ["bitbucket"], By = CutBy.Edge, All = true });

        Assert.Equal(["1 AUTHENTICATES_AS tok-mw gate", "3 ENTITLES sa-bb bitbucket"], Cuts(answer));
    }

    [Fact]
    public async Task By_action_it_says_what_to_do_and_a_second_factor_is_one()
    {
        Action<Facts.Lines> test = l => l.Key("pw-test", "password").Account("acct-test", ("mfa", false)).Resource("mailboxes")
            .Edge("AUTHENTICATES_AS", "pw-test", "acct-test").Edge("ENTITLES", "acct-test", "mailboxes", ("level", "L3"));

        Assert.Equal(
            ["1 revoke pw-test", "3 remove right ENTITLES acct-test mailboxes", "4 disable account acct-test", "5 add gate acct-test mfaFactor"],
            Cuts(await Ask(test, new CutsQuestion { From = ["pw-test"], To = ["mailboxes"], By = CutBy.Action, All = true })));

        // A session went through the factor already; a gate would stop nothing.
        Action<Facts.Lines> session = l => l.Key("cookie", "sessionCookie").Account("acct", ("mfa", false)).Resource("db").Edge("AUTHENTICATES_AS", "cookie", "acct").Edge("ENTITLES", "acct", "db", ("level", "L2"));
        Assert.DoesNotContain(Cuts(await Ask(session, new CutsQuestion { From = ["cookie"], To = ["db"], By = CutBy.Action, All = true })), cut => cut.Contains("gate", StringComparison.Ordinal));
    }

    /// <summary>A key signs in as a service of a system that ends keys with their account, or never does.</summary>
    [Theory]
    [InlineData("Never", "doing only disable account on `s` does not cut: `s` still is attained from `k` by D1, and with it `db`; also revoke `k`")]
    [InlineData("Immediate", null)]
    public async Task A_key_that_outlives_its_account_still_signs_in_and_the_cut_says_so(string cascade, string? warning)
    {
        Action<Facts.Lines> estate = l => l.Key("k").Service("s").System("sys", ("cascade_apiKey", cascade)).Edge("IN_SYSTEM", "s", "sys").Resource("db")
            .Edge("AUTHENTICATES_AS", "k", "s").Edge("ENTITLES", "s", "db", ("level", "L2"));

        var answer = await Ask(estate, new CutsQuestion { From = ["k"], To = ["db"], By = CutBy.Action, Among = ["s"], All = true });

        Assert.Contains("4 disable account s", Cuts(answer));
        Assert.Equal(warning is null ? [] : [warning], answer.Warnings.Where(static said => said.StartsWith("doing only", StringComparison.Ordinal)));
        Assert.DoesNotContain(answer.Data.Cuts, cut => (cut.Shortfall is null) != (warning is null || cut.Members[0].Node != "s" || cut.Members[0].Action != "disable account"));
    }

    [Fact]
    public async Task A_key_that_decrypts_goes_on_doing_so_once_it_is_revoked()
    {
        Action<Facts.Lines> estate = l => l.Key("kek", "encryptionKey").Resource("vault").Account("eve").Edge("ENTITLES", "eve", "vault", ("level", "L2"))
            .Key("tok").Edge("STORED_IN", "tok", "vault").Edge("ENCRYPTED_WITH", "tok", "kek").Service("svc").Edge("AUTHENTICATES_AS", "tok", "svc");

        var answer = await Ask(estate, new CutsQuestion { From = ["eve", "kek"], To = ["svc"], By = CutBy.Action, Among = ["kek", "tok"] });

        Assert.Equal(["1 revoke kek", "1 revoke tok"], Cuts(answer));
        Assert.Contains("also revoke `tok`", answer.Data.Cuts[0].Shortfall, StringComparison.Ordinal);
        Assert.Null(answer.Data.Cuts[1].Shortfall);
    }

    [Fact]
    public async Task What_is_dead_already_is_not_to_be_revoked_but_its_copy_is()
    {
        Action<Facts.Lines> copies = l => l.Key("old", "apiKey", ("state", "Disabled"), ("fingerprint", "f")).Key("new", "apiKey", ("fingerprint", "f")).Service("svc").Edge("AUTHENTICATES_AS", "new", "svc");

        Assert.Equal(["1 revoke new"], Cuts(await Ask(copies, new CutsQuestion { From = ["old"], To = ["svc"], By = CutBy.Action, All = true })));
    }

    [Fact]
    public async Task What_is_only_possible_must_be_cut_too()
    {
        Action<Facts.Lines> unsure = l => l.Account("eve").Node("bot", "ServiceIdentity").Resource("db")
            .Edge("CAN_ASSUME", "eve", "bot").Edge("ENTITLES", "bot", "db", ("level", "L2"));

        Assert.Equal(["4 bot", "4 eve"], Cuts(await Ask(unsure, new CutsQuestion { From = ["eve"], To = ["db"], All = true })));
    }

    [Fact]
    public async Task Where_nothing_is_attained_nothing_needs_cutting_and_it_says_so()
    {
        var answer = await Ask(s_tokens, new CutsQuestion { From = ["rt-A"], To = ["sf-C"] });

        Assert.False(answer.Data.Attained);
        Assert.Empty(answer.Data.Cuts);
        Assert.Contains(answer.Warnings, warning => warning.StartsWith("no target is attained", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_level_above_what_is_attained_needs_no_cut() =>
        Assert.False((await Ask(s_tokens, new CutsQuestion { From = ["gh"], To = ["sf-A"], Level = Level.L3 })).Data.Attained);

    private static string[] Cuts(Answer<CutsAnswer> answer) => [.. answer.Data.Cuts.Select(cut => $"{cut.Cost} {string.Join(' ', cut.Members.Select(Word))}")];

    private static string Word(CutMember member) =>
        string.Join(' ', ((string?[])[member.Action, member.Node, member.Edge is { } edge ? $"{edge.Edge} {edge.Of} {edge.To}" : null, member.Gate]).OfType<string>());

    private static async Task<Answer<CutsAnswer>> Ask(Action<Facts.Lines> lines, CutsQuestion question) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, lines)).CutsAsync(FactsStore.As(Estate.Day), question, TestContext.Current.CancellationToken);
}
