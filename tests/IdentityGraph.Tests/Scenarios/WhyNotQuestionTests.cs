using IdentityGraph.Report.Answers;
using IdentityGraph.Tests.Analyze.Reach;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>What stands between one who holds something and what they do not have: each premise alone, and the nearest case in which it does not.</summary>
public sealed class WhyNotQuestionTests
{
    private static readonly Action<Facts.Lines> s_login = l => l
        .Key("pw", "password").Account("kim", ("mfa", true)).Resource("db").Edge("AUTHENTICATES_AS", "pw", "kim").Edge("ENTITLES", "kim", "db", ("level", "L2"));

    [Fact]
    public async Task A_second_factor_stands_before_the_password() =>
        Assert.Equal(["gate mfaFactor kim.mfa since 2025-06-02 until -"], await Blocked(s_login, "pw", "db"));

    [Fact]
    public async Task What_is_reached_is_not_blocked_and_says_so()
    {
        var answer = await Ask(s_login, "kim", "db");

        Assert.Equal("True", answer.Data.Reached);
        Assert.Empty(answer.Data.Blocked);
        Assert.StartsWith("it is reached", answer.Data.Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_may_be_reached_is_not_blocked_either()
    {
        var answer = await Ask(l => l.Account("eve").Node("bot", "ServiceIdentity").Edge("CAN_ASSUME", "eve", "bot"), "eve", "bot");

        Assert.Equal("Unknown", answer.Data.Reached);
        Assert.Empty(answer.Data.Blocked);
    }

    [Fact]
    public async Task Where_no_facts_lead_nothing_is_blocked_and_says_so()
    {
        var answer = await Ask(l => s_login(l.Account("eve")), "eve", "db");

        Assert.Equal("False", answer.Data.Reached);
        Assert.Empty(answer.Data.Blocked);
        Assert.StartsWith("no facts", answer.Data.Because, StringComparison.Ordinal);
    }

    /// <summary>A token in a vault that eve reads: by what it is stored with, it is taken from there or not.</summary>
    [Theory]
    [InlineData("L2", null, true, "`tok` is stored in `vault`, which is attained, but encrypted with `kek`, which is not attained")]
    [InlineData("L2", false, false, "`tok` is stored in `vault`, which is attained, but it cannot be taken out (extractable is false)")]
    [InlineData("L1", null, false, "`tok` is stored in `vault`, which is attained, but with D only, and to take it needs read")]
    [InlineData("L2", true, false, "it is reached: `path` shows how")]
    public async Task What_lies_in_a_store_that_is_attained_and_is_not_taken_says_why(string level, bool? extractable, bool isEncrypted, string because)
    {
        Action<Facts.Lines> vault = l =>
        {
            l.Account("eve").Resource("vault").Edge("ENTITLES", "eve", "vault", ("level", level))
                .Node("tok", "Credential", [("kind", "apiKey"), ("expiresAt", null), .. extractable is { } flag ? [("extractable", (object?)flag)] : Array.Empty<(string, object?)>()])
                .Edge("STORED_IN", "tok", "vault").Key("kek", "encryptionKey").Service("svc").Edge("AUTHENTICATES_AS", "tok", "svc");
            if (isEncrypted)
            {
                l.Edge("ENCRYPTED_WITH", "tok", "kek");
            }
        };

        Assert.Equal(because, (await Ask(vault, "eve", "tok")).Data.Because);
        Assert.StartsWith(because, (await Ask(vault, "eve", "svc")).Data.Because, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_token_that_is_active_again_later_is_disabled_until_then()
    {
        Action<Facts.Lines> back = l => l.Node("tok", "Credential", ("kind", "apiKey"), ("expiresAt", null), ("state", "Disabled"))
            .Node("tok", "Credential", ("state", "Active")).With(from: "2025-07-01").Service("svc").Edge("AUTHENTICATES_AS", "tok", "svc");

        Assert.Equal(["disabled - tok.state since 2025-06-02 until 2025-07-01"], await Blocked(back, "tok", "svc"));
    }

    [Fact]
    public async Task A_token_that_was_revoked_expired_or_disabled_says_which_and_since_when()
    {
        Assert.Equal(["revoked - tok.revokedAt since 2025-05-20 until -"], await Blocked(Token(("revokedAt", Facts.Instant("2025-05-20")), ("expiresAt", null)), "tok", "db"));
        Assert.Equal(["expired - tok.expiresAt since 2025-05-01 until -"], await Blocked(Token(("expiresAt", Facts.Instant("2025-05-01")), ("renewable", false)), "tok", "db"));
        Assert.Equal(["disabled - tok.state since 2025-06-02 until -"], await Blocked(Token(("state", "Disabled"), ("expiresAt", null)), "tok", "db"));
        Assert.Equal(["notPresent - tok.notBefore since - until 2025-07-01"], await Blocked(Token(("notBefore", Facts.Instant("2025-07-01")), ("expiresAt", null)), "tok", "db"));
        Assert.Empty(await Blocked(Token(("expiresAt", null)), "tok", "db"));

        static Action<Facts.Lines> Token(params (string, object?)[] props) => l => l
            .Node("tok", "Credential", [("kind", "apiKey"), .. props]).Service("svc").Resource("db").Edge("AUTHENTICATES_AS", "tok", "svc").Edge("ENTITLES", "svc", "db", ("level", "L2"));
    }

    [Fact]
    public async Task A_disabled_account_behind_the_password_is_the_cause() =>
        Assert.Equal(
            ["disabled - kim.state since 2025-06-02 until -"],
            await Blocked(l => l.Key("pw", "password").Account("kim", ("state", "Disabled"), ("mfa", false)).Resource("db").Edge("AUTHENTICATES_AS", "pw", "kim").Edge("ENTITLES", "kim", "db", ("level", "L2")), "pw", "db"));

    [Fact]
    public async Task An_entitlement_that_ended_or_lies_ahead_says_when()
    {
        Assert.Equal(["notPresent - ENTITLES kim db since 2025-05-01 until -"], await Blocked(l => l.Account("kim").Resource("db").Edge("ENTITLES", "kim", "db", ("level", "L2")).With(from: "2025-01-01", until: "2025-05-01"), "kim", "db"));
        Assert.Equal(["notPresent - ENTITLES kim db since - until 2025-08-01"], await Blocked(l => l.Account("kim").Resource("db").Edge("ENTITLES", "kim", "db", ("level", "L2")).With(from: "2025-08-01"), "kim", "db"));
    }

    [Fact]
    public async Task Pinning_protection_and_network_position_are_named_by_their_facts()
    {
        Assert.Equal(["pinned - DEPENDS_ON ci lib since 2025-06-02 until -"], await Blocked(l => l.App("lib").Workflow("ci").Edge("DEPENDS_ON", "ci", "lib", ("pinned", true)), "lib", "ci"));
        Assert.Equal(["protected - DEFINED_IN ci repo since 2025-06-02 until -"], await Blocked(l => l.Account("dev").Resource("repo").Workflow("ci").Edge("ENTITLES", "dev", "repo", ("level", "L3")).Edge("DEFINED_IN", "ci", "repo", ("protected", true)), "dev", "ci"));
        Assert.Equal(["network - REACHED_THROUGH db vpn since 2025-06-02 until -"], await Blocked(l => l.Account("dev").Service("vpn").Resource("db").Edge("ENTITLES", "dev", "db", ("level", "L2")).Edge("REACHED_THROUGH", "db", "vpn"), "dev", "db"));
    }

    [Fact]
    public async Task A_secret_that_was_rotated_since_it_was_exposed_opens_nothing()
    {
        Action<string, Facts.Lines> leaked = (rotated, l) => l
            .Node("leak", "Exposure", ("at", Facts.Instant("2025-03-01"))).Key("key", "apiKey", ("rotatedAt", Facts.Instant(rotated))).Service("svc").Resource("db")
            .Edge("EXPOSES", "leak", "key").With(from: "2025-03-01").Edge("AUTHENTICATES_AS", "key", "svc").Edge("ENTITLES", "svc", "db", ("level", "L2"));

        Assert.Equal(["rotated - key.rotatedAt since 2025-04-01 until -"], await Blocked(l => leaked("2025-04-01", l), "leak", "db"));
        Assert.Empty(await Blocked(l => leaked("2025-02-01", l), "leak", "db"));
    }

    [Fact]
    public async Task Only_the_next_step_on_the_way_is_listed()
    {
        // Behind the gate the robot's key is revoked; beside the way another account is disabled.
        var blocked = await Blocked(
            l => l.Account("kim").Service("robot").Resource("store").Key("key", "apiKey", ("revokedAt", Facts.Instant("2025-05-01"))).Service("safe-bot").Resource("safe").Service("aside", ("state", "Disabled"))
                .Edge("CAN_ASSUME", "kim", "robot", ("gates", new[] { "pamApproval" })).Edge("ENTITLES", "robot", "store", ("level", "L2")).Edge("STORED_IN", "key", "store")
                .Edge("AUTHENTICATES_AS", "key", "safe-bot").Edge("ENTITLES", "safe-bot", "safe", ("level", "L5")).Edge("CAN_ASSUME", "kim", "aside"),
            "kim",
            "safe");

        Assert.Equal(["gate pamApproval CAN_ASSUME kim robot since 2025-06-02 until -"], blocked);
    }

    [Fact]
    public async Task A_gate_within_a_walk_is_named_where_it_is_carried() =>
        Assert.Equal(
            ["gate corpNetwork MEMBER_OF kim admins since 2025-06-02 until -"],
            await Blocked(l => l.Account("kim").Node("admins", "Group").Resource("db").Edge("MEMBER_OF", "kim", "admins", ("gates", new[] { "corpNetwork" })).Edge("ENTITLES", "admins", "db", ("level", "L2")), "kim", "db"));

    private static async Task<string[]> Blocked(Action<Facts.Lines> lines, string from, string to)
    {
        return [.. (await Ask(lines, from, to)).Data.Blocked.Select(one => $"{one.Reason} {one.Gate ?? "-"} {Told(one.Fact)} since {Day(one.Since)} until {Day(one.Until)}")];

        static string Told(ProofFact fact) => fact.Edge is null ? $"{fact.Node}.{fact.Property}" : $"{fact.Edge} {fact.Of} {fact.To}";

        static string Day(DateTimeOffset? at) => at is { } day ? day.ToString("yyyy-MM-dd") : "-";
    }

    private static async Task<Answer<WhyNotAnswer>> Ask(Action<Facts.Lines> lines, string from, string to) =>
        await FactsStore.Ask(Facts.Of(Estate.Day, lines)).WhyNotAsync(FactsStore.As(Estate.Day), from, to, TestContext.Current.CancellationToken);
}
