using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Sources.Governance;

namespace IdentityGraph.Tests.Sources.Governance;

/// <summary>A governance file is known for one though a section of it is misspelt, and the wrong word is named.</summary>
public sealed class GovernanceDetectionTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("governance-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("owner:\n  - asset: okta:app/1\n    owner: hr:person/1\n")]
    [InlineData("source: acme\nOwners:\n  - asset: okta:app/1\n    owner: hr:person/1\n")]
    [InlineData("collectedAt: 2025-06-02T08:00:00Z\nownership-list:\n  - asset: okta:app/1\n")]
    public void It_is_recognised_and_its_wrong_section_refused_by_name(string text)
    {
        var path = Write("owners.yaml", text);
        var (format, request) = FileFormats.Detect(new ImportRequest { Path = path, CollectedAt = FileStory.Day });
        Assert.Equal("governance", format.Name);

        var report = new ImportReport();
        Assert.Empty(format.Open(request, report, TestContext.Current.CancellationToken).SelectMany(run => run.Observations).OfType<Observation.Fact>());
        Assert.Contains("unknown section `", Assert.Single(report.Rejects).Problem, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("services:\n  db:\n    image: postgres\nvolumes:\n  data:\n")]
    [InlineData("apiVersion: v1\nkind: ConfigMap\nmetadata:\n  name: x\n")]
    [InlineData("name: build\non: push\njobs: {}\npermissions: {}\nconcurrency: x\n")]
    public void Files_of_other_programs_are_not(string text) =>
        Assert.False(new GovernanceFormat().Recognizes(new FileProbe(Write("other.yaml", text), false, System.Text.Encoding.UTF8.GetBytes(text), [])));

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllText(path, text);
        return path;
    }
}
