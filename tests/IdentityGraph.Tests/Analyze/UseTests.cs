using IdentityGraph.Tests.Analyze.Findings;
using IdentityGraph.Tests.Analyze.Reach;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.Analyze;

/// <summary>Use ranks and makes graver; it never makes a finding and never ends one.</summary>
public sealed class UseTests
{
    [Fact]
    public void No_finding_comes_from_or_goes_with_use() => Assert.All(
        FindingCases.All.GroupBy(one => one.Rule).Select(rule => rule.First(one => one.Found is not null)),
        one =>
        {
            var quiet = FindingCase.Evaluate(one.Facts(), one.AsOf, one.Rule).Findings;
            var used = one.Facts();
            var node = quiet.FirstOrDefault(finding => finding.Node is not null);
            used.Run("usage", one.AsOf, run =>
            {
                run.Node("seen", "UsageObservation", ("count", 3), ("lastAt", Facts.Instant(one.AsOf)));
                if (node is not null)
                {
                    run.Edge("TARGETS", "seen", node.Subject);
                }
            });

            Assert.Equal(quiet.Select(finding => finding.Fingerprint).Order(StringComparer.Ordinal), FindingCase.Evaluate(used, one.AsOf, one.Rule).Findings.Where(finding => finding.Subject != "usage").Select(finding => finding.Fingerprint).Order(StringComparer.Ordinal));
        });

    [Fact]
    public void Nothing_read_is_not_evaluated_never_none()
    {
        var evaluation = FindingCase.Evaluate(new Facts().Run("github", Estate.Day, run => run.Service("bot").Complete("ServiceIdentity")), Estate.Day, "IG-O01");

        Assert.Empty(evaluation.Findings);
        Assert.Equal(["IG-O01: no source that states OWNED_BY was read"], evaluation.NotEvaluated.Select(blind => $"{blind.Rule.Id}: {blind.Why}"));
    }
}
