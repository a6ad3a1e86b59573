using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Clocks;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What falls between two moments: material is kept, authority is not.</summary>
public sealed class OverTimeTests
{
    /// <summary>Until 10 July a stolen token reads a wiki in which the key of a bucket lies; the bucket is there on.</summary>
    private static readonly Action<Facts.Lines> s_wiki = l => l
        .Key("token").Service("reader").Resource("wiki").Key("key").Service("writer").Resource("bucket")
        .Edge("AUTHENTICATES_AS", "token", "reader").Edge("ENTITLES", "reader", "wiki", ("level", "L2")).With(from: "2025-01-01", until: "2025-07-10")
        .Edge("STORED_IN", "key", "wiki").Edge("AUTHENTICATES_AS", "key", "writer").Edge("ENTITLES", "writer", "bucket", ("level", "L3"));

    [Fact]
    public async Task A_key_that_was_read_in_time_still_opens_what_the_way_to_it_no_longer_does()
    {
        var answer = await Ask(s_wiki, "token", "2025-07-01", "2025-07-20");

        Assert.Equal(["bucket U+", "key U+", "reader U+", "wiki", "writer U+"], answer.Data.Reached.Select(Said));
        Assert.Equal(["key", "token"], answer.Data.Durable);
        Assert.Equal("timeRespecting", answer.Data.Mode);
        Assert.Equal(Facts.Instant("2025-07-20"), answer.AsOf);
        Assert.Equal(["reader", "wiki"], (await Ask(s_wiki, "token", "2025-07-11", "2025-07-20")).Data.Reached.Select(node => node.Id).Append("wiki"));
    }

    [Fact]
    public async Task What_was_attained_only_earlier_is_listed_empty_with_its_first_instant_and_the_end_of_its_last_stretch()
    {
        var reached = (await Ask(s_wiki, "token", "2025-07-01", "2025-07-20")).Data.Reached;

        var wiki = reached.Single(node => node.Id == "wiki");
        Assert.Equal(new AttainedAnswer(Facts.Instant("2025-07-01"), Facts.Instant("2025-07-10"), false), wiki.Attained);
        Assert.Equal((new RightsCell("", ""), new RightsCell("", ""), "L0", null, null), (wiki.Certain, wiki.Possible, wiki.Level, wiki.Hops, wiki.Proof));
        Assert.Equal(new AttainedAnswer(Facts.Instant("2025-07-01"), Facts.Instant("2025-07-20"), true), reached.Single(node => node.Id == "bucket").Attained);
    }

    [Fact]
    public async Task The_proof_at_the_end_tells_how_the_key_had_been_gained()
    {
        var answer = await Ask(s_wiki, "token", "2025-07-01", "2025-07-20");
        var bucket = answer.Data.Reached.Single(node => node.Id == "bucket");

        Assert.Equal(["seed token", "D1 reader", "D4 wiki", "D3 key", "D1 writer", "D4 bucket"], answer.Data.Proofs[bucket.Proof!].Select(step => $"{step.Rule} {step.Node}"));
        Assert.Equal(5, bucket.Hops);
    }

    [Fact]
    public async Task A_key_that_is_rotated_or_revoked_later_opens_nothing_more_and_one_rotated_before_does()
    {
        Assert.DoesNotContain("bucket U+", (await Ask(l => Then(l, "rotatedAt", "2025-07-15"), "token", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
        Assert.DoesNotContain("key U+", (await Ask(l => Then(l, "revokedAt", "2025-07-15"), "token", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
        Assert.Contains("bucket U+", (await Ask(l => Then(l, "rotatedAt", "2025-06-15"), "token", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
        Assert.Contains("bucket U+", (await Ask(l => Then(l, "rotatedAt", "2025-07-05"), "token", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));

        static void Then(Facts.Lines lines, string property, string day) => s_wiki(lines.Node("key", "Credential", (property, Facts.Instant(day))));
    }

    [Fact]
    public async Task A_seed_that_is_rotated_meanwhile_is_lost_with_all_that_only_it_gave()
    {
        Action<Facts.Lines> rotated = l => l.Key("token", "apiKey", ("rotatedAt", Facts.Instant("2025-07-05"))).Service("reader").Resource("wiki")
            .Edge("AUTHENTICATES_AS", "token", "reader").Edge("ENTITLES", "reader", "wiki", ("level", "L2"));

        Assert.Equal(["reader", "wiki"], (await Ask(rotated, "token", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
        Assert.Equal(["reader U+", "wiki U+"], (await Ask(rotated, "token", "2025-07-06", "2025-07-20")).Data.Reached.Select(Said));
    }

    [Fact]
    public async Task Authority_and_what_cannot_be_copied_out_are_gone_with_the_way_to_them()
    {
        Action<Facts.Lines> host = l => l.Account("eve").Resource("host").Key("tpm", "privateKey", ("extractable", false)).Key("file", "privateKey").Service("bot").Service("other").Resource("db").Resource("log")
            .Edge("ENTITLES", "eve", "host", ("level", "L5")).With(from: "2025-01-01", until: "2025-07-10")
            .Edge("HELD_BY", "tpm", "bot").Edge("RUNS_AS", "host", "bot").Edge("AUTHENTICATES_AS", "tpm", "other").Edge("ENTITLES", "other", "db", ("level", "L2"))
            .Edge("HELD_BY", "file", "bot").Edge("AUTHENTICATES_AS", "file", "bot").Edge("ENTITLES", "bot", "log", ("level", "L2"));

        // The copied file still signs in as the robot, which still uses the key in its chip.
        Assert.Equal(["bot U+", "db U+", "file U+", "host", "log U+", "other U+", "tpm U+"], (await Ask(host, "eve", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
        Action<Facts.Lines> without = l => host(l.Node("file", "Credential", ("revokedAt", Facts.Instant("2025-07-15"))));
        Assert.Equal(["bot", "db", "file", "host", "log", "other", "tpm"], (await Ask(without, "eve", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
    }

    [Fact]
    public async Task What_is_held_and_not_known_to_be_copyable_is_only_possibly_kept()
    {
        Action<Facts.Lines> held = l => l.Account("eve").Service("bot").Node("key", "Credential", ("kind", "apiKey"), ("expiresAt", null)).Service("writer")
            .Edge("CAN_ASSUME", "eve", "bot").With(from: "2025-01-01", until: "2025-07-10").Edge("HELD_BY", "key", "bot").Edge("AUTHENTICATES_AS", "key", "writer");

        Assert.Equal(["bot", "key U?", "writer U?"], (await Ask(held, "eve", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
    }

    [Fact]
    public async Task What_was_made_while_its_maker_was_held_stays_and_what_was_made_before_or_after_does_not()
    {
        Action<Facts.Lines> made = l => l.Account("eve").Service("admin").Edge("CAN_ASSUME", "eve", "admin").With(from: "2025-01-01", until: "2025-07-10").Resource("db");
        foreach (var (name, day) in ((string, string)[])[("early", "2025-06-01"), ("within", "2025-07-05"), ("late", "2025-07-12")])
        {
            var before = made;
            made = l => before(l.Account(name).Edge("SPAWNED", "admin", name).With(from: day).Edge("ENTITLES", name, "db", ("level", "L2")));
        }

        var answer = await Ask(made, "eve", "2025-07-01", "2025-07-20");
        Assert.Equal(["admin", "db U+", "within U+"], answer.Data.Reached.Select(Said));
        Assert.Equal(["within"], answer.Data.Durable);
        Assert.Equal(["seed eve", "D8 admin", "spawned within", "D4 db"], answer.Data.Proofs[answer.Data.Reached.Single(node => node.Id == "db").Proof!].Select(step => $"{step.Rule} {step.Node}"));
    }

    [Fact]
    public async Task What_was_made_at_a_time_nobody_knows_may_have_been_made_while_its_maker_was_held()
    {
        Action<Facts.Lines> made = l => l.Account("eve").Service("admin").Edge("CAN_ASSUME", "eve", "admin").With(from: "2025-01-01", until: "2025-07-10")
            .Account("found").Edge("SPAWNED", "admin", "found");

        Assert.Equal(["admin", "found U?"], (await Ask(made, "eve", "2025-05-01", "2025-07-20")).Data.Reached.Select(Said));
        Assert.Equal(["admin"], (await Ask(made, "eve", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
    }

    [Fact]
    public async Task What_is_made_may_make_more_at_the_same_moment()
    {
        Action<Facts.Lines> chain = l => l.Account("eve").App("one").Node("two", "ServiceIdentity", ("state", "Active")).Key("three").Service("four")
            .Edge("SPAWNED", "eve", "one").With(from: "2025-07-05").Edge("SPAWNED", "one", "two").With(from: "2025-07-05")
            .Edge("SPAWNED", "two", "three").With(from: "2025-07-05").Edge("AUTHENTICATES_AS", "three", "four");

        Assert.Equal(["four U+", "one U+", "three U+", "two U+"], (await Ask(chain, "eve", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
        Assert.Empty((await Ask(chain, "eve", "2025-07-06", "2025-07-20")).Data.Reached);
    }

    [Fact]
    public async Task Use_through_a_new_credential_stays_amplified_until_the_identity_is_disabled_and_a_new_principal_is_not_carried()
    {
        Action<Facts.Lines> issued = l => l.Account("eve").Service("issuer").Service("robot").Resource("db").System("crm").Edge("ENTITLES", "robot", "db", ("level", "L2"))
            .Edge("CAN_ASSUME", "eve", "issuer").With(from: "2025-01-01", until: "2025-07-10")
            .Edge("CAN_ISSUE_CREDENTIAL", "issuer", "robot").Edge("CAN_PROVISION", "issuer", "crm", ("maxLevel", "L3"));

        Assert.Equal(["crm", "db U+", "issuer", "robot U+"], (await Ask(issued, "eve", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
        Assert.Equal(new RightsCell("", "U"), (await Ask(issued, "eve", "2025-07-01", "2025-07-20")).Data.Reached.Single(node => node.Id == "robot").Certain);
        Action<Facts.Lines> disabled = l => issued(l.Node("robot", "ServiceIdentity", ("state", "Disabled")).With(from: "2025-07-15"));
        Assert.Equal(["crm", "db", "issuer", "robot"], (await Ask(disabled, "eve", "2025-07-01", "2025-07-20")).Data.Reached.Select(Said));
        Assert.Contains("robot U+", (await Ask(disabled, "eve", "2025-07-01", "2025-07-12")).Data.Reached.Select(Said));
    }

    [Fact]
    public async Task It_begins_when_the_exposure_did_unless_said()
    {
        Action<Facts.Lines> exposed = l => s_wiki(l.Node("theft", "Exposure", ("at", Facts.Instant("2025-07-03"))).Edge("EXPOSES", "theft", "token").With(from: "2025-07-03"));

        Assert.Equal(Facts.Instant("2025-07-03"), (await Ask(exposed, "theft", null, "2025-07-20")).Data.Reached.Single(node => node.Id == "bucket").Attained!.First);
        Assert.Equal(["token"], (await Ask(exposed, "theft", null, "2025-07-20")).Data.Seeds);
        Assert.Equal(Facts.Instant("2025-07-03"), (await Ask(exposed, "token", null, "2025-07-20")).Data.Reached.Single(node => node.Id == "bucket").Attained!.First);
        Assert.Contains("--from", (await Assert.ThrowsAsync<QuestionException>(() => Ask(s_wiki, "token", null, "2025-07-20"))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<QuestionException>(() => Ask(s_wiki, "token", "2025-07-21", "2025-07-20"));
    }

    [Fact]
    public async Task At_one_moment_it_is_the_snapshot()
    {
        var store = FactsStore.Ask(Facts.Of(Estate.Day, s_wiki));
        var cancellation = TestContext.Current.CancellationToken;
        var snapshot = await store.BlastRadiusAsync(FactsStore.As("2025-07-01"), ["token"], cancellationToken: cancellation);
        var moment = await store.BlastRadiusOverTimeAsync(FactsStore.As("2025-07-01"), ["token"], Facts.Instant("2025-07-01"), cancellationToken: cancellation);

        Assert.Equal(snapshot.Data.Reached, moment.Data.Reached.Select(node => node with { Attained = null }));
        Assert.Equal(snapshot.Data.Score.Boundaries, moment.Data.Score.Boundaries);
        Assert.Equal(snapshot.Data.Score with { CrownJewels = moment.Data.Score.CrownJewels, Crossed = null }, moment.Data.Score with { Crossed = null });
    }

    [Fact]
    public async Task A_budget_that_is_spent_says_from_when_on_nothing_was_followed()
    {
        var clock = new ManualTime();
        var ask = FactsStore.As(Estate.Day) with { Budget = TimeSpan.FromSeconds(1), Progress = new Slow(clock) };
        var answer = await new Investigation(new FactsStore(Facts.Of(Estate.Day, s_wiki)), new AnalysisPolicy(), clock).BlastRadiusOverTimeAsync(ask, ["token"], Facts.Instant("2025-07-01"), Facts.Instant("2025-07-20"), cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal("time budget: what changed from 2025-07-10T00:00:00Z on was not followed, so more may be kept and reached", answer.Truncated);
    }

    /// <summary>Takes longer to look at each moment than there is time.</summary>
    private sealed class Slow(ManualTime clock) : IProgress<AskProgress>
    {
        public void Report(AskProgress value) => clock.Advance(TimeSpan.FromSeconds(2));
    }

    /// <summary>The id, and "U+" where something is certain at the end, "U?" where only possible.</summary>
    private static string Said(ReachedNode node) => node.Id + (node.Certain.Amplified.Length > 0 ? " U+" : node.Possible.Amplified.Length > 0 ? " U?" : "");

    private static async Task<Answer<BlastRadiusAnswer>> Ask(Action<Facts.Lines> facts, string seed, string? from, string to) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, facts)).BlastRadiusOverTimeAsync(
            FactsStore.As(Estate.Day),
            [seed],
            from is null ? null : Facts.Instant(from),
            Facts.Instant(to),
            cancellationToken: TestContext.Current.CancellationToken);
}
