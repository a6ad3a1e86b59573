using IdentityGraph.Graph;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// A ledger. A deploy key signs in as the deployer, who writes the ledger; an admin may make a key of the deployer; a script whose
/// state nobody read reads it; an auditor who asks for a second factor stands before it with a password.
/// </summary>
public sealed class ExposureQuestionTests
{
    private static readonly Action<Facts.Lines> s_ledger = l => l
        .Resource("ledger").Resource("canteen")
        .Key("deploy-key").Service("deployer").Edge("AUTHENTICATES_AS", "deploy-key", "deployer").Edge("ENTITLES", "deployer", "ledger", ("level", "L3"))
        .Account("admin").Edge("CAN_ISSUE_CREDENTIAL", "admin", "deployer")
        .Node("script", "ServiceIdentity").Edge("ENTITLES", "script", "ledger", ("level", "L2"))
        .Key("auditor-pw", "password").Account("auditor", ("mfa", true)).Edge("AUTHENTICATES_AS", "auditor-pw", "auditor").Edge("ENTITLES", "auditor", "ledger", ("level", "L2"))
        .Account("cook").Edge("ENTITLES", "cook", "canteen", ("level", "L5"));

    [Fact]
    public async Task Whoever_attains_it_alone_is_listed_with_what_and_in_how_many_hops()
    {
        var answer = await Ask(s_ledger, "ledger");

        Assert.Equal(
            ["admin /DRW 2", "auditor DR/DR 1", "deploy-key DRW/DRW 2", "deployer DRW/DRW 1", "script / 1"],
            answer.Data.Attackers.Select(one => $"{one.Id} {one.Certain.Direct}/{one.Certain.Amplified} {one.Hops}"));

        // The script may be live: possible only. The password alone does not pass the second factor.
        Assert.Equal(new RightsCell("DR", "DR"), answer.Data.Attackers.Single(one => one.Id == "script").Possible);
        Assert.DoesNotContain(answer.Data.Attackers, one => one.Id is "auditor-pw" or "cook");
    }

    [Fact]
    public async Task The_share_is_of_all_that_hold_and_counts_the_certain_only()
    {
        // admin, auditor, deploy-key, deployer of these and script, auditor-pw, cook.
        Assert.Equal(Math.Round(4 / 7.0, 6), (await Ask(s_ledger, "ledger")).Data.Share);
        Assert.Equal(Math.Round(1 / 7.0, 6), (await Ask(s_ledger, "canteen")).Data.Share);
    }

    [Fact]
    public async Task A_level_asks_for_its_highest_right()
    {
        Assert.Equal(["admin", "deploy-key", "deployer"], Ids(await Ask(s_ledger, "ledger", Level.L3)));
        Assert.Empty(Ids(await Ask(s_ledger, "ledger", Level.L5)));
        Assert.Equal(Math.Round(3 / 7.0, 6), (await Ask(s_ledger, "ledger", Level.L3)).Data.Share);
    }

    [Fact]
    public async Task The_target_itself_is_left_out_and_what_leads_to_it_is_not() =>
        Assert.Equal(["admin", "deploy-key"], Ids(await Ask(s_ledger, "deployer")));

    [Fact]
    public async Task What_needs_two_things_is_not_attained_by_either_alone()
    {
        var answer = await Ask(
            l => l.Resource("vault").Resource("safe").Key("cipher").Key("key", "encryptionKey").Service("keeper")
                .Edge("STORED_IN", "cipher", "vault").Edge("ENCRYPTED_WITH", "cipher", "key").Edge("AUTHENTICATES_AS", "cipher", "keeper").Edge("ENTITLES", "keeper", "safe", ("level", "L5"))
                .Service("left").Edge("ENTITLES", "left", "vault", ("level", "L2"))
                .Service("both").Edge("ENTITLES", "both", "vault", ("level", "L2")).Edge("HELD_BY", "key", "both"),
            "safe");

        Assert.Equal(["both", "cipher", "keeper"], Ids(answer));
    }

    [Fact]
    public async Task What_is_never_attained_itself_says_so()
    {
        var answer = await Ask(l => l.Node("admins", "Group").Account("kim").Edge("MEMBER_OF", "kim", "admins"), "admins");

        Assert.Empty(answer.Data.Attackers);
        Assert.Contains(answer.Warnings, warning => warning.StartsWith("`admins` is of kind Group", StringComparison.Ordinal));
    }

    [Fact]
    public async Task The_share_is_not_known_where_the_time_was_up_before_all_were_asked()
    {
        var answer = await FactsStore.Ask(Facts.Of(Estate.Day, s_ledger))
            .ExposureAsync(FactsStore.As(Estate.Day) with { Budget = TimeSpan.Zero }, "ledger", cancellationToken: TestContext.Current.CancellationToken);

        Assert.Null(answer.Data.Share);
        Assert.StartsWith("time budget: ", answer.Truncated, StringComparison.Ordinal);
        Assert.EndsWith(" of 7 principals and credentials were not asked", answer.Truncated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_the_facts_nobody_attains_it()
    {
        var answer = await FactsStore.Ask(Facts.Of(Estate.Day, l => l.Resource("db").Service("svc").Edge("ENTITLES", "svc", "db", ("level", "L2")).With(from: "2025-06-01")))
            .ExposureAsync(FactsStore.As("2025-05-01"), "db", cancellationToken: TestContext.Current.CancellationToken);

        Assert.DoesNotContain(answer.Data.Attackers, one => one.Certain.Amplified.Length > 0);
    }

    private static string[] Ids(Answer<ExposureAnswer> answer) => [.. answer.Data.Attackers.Select(one => one.Id)];

    private static async Task<Answer<ExposureAnswer>> Ask(Action<Facts.Lines> lines, string target, Level? level = null) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, lines)).ExposureAsync(FactsStore.As(Estate.Day), target, level, TestContext.Current.CancellationToken);
}
