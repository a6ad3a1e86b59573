using System.Text.Json;
using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>Leavers as the facade answers them: the members, the proofs from the person, what is no leaver and no person.</summary>
public sealed class LeaverQuestionTests
{
    private const string Today = "2025-06-10";

    [Fact]
    public async Task The_answer_has_every_member_and_a_proof_from_the_person_whose_first_hop_is_the_anchor()
    {
        var answer = await Ask(["kim"]);
        var json = JsonSerializer.SerializeToElement(answer, AnswerJson.Default.AnswerLeaversAnswer);
        var leaver = json.GetProperty("data").GetProperty("leavers")[0];
        Assert.Equal("leaver", json.GetProperty("command").GetString());
        Assert.Equal("Leaver", json.GetProperty("profile").GetString());
        Assert.Equal(["person", "leaverAt", "verdict", "class", "pendingUntil", "paths", "systems", "unknown"], leaver.EnumerateObject().Select(member => member.Name));
        Assert.Equal("2025-06-01T00:00:00Z", leaver.GetProperty("leaverAt").GetString());
        Assert.Equal("Reachable", leaver.GetProperty("verdict").GetString());

        var path = leaver.GetProperty("paths").EnumerateArray().Single(one => one.GetProperty("class").GetString() == "R1");
        Assert.Equal(["class", "anchor", "target", "level", "certainty", "proof"], path.EnumerateObject().Select(member => member.Name));
        Assert.Equal("a3", path.GetProperty("anchor").GetProperty("code").GetString());
        var steps = answer.Data.Proofs[path.GetProperty("proof").GetString()!];
        Assert.Equal(["seed kim", "a3 pw", "D1 svc", "D4 board"], steps.Select(step => $"{step.Rule} {step.Node}"));
        Assert.Equal(["kim"], steps[1].From);
        Assert.Contains(steps[1].Facts, fact => fact is { Edge: "HELD_BY", Of: "pw", To: "kim" });
    }

    [Fact]
    public async Task Automation_is_proved_from_the_person_through_its_anchor()
    {
        var answer = await Ask(["kim"]);
        var path = Assert.Single(answer.Data.Leavers[0].Paths, one => one.Class == "R3");
        Assert.Equal(["seed kim", "a5 grant", "D5 board"], answer.Data.Proofs[path.Proof!].Select(step => $"{step.Rule} {step.Node}"));
    }

    [Fact]
    public async Task Everybody_who_left_is_listed_by_id_and_those_in_post_are_not()
    {
        var answer = await Ask(null);
        Assert.Equal(["kim", "lou"], answer.Data.Leavers.Select(leaver => leaver.Person));
        Assert.Equal("NotALeaver", (await Ask(["max"])).Data.Leavers.Single().Verdict);
    }

    [Fact]
    public async Task What_is_no_person_or_not_known_is_refused_by_name()
    {
        Assert.Contains("`board` is of kind Resource", (await Assert.ThrowsAsync<WrongKindException>(async () => await Ask(["board"]))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<UnknownIdentityException>(async () => await Ask(["nobody"]));
    }

    [Fact]
    public async Task What_lies_in_no_system_itself_is_marked_under_the_system_of_the_account_it_stands_for()
    {
        var app = Assert.Single((await Ask(["kim"])).Data.Leavers[0].Systems);

        Assert.Equal(["a1 kim@app", "a3 pw (of the account in app)", "a5 grant (of the account in app)"], app.Anchors.Where(anchor => anchor.Code is "a1" or "a3" or "a5").Select(anchor => anchor.InWords(app.System)));
    }

    [Fact]
    public async Task Another_profile_is_not_used_and_the_answer_says_so()
    {
        var answer = await FactsStore.Ask(Estate()).LeaversAsync(FactsStore.As(Today) with { Profile = AttackerProfile.Insider }, null, TestContext.Current.CancellationToken);
        Assert.Equal("Leaver", answer.Profile);
        Assert.Contains(answer.Warnings, warning => warning.Contains("Insider", StringComparison.Ordinal));
        Assert.Empty((await Ask(null)).Warnings);
    }

    [Fact]
    public async Task A_budget_that_ends_before_the_past_is_walked_through_leaves_nothing_clear()
    {
        var view = Estate().At(Today);
        var leavers = new IdentityGraph.Analyze.Leavers.Leavers(view, new AnalysisPolicy());
        var lou = view.Find("lou")!.Value;
        Assert.Equal(LeaverVerdict.Clear, leavers.Of([lou], TestContext.Current.CancellationToken).Single().Verdict);
        var cut = leavers.Of([lou], TestContext.Current.CancellationToken, new CancellationToken(canceled: true)).Single();
        Assert.True(leavers.IsCutShort);
        Assert.Equal(LeaverVerdict.Unverified, cut.Verdict);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await FactsStore.Ask(Estate()).LeaversAsync(FactsStore.As(Today), null, new CancellationToken(canceled: true)));
    }

    [Fact]
    public async Task Equal_questions_give_equal_bytes()
    {
        var (one, other) = (await Ask(null), await Ask(null));
        Assert.Equal(JsonSerializer.Serialize(one.Data, AnswerJson.Default.LeaversAnswer), JsonSerializer.Serialize(other.Data, AnswerJson.Default.LeaversAnswer));
    }

    private static ValueTask<Answer<LeaversAnswer>> Ask(string[]? persons) =>
        FactsStore.Ask(Estate()).LeaversAsync(FactsStore.As(Today), persons, TestContext.Current.CancellationToken);

    private static Facts Estate() => Facts.Of(Today, run => run
        .Person("kim", "2025-06-01").Person("max", null).Person("lou", "2025-05-01")
        .Node("app", "System").Node("board", "Resource").Edge("IN_SYSTEM", "board", "app")
        .Account("kim@app", "kim", "app", "Disabled", "local")
        .Node("svc", "ServiceIdentity", ("state", "Active")).Edge("IN_SYSTEM", "svc", "app").Reads("svc", "board")
        .Secret("pw", "apiKey", "svc", ("rotatedAt", null)).Edge("HELD_BY", "pw", "kim").Edge("HELD_BY", "pw", "max")
        .Node("sync", "Application", ("state", "Active"))
        .Node("grant", "OAuthGrant", ("state", "Active"), ("type", "application"), ("survivesAuthoriserDisable", true))
        .Edge("CONSENTED_BY", "grant", "kim@app").Edge("GRANTED_TO", "grant", "sync")
        .Node("read", "Scope").Edge("INCLUDES_SCOPE", "grant", "read").Edge("CONFERS", "read", "board", ("level", "L2")));
}
