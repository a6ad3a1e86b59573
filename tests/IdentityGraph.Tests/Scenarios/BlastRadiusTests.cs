using System.Text.Json;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Blast radius and path as the facade answers them, on incidents of the public record.</summary>
public sealed class BlastRadiusTests
{
    /// <summary>A test account without a second factor in a test tenant, and what an old application could still do in the corporate one.</summary>
    private static readonly Action<Facts.Lines> s_midnight = l => l
        .Node("test", "Tenant").Node("corp", "Tenant").System("test-idp", ("env", "nonprod")).System("corp-dir", ("category", "directory"), ("env", "prod"), ("criticality", 10)).System("m365", ("env", "prod"), ("criticality", 6))
        .Edge("IN_TENANT", "test-idp", "test").Edge("IN_TENANT", "corp-dir", "corp").Edge("IN_TENANT", "m365", "corp")
        .Key("pw-test", "password").Account("acct-test", ("mfa", false)).App("app-legacy").Service("sp-legacy").Resource("mailboxes", ("criticality", 10), ("crownJewel", true))
        .Edge("IN_SYSTEM", "acct-test", "test-idp").Edge("IN_SYSTEM", "app-legacy", "test-idp").Edge("IN_SYSTEM", "sp-legacy", "corp-dir").Edge("IN_SYSTEM", "mailboxes", "m365")
        .Edge("AUTHENTICATES_AS", "pw-test", "acct-test").Edge("CAN_MODIFY", "acct-test", "app-legacy").Edge("RUNS_AS", "app-legacy", "sp-legacy")
        .Node("full_access_as_app", "Scope").Edge("CONFERS", "full_access_as_app", "mailboxes", ("level", "L3")).Edge("CAN_GRANT", "sp-legacy", "full_access_as_app", ("maxLevel", null))
        .Edge("CAN_PROVISION", "sp-legacy", "corp-dir", ("maxLevel", "L6"))
        .Key("secret-in-mail", "clientSecret").Service("builder").Resource("repo-src")
        .Edge("STORED_IN", "secret-in-mail", "mailboxes").Edge("AUTHENTICATES_AS", "secret-in-mail", "builder").Edge("ENTITLES", "builder", "repo-src", ("level", "L2"));

    [Fact]
    public async Task A_forgotten_test_account_reaches_the_mailboxes_by_granting_itself_more()
    {
        var answer = await Ask(s_midnight, "pw-test");
        var reached = answer.Data.Reached;

        Assert.Equal(["acct-test", "app-legacy", "sp-legacy"], reached.Where(node => node.Certain.Direct.Length > 0).Select(node => node.Id));
        Assert.Equal(["acct-test", "app-legacy", "builder", "corp-dir", "mailboxes", "repo-src", "secret-in-mail", "sp-legacy"], reached.Where(node => node.Certain.Amplified.Length > 0).Select(node => node.Id));
        Assert.Equal(new RightsCell("", "DRW"), reached.Single(node => node.Id == "mailboxes").Certain);
        Assert.Equal("L6", reached.Single(node => node.Id == "corp-dir").Level);
        Assert.Equal(new BoundaryAnswer(1, 1, 0), answer.Data.Score.Boundaries);
    }

    [Fact]
    public async Task The_score_weighs_certain_rights_by_criticality()
    {
        var score = (await Ask(s_midnight, "pw-test")).Data.Score;

        // corp-dir 10 × 1, mailboxes 10 × 0.6, repo-src 3 (not stated) × 0.3; all of the estate: 10 + 6 + 3 (test-idp) + 10 + 3.
        Assert.Equal(16.9, score.Raw);
        Assert.Equal(0, score.DirectRaw);
        Assert.Equal(16.9, score.Amplification);
        Assert.Equal(Math.Round(16.9 / 32, 6), score.Share);
        Assert.Equal(["mailboxes"], score.CrownJewels);
        Assert.Equal(1, score.UnknownCriticality);
        Assert.Null(score.ExposureEnd);
    }

    [Fact]
    public async Task Credentials_that_can_be_kept_are_durable_seeds_too() =>
        Assert.Equal(["pw-test", "secret-in-mail"], (await Ask(s_midnight, "pw-test")).Data.Durable);

    [Fact]
    public async Task The_second_factor_stops_it_at_the_password()
    {
        var answer = await Ask(l => s_midnight(Told(l, "acct-test")), "pw-test");

        Assert.DoesNotContain(answer.Data.Reached, node => node.Certain.Amplified.Length > 0);

        // Two statements of one strength disagree on the factor: possible, and shown as such.
        Assert.Equal("L4?", answer.Data.Reached.Single(node => node.Id == "acct-test").Level);

        static Facts.Lines Told(Facts.Lines lines, string account) => lines.Account(account, ("mfa", true));
    }

    [Fact]
    public async Task Every_reached_node_comes_with_its_proof_premises_first_and_none_when_not_asked()
    {
        var answer = await Ask(s_midnight, "pw-test");
        var proof = answer.Data.Proofs[answer.Data.Reached.Single(node => node.Id == "repo-src").Proof!];

        Assert.Equal(["seed", "D1", "D7", "D6", "D11", "D3", "D1", "D4"], proof.Select(step => step.Rule));
        Assert.All(answer.Data.Proofs.Values, steps => Assert.All(steps.Index(), step => Assert.All(step.Item.From, from => Assert.Contains(steps.Take(step.Index), before => before.Node == from))));
        Assert.Empty((await Ask(s_midnight, "pw-test", proofs: false)).Data.Proofs);
    }

    [Fact]
    public async Task Equal_questions_give_equal_bytes()
    {
        var (one, other) = (await Ask(s_midnight, "pw-test"), await Ask(s_midnight, "pw-test"));

        Assert.Equal(JsonSerializer.Serialize(one, AnswerJson.Default.AnswerBlastRadiusAnswer), JsonSerializer.Serialize(other, AnswerJson.Default.AnswerBlastRadiusAnswer));
    }

    [Fact]
    public async Task A_seed_that_is_not_live_gives_nothing_and_says_why()
    {
        var answer = await Ask(l => l.Node("svc", "ServiceIdentity", ("state", "Disabled")).Resource("db").Edge("ENTITLES", "svc", "db", ("level", "L2")), "svc");

        Assert.Empty(answer.Data.Reached);
        Assert.Equal(["seed `svc` gives nothing: Disabled (SystemState)"], answer.Warnings);
    }

    [Fact]
    public async Task A_seed_nobody_stated_is_refused_by_name() =>
        Assert.Equal("nobody", (await Assert.ThrowsAsync<UnknownIdentityException>(() => Ask(s_midnight, "nobody"))).Id);

    [Fact]
    public async Task A_path_is_the_chosen_proof_or_none()
    {
        var store = Investigation(s_midnight);
        var cancellation = TestContext.Current.CancellationToken;

        Assert.Equal(["pw-test", "acct-test", "app-legacy", "sp-legacy", "corp-dir"], (await store.PathAsync(Now, "pw-test", "corp-dir", cancellationToken: cancellation)).Data.Paths.Single().Select(step => step.Node));
        Assert.Empty((await store.PathAsync(Now, "repo-src", "corp-dir", cancellationToken: cancellation)).Data.Paths);
        Assert.Empty((await store.PathAsync(Now, "pw-test", "mailboxes", Level.L5, cancellationToken: cancellation)).Data.Paths);
        Assert.Single((await store.PathAsync(Now, "pw-test", "mailboxes", Level.L3, cancellationToken: cancellation)).Data.Paths);
    }

    private static Ask Now => new() { AsOf = Facts.Instant(Estate.Day), AsKnownAt = Facts.Instant(Estate.Day) };

    private static Investigation Investigation(Action<Facts.Lines> lines) => FactsStore.Ask(Facts.Of(Estate.Day, lines));

    private static async Task<Answer<BlastRadiusAnswer>> Ask(Action<Facts.Lines> lines, string seed, bool proofs = true) =>
        await Investigation(lines).BlastRadiusAsync(Now, [seed], proofs: proofs, cancellationToken: TestContext.Current.CancellationToken);
}
