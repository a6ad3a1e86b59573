using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws;
using static IdentityGraph.Tests.Sources.Aws.MadeUpAccount;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>What an import of an account holds, as the page of the source states it.</summary>
[Collection(Alone.Name)]
[Trait("Category", "Slow")]
public sealed class AccountMemoryTests
{
    [Theory]
    [InlineData("s3:GetObject", "arn:aws:s3:::b{0}/*")]
    [InlineData("iam:CreateAccessKey", "*")]
    [InlineData("sts:AssumeRole", "arn:aws:iam::123456789012:role/role{0}")]
    public void A_user_or_role_takes_at_most_150_bytes_where_they_share_what_they_may_do(string action, string resource)
    {
        const int Each = 100_000;
        var most = Held(MadeUpStream.Account(Each, Each, number => Allow(action, string.Format(null, resource, number % 100))));

        Assert.True(most < 2L * Each * 150, $"{most / (2 * Each)} bytes each");
    }

    private static long Held(IEnumerable<string> parts)
    {
        using var stream = new MadeUpStream(parts);
        var report = new ImportReport();
        var before = GC.GetTotalMemory(true);
        var (most, facts) = (0L, 0L);
        foreach (var run in new AwsFormat().Open(new ImportRequest { Path = "-", StandardInput = stream, CollectedAt = AwsImport.Collected }, report, TestContext.Current.CancellationToken))
        {
            foreach (var _ in run.Observations)
            {
                most = facts++ % 300_000 == 0 ? Math.Max(most, GC.GetTotalMemory(true) - before) : most;
            }
        }

        Assert.Equal(0, report.RejectCount);
        Assert.True(facts > 100_000, $"only {facts} facts");
        return most;
    }
}
