using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Many principals that may assume many roles by what the trusts leave to the account: told in as many lines as there are of both.</summary>
public sealed class WideTrustTests
{
    private const int Each = 1_000;

    [Theory]
    [InlineData(1)]
    [InlineData(10)]
    public void Policies_that_differ_in_words_only_share_what_they_allow(int teams)
    {
        var account = new MadeUpAccount();
        for (var n = 0; n < Each; n++)
        {
            account.User($"u{n}", Allow("sts:AssumeRole", $"arn:aws:iam::111122223333:role/team{n % teams}-* arn:aws:iam::111122223333:role/none-{n}"));
            account.Role($"team{n % teams}-{n}", "{\"AWS\":\"111122223333\"}");
        }

        var imported = account.Import();

        Assert.InRange(imported.Edges.Count(), 1, 12 * 2 * Each);
        var ways = imported.Edges.Where(edge => edge.Kind is "CAN_ASSUME" or "RUNS_AS" || (edge.Kind == "ENTITLES" && edge.To.Contains(":ability/", StringComparison.Ordinal))).ToLookup(edge => edge.Of, edge => edge.To);
        var reached = ways["aws-111122223333:user/u7"].SelectMany(to => ways[to].Append(to)).Where(to => to.Contains(":role/", StringComparison.Ordinal)).ToHashSet();
        Assert.Equal(Enumerable.Range(0, Each).Where(n => n % teams == 7 % teams).Select(n => $"aws-111122223333:role/team{n % teams}-{n}").ToHashSet(), reached);
    }
}
