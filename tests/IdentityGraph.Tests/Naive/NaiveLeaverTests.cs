using System.Text.Json.Nodes;
using static IdentityGraph.Tests.Naive.NaiveStory;

namespace IdentityGraph.Tests.Naive;

/// <summary>Pat leaves at the end of 31 May 2025 and is asked after on 3 June, unless a test says otherwise.</summary>
public sealed class NaiveLeaverTests
{
    private static readonly string[] Pat =
    [
        Node("Pat", "Person"), Edge("EMPLOYED_AS", "Pat", "job"), Node("job", "Employment", "'startAt':'2020-01-01','endAt':'2025-05-31','status':'ended'"),
    ];

    private static readonly string[] App =
    [
        Node("app", "System"), Node("repo", "Resource"), Edge("ENTITLES", "pat", "repo", "'level':'L3'"), Edge("BELONGS_TO", "pat", "Pat"), Edge("IN_SYSTEM", "pat", "app"),
    ];

    private static string Account(string state, string more = "'authMethods':['local'],'mfa':false") => Node("pat", "Account", $"'state':'{state}',{more}");

    private static NaiveLeaver Judge(string day, params IReadOnlyList<JsonObject>[] runs) => new NaiveEvaluator(runs, Day("2030-01-01")).At(Day(day)).Leaver("Pat");

    private static NaiveLeaver Judge(params string[] lines) =>
        Judge("2025-06-03", Run("hr", "2025-06-02", Pat), Run("app", "2025-05-01", [Account("Active"), .. App]), Run("app", "2025-06-02", lines));

    private static string Paths(NaiveLeaver leaver) => string.Join(" ", leaver.Paths.Select(path => $"{path.Class}:{path.Target}:{path.Level}:{path.Certainty}"));

    [Fact]
    public void A_live_account_with_a_password_of_its_own_is_reachable_and_a_disabled_one_is_clear()
    {
        var reachable = Judge([Account("Active"), .. App]);
        Assert.Equal("Reachable R1:repo:L3:Certain", $"{reachable.Verdict} {Paths(reachable)}");
        Assert.Equal(["a1 pat"], reachable.Paths.Single().Anchors);
        Assert.Equal(["a1 pat"], reachable.Systems.Single().Open);
        var clear = Judge([Account("Disabled"), .. App]);
        Assert.Equal("Clear ", $"{clear.Verdict} {Paths(clear)}");
        Assert.True(clear.Systems.Single().Verified);
    }

    [Fact]
    public void Somebody_who_is_still_employed_is_no_leaver()
    {
        string[] employed = [Node("Pat", "Person"), Edge("EMPLOYED_AS", "Pat", "job"), Node("job", "Employment", "'startAt':'2020-01-01','status':'active'")];
        var stays = Judge("2025-06-03", Run("hr", "2025-06-02", employed), Run("app", "2025-06-02", [Account("Active"), .. App]));
        Assert.False(stays.IsLeaver);
        Assert.Null(stays.Verdict);
    }

    [Fact]
    public void A_suspended_account_is_latent()
    {
        var latent = Judge([Account("Suspended"), .. App]);
        Assert.Equal("Latent R2:repo:L3:Certain", $"{latent.Verdict} {Paths(latent)}");
    }

    [Fact]
    public void A_live_account_that_only_a_dead_one_opens_is_latent() =>
        Assert.Equal("Latent", Judge([Account("Active", "'authMethods':['sso']"), .. App]).Verdict);

    [Fact]
    public void An_end_that_only_a_ticket_claims_is_unverified() => Assert.Equal("Unverified", Judge(
        "2025-06-03",
        Run("hr", "2025-06-02", Pat),
        Run("app", "2025-05-01", [Account("Active"), .. App]),
        Run("tickets", "2025-06-02", Node("pat", "Account", "'state':'Disabled'", grade: "TicketRecord"))).Verdict);

    [Fact]
    public void What_was_removed_once_is_not_clear_when_nobody_looks_any_more() => Assert.Equal("Unverified", Judge(
        "2028-06-03", Run("hr", "2028-06-02", Pat), Run("app", "2025-06-02", [Account("Disabled"), .. App])).Verdict);

    [Theory]
    [InlineData("2025-06-01T23:00:00Z", "Pending")]
    [InlineData("2025-06-02T00:00:00Z", "Reachable")]
    public void A_path_inside_its_day_of_grace_is_pending(string asOf, string verdict) => Assert.Equal(verdict, Judge(
        asOf, Run("hr", "2025-05-30", Pat.Select(line => line.Replace("ended", "active")).ToArray()), Run("app", "2025-05-30", [Account("Active"), .. App])).Verdict);

    [Theory]
    [InlineData("2025-06-01T03:00:00Z", "Pending")]
    [InlineData("2025-06-01T04:00:00Z", "Reachable")]
    public void A_privileged_account_has_four_hours(string asOf, string verdict) => Assert.Equal(verdict, Judge(
        asOf,
        Run("hr", "2025-05-30", Pat.Select(line => line.Replace("ended", "active")).ToArray()),
        Run("app", "2025-05-30", [Account("Active", "'authMethods':['local'],'mfa':false,'privileged':true"), .. App])).Verdict);

    [Theory]
    [InlineData("'survivesAuthoriserDisable':true", "AutomationContinues", "R3:repo:L3:Certain")]
    [InlineData("'survivesAuthoriserDisable':false", "Clear", "")]
    [InlineData("'name':'g'", "Unverified", "R3:repo:L3:Possible")]
    public void A_grant_pat_consented_to_goes_on_as_far_as_it_survives(string survives, string verdict, string paths)
    {
        var left = Judge(
        [
            Account("Disabled"), .. App, Live("grant", "OAuthGrant", "'type':'application'," + survives), Edge("IN_SYSTEM", "grant", "app"), Edge("CONSENTED_BY", "grant", "pat"),
            Edge("INCLUDES_SCOPE", "grant", "rw"), Node("rw", "Scope"), Edge("CONFERS", "rw", "repo", "'level':'L3'"),
        ]);
        Assert.Equal($"{verdict} {paths}", $"{left.Verdict} {Paths(left)}");
    }

    [Theory]
    [InlineData("'rotatedAt':null", "Reachable", "R1:db:L3:Certain")]
    [InlineData("'rotatedAt':'2025-04-01T00:00:00Z'", "Reachable", "R1:db:L3:Certain")]
    [InlineData("'rotatedAt':'2025-06-01T12:00:00Z'", "Clear", "")]
    [InlineData("'name':'k'", "Unverified", "R1:db:L3:Possible")]
    public void A_secret_pat_could_read_is_known_to_pat_until_it_is_rotated(string rotated, string verdict, string paths)
    {
        string[] shared =
        [
            Secret("key", "apiKey", rotated), Edge("STORED_IN", "key", "repo"), Edge("AUTHENTICATES_AS", "key", "bot"), Live("bot", "ServiceIdentity"), Edge("IN_SYSTEM", "bot", "app"),
            Edge("ENTITLES", "bot", "db", "'level':'L3'"), Node("db", "Resource"),
        ];
        var left = Judge(
            "2025-06-03",
            Run("hr", "2025-06-02", Pat),
            Run("app", "2025-05-01", [Account("Active"), .. App, .. shared.Where(line => !line.Contains("'node':'key'")), Secret("key")]),
            Run("app", "2025-06-02", [Account("Disabled"), .. App, .. shared]));
        Assert.Equal($"{verdict} {paths}", $"{left.Verdict} {Paths(left)}");
    }
}
