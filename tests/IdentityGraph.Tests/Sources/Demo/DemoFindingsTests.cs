using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Sources.Demo;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Tests.Sources.Demo;

/// <summary>The sample company has the findings that were planted in it, and its everyday life has none of them.</summary>
public sealed class DemoFindingsTests(DemoFindingsTests.Company company) : IClassFixture<DemoFindingsTests.Company>
{
    [Theory]
    [InlineData("IG-C01")]
    [InlineData("IG-C04")]
    [InlineData("IG-W01")]
    [InlineData("IG-J08")]
    public void Exactly_what_was_planted_is_found(string rule) =>
        Assert.Equal(company.Planted($"findings {rule}"), company.Of(rule).Select(finding => finding.Subject).Order(StringComparer.Ordinal));

    [Fact]
    public void The_planted_orphans_are_told_on_their_topmost()
    {
        var told = company.Of("IG-O01").Select(finding => finding.Subject).ToList();

        Assert.Equal(company.Planted("orphans"), told.Concat(company.Of("IG-O01").SelectMany(finding => finding.Others)).Distinct().Order(StringComparer.Ordinal));
        Assert.DoesNotContain("aws:key/report-exporter", told);
        Assert.DoesNotContain("aws:svc/etl-nightly-writer", told);
    }

    [Fact]
    public void Leavers_are_found_as_they_were_planted()
    {
        Assert.Equal(["hr:person/rhea"], Certain("IG-L01"));
        Assert.Equal(["hr:person/lena"], Certain("IG-L02"));
        Assert.Equal(["hr:person/amir"], Certain("IG-L03"));
        Assert.Equal(["hr:person/amir", "hr:person/lena", "hr:person/rhea", "hr:person/uma"], Certain("IG-L05"));
        Assert.Equal(["hr:person/paul"], company.Of("IG-L01").Where(finding => finding.Severity == "Info").Select(finding => finding.Subject));
    }

    [Fact]
    public void Every_rule_could_be_evaluated() => Assert.Empty(company.Answer.Data.NotEvaluated);

    [Fact]
    public void Every_finding_has_a_fingerprint_of_its_own_a_proof_and_if_certain_a_beginning()
    {
        var data = company.Answer.Data;

        Assert.Equal(data.Findings.Count, data.Findings.Select(finding => finding.Fingerprint).Distinct().Count());
        Assert.All(data.Findings, finding => Assert.NotEmpty(data.Proofs[finding.Proof!]));
        Assert.All(data.Findings.Where(finding => finding.Certainty == "Certain"), finding => Assert.True(finding.FirstTrueAt <= company.Answer.AsOf, finding.Subject));
    }

    private IEnumerable<string> Certain(string rule) => company.Of(rule)
        .Where(finding => finding is { Certainty: "Certain", Severity: not "Info" })
        .Select(finding => finding.Subject)
        .Distinct()
        .Order(StringComparer.Ordinal);

    /// <summary>The company, made and analysed once.</summary>
    public sealed class Company : IAsyncLifetime
    {
        private readonly string _folder = Path.Combine(Path.GetTempPath(), "idgraph-demo-" + Guid.NewGuid().ToString("N"));
        private readonly DemoSize _size = new() { People = 40 };

        public Answer<FindingsAnswer> Answer { get; private set; } = null!;

        public IEnumerable<FindingAnswer> Of(string rule) => Answer.Data.Findings.Where(finding => finding.Rule == rule);

        public IEnumerable<string> Planted(string question) =>
            new DemoEstate(_size).Planted.Where(truth => truth.Question == question).Select(truth => truth.Subject).Distinct().Order(StringComparer.Ordinal);

        public async ValueTask InitializeAsync()
        {
            var store = EmbeddedGraphStore.Create(_folder);
            await using (store)
            {
                foreach (var run in new DemoEstate(_size).Runs())
                {
                    await using var writer = await store.BeginRunAsync(run.Header);
                    foreach (var observation in run.Observations)
                    {
                        writer.Write(observation);
                    }

                    await writer.SealAsync(new RunOutcome());
                }

                Answer = await new Investigation(store, new AnalysisPolicy(), TimeProvider.System).AnalyzeAsync(new Ask { AsOf = _size.Until });
            }
        }

        public ValueTask DisposeAsync()
        {
            Directory.Delete(_folder, recursive: true);
            return ValueTask.CompletedTask;
        }
    }
}
