using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Normalize;

public sealed class PersonMatcherTests
{
    private const string Day = "2025-06-02";

    [Theory]
    [InlineData("hrId", "17", "17", "hrId 0.98 True")]
    [InlineData("hrId", "17", "18", null)]
    [InlineData("hrId", "0017", "17", null)]
    [InlineData("hrId", "n/a", "n/a", null)]
    [InlineData("employeeNumber", "E-5", " E-5 ", "employeeNumber 0.95 True")]
    [InlineData("email", "Pat@Acme.example", "pat@acme.EXAMPLE", "email 0.7 Unknown")]
    [InlineData("name", "Pat Doe", "pat  doe", "displayName 0.5 Unknown")]
    [InlineData("name", "Pat Doe", "pat doe jr", null)]
    [InlineData("name", "Ren\u00E9 Doe", "RENE\u0301 DOE", "displayName 0.5 Unknown")]
    public void A_key_links_as_far_as_its_rule_goes(string key, string persons, string accounts, string? link)
    {
        var facts = Facts.Of(Day, say => say.Node("hr:person/17", "Person", (key, persons)).Node("okta:user/1", "Account", (key, accounts)));

        Assert.Equal(link is null ? [] : [$"okta:user/1 = hr:person/17 by {link}"], Links(facts));
    }

    [Theory]
    [InlineData(true, null, "verifiedEmail 0.95 True")]
    [InlineData(true, true, "verifiedEmail 0.95 True")]
    [InlineData(true, false, "email 0.7 Unknown")]
    [InlineData(false, true, "email 0.7 Unknown")]
    [InlineData(null, true, "email 0.7 Unknown")]
    public void An_address_proves_only_what_was_verified(bool? accounts, bool? persons, string link)
    {
        var facts = Facts.Of(Day, say => say
            .Node("hr:person/17", "Person", [("email", "pat@acme.example"), .. Flag(persons)])
            .Node("okta:user/1", "Account", [("email", "Pat@acme.example"), .. Flag(accounts)]));

        Assert.Equal([$"okta:user/1 = hr:person/17 by {link}"], Links(facts));
    }

    [Theory]
    [InlineData("okta:user/00u1", true)]
    [InlineData("okta:00u1", true)]
    [InlineData("okta:PAT.DOE", true)]
    [InlineData("okta:pat", false)]
    [InlineData("github:pat.doe", false)]
    [InlineData("hrId:17", false)]
    public void A_correlation_key_names_an_account_of_its_system(string key, bool linked)
    {
        var facts = Facts.Of(Day, say => say.Node("hr:person/17", "Person", ("correlationKeys", new[] { key })).Node("okta:user/00u1", "Account", ("name", "pat.doe")));

        Assert.Equal(linked ? ["okta:user/00u1 = hr:person/17 by correlationKey 0.97 True"] : [], Links(facts));
    }

    [Fact]
    public void Two_people_with_one_key_are_both_shown_and_neither_is_certain()
    {
        var facts = Facts.Of(Day, say => say
            .Node("hr:person/17", "Person", ("hrId", "17"))
            .Node("hr2:person/17", "Person", ("hrId", "17"))
            .Node("okta:user/1", "Account", ("hrId", "17")));

        Assert.Equal(["okta:user/1 = hr2:person/17 by hrId 0.98 Unknown", "okta:user/1 = hr:person/17 by hrId 0.98 Unknown"], Links(facts));
    }

    [Fact]
    public void A_certain_key_leaves_no_room_for_a_namesake()
    {
        var facts = Facts.Of(Day, say => say
            .Node("hr:person/17", "Person", ("hrId", "17"), ("name", "Pat Doe"))
            .Node("hr:person/18", "Person", ("hrId", "18"), ("name", "Pat Doe"))
            .Node("okta:user/1", "Account", ("hrId", "17"), ("name", "Pat Doe"))
            .Node("okta:user/2", "Account", ("name", "Pat Doe")));

        Assert.Equal(
            [
                "okta:user/1 = hr:person/17 by hrId 0.98 True",
                "okta:user/2 = hr:person/17 by displayName 0.5 Unknown",
                "okta:user/2 = hr:person/18 by displayName 0.5 Unknown",
            ],
            Links(facts));
    }

    [Fact]
    public void What_a_source_states_wins_and_is_not_doubled()
    {
        var facts = Facts.Of(Day, say => say
            .Node("hr:person/17", "Person", ("hrId", "17"))
            .Node("hr:person/18", "Person", ("hrId", "18"))
            .Node("okta:user/1", "Account", ("hrId", "17"))
            .Edge("BELONGS_TO", "okta:user/1", "hr:person/18", ("matchRule", "confirmed")));

        Assert.Equal(["okta:user/1 = hr:person/18 by confirmed 1 True"], Links(facts));
    }

    [Fact]
    public void One_id_that_its_source_gives_to_two_people_makes_nothing_certain()
    {
        var facts = Facts.Of(Day, say => say
            .Node("hr:person/17", "Person", ("hrId", "17"), ("name", "Homer Simpson"))
            .Node("hr:person/17", "Person", ("hrId", "17"), ("name", "Fred Flintstone"))
            .Node("okta:user/1", "Account", ("hrId", "17")));

        Assert.Equal(["okta:user/1 = hr:person/17 by hrId 0.5 Unknown"], Links(facts));
    }

    [Fact]
    public void A_link_holds_while_both_sides_state_the_key()
    {
        var facts = new Facts()
            .Run("hr", Day, say => say
                .Node("hr:person/17", "Person", ("hrId", "17")).With(from: "2024-01-01")
                .Node("hr:person/18", "Person", ("hrId", "18")).With(from: "2024-01-01").Complete("Person"))
            .Run("okta", Day, say => say
                .Node("okta:user/1", "Account", ("hrId", "17")).With(from: "2024-03-01")
                .Node("okta:user/1", "Account", ("hrId", "18")).With(from: "2025-02-01").Complete("Account"));

        Assert.Equal([], Links(facts, "2024-02-29"));
        Assert.Equal(["okta:user/1 = hr:person/17 by hrId 0.98 True"], Links(facts, "2024-03-01"));
        Assert.Equal(["okta:user/1 = hr:person/17 by hrId 0.98 True"], Links(facts, "2025-01-31"));
        Assert.Equal(["okta:user/1 = hr:person/18 by hrId 0.98 True"], Links(facts, "2025-02-01"));
    }

    [Fact]
    public void Before_a_key_was_first_read_nobody_knows()
    {
        var facts = Facts.Of(Day, say => say.Node("hr:person/17", "Person", ("hrId", "17")).With(from: "2024-01-01").Node("okta:user/1", "Account", ("hrId", "17")));

        Assert.Equal(["okta:user/1 = hr:person/17 by hrId ? Unknown"], Links(facts, "2025-06-01"));
        Assert.Equal(["okta:user/1 = hr:person/17 by hrId 0.98 True"], Links(facts, Day));
    }

    [Fact]
    public void A_link_is_as_fresh_as_the_stalest_of_what_it_was_drawn_from()
    {
        var facts = new Facts()
            .Run("hr", "2025-01-01", say => say.Node("hr:person/17", "Person", ("hrId", "17")).Complete("Person"))
            .Run("okta", Day, say => say.Node("okta:user/1", "Account", ("hrId", "17")).With(from: "2025-01-01").Complete("Account"));

        Assert.Equal(["okta:user/1 = hr:person/17 by hrId 0.98 True"], Links(facts, "2025-03-02"));
        Assert.Equal(["okta:user/1 = hr:person/17 by hrId 0.98 Unknown"], Links(facts, "2025-03-03"));
    }

    [Fact]
    public void What_was_not_known_yet_links_nothing()
    {
        var facts = new Facts()
            .Run("okta", "2025-01-01", say => say.Node("okta:user/1", "Account", ("hrId", "17")).Complete("Account"))
            .Run("hr", Day, say => say.Node("hr:person/17", "Person", ("hrId", "17")).With(from: "2024-01-01").Complete("Person"));

        Assert.Equal([], Links(facts, "2025-02-01", asKnownAt: "2025-02-01"));
        Assert.Equal(["okta:user/1 = hr:person/17 by hrId 0.98 True"], Links(facts, "2025-02-01"));
    }

    [Fact]
    public void A_link_says_who_drew_it_and_the_order_of_runs_does_not_matter()
    {
        static Facts Estate(bool hrFirst)
        {
            void Hr(Facts facts) => facts.Run("hr", Day, say => say.Node("hr:person/17", "Person", ("hrId", "17"), ("email", "p@acme.example")).Complete("Person"));
            void Okta(Facts facts) => facts.Run("okta", Day, say => say.Node("okta:user/1", "Account", ("hrId", "17"), ("email", "p@acme.example")).Complete("Account"));
            var facts = new Facts();
            (hrFirst ? (Action<Facts>)Hr : Okta)(facts);
            (hrFirst ? (Action<Facts>)Okta : Hr)(facts);
            return facts;
        }

        var link = Assert.Single(Edges(Snapshot(Estate(true)).At(Facts.Instant(Day))));
        Assert.Equal(["idgraph:person-match/2"], link.Evidence);
        Assert.Equal(EvidenceGrade.Inference, Assert.Single(link.Claims).Grade);
        Assert.Equal(Snapshot(Estate(true)).Hash, Snapshot(Estate(false)).Hash);
    }

    private static (string, object?)[] Flag(bool? said) => said is null ? [] : [("emailVerified", said.Value)];

    private static GraphSnapshot Snapshot(Facts facts, string? asKnownAt = null) =>
        Pipeline.Fold(facts.Runs, asKnownAt is null ? DateTimeOffset.MaxValue : Facts.Instant(asKnownAt), cancellationToken: TestContext.Current.CancellationToken);

    private static List<Edge> Edges(GraphView view)
    {
        var links = new List<Edge>();
        foreach (var link in view.Edges(EdgeKinds.BelongsTo))
        {
            links.Add(link);
        }

        return links;
    }

    private static IEnumerable<string> Links(Facts facts, string asOf = Day, string? asKnownAt = null)
    {
        var view = Snapshot(facts, asKnownAt).At(Facts.Instant(asOf));
        var liveness = new Liveness(view);
        return from link in Edges(view)
               let truth = liveness.Belongs(link)
               where truth != Truth.False
               let confidence = link[Properties.Confidence]
               select $"{link.Of} = {link.To} by {link.Key} {(confidence.Number is { } number ? number : confidence.IsReported || link.Key != "confirmed" ? "?" : 1)} {truth}";
    }
}
