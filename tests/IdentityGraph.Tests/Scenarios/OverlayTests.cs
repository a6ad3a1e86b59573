using System.Text;
using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What if: changes laid over the facts for one question, each beside the nearest one that changes nothing.</summary>
public sealed class OverlayTests
{
    /// <summary>A password opens an account that writes the ledger, by a group, and runs a build whose library is not pinned.</summary>
    private static readonly Action<Facts.Lines> s_office = l => l
        .Key("pw", "password").Account("clerk", ("mfa", false), ("authMethods", new[] { "local" })).Node("finance", "Group").Resource("ledger").Resource("archive")
        .Edge("AUTHENTICATES_AS", "pw", "clerk").Edge("MEMBER_OF", "clerk", "finance").Edge("ENTITLES", "finance", "ledger", ("level", "L3"), ("right", "Books.ReadWrite"))
        .App("library").Workflow("build").Service("builder").Edge("CAN_MODIFY", "clerk", "library").Edge("DEPENDS_ON", "build", "library", ("pinned", false))
        .Edge("RUNS_AS", "build", "builder").Edge("ENTITLES", "builder", "archive", ("level", "L2"));

    [Fact]
    public async Task A_second_factor_on_the_account_keeps_the_password_out()
    {
        Assert.Equal(["archive", "build", "builder", "clerk", "ledger", "library"], await Reached(s_office, "pw"));
        Assert.Empty(await Reached(s_office, "pw", """{"node":"clerk","props":{"mfa":true}}"""));
        Assert.Equal(6, (await Reached(s_office, "pw", """{"node":"builder","props":{"mfa":true}}""")).Length);
    }

    [Fact]
    public async Task A_pinned_dependency_is_left_alone_and_the_rest_is_still_reached() => Assert.Equal(
        ["clerk", "ledger", "library"],
        await Reached(s_office, "pw", """{"edge":"DEPENDS_ON","of":"build","to":"library","props":{"pinned":true}}"""));

    [Fact]
    public async Task A_right_that_is_narrowed_is_the_one_that_is_there_though_its_name_is_not_repeated()
    {
        var answer = await Ask(s_office, "pw", """{"edge":"ENTITLES","of":"finance","to":"ledger","props":{"level":"L2"}}""");

        Assert.Equal(new RightsCell("DR", "DR"), answer.Data.Reached.Single(node => node.Id == "ledger").Certain);
        Assert.Equal(new RightsCell("DR", "DR"), answer.Data.Reached.Single(node => node.Id == "ledger").Possible);
    }

    [Fact]
    public async Task A_secret_that_had_been_replaced_after_its_theft_opens_nothing_and_one_replaced_before_does()
    {
        Action<Facts.Lines> stolen = l => l.Key("key").Service("bot").Resource("db").Edge("AUTHENTICATES_AS", "key", "bot").Edge("ENTITLES", "bot", "db", ("level", "L2"))
            .Node("theft", "Exposure", ("at", Facts.Instant("2025-05-01"))).Edge("EXPOSES", "theft", "key");

        Assert.Equal(["bot", "db"], await Reached(stolen, "key"));
        Assert.Empty(await Reached(stolen, "key", """{"node":"key","props":{"rotatedAt":"2025-05-02T00:00:00Z"}}"""));
        Assert.Equal(["bot", "db"], await Reached(stolen, "key", """{"node":"key","props":{"rotatedAt":"2025-04-30T00:00:00Z"}}"""));
    }

    [Fact]
    public async Task A_grant_is_tried_out_before_anybody_consents_to_it()
    {
        string[] grant =
        [
            """{"node":"grant","kind":"OAuthGrant","props":{"state":"Active","type":"application"}}""",
            """{"node":"Books.Read","kind":"Scope"}""",
            """{"edge":"GRANTED_TO","of":"grant","to":"library"}""",
            """{"edge":"INCLUDES_SCOPE","of":"grant","to":"Books.Read"}""",
            """{"edge":"CONFERS","of":"Books.Read","to":"archive","props":{"level":"L3"}}""",
        ];

        Assert.Equal("DRW", (await Ask(s_office, "library", grant)).Data.Reached.Single(node => node.Id == "archive").Certain.Direct);
        Assert.Equal("DR", (await Ask(s_office, "library", grant[..4])).Data.Reached.Single(node => node.Id == "archive").Certain.Direct);
    }

    [Fact]
    public async Task What_is_removed_gives_nobody_anything_and_stops_no_other_way()
    {
        Assert.Equal(["archive", "build", "builder", "clerk", "library"], await Reached(s_office, "pw", """{"remove":"finance"}"""));
        Assert.Equal(["clerk", "ledger", "library"], await Reached(s_office, "pw", """{"remove":{"edge":"RUNS_AS","of":"build","to":"builder"}}""", """{"remove":"build"}"""));
        Assert.Empty(await Reached(s_office, "pw", """{"remove":"pw"}"""));
    }

    [Fact]
    public async Task What_lives_by_a_removed_account_dies_with_it()
    {
        Action<Facts.Lines> consented = l => l.Account("boss").App("app").Grant("grant", "application", ("survivesAuthoriserDisable", false)).Node("all", "Scope").Resource("mail")
            .Edge("GRANTED_TO", "grant", "app").Edge("CONSENTED_BY", "grant", "boss").Edge("INCLUDES_SCOPE", "grant", "all").Edge("CONFERS", "all", "mail", ("level", "L2"));

        Assert.Equal(["mail"], await Reached(consented, "app"));
        Assert.Empty(await Reached(consented, "app", """{"remove":"boss"}"""));
        Assert.Equal(["mail"], await Reached(consented, "app", """{"remove":"boss"}""", """{"node":"grant","props":{"survivesAuthoriserDisable":true}}"""));
    }

    [Fact]
    public async Task Removing_what_restricts_opens_nothing_but_removing_the_restriction_does()
    {
        Action<Facts.Lines> behind = l => l.Account("eve").System("vpn").Resource("cipher").Resource("plant").Key("secret").Key("lock", "encryptionKey")
            .Edge("ENTITLES", "eve", "plant", ("level", "L2")).Edge("REACHED_THROUGH", "plant", "vpn")
            .Edge("ENTITLES", "eve", "cipher", ("level", "L2")).Edge("STORED_IN", "secret", "cipher").Edge("ENCRYPTED_WITH", "secret", "lock");

        Assert.Equal(["cipher"], await Reached(behind, "eve", """{"remove":"vpn"}""", """{"remove":"lock"}"""));
        Assert.Equal(["cipher", "plant", "secret"], await Reached(behind, "eve", """{"remove":{"edge":"REACHED_THROUGH","of":"plant","to":"vpn"}}""", """{"remove":{"edge":"ENCRYPTED_WITH","of":"secret","to":"lock"}}"""));
    }

    [Fact]
    public async Task A_change_from_a_moment_on_leaves_what_was_before_it()
    {
        string[] later = ["""{"node":"clerk","from":"2025-07-01T00:00:00Z","props":{"mfa":true}}""", """{"edge":"ENTITLES","of":"builder","to":"ledger","from":"2025-07-01T00:00:00Z","props":{"level":"L2"}}"""];

        Assert.Equal(6, (await Reached(s_office, "pw", later)).Length);
        Assert.Empty(await Reached(s_office, "pw", "2025-07-01", later));
        Assert.DoesNotContain("ledger", await Reached(s_office, "builder", later));
        Assert.Contains("ledger", await Reached(s_office, "builder", "2025-07-01", later));
    }

    [Fact]
    public async Task A_membership_that_had_ended_is_there_again_where_it_is_added()
    {
        Action<Facts.Lines> ended = l => l.Account("eve").Node("admins", "Group").Resource("safe").Edge("ENTITLES", "admins", "safe", ("level", "L2"))
            .Edge("MEMBER_OF", "eve", "admins").With(from: "2024-01-01", until: "2025-01-01");

        Assert.Empty(await Reached(ended, "eve"));
        Assert.Equal(["safe"], await Reached(ended, "eve", """{"edge":"MEMBER_OF","of":"eve","to":"admins"}"""));
        Assert.Empty(await Reached(ended, "eve", """{"edge":"MEMBER_OF","of":"eve","to":"admins","from":"2025-07-01T00:00:00Z"}"""));
    }

    [Fact]
    public async Task What_has_ended_is_not_brought_back_by_a_change_and_the_answer_says_so()
    {
        var facts = new Facts()
            .Run("idp", "2025-05-01", run => run.Account("eve").Complete("Account"))
            .Run("idp", "2025-06-01", run => run.Complete("Account"));
        var answer = await FactsStore.Ask(facts).BlastRadiusAsync(FactsStore.As(Estate.Day) with { Overlay = Read("""{"node":"eve","props":{"mfa":true}}""") }, ["eve"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Contains("the overlay speaks of `eve`, which is not there at that moment: its change has no effect; state its `kind` and `state` to have it there", answer.Warnings);
        Assert.Empty(answer.Data.Durable);
    }

    [Fact]
    public async Task The_facts_are_not_touched_and_no_source_is_made_up()
    {
        var store = FactsStore.Ask(Facts.Of(Estate.Day, s_office));
        var cancellation = TestContext.Current.CancellationToken;
        var before = await store.BlastRadiusAsync(FactsStore.As(Estate.Day), ["pw"], cancellationToken: cancellation);
        var under = await store.BlastRadiusAsync(FactsStore.As(Estate.Day) with { Overlay = Read("""{"node":"clerk","props":{"mfa":true}}""") }, ["pw"], cancellationToken: cancellation);
        var after = await store.BlastRadiusAsync(FactsStore.As(Estate.Day), ["pw"], cancellationToken: cancellation);

        Assert.Equal(Json(before), Json(after));
        Assert.NotEqual(before.Store.Snapshot, under.Store.Snapshot);
        Assert.Equal(before.Store.Sources, under.Store.Sources);
    }

    [Fact]
    public async Task What_a_what_if_says_makes_nothing_stale_fresh()
    {
        var store = FactsStore.Ask(Facts.Of("2024-01-01", s_office));
        var answer = await store.BlastRadiusAsync(FactsStore.As(Estate.Day) with { Overlay = Read("""{"edge":"ENTITLES","of":"clerk","to":"archive","props":{"level":"L2"}}""") }, ["pw"], cancellationToken: TestContext.Current.CancellationToken);

        Assert.True(answer.Store.NothingFresh);
        Assert.DoesNotContain(answer.Data.Reached, node => node.Certain.Amplified.Length > 0);
    }

    [Theory]
    [InlineData("changes `clark`, which nothing states", """{"node":"clark","props":{"mfa":true}}""")]
    [InlineData("has the end `legder`", """{"edge":"ENTITLES","of":"clerk","to":"legder","props":{"level":"L2"}}""")]
    [InlineData("removes an edge MEMBER_OF", """{"remove":{"edge":"MEMBER_OF","of":"clerk","to":"ledger"}}""")]
    [InlineData("ends an edge MEMBER_OF", """{"edge":"MEMBER_OF","of":"clerk","to":"ledger","until":"2025-01-01T00:00:00Z"}""")]
    [InlineData("say which in `key`: `Books.Read`, `Books.ReadWrite`", """{"edge":"ENTITLES","of":"finance","to":"ledger","props":{"level":"L1"}}""")]
    [InlineData("line 1: ", """{"node":"clerk","props":{"mfaa":true}}""")]
    [InlineData("MEMBER is no kind of edge", """{"remove":{"edge":"MEMBER","of":"clerk","to":"finance"}}""")]
    [InlineData("`remove` takes the id of a node", """{"remove":7}""")]
    [InlineData("has no other member", """{"remove":"clerk","node":"clerk"}""")]
    public async Task A_change_that_would_silently_change_nothing_is_refused(string said, string line)
    {
        Action<Facts.Lines> office = l => s_office(l.Edge("ENTITLES", "finance", "ledger", ("level", "L2"), ("right", "Books.Read")));

        Assert.Contains(said, (await Assert.ThrowsAsync<RefusedInputException>(() => Ask(office, "pw", line))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_to_remove_that_nobody_stated_is_refused_by_name() =>
        Assert.Equal("clark", (await Assert.ThrowsAsync<UnknownIdentityException>(() => Ask(s_office, "pw", """{"remove":"clark"}"""))).Id);

    [Fact]
    public async Task A_cut_laid_over_the_facts_cuts()
    {
        var store = FactsStore.Ask(Facts.Of(Estate.Day, s_office));
        var cancellation = TestContext.Current.CancellationToken;
        var cuts = await store.CutsAsync(FactsStore.As(Estate.Day), new CutsQuestion { From = ["pw"], To = ["archive"], All = true }, cancellation);

        Assert.NotEmpty(cuts.Data.Cuts);
        foreach (var cut in cuts.Data.Cuts)
        {
            var overlay = new Overlay { RemovedNodes = [.. cut.Members.Select(member => member.Node!)] };
            Assert.DoesNotContain((await store.BlastRadiusAsync(FactsStore.As(Estate.Day) with { Overlay = overlay }, ["pw"], cancellationToken: cancellation)).Data.Reached, node => node.Id == "archive");
        }
    }

    [Fact]
    public async Task Both_answers_side_by_side_show_what_moves_and_not_what_is_only_reached_by_another_way()
    {
        var store = FactsStore.Ask(Facts.Of(Estate.Day, l => s_office(l.Edge("ENTITLES", "clerk", "archive", ("level", "L1")))));
        var cancellation = TestContext.Current.CancellationToken;
        var overlay = Read("""{"remove":"finance"}""", """{"edge":"DEPENDS_ON","of":"build","to":"library","props":{"pinned":true}}""", """{"edge":"CAN_MODIFY","of":"clerk","to":"build"}""", """{"remove":{"edge":"ENTITLES","of":"clerk","to":"archive"}}""");
        var before = await store.BlastRadiusAsync(FactsStore.As(Estate.Day), ["pw"], cancellationToken: cancellation);
        var after = await store.BlastRadiusAsync(FactsStore.As(Estate.Day) with { Overlay = overlay }, ["pw"], cancellationToken: cancellation);
        var whatIf = WhatIf.Compare(overlay, Data(before), Data(after));

        Assert.Equal(new WhatIfChanges(2, 1, 1), whatIf.Changes);
        Assert.Equal(["reached ledger gone"], whatIf.Moved.Select(moved => $"{moved.List} {moved.Id} {(moved.After is null ? "gone" : moved.Before is null ? "new" : "changed")}"));
        Assert.Equal(["score.raw", "score.share", "score.directRaw", "score.amplification", "score.unknownCriticality"], whatIf.Figures.Select(figure => figure.Name));
    }

    private static JsonElement Data(Answer<BlastRadiusAnswer> answer) => JsonSerializer.SerializeToElement(answer, AnswerJson.Default.AnswerBlastRadiusAnswer).GetProperty("data");

    private static string Json(Answer<BlastRadiusAnswer> answer) => JsonSerializer.Serialize(answer, AnswerJson.Default.AnswerBlastRadiusAnswer);

    private static Overlay Read(params string[] lines) => OverlayReader.Read(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), "what-if.ndjson");

    private static Task<string[]> Reached(Action<Facts.Lines> facts, string seed, params string[] overlay) => Reached(facts, seed, Estate.Day, overlay);

    private static async Task<string[]> Reached(Action<Facts.Lines> facts, string seed, string asOf, string[] overlay) =>
        [.. (await Ask(facts, seed, asOf, overlay)).Data.Reached.Select(node => node.Id)];

    private static Task<Answer<BlastRadiusAnswer>> Ask(Action<Facts.Lines> facts, string seed, params string[] overlay) => Ask(facts, seed, Estate.Day, overlay);

    private static async Task<Answer<BlastRadiusAnswer>> Ask(Action<Facts.Lines> facts, string seed, string asOf, string[] overlay) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, facts)).BlastRadiusAsync(FactsStore.As(asOf) with { Overlay = Read(overlay) }, [seed], cancellationToken: TestContext.Current.CancellationToken);
}
