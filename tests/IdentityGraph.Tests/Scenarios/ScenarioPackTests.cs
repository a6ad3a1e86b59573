using IdentityGraph.Cli;
using IdentityGraph.Cli.Scenarios;

namespace IdentityGraph.Tests.Scenarios;

/// <summary>The scenario files that are shipped in `scenarios`, through the code of `scenario run`.</summary>
public sealed class ScenarioPackTests
{
    public static TheoryData<string> Files() => [.. Directory.GetFiles(Repository.Folder("scenarios"), "*.yaml").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Files))]
    public async Task Every_case_that_can_be_run_passes(string file)
    {
        var read = ScenarioFile.Read(Path.Combine(Repository.Folder("scenarios"), file));
        var cases = await new ScenarioRunner(Terminal.Real()).RunAsync(read, TestContext.Current.CancellationToken);

        Assert.Empty(cases.Where(one => one.Result == "failed").Select(one => $"{one.Id}: {one.Story}\n    {one.Ask}\n    {one.Why}"));
        Assert.NotEmpty(cases);
        TestContext.Current.SendDiagnosticMessage($"{file}: {cases.Count(one => one.Result == "passed")} passed, {cases.Count(one => one.Result == "failed")} failed, {cases.Count(one => one.Result == "waiting")} waiting");
    }

    [Fact]
    public async Task The_example_of_the_documentation_passes()
    {
        var page = await File.ReadAllTextAsync(Repository.File("docs/scenarios.md"), TestContext.Current.CancellationToken);
        var folder = Directory.CreateTempSubdirectory("idgraph-example-").FullName;
        try
        {
            var file = Path.Combine(folder, "example.yaml");
            await File.WriteAllTextAsync(file, page.Split("```yaml\n")[1].Split("```")[0], TestContext.Current.CancellationToken);
            var cases = await new ScenarioRunner(Terminal.Real()).RunAsync(ScenarioFile.Read(file), TestContext.Current.CancellationToken);
            Assert.Equal(["KEY-1 passed ", "KEY-2 passed "], cases.Select(one => $"{one.Id} {one.Result} {one.Why}"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    [Fact]
    public void Every_case_of_the_pack_has_an_id_of_its_own() => Assert.Empty(
        Files().SelectMany(file => ScenarioFile.Read(Path.Combine(Repository.Folder("scenarios"), file.Data)).Cases)
            .GroupBy(one => one.Id, StringComparer.Ordinal).Where(same => same.Count() > 1).Select(same => same.Key));
}
