using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>
/// A session opened an administrator from June on; the session and the administrator are shut down on 20 June. What was copied and made
/// before is left.
/// </summary>
public sealed class ResidueQuestionTests
{
    private const string Shut = "2025-06-20";

    private static readonly Action<Facts.Lines> s_admin = l => l
        .Key("session", "sessionCookie").Account("admin").Resource("vault").Resource("mail")
        .Edge("AUTHENTICATES_AS", "session", "admin").Edge("ENTITLES", "admin", "mail", ("level", "L3")).Edge("ENTITLES", "admin", "vault", ("level", "L2"));

    private static readonly Action<Facts.Lines> s_copied = l => s_admin(l
        .Key("key").Service("bot").Resource("db").Edge("STORED_IN", "key", "vault").Edge("AUTHENTICATES_AS", "key", "bot").Edge("ENTITLES", "bot", "db", ("level", "L2")));

    private static readonly Action<Facts.Lines> s_made = l => s_admin(l
        .App("app").Edge("SPAWNED", "admin", "app").With(from: "2025-06-10").Node("all", "Scope").Grant("grant", "application").Edge("GRANTED_TO", "grant", "app")
        .Edge("INCLUDES_SCOPE", "grant", "all").Edge("CONFERS", "all", "mail", ("level", "L2")));

    [Fact]
    public async Task A_key_that_was_copied_still_opens_its_database()
    {
        var data = (await Ask(s_copied, ["session", "admin"])).Data;

        // The key itself is a start that no rule concludes any more.
        Assert.Equal(["bot U", "db DR"], data.Observed.Select(Said));
        Assert.Empty(data.Hypothetical);
        Assert.Equal(["key"], data.Durable);
        Assert.Equal(["seed session", "D1 admin", "D4 vault", "D3 key", "D1 bot", "D4 db"], data.Proofs[data.Observed[1].Proof!].Select(step => $"{step.Rule} {step.Node}"));
    }

    [Theory]
    [InlineData("rotatedAt", "2025-06-19")]
    [InlineData("rotatedAt", "2025-06-20")]
    [InlineData("revokedAt", "2025-06-19")]
    public async Task A_key_that_was_replaced_in_time_leaves_nothing(string property, string day)
    {
        // The administrator lost the right to read the vault on 15 June, so what came after was never copied.
        Action<Facts.Lines> facts = l => Estate.Without(s_copied, edge => edge.Kind == "ENTITLES" && edge.To == "vault")(l
            .Node("key", "Credential", (property, Facts.Instant(day))).Edge("ENTITLES", "admin", "vault", ("level", "L2")).With(from: "2025-06-01", until: "2025-06-15"));
        var data = (await Ask(facts, ["session", "admin"])).Data;

        Assert.Empty(data.Observed);
        Assert.Empty(data.Hypothetical);
        Assert.Empty(data.Findings);
        Assert.Empty(data.Durable);
    }

    [Fact]
    public async Task Containing_the_copied_key_as_well_leaves_nothing() =>
        Assert.Empty((await Ask(s_copied, ["session", "admin", "key"])).Data.Observed);

    [Fact]
    public async Task An_application_made_meanwhile_is_left_and_named_by_the_finding_and_one_made_before_is_not()
    {
        var data = (await Ask(s_made, ["session", "admin"])).Data;

        Assert.Equal(["mail DR"], data.Observed.Select(Said));
        Assert.Equal(["app"], data.Durable);
        var finding = Assert.Single(data.Findings);
        Assert.Equal(("IG-B04", "session", "Critical", "Certain", "through app"), (finding.Rule, finding.Subject, finding.Severity, finding.Certainty, finding.Reason));
        Assert.Equal(["app"], finding.Others);
        Assert.Empty((await Ask(s_made, ["session", "admin"], from: "2025-06-11")).Data.Observed);
    }

    [Fact]
    public async Task A_start_that_is_not_contained_stays_one()
    {
        var data = (await Ask(s_copied, ["admin"])).Data;

        Assert.Equal(["bot U", "db DR"], data.Observed.Select(Said));
        Assert.Equal(["key", "session"], data.Durable);
    }

    [Fact]
    public async Task A_start_is_listed_where_a_rule_concludes_it_after_the_containment()
    {
        Action<Facts.Lines> again = l => s_copied(l.Resource("backup").Edge("ENTITLES", "bot", "backup", ("level", "L2")).Edge("STORED_IN", "key", "backup"));

        Assert.Equal(["backup DR", "bot U", "db DR", "key U"], (await Ask(again, ["session", "admin"])).Data.Observed.Select(Said));
    }

    [Fact]
    public async Task What_may_have_been_made_is_told_apart()
    {
        Action<Facts.Lines> able = l => s_admin(l.Service("robot").Resource("log").System("crm").Edge("ENTITLES", "robot", "log", ("level", "L2"))
            .Edge("CAN_ISSUE_CREDENTIAL", "admin", "robot").Edge("CAN_PROVISION", "admin", "crm", ("maxLevel", "L3")));
        var data = (await Ask(able, ["session", "admin"])).Data;

        Assert.Empty(data.Observed);
        Assert.Equal(["crm DRW", "log DR", "robot U"], data.Hypothetical.Select(Said));
        Assert.All(data.Hypothetical, node => Assert.Equal("", node.Certain.Direct));
        Assert.Equal(["crm", "robot"], data.Durable);
        Assert.Equal(("Possible", "if a credential or principal was made: crm, robot"), (data.Findings[0].Certainty, data.Findings[0].Reason));
        Assert.Equal(["crm DRW"], (await Ask(able, ["session", "admin", "robot"])).Data.Hypothetical.Select(Said));
    }

    [Fact]
    public async Task It_began_when_the_exposure_did_or_as_far_back_as_is_known()
    {
        Assert.Equal(["nobody stated when it began, so everything that was ever attained before the containment counts; narrow it with --from"], (await Ask(s_copied, ["session", "admin"])).Warnings);
        Action<Facts.Lines> exposed = l => s_made(l.Node("theft", "Exposure", ("at", Facts.Instant("2025-06-11"))).Edge("EXPOSES", "theft", "session").With(from: "2025-06-11"));
        var answer = await Ask(exposed, ["session", "admin"]);

        Assert.Empty(answer.Warnings);
        Assert.Equal(Facts.Instant("2025-06-11"), answer.Data.From);
        Assert.Empty(answer.Data.Observed);
        await Assert.ThrowsAsync<QuestionException>(() => Ask(s_copied, ["session"], from: "2025-06-21"));
    }

    [Theory]
    [InlineData("Never", "`admin` is taken for dead; only disabling it does not end what signs in as it: `session` outlives it by what is known of its system; also revoke it")]
    [InlineData("Immediate", null)]
    public async Task A_session_that_outlives_its_account_is_told_where_only_the_account_was_contained(string cascade, string? warning)
    {
        Action<Facts.Lines> facts = l => s_admin(l.System("sys", ("cascade_sessionCookie", cascade)).Edge("IN_SYSTEM", "admin", "sys"));

        Assert.Equal(warning is null ? [] : [warning], (await Ask(facts, ["admin"])).Warnings.Where(static said => said.Contains("taken for dead", StringComparison.Ordinal)));
        Assert.DoesNotContain((await Ask(facts, ["admin", "session"])).Warnings, static said => said.Contains("taken for dead", StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_lives_by_what_was_contained_dies_with_it()
    {
        Action<Facts.Lines> consented = l => s_made(l.Node("grant", "OAuthGrant", ("survivesAuthoriserDisable", false)).Edge("CONSENTED_BY", "grant", "admin"));

        Assert.Empty((await Ask(consented, ["session", "admin"])).Data.Observed);
        Assert.Equal(["mail DR"], (await Ask(consented, ["session"], seeds: ["session"])).Data.Observed.Select(Said));
    }

    private static string Said(ReachedNode node) => $"{node.Id} {node.Certain.Amplified}";

    private static async Task<Answer<ResidueAnswer>> Ask(Action<Facts.Lines> facts, string[] contain, string? from = null, string[]? seeds = null) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, facts)).ResidueAsync(
            FactsStore.As(Estate.Day),
            seeds ?? ["session"],
            contain,
            Facts.Instant(Shut),
            from is null ? null : Facts.Instant(from),
            cancellationToken: TestContext.Current.CancellationToken);
}
