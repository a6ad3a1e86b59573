using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Tests.Analyze.Findings;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Leavers;

/// <summary>
/// a3: secrets that a leaver's accounts could reach at any instant of the 400 days before they left. Kim left on 2025-06-01; the
/// account is disabled, the password of a shared service lies in a wiki.
/// </summary>
public sealed class ReachedSecretTests
{
    private const string Today = "2025-06-10";

    [Theory]
    [InlineData("2025-02-01", "2025-03-01")] // one month in the middle
    [InlineData("2025-02-01T10:00:00Z", "2025-02-01T10:00:01Z")] // one second of it
    [InlineData("2023-01-01", "2024-04-27T00:00:01Z")] // the first second of the window
    [InlineData("2025-05-31T23:59:59Z", "2025-09-01")] // the last one
    public void A_secret_readable_at_some_instant_of_the_window_is_known(string from, string until) =>
        Assert.Equal(["R1 Certain a3 pw → board L2"], Wiki(from, until).Leaver("kim", Today).Lines());

    [Theory]
    [InlineData("2023-01-01", "2024-04-27")] // over when the window begins
    [InlineData("2025-06-01", "2025-09-01")] // began when they left
    public void A_secret_readable_only_outside_the_window_is_not(string from, string until)
    {
        var leaver = Wiki(from, until).Leaver("kim", Today);
        Assert.Empty(leaver.Lines());
        Assert.Equal(LeaverVerdict.Clear, leaver.Verdict);
    }

    [Theory]
    [InlineData("2025-04-01", true)] // rotated while they were there
    [InlineData("2025-05-31T23:59:59Z", true)]
    [InlineData("2025-06-01", false)]
    [InlineData("2025-06-05", false)]
    public void Rotation_counts_from_the_moment_they_left(string rotated, bool known)
    {
        var leaver = Wiki("2025-02-01", "2025-03-01", ("rotatedAt", Facts.Instant(rotated))).Leaver("kim", Today);
        Assert.Equal(known ? ["R1 Certain a3 pw → board L2"] : [], leaver.Lines());
        Assert.Equal(known ? LeaverVerdict.Reachable : LeaverVerdict.Clear, leaver.Verdict);
    }

    [Fact]
    public void Where_nobody_says_whether_it_was_rotated_the_path_is_possible()
    {
        var leaver = Wiki("2025-02-01", "2025-03-01", rotation: false).Leaver("kim", Today);
        Assert.Equal(["R1 Possible a3 pw → board L2"], leaver.Lines());
        Assert.Equal(LeaverVerdict.Unverified, leaver.Verdict);
    }

    [Theory]
    [InlineData("corpNetwork", true)]
    [InlineData("managedDevice", true)]
    [InlineData("humanApproval", false)]
    public void Inside_they_passed_the_gates_of_an_insider(string gate, bool known) =>
        Assert.Equal(known ? ["R1 Certain a3 pw → board L2"] : [], Wiki("2025-02-01", "2025-03-01", gates: gate).Leaver("kim", Today).Lines());

    [Theory]
    [InlineData(true, "R1 Certain a3 token → board L2")]
    [InlineData(null, "R1 Possible a3 token → board L2")]
    [InlineData(false, null)] // bound to the service: not theirs to keep
    public void What_only_its_holder_can_use_is_kept_as_far_as_it_can_be_copied_out(bool? extractable, string? path)
    {
        (string, object?)[] props = extractable is { } flag ? [("rotatedAt", null), ("extractable", flag)] : [("rotatedAt", null)];
        var leaver = Estate(run => run
            .Edge("CAN_ASSUME", "kim@app", "robot").With(from: "2025-02-01", until: "2025-03-01")
            .Node("robot", "ServiceIdentity", ("state", "Active")).With(from: "2024-01-01")
            .Node("token", "Credential", [("kind", "apiKey"), ("state", "Active"), ("expiresAt", null), .. props]).With(from: "2024-01-01")
            .Edge("AUTHENTICATES_AS", "token", "svc").With(from: "2024-01-01")
            .Edge("HELD_BY", "token", "robot").With(from: "2024-01-01")).Leaver("kim", Today);
        Assert.Equal(path is null ? [] : [path], leaver.Lines());
    }

    [Fact]
    public void The_proof_says_how_the_secret_was_reached()
    {
        var leaver = Wiki("2025-02-01", "2025-03-01").Leaver("kim", Today);
        var how = Assert.Single(leaver.HowKnown);
        Assert.Equal("pw", how.Key.Id);
        Assert.Equal(["BELONGS_TO kim@app kim", "ENTITLES kim@app wiki", "STORED_IN pw wiki"], how.Value.Edges.Select(edge => $"{edge.Kind} {edge.Of} {edge.To}").Order(StringComparer.Ordinal));
        Assert.Equal(["pw extractable"], how.Value.NodeFacts.Select(fact => $"{fact.Node.Id} {fact.Property}"));
        Assert.Empty(how.Value.Gates);
        Assert.False(how.Value.Still);
    }

    [Fact]
    public void It_names_the_gates_that_were_passed_then() =>
        Assert.Equal(["corpNetwork"], Assert.Single(Wiki("2025-02-01", "2025-03-01", gates: "corpNetwork").Leaver("kim", Today).HowKnown).Value.Gates);

    [Theory]
    [InlineData(false, "a3 pw")] // readable in the wiki
    [InlineData(true, "a2 pw, a3 pw")] // and held by nobody but kim besides
    public void A_secret_that_was_readable_is_known_whoever_holds_it(bool held, string anchors)
    {
        var facts = Held(held);
        Assert.Equal(["kim: High Certain not rotated since they left"], FindingCase.Told(facts, Today, "IG-L04"));
        Assert.Equal(anchors, Secrets(facts));
        Assert.Equal([held ? "R1 Certain a2 pw → board L2" : "R1 Certain a3 pw → board L2"], facts.Leaver("kim", Today).Lines());

        // It stays one of the footprint when it is over.
        var over = Held(held, Facts.Instant("2025-06-05"));
        Assert.Empty(FindingCase.Told(over, Today, "IG-L04"));
        Assert.Equal(anchors, Secrets(over));
        Assert.Equal(LeaverVerdict.Clear, over.Leaver("kim", Today).Verdict);
    }

    [Fact]
    public void The_evidence_of_one_that_is_held_too_is_where_it_was_read() => Assert.Equal(
        ["BELONGS_TO kim@app kim", "ENTITLES kim@app wiki", "STORED_IN pw wiki"],
        Assert.Single(FindingCase.Evaluate(Held(true), Today, "IG-L04").Findings).Facts.Select(edge => $"{edge.Kind} {edge.Of} {edge.To}").Order(StringComparer.Ordinal));

    [Fact]
    public void Held_alone_and_readable_nowhere_it_is_theirs_and_no_secret_of_others()
    {
        var facts = Estate(run => run.Secret("pw", "apiKey", "svc", ("rotatedAt", null)).Edge("HELD_BY", "pw", "kim").With(from: "2024-01-01"));
        Assert.Empty(FindingCase.Told(facts, Today, "IG-L04"));
        Assert.Equal("a2 pw", Secrets(facts));
    }

    [Theory]
    [InlineData("2025-06-05", "a3")] // handed back when they had left: what they read in the wiki they know
    [InlineData(null, "a2")]
    public void A_path_hangs_on_what_still_ties_them_to_it(string? until, string anchor)
    {
        var leaver = Held(true, until: until).Leaver("kim", Today);
        Assert.Equal([$"R1 Certain {anchor} pw → board L2"], leaver.Lines());
        Assert.Equal("a2 pw, a3 pw", Secrets(Held(true, until: until)));
    }

    private static string Secrets(Facts facts) => string.Join(", ", facts.Leaver("kim", Today).Systems
        .SelectMany(system => system.Anchors)
        .Where(anchor => anchor.Node.Id == "pw")
        .Select(anchor => $"{anchor.Word} {anchor.Node.Id}"));

    private static Facts Held(bool held, DateTimeOffset? rotated = null, string? until = null) => Estate(run =>
    {
        run.Node("wiki", "Resource").With(from: "2020-01-01")
            .Edge("ENTITLES", "kim@app", "wiki", ("level", "L2")).With(from: "2025-02-01", until: "2025-03-01")
            .Secret("pw", "apiKey", "svc", ("rotatedAt", rotated))
            .Node("pw", "Credential").With(from: "2020-01-01")
            .Edge("STORED_IN", "pw", "wiki").With(from: "2020-01-01");
        _ = held ? run.Edge("HELD_BY", "pw", "kim").With(from: "2024-01-01", until: until) : run;
    });

    private static Facts Wiki(string from, string until, params (string Name, object? Value)[] more) => Wiki(from, until, true, null, more);

    private static Facts Wiki(string from, string until, bool rotation = true, string? gates = null, params (string Name, object? Value)[] more)
    {
        (string, object?)[] rotated = more.Length > 0 ? more : rotation ? [("rotatedAt", null)] : [];
        (string, object?)[] right = gates is null ? [("level", "L2")] : [("level", "L2"), ("gates", new[] { gates })];
        return Estate(run => run
            .Node("wiki", "Resource").With(from: "2020-01-01")
            .Edge("ENTITLES", "kim@app", "wiki", right).With(from: from, until: until)
            .Secret("pw", "apiKey", "svc", rotated)
            .Node("pw", "Credential").With(from: "2020-01-01")
            .Edge("STORED_IN", "pw", "wiki").With(from: "2020-01-01"));
    }

    private static Facts Estate(Action<Facts.Lines> more) => Facts.Of(Today, run =>
    {
        run.Person("kim", "2025-06-01")
            .Node("app", "System").With(from: "2020-01-01")
            .Node("kim@app", "Account", ("state", "Active")).With(from: "2020-01-01", until: "2025-06-01T08:00:00Z")
            .Node("kim@app", "Account", ("state", "Disabled"), ("authMethods", new[] { "local" })).With(from: "2025-06-01T08:00:00Z")
            .Edge("BELONGS_TO", "kim@app", "kim").With(from: "2020-01-01")
            .Edge("IN_SYSTEM", "kim@app", "app").With(from: "2020-01-01")
            .Node("svc", "ServiceIdentity", ("state", "Active")).With(from: "2020-01-01")
            .Edge("IN_SYSTEM", "svc", "app").With(from: "2020-01-01")
            .Node("board", "Resource").With(from: "2020-01-01")
            .Reads("svc", "board");
        more(run);
    });
}
