using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Leavers;

/// <summary>Each anchor with a case that opens a path and the nearest that must not. Kim left on 2025-06-01; asked on 2025-06-10.</summary>
public sealed class LeaverAnchorTests
{
    private const string Today = "2025-06-10";

    [Theory]
    [InlineData("local", "R1 Certain a1 kim@app → board L2")]
    [InlineData("sso", "R2 Certain a1 kim@app → board L2")] // nothing to sign in through: no way in, but it lives
    public void A1_an_account_with_a_way_in_is_usable_and_one_without_is_latent(string method, string path) =>
        Assert.Equal([path], Estate(run => run.Account("kim@app", "kim", "app", "Active", method).Reads("kim@app", "board")).Lines());

    [Fact]
    public void A1_a_disabled_account_opens_nothing()
    {
        var leaver = Estate(run => run.Account("kim@app", "kim", "app", "Disabled", "local").Reads("kim@app", "board"));
        Assert.Empty(leaver.Lines());
        Assert.Equal(LeaverVerdict.Clear, leaver.Verdict);
    }

    [Fact]
    public void A2_a_token_they_alone_hold_acts_as_the_service_until_it_is_rotated()
    {
        Assert.Equal(["R1 Certain a2 pat → board L2"], Estate(run => Token(run)).Lines());
        Assert.Empty(Estate(run => Token(run, ("rotatedAt", Facts.Instant("2025-06-02")))).Lines());
    }

    [Theory]
    [InlineData("none", "R1 Certain a3 pw → board L2")]
    [InlineData("unreported", "R1 Possible a3 pw → board L2")]
    [InlineData("2025-05-31", "R1 Certain a3 pw → board L2")]
    [InlineData("2025-06-02", null)]
    public void A3_a_secret_known_with_others_counts_until_it_is_rotated_after_leaving(string rotated, string? path)
    {
        (string, object?)[] props = rotated switch
        {
            "none" => [("rotatedAt", null)],
            "unreported" => [],
            _ => [("rotatedAt", Facts.Instant(rotated))],
        };
        var leaver = Estate(run => run
            .Person("max", null)
            .Node("svc", "ServiceIdentity", ("state", "Active"))
            .Edge("IN_SYSTEM", "svc", "app")
            .Reads("svc", "board")
            .Secret("pw", "password", "svc", props)
            .Node("svc", "ServiceIdentity", ("mfa", false))
            .Edge("HELD_BY", "pw", "kim")
            .Edge("HELD_BY", "pw", "max"));
        Assert.Equal(path is null ? [] : [path], leaver.Lines());
    }

    [Fact]
    public void A5_a_grant_they_consented_to_continues_if_it_survives_them()
    {
        Assert.Equal(["R3 Certain a5 grant → board L2"], Estate(run => Consent(run, survives: true)).Lines());
        Assert.Empty(Estate(run => Consent(run, survives: false)).Lines());
    }

    [Theory]
    [InlineData(true, AnchorCode.A7)]
    [InlineData(false, AnchorCode.A1)]
    public void A7_a_guest_account_with_a_login_of_its_own_is_usable(bool guest, AnchorCode code)
    {
        var leaver = Estate(run => run.Account("kim#ext", "kim", "app", "Active", "local").Reads("kim#ext", "board").Node("kim#ext", "Account", ("guest", guest)));
        Assert.Equal(code, Assert.Single(leaver.Paths).Anchor.Code);
        Assert.Equal(LeaverVerdict.Reachable, leaver.Verdict);
    }

    private static LeaverJudgement Estate(Action<Facts.Lines> more) => Facts.Of(Today, run =>
    {
        run.Person("kim", "2025-06-01").Node("app", "System").Node("board", "Resource").Edge("IN_SYSTEM", "board", "app");
        more(run);
    }).Leaver("kim", Today);

    private static void Token(Facts.Lines run, params (string Name, object? Value)[] more) => run
        .Node("svc", "ServiceIdentity", ("state", "Active"))
        .Edge("IN_SYSTEM", "svc", "app")
        .Reads("svc", "board")
        .Secret("pat", "pat", "svc", more)
        .Edge("HELD_BY", "pat", "kim")
        .With(from: "2025-01-01");

    private static void Consent(Facts.Lines run, bool survives) => run
        .Account("kim@app", "kim", "app", "Disabled")
        .Node("sync", "Application", ("state", "Active"))
        .Node("grant", "OAuthGrant", ("state", "Active"), ("type", "application"), ("survivesAuthoriserDisable", survives))
        .Edge("CONSENTED_BY", "grant", "kim@app")
        .Edge("GRANTED_TO", "grant", "sync")
        .Node("read", "Scope")
        .Edge("INCLUDES_SCOPE", "grant", "read")
        .Edge("CONFERS", "read", "board", ("level", "L2"));
}
