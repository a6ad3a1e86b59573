using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>A radius of nothing says why it is: it would be read as clean.</summary>
public sealed class EmptyRadiusTests
{
    private static readonly Facts s_company = Facts.Of(Estate.Day, run => run
        .Account("kim").Account("gone", ("state", "Disabled")).Account("unsaid", ("state", null)).Resource("files").System("share")
        .Edge("ENTITLES", "kim", "files", ("level", "L3")).Edge("ENTITLES", "unsaid", "files", ("level", "L3"))
        .Edge("IN_SYSTEM", "files", "share").Edge("IN_SYSTEM", "idle", "share").Account("idle")
        .Workflow("alone").Workflow("nightly").Edge("RUNS_AS", "nightly", "kim").Edge("SERVES", "alone", "text:payroll")
        .Node("run", "Run", ("status", "ok")).Edge("RUN_OF", "run", "nightly")
        .App("client").Grant("idle-grant", "delegated").Edge("GRANTED_TO", "idle-grant", "client").Edge("ON_BEHALF_OF", "idle-grant", "idle").Edge("CONSENTED_BY", "idle-grant", "idle")
        .App("other").Grant("kim-grant", "delegated").Edge("GRANTED_TO", "kim-grant", "other").Edge("ON_BEHALF_OF", "kim-grant", "kim").Edge("CONSENTED_BY", "kim-grant", "kim")
        .Node("write", "Scope").Edge("INCLUDES_SCOPE", "idle-grant", "write").Edge("INCLUDES_SCOPE", "kim-grant", "write").Edge("CONFERS", "write", "files", ("level", "L3"))
        .Key("revoked", "apiKey", ("state", "Disabled")).Edge("AUTHENTICATES_AS", "revoked", "kim")
        .Key("key").Edge("AUTHENTICATES_AS", "key", "kim").Key("to-nobody").Edge("AUTHENTICATES_AS", "to-nobody", "idle"));

    [Theory]
    [InlineData("run", "seed `run` gives nothing: no rule starts from a Run; what ran is past; give its workflow, or the identity or credential it used")]
    [InlineData("alone", "nothing follows from `alone`: no fact says what it may do, holds or runs as; that may not have been collected")]
    [InlineData("idle", "nothing follows from `idle`: its facts (IN_SYSTEM, AUTHENTICATES_AS, ON_BEHALF_OF) open no way; the other end is not live, a gate is not satisfied, or they lead to it and not from it")]
    [InlineData("client", "delegated grants that give nothing, because as far as was collected the user they act for has no such right on any target of their scopes: `idle-grant` (1 target(s); acts for idle)")]
    [InlineData("gone", "seed `gone` gives nothing: Disabled (SystemState)")]
    [InlineData("text:payroll", "seed `text:payroll` gives nothing: named by an edge, never described")]
    [InlineData("revoked", "seed `revoked` is held but signs in to nothing: Disabled (SystemState)")]
    [InlineData("to-nobody", "the score is 0 because no fact leads from the 1 node(s) reached to a system or resource: what they open may not have been collected")]
    public async Task A_seed_that_gives_nothing_says_why(string seed, string why)
    {
        var answer = await Ask(seed);
        Assert.Equal(0, answer.Data.Score.Raw);
        Assert.Contains(why, answer.Warnings);
    }

    [Fact]
    public async Task What_is_not_known_to_be_live_says_so_beside_what_it_may_give()
    {
        var answer = await Ask("unsaid");
        Assert.Equal(["files"], answer.Data.Reached.Select(node => node.Id));
        Assert.Contains(answer.Warnings, warning => warning.StartsWith("seed `unsaid` is not known to be usable, so all it gives is only possible:", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("kim")]
    [InlineData("nightly")]
    [InlineData("other")]
    [InlineData("key")]
    public async Task What_leads_somewhere_needs_no_reason(string seed)
    {
        var answer = await Ask(seed);
        Assert.True(answer.Data.Score.Raw > 0);
        Assert.Empty(answer.Warnings);
    }

    private static async Task<Answer<BlastRadiusAnswer>> Ask(string seed) =>
        await FactsStore.Ask(s_company).BlastRadiusAsync(FactsStore.As(Estate.Day), [seed], cancellationToken: TestContext.Current.CancellationToken);
}
