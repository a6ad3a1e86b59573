using IdentityGraph.Analyze;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Cli.Scenarios;
using IdentityGraph.Collect;
using IdentityGraph.Policies;
using IdentityGraph.Stores.Neo4j;
using IdentityGraph.Tests.Analyze.Findings;
using IdentityGraph.Tests.Bolt;
using IdentityGraph.Tests.PropertyTests;
using IdentityGraph.Tests.Scenarios;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Tests.Stores;

/// <summary>A rule and its twin in Cypher find the same subjects.</summary>
[Collection(nameof(DemoInNeo4j))]
public sealed class CypherTwinTests(Neo4jServer neo4j, DemoInNeo4j demo)
{
    private const int RandomEstates = 8;

    private static readonly string[] s_twins = [.. Analyzers.All.Select(analyzer => analyzer.Rule.Id).Where(id => CypherTwins.Of(id) is not null)];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Twins => [.. s_twins];

    [Fact]
    public void Every_rule_has_a_twin_or_a_reason_and_no_other_has() =>
        Assert.Equal(Analyzers.All.Select(analyzer => analyzer.Rule.Id).Order(StringComparer.Ordinal), CypherTwins.Rules.Order(StringComparer.Ordinal));

    [Fact]
    public void The_page_says_which() => ProjectedStore.HoldsPage("docs/findings/README.md", CypherTwins.Markdown());

    [Theory]
    [MemberData(nameof(Twins))]
    public async Task On_the_sample_company(string rule)
    {
        var found = await CompareAsync(await demo.GetAsync(), DemoInNeo4j.Size.Until, rule);

        Assert.True(found > 0 || rule is "IG-D01", "nothing was planted for it");
    }

    [Fact]
    public async Task On_the_scenario_pack_and_on_the_stories_of_the_rules()
    {
        var found = s_twins.ToDictionary(rule => rule, _ => 0);
        foreach (var (runs, asOf, rules) in Pack().Concat(Stories()))
        {
            await using var store = await ProjectedStore.OfAsync(neo4j, runs);
            await store.ProjectAsync(asOf);
            foreach (var rule in rules)
            {
                found[rule] += await CompareAsync(store, asOf, rule);
            }
        }

        Assert.All(found, pair => Assert.True(pair.Value > 0, $"{pair.Key} was never found"));
    }

    [Fact]
    public async Task On_random_estates()
    {
        var found = s_twins.ToDictionary(rule => rule, _ => 0);
        for (var number = 0; number < RandomEstates; number++)
        {
            var estate = EstateGenerator.Generate(number);
            await using var store = await ProjectedStore.OfAsync(neo4j, estate.Runs.SelectMany(run => run).Select(line => line.ToJsonString()));
            await store.ProjectAsync(estate.Question.AsOf);
            foreach (var rule in s_twins)
            {
                found[rule] += await CompareAsync(store, estate.Question.AsOf, rule);
            }
        }

        Assert.True(found["IG-K03"] > 0, "no estate had such a grant");
    }

    /// <summary>How many subjects both found.</summary>
    private static async Task<int> CompareAsync(ProjectedStore store, DateTimeOffset asOf, string rule)
    {
        var snapshot = await store.Store.SnapshotAsync(cancellationToken: Token);
        var policy = new AnalysisPolicy();
        var analysis = new Analysis(snapshot.At(asOf), policy, AttackerProfile.ExternalBearer, Token);
        var expected = Analyzers.Find(rule)!.Analyze(analysis).Select(finding => finding.Subject).Distinct().Order(StringComparer.Ordinal).ToList();

        var found = await store.NamedAsync(CypherTwins.Of(rule)!.Text, row => (string)row["subject"]!, ("limit", System.Xml.XmlConvert.ToString(policy.LongLivedCredential)), ("confidence", policy.CorrelationConfidence));

        Assert.Equal(expected, found.Distinct().Order(StringComparer.Ordinal));
        return expected.Count;
    }

    private static IEnumerable<(IReadOnlyList<(RunHeader Header, IEnumerable<Observation> Said)> Runs, DateTimeOffset AsOf, string[] Rules)> Pack()
    {
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Root, "scenarios"), "*.yaml").Order(StringComparer.Ordinal))
        {
            var yaml = new YamlStream();
            using (var reader = File.OpenText(file))
            {
                yaml.Load(reader);
            }

            var facts = (YamlScalarNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["facts"];
            var lines = facts.Value!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var runs = ScenarioFacts.Runs(lines).SelectMany(run => ProjectedStore.Runs(run)).Select(run => (run.Header, (IEnumerable<Observation>)run.Observations.ToList())).ToList();
            yield return (runs, runs[^1].Header.StartedAt, s_twins);
        }
    }

    /// <summary>Each asks only what it is about: planning a twin anew for each small graph takes longer than all else.</summary>
    private static IEnumerable<(IReadOnlyList<(RunHeader Header, IEnumerable<Observation> Said)> Runs, DateTimeOffset AsOf, string[] Rules)> Stories() =>
        FindingCases.All.Where(one => s_twins.Contains(one.Rule)).Select(one => ((IReadOnlyList<(RunHeader, IEnumerable<Observation>)>)[.. one.Facts().Runs.Select(run => (run.Run.Header, run.Observations))], Facts.Instant(one.AsOf), new[] { one.Rule }));
}
