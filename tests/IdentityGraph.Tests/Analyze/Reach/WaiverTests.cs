using IdentityGraph.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>What a premise stands in the way of: asked by leaving out one kind of premise, each opening only its own door.</summary>
public sealed class WaiverTests
{
    private static readonly Dictionary<string, Waiver> s_waivers = new(StringComparer.Ordinal)
    {
        ["mfaFactor"] = new() { Gate = "mfaFactor" },
        ["corpNetwork"] = new() { Gate = "corpNetwork" },
        ["liveness"] = new() { Liveness = true },
        ["presence"] = new() { Presence = true },
        ["pinned"] = new() { Pinned = true },
        ["protected"] = new() { Protected = true },
        ["network"] = new() { Network = true },
    };

    private static readonly Action<Facts.Lines> s_estate = run => run
        .Account("kim").Service("bot").Service("inner").Service("vpn").Service("gone", ("state", "Disabled")).Workflow("flow").Resource("repo").App("library").Workflow("consumer")
        .Edge("CAN_ASSUME", "kim", "bot", ("gates", new[] { "corpNetwork" }))
        .Edge("CAN_ASSUME", "kim", "inner").Edge("REACHED_THROUGH", "inner", "vpn")
        .Edge("CAN_ASSUME", "kim", "gone").Edge("CAN_ASSUME", "kim", "library-bot").Service("library-bot").Edge("CAN_MODIFY", "library-bot", "library")
        .Edge("DEPENDS_ON", "consumer", "library", ("pinned", true))
        .Edge("ENTITLES", "kim", "repo", ("level", "L3")).Edge("DEFINED_IN", "flow", "repo", ("protected", true))
        .Resource("old").With(until: "2025-06-01").Edge("ENTITLES", "kim", "old", ("level", "L2"));

    [Theory]
    [InlineData("mfaFactor", "")]
    [InlineData("corpNetwork", "bot")]
    [InlineData("liveness", "gone")]
    [InlineData("presence", "old")]
    [InlineData("pinned", "consumer")]
    [InlineData("protected", "flow")]
    [InlineData("network", "inner")]
    public void One_premise_left_out_opens_what_it_stands_before_and_nothing_else(string premise, string opened)
    {
        var view = Estate.View(s_estate);
        var liveness = new Liveness(view);
        var seeds = new[] { Seed.Of(view.Find("kim")!.Value) };
        var reached = ControlGraph.Compile(view, liveness, AttackerProfile.ExternalBearer).Reach(seeds, null, TestContext.Current.CancellationToken);
        Assert.Equal(["library", "library-bot", "repo"], reached.Certain());
        var without = ControlGraph.Compile(view, liveness, AttackerProfile.ExternalBearer, null, s_waivers[premise]).StepFrom(reached, TestContext.Current.CancellationToken);
        Assert.Equal(opened, string.Join(' ', without.Certain().Except(reached.Certain())));
        Assert.All(without.Certain().Except(reached.Certain()), id => Assert.NotNull(without.Proof(view.Find(id)!.Value)!.Steps[^1].Rule));
    }

    [Fact]
    public void One_step_is_one_step()
    {
        var view = Estate.View(run => run.Service("a").Service("b", ("state", "Disabled")).Service("c").Edge("CAN_ASSUME", "a", "b").Edge("CAN_ASSUME", "b", "c"));
        var liveness = new Liveness(view);
        var reached = ControlGraph.Compile(view, liveness, AttackerProfile.ExternalBearer).Reach([Seed.Of(view.Find("a")!.Value)], null, TestContext.Current.CancellationToken);
        var without = ControlGraph.Compile(view, liveness, AttackerProfile.ExternalBearer, null, s_waivers["liveness"]).StepFrom(reached, TestContext.Current.CancellationToken);
        Assert.Equal(["b"], without.Certain());
    }
}
