using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Hr;

namespace IdentityGraph.Tests.Sources.Hr;

public sealed class HrDocsTests : IDisposable
{
    private const string Page = "hr-csv.md";
    private readonly HrFolder _hr = new();

    public void Dispose() => _hr.Dispose();

    [Fact]
    public void The_fields_of_the_page_are_those_of_the_reader() =>
        DocPage.Holds(Page, "fields", HrSchema.Table());

    [Fact]
    public void The_example_of_the_page_imports_with_its_mapping_and_without()
    {
        var guessed = _hr.Read(DocPage.Example(Page, "people.csv"));
        var mapped = _hr.Read(DocPage.Example(Page, "people.csv"), DocPage.Example(Page, "people.yaml"));

        Assert.Empty(_hr.Rejects);
        Assert.Equal(guessed.Nodes(), mapped.Nodes());
        Assert.Equal(["2025-03-31T22:00:00Z"], mapped.Of("hr:employment/21%3A2022-09-01", Properties.EndAt));
        Assert.Equal(["hr:person/3"], mapped.Of("hr:employment/17%3A2023-02-01", Properties.ManagerId));
        Assert.Equal(["employments complete", "people complete"], mapped.Ends());
        Assert.Equal(["employments not complete", "people not complete"], guessed.Ends());
    }

    [Fact]
    public void A_workday_export_is_read_whole_and_its_oddities_are_reported()
    {
        var data = Environment.GetEnvironmentVariable("IDENTITYGRAPH_DATA");
        var folder = data is null ? null : Path.Combine(data, "csv");
        if (!Directory.Exists(folder))
        {
            Assert.SkipUnless(Environment.GetEnvironmentVariable("IDENTITYGRAPH_REQUIRE")?.Contains("data", StringComparison.Ordinal) is true, "IDENTITYGRAPH_DATA names no folder with `csv` in it");
        }

        var said = _hr.Read(new ImportRequest { Path = folder!, Map = _hr.Write("workday.yaml", DocPage.Example(Page, "workday.yaml")) });

        // 7 worker rows, 5 names, 5 addresses, 7 positions, 5 organizations: every row is accounted for.
        Assert.Equal((29, 0), (_hr.Outcome.Read, _hr.Outcome.Rejected));
        Assert.Equal(6, said.Nodes().Count(id => id.StartsWith("workday:person/", StringComparison.Ordinal)));
        Assert.Equal(5, said.Nodes().Count(id => id.StartsWith("workday:team/", StringComparison.Ordinal)));
        Assert.Contains("(5 such in all", Warning("no row describes the person"), StringComparison.Ordinal);
        Assert.Contains("(5 such in all", Warning("the team above"), StringComparison.Ordinal);
        Assert.DoesNotContain(_hr.Report.Warnings, warning => warning.Contains("told otherwise", StringComparison.Ordinal));

        // All five people bear, under one id, the name of one person and the login and address of another; one of the ten is misspelt.
        Assert.Contains("(9 such in all", Warning("fits the name of"), StringComparison.Ordinal);
        Assert.Equal(["false"], said.Of("workday:person/3aa5550b7fe348b98d7b5741afc65536", Properties.EmailVerified));
        Assert.Equal(["2020-10-30T07:00:00Z"], said.Of("workday:employment/3aa5550b7fe348b98d7b5741afc65536", Properties.EndAt));
        Assert.Equal(["Software Engineer", "Senior Software Engineer"], said.Of("workday:employment/aabbccdd11223344aabbccdd11223344", Properties.JobRole));
        Assert.Equal(new DateTimeOffset(2023, 10, 30, 5, 37, 20, TimeSpan.Zero), _hr.Header.StartedAt);
    }

    private string Warning(string words) => Assert.Single(_hr.Report.Warnings, warning => warning.Contains(words, StringComparison.Ordinal));
}
