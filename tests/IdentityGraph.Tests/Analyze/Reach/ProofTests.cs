using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

public sealed class ProofTests
{
    public static TheoryData<string> Opening => [.. RuleCases.All.Where(one => one.Opens).Select(one => one.ToString())];

    [Theory]
    [MemberData(nameof(Opening))]
    public void Without_any_one_of_its_edges_the_proof_of_a_rule_does_not_hold(string story)
    {
        var one = RuleCases.All.Single(other => other.ToString() == story);
        Assert.True(RightsLogic.TryParseLetters(one.Right, out var right));
        Assert.True(RightsLogic.TryParseLetters(one.SeedRights, out var seedRights));
        HoldsAndNeedsEveryEdge(one.Facts, one.Seed, one.Target, right, seedRights == Rights.None ? null : seedRights);
    }

    [Fact]
    public void Neither_does_one_through_groups_stores_keys_and_gates()
    {
        static void Told(Facts.Lines l) => l
            .Account("kim").Account("lee", ("mfa", true)).Node("staff", "Group").Node("ops", "Group").Node("reader", "Role").Resource("repo").Resource("vault").System("git")
            .Key("pw", "password").Key("kek", "encryptionKey").Key("totp", "mfaFactor").Service("deploy").System("prod")
            .Edge("MEMBER_OF", "kim", "staff").Edge("MEMBER_OF", "staff", "ops").Edge("HAS_ROLE", "ops", "reader").Edge("HAS_ROLE", "staff", "reader")
            .Edge("ENTITLES", "reader", "repo", ("level", "L2")).Edge("ENTITLES", "reader", "vault", ("level", "L2"))
            .Edge("STORED_IN", "pw", "repo").Edge("ENCRYPTED_WITH", "pw", "kek").Edge("STORED_IN", "kek", "vault").Edge("HELD_BY", "totp", "kim")
            .Edge("AUTHENTICATES_AS", "pw", "lee").Edge("AUTHENTICATES_AS", "totp", "lee").Edge("CAN_ASSUME", "lee", "deploy").Edge("ENTITLES", "deploy", "prod", ("level", "L5"));
        var reach = Estate.Reach(Told, "kim");
        var proof = reach.Proof(reach.Graph.View.Find("prod")!.Value)!;

        Assert.Equal(["", "D2", "D4", "D4", "D3", "D3", "D1", "D8", "D4"], proof.Steps.Select(step => step.Rule?.Id ?? ""));
        Assert.Equal(["kek", "repo"], proof.Steps.Single(step => step.Node.Id == "pw").From.Select(node => node.Id));
        Assert.Equal(["pw", "totp"], proof.Steps.Single(step => step.Node.Id == "lee").From.Select(node => node.Id));
        Assert.Equal(6, reach.Hops(proof.Goal));
        HoldsAndNeedsEveryEdge(Told, "kim", "prod", Rights.Admin);
    }

    [Fact]
    public void A_delegated_scope_is_proved_with_what_its_user_has() => HoldsAndNeedsEveryEdge(
        l => l.App("app").Grant("grant", "delegated", ("survivesAuthoriserDisable", true)).Node("scope", "Scope").System("git").Resource("org").Resource("repo").Account("kim").Node("devs", "Group")
            .Edge("MEMBER_OF", "kim", "devs").Edge("ENTITLES", "devs", "org", ("level", "L2")).Edge("CONTAINS", "org", "repo").Edge("IN_SYSTEM", "kim", "git").Edge("ON_BEHALF_OF", "grant", "kim")
            .Edge("GRANTED_TO", "grant", "app").Edge("INCLUDES_SCOPE", "grant", "scope").Edge("CONFERS", "scope", "repo", ("level", "L3")),
        "app",
        "repo",
        Rights.Read);

    [Fact]
    public void Of_two_proofs_of_one_length_the_smaller_rule_is_chosen_then_the_smaller_id()
    {
        var reach = Estate.Reach(
            l => l.Service("a").Service("m").Service("n").Service("z").Key("key")
                .Edge("CAN_ASSUME", "a", "n").Edge("CAN_ASSUME", "a", "m").Edge("HELD_BY", "key", "a")
                .Edge("CAN_ASSUME", "n", "z").Edge("CAN_ASSUME", "m", "z").Edge("AUTHENTICATES_AS", "key", "z"),
            "a");
        var byRule = reach.Proof(reach.Graph.View.Find("z")!.Value)!;
        var byId = Estate.Reach(l => l.Service("a").Service("m").Service("n").Service("z").Edge("CAN_ASSUME", "a", "n").Edge("CAN_ASSUME", "a", "m").Edge("CAN_ASSUME", "n", "z").Edge("CAN_ASSUME", "m", "z"), "a");

        Assert.Equal(["a", "key", "z"], byRule.Steps.Select(step => step.Node.Id));
        Assert.Equal(["a", "m", "z"], byId.Proof(byId.Graph.View.Find("z")!.Value)!.Steps.Select(step => step.Node.Id));
    }

    [Fact]
    public void A_step_made_needless_by_another_is_left_out()
    {
        // Discover and Read on the folder come in two hops, Write and with it everything below in three: the first way adds nothing.
        var reach = Estate.Reach(
            l => l.Service("a").Service("b").Service("c").Resource("repo").Workflow("deploy").Key("key").Service("goal")
                .Edge("ENTITLES", "a", "repo", ("level", "L2")).Edge("CAN_ASSUME", "a", "b").Edge("ENTITLES", "b", "repo", ("level", "L3"))
                .Edge("DEFINED_IN", "deploy", "repo", ("protected", false)).Edge("RUNS_AS", "deploy", "c")
                .Edge("STORED_IN", "key", "repo").Edge("AUTHENTICATES_AS", "key", "goal").Edge("REACHED_THROUGH", "goal", "c"),
            "a");
        HashSet<string> steps = [.. reach.Proof(reach.Graph.View.Find("goal")!.Value)!.Steps.Select(step => step.ToString()!)];
        var nodes = reach.Proof(reach.Graph.View.Find("goal")!.Value)!.Steps.Select(step => step.Node.Id).ToList();

        Assert.Single(nodes, "repo");
        Assert.Equal(steps.Count, nodes.Count);
    }

    [Fact]
    public void An_uncertain_premise_makes_its_step_and_what_follows_unknown()
    {
        var reach = Estate.Reach(l => l.Service("a").Service("b").Service("c").Edge("CAN_ASSUME", "a", "b").Edge("CAN_ASSUME", "b", "c", ("conditions", "unread")), "a");

        Assert.Equal([Truth.True, Truth.True, Truth.Unknown], reach.Proof(reach.Graph.View.Find("c")!.Value)!.Steps.Select(step => step.Truth));
        Assert.Equal("- - U U", reach.Cells("c"));
    }

    /// <summary>With the proof's edges alone the goal is attained; without any one of them it is not.</summary>
    private static void HoldsAndNeedsEveryEdge(Action<Facts.Lines> told, string seed, string target, Rights right, Rights? seedRights = null)
    {
        var whole = Estate.Reach(told, seed, rights: seedRights);
        var proof = whole.Proof(whole.Graph.View.Find(target)!.Value, right, Cell.CertainAmplified)!;
        var edges = proof.Steps.SelectMany(step => step.Edges).Select(edge => (edge.Kind.Name, edge.Of.Id, edge.To.Id)).ToHashSet();

        Assert.True(Attains(edges), "the proof's own edges prove it");
        Assert.All(edges.Where(edge => !Restricts(edge.Name)), left => Assert.False(Attains([.. edges.Where(edge => edge != left)]), $"{left} can be left out"));

        // What only restricts stays: a proof is about what gives, not about what might forbid.
        bool Attains(HashSet<(string, string, string)> kept)
        {
            var reach = Estate.Reach(
                Estate.Without(told, edge => !kept.Contains((edge.Kind, edge.Of, edge.To)) && !Restricts(edge.Kind)),
                seed,
                rights: seedRights);
            return reach.Attains(reach.Graph.View.Find(target)!.Value, right, Cell.CertainAmplified);
        }

        static bool Restricts(string kind) => kind is "ENCRYPTED_WITH" or "REACHED_THROUGH";
    }
}
