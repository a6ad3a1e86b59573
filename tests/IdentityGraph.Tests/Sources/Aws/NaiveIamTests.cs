using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>The decision and a naive reading of the published logic give one verdict on any policies.</summary>
public sealed class NaiveIamTests
{
    private const int Enough = 10;

    private static readonly Config s_config = Config.QuickThrowOnFailure.WithReplay(20260301, 7);

    [Fact]
    public void They_agree_on_random_policies() => Prop.ForAll(RandomIam.Arbitrary, Agree).Check(s_config.WithMaxTest(3_000));

    [Fact]
    public void They_agree_on_documents_of_many_statements() => Prop.ForAll(RandomIam.Large, Agree).Check(s_config.WithMaxTest(300));

    [Fact]
    [Trait("Category", "Slow")]
    public void They_agree_on_many_random_policies() => Prop.ForAll(RandomIam.Arbitrary, Agree).Check(s_config.WithReplay(20260302, 9).WithMaxTest(40_000));

    [Fact]
    public void Random_policies_are_decided_in_every_way()
    {
        var drawn = new List<(IamVerdict Verdict, bool LeftOpen)>();
        Prop.ForAll(RandomIam.Arbitrary, each =>
        {
            drawn.Add(Naive(each));
            return true;
        }).Check(s_config.WithMaxTest(2_000));

        var shares = string.Join(", ", drawn.CountBy(each => each.LeftOpen ? "left open" : each.Verdict.ToString()));
        foreach (var verdict in Enum.GetValues<IamVerdict>())
        {
            var share = drawn.Count(each => each.Verdict == verdict) * 100 / drawn.Count;
            Assert.True(share >= Enough, $"{verdict}: {share} % of {shares}");
        }

        Assert.True(drawn.Count(each => each.LeftOpen) * 100 / drawn.Count < Enough);
    }

    private static bool Agree(IamCase drawn)
    {
        var (expected, open) = Naive(drawn);
        var verdict = IamDecision.Decide(drawn.Policies, drawn.Request).Verdict;
        return open || verdict == expected ? true : throw new LawBrokenException($"{verdict} instead of {expected}:\n{drawn}");
    }

    private static (IamVerdict Verdict, bool LeftOpen) Naive(IamCase drawn)
    {
        var naive = new NaiveIam(drawn.Policies, drawn.Request);
        return (naive.Decide(), naive.LeftOpen);
    }
}
