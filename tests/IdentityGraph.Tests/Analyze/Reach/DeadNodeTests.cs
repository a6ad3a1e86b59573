using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>Nodes taken as dead: as if the same question were asked of an estate in which they are disabled or ended.</summary>
public sealed class DeadNodeTests
{
    private static readonly string[] s_seeds = ["Account:0", "Credential:0", "Person:0", "Resource:1", "Application:0", "Organization:0", "System:0", "Connector:1"];

    public static TheoryData<int> Lots => [.. Enumerable.Range(1, 12)];

    [Theory]
    [MemberData(nameof(Lots))]
    public void Killing_a_node_is_asking_an_estate_in_which_it_is_disabled_or_ended(int lot)
    {
        var lines = new Facts.Lines();
        new RandomEstate(lot).Say(lines);
        var view = Estate.View(run => lines.All.ToList().ForEach(line => run.Say(line)));
        var control = Control(view);
        foreach (var killed in lines.All.OfType<Observation.SawNode>().Where(node => node.Kind is not ("Person" or "Tenant" or "Exposure")).Select(node => node.Id))
        {
            var there = Estate.View(run => lines.All.ToList().ForEach(line => run.Say(line is Observation.SawNode node && node.Id == killed ? Dead(node) : line)));
            var ended = Control(there);
            foreach (var seed in s_seeds)
            {
                var overlay = Asked(control, seed, killed);
                var expected = Asked(ended, seed, killed);
                Assert.Equal(Told(expected), Told(overlay));

                // Where the estate does not attain it either, nothing is taken away beyond its life.
                var plain = Asked(ended, seed, null);
                if (plain[there.Find(killed)!.Value].IsEmpty && !Walks(there.Find(killed)!.Value))
                {
                    Assert.Equal(Told(plain), Told(overlay));
                }
            }
        }
    }

    [Fact]
    public void A_password_dies_with_the_account_it_signs_in_to_and_a_key_that_outlives_it_does_not()
    {
        Action<Facts.Lines> company = run => run
            .System("dir", ("category", "directory"), ("cascade_password", "Immediate"), ("cascade_apiKey", "Never"))
            .Account("kim", ("mfa", false)).Edge("IN_SYSTEM", "kim", "dir")
            .Account("lee", ("mfa", false)).Edge("IN_SYSTEM", "lee", "dir")
            .Key("pw", "password").Edge("AUTHENTICATES_AS", "pw", "kim").Edge("AUTHENTICATES_AS", "pw", "lee")
            .Key("key").Edge("AUTHENTICATES_AS", "key", "kim").Edge("AUTHENTICATES_AS", "key", "lee");
        Assert.Equal([], Killing(company, "pw", "kim", "lee"));
        Assert.Equal(["lee"], Killing(company, "pw", "kim"));
        Assert.Equal(["lee"], Killing(company, "key", "kim"));
    }

    [Theory]
    [InlineData(false, new string[0])]
    [InlineData(true, new[] { "files", "grant" })]
    public void A_grant_dies_with_who_consented_unless_it_survives_that(bool survives, string[] reached)
    {
        Action<Facts.Lines> company = run => run
            .Account("kim").App("client").Resource("files")
            .Grant("grant", "application", ("survivesAuthoriserDisable", survives)).Edge("GRANTED_TO", "grant", "client").Edge("CONSENTED_BY", "grant", "kim")
            .Node("read", "Scope").Edge("INCLUDES_SCOPE", "grant", "read").Edge("CONFERS", "read", "files", ("level", "L2"));
        Assert.Equal(["files", "grant"], Killing(company, "client"));
        Assert.Equal(reached, Killing(company, "client", "kim"));
    }

    [Fact]
    public void A_token_dies_with_the_grant_behind_it()
    {
        Action<Facts.Lines> company = run => run
            .App("client").Resource("files").Grant("grant", "application").Grant("other", "application")
            .Key("token", "accessToken").Edge("BACKED_BY", "token", "grant")
            .Key("child", "accessToken").Edge("BACKED_BY", "child", "other")
            .Node("read", "Scope").Edge("INCLUDES_SCOPE", "grant", "read").Edge("INCLUDES_SCOPE", "other", "read").Edge("CONFERS", "read", "files", ("level", "L2"));
        Assert.Equal([], Killing(company, "token", "grant"));
        Assert.Equal(["files", "other"], Killing(company, "child", "grant"));
    }

    [Fact]
    public void A_dead_group_gives_its_members_nothing_and_a_user_who_delegates_no_more_than_the_rest()
    {
        Action<Facts.Lines> company = run => run
            .Account("kim").Node("team", "Group").Resource("files").System("share").Edge("MEMBER_OF", "kim", "team").Edge("ENTITLES", "team", "files", ("level", "L2"))
            .App("client").Grant("grant", "delegated").Edge("GRANTED_TO", "grant", "client").Edge("ON_BEHALF_OF", "grant", "kim").Edge("CONSENTED_BY", "grant", "kim")
            .Edge("IN_SYSTEM", "kim", "share").Edge("IN_SYSTEM", "files", "share")
            .Node("read", "Scope").Edge("INCLUDES_SCOPE", "grant", "read").Edge("CONFERS", "read", "files", ("level", "L3"));
        Assert.Equal(["files", "grant"], Killing(company, "client"));
        Assert.Equal(["grant"], Killing(company, "client", "team"));
    }

    /// <summary>What stays certain when these are dead.</summary>
    private static string[] Killing(Action<Facts.Lines> lines, string seed, params string[] dead)
    {
        var view = Estate.View(lines);
        return Control(view).Reach([Seed.Of(view.Find(seed)!.Value)], new ReachOptions { DeadNodes = dead.Select(id => view.Find(id)!.Value.Index).ToHashSet() }, TestContext.Current.CancellationToken).Certain();
    }

    private static ControlGraph Control(GraphView view) => ControlGraph.Compile(view, new Liveness(view), AttackerProfile.Insider);

    private static ReachResult Asked(ControlGraph control, string seed, string? dead)
    {
        var view = control.View;
        var options = dead is null ? null : new ReachOptions { DeadNodes = new HashSet<int> { view.Find(dead)!.Value.Index } };
        return control.Reach(Seeding.Of(view.Find(seed)!.Value, control.Liveness), options, TestContext.Current.CancellationToken);
    }

    private static string[] Told(ReachResult reach) => [.. reach.Attained.Select(node => $"{node.Id} {reach[node].Word:x} {reach.Hops(node)} {reach.IsDurable(node)}")];

    /// <summary>Groups and the like are never attained, and yet taken away they end a walk that a seed of theirs began.</summary>
    private static bool Walks(Node node) => node.Kind == NodeKinds.Group || node.Kind == NodeKinds.Role || node.Kind == NodeKinds.Assignment || node.Kind == NodeKinds.Entitlement || node.Kind == NodeKinds.Policy;

    private static Observation.SawNode Dead(Observation.SawNode node) => NodeKind.Find(node.Kind!)!.HasState
        ? node with { Properties = [.. node.Properties.Where(property => property.Key != "state"), KeyValuePair.Create("state", PropertyValue.Of("Disabled"))] }
        : node with { Until = Facts.Instant("2025-06-01") };
}
