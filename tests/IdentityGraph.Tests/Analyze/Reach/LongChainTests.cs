using IdentityGraph.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze.Reach;

/// <summary>Chains of many thousand hops are proved in about the time it takes to print them.</summary>
public sealed class LongChainTests
{
    private const int Hops = 10_000;

    [Fact]
    public void A_chain_of_ten_thousand_hops_is_proved_whole()
    {
        var proof = Prove(Chain);
        Assert.Equal(Hops + 1, proof.Steps.Count);
        Assert.Equal(Enumerable.Range(0, Hops + 1), proof.Steps.Select(step => step.Hop));
    }

    [Fact]
    public void So_is_one_that_also_asks_for_a_network_position()
    {
        // Two ways to the network, one of which has to be left out of the proof.
        var proof = Prove(run => Chain(run).Service("vpn").Edge("CAN_ASSUME", Id(0), "vpn").Edge("REACHED_THROUGH", Id(Hops), "vpn").Service("lan").Edge("CAN_ASSUME", "vpn", "lan").Edge("REACHED_THROUGH", Id(Hops), "lan"));
        Assert.Equal(Hops + 2, proof.Steps.Count);
        Assert.Contains(proof.Steps, step => step.Node.Id == "vpn");
        Assert.DoesNotContain(proof.Steps, step => step.Node.Id == "lan");
    }

    [Fact]
    public async Task A_radius_along_it_prints_as_many_proofs_as_fit_and_says_how_many_do_not()
    {
        var answer = await FactsStore.Ask(Facts.Of(Estate.Day, run => Chain(run))).BlastRadiusAsync(FactsStore.As(Estate.Day), [Id(0)], cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal(Hops, answer.Data.Reached.Count);
        Assert.InRange(answer.Data.Proofs.Values.Sum(steps => (long)steps.Count), 500_000, 500_000 + Hops);
        Assert.StartsWith($"proofs: {answer.Data.Reached.Count(node => node.Proof is null)} of the nodes reached come without", answer.Truncated, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_short_one_has_all_its_proofs()
    {
        var answer = await FactsStore.Ask(Facts.Of(Estate.Day, run => run.Service("a").Service("b").Edge("CAN_ASSUME", "a", "b"))).BlastRadiusAsync(FactsStore.As(Estate.Day), ["a"], cancellationToken: TestContext.Current.CancellationToken);
        Assert.NotNull(Assert.Single(answer.Data.Reached).Proof);
        Assert.Null(answer.Truncated);
    }

    private static Facts.Lines Chain(Facts.Lines run)
    {
        for (var n = 0; n <= Hops; n++)
        {
            run.Service(Id(n));
            if (n > 0)
            {
                run.Edge("CAN_ASSUME", Id(n - 1), Id(n));
            }
        }

        return run;
    }

    private static string Id(int n) => $"n{n:d5}";

    private static Proof Prove(Func<Facts.Lines, Facts.Lines> lines)
    {
        var view = Estate.View(run => lines(run));
        var goal = view.Find(Id(Hops))!.Value;
        return ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer).Reach([Seed.Of(view.Find(Id(0))!.Value)], null, TestContext.Current.CancellationToken).Proof(goal)!;
    }
}
