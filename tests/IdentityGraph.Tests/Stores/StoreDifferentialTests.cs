using System.Reflection;
using System.Text;
using IdentityGraph.Cli;
using IdentityGraph.Cli.Scenarios;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Sources.Demo;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Stores.Neo4j;
using IdentityGraph.Tests.Bolt;
using IdentityGraph.Tests.Cli;
using IdentityGraph.Tests.PropertyTests;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Tests.Stores;

/// <summary>Both kinds of store answer every question alike, to the byte: now, and in the past on both clocks.</summary>
public sealed class StoreDifferentialTests(Neo4jServer neo4j) : IAsyncLifetime, IDisposable
{
    private static readonly DateTimeOffset s_now = new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TemporaryFolder _folder = new();
    private Neo4jAddress _server = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public static TheoryData<string> Pack => [.. Directory.GetFiles(Path.Combine(Repository.Root, "scenarios"), "*.yaml").Select(file => Path.GetFileName(file)!).Order(StringComparer.Ordinal)];

    public async ValueTask InitializeAsync() => _server = await neo4j.GetAsync();

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_question_of_the_program_is_compared()
    {
        string[] ofNoStore = ["rules list", "rules show"];

        Assert.Equal(Questions.All.Intersect(EveryCommand.Runnable()).Except(ofNoStore).Order(StringComparer.Ordinal), StoreQuestions.All.Select(question => question.Words).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_command_is_a_question_or_is_known_to_be_none()
    {
        // Making and writing stores, what is said of a store rather than of its facts, and what needs none. `assert` is its four questions
        // from a file, `export` prints the runs, which are compared byte by byte; Cypher is asked of the shared store alone.
        string[] others =
        [
            "assert", "collect list", "collect run", "collect status", "completion", "daemon", "demo", "doctor", "exposure mark", "exposure clear", "export", "health", "import", "init", "query", "runs hold list", "runs hold confirm", "runs hold reject", "saved add", "saved list", "saved run",
            "scenario run", "schema", "store check", "store info", "store project", "version",
        ];

        Assert.Equal(EveryCommand.Runnable().Except(Questions.All).Order(StringComparer.Ordinal), others.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Every_answer_of_the_facade_is_compared()
    {
        string[] writing = [nameof(Investigation.MarkExposureAsync), nameof(Investigation.ClearExposureAsync)];
        var answering = typeof(Investigation).GetMethods(BindingFlags.Public | BindingFlags.Instance)
            .Where(method => method.ReturnType is { IsGenericType: true } type && type.GetGenericArguments() is [{ IsGenericType: true } inner] && inner.GetGenericTypeDefinition() == typeof(Answer<>))
            .Select(method => method.Name);

        Assert.Equal(answering.Except(writing).Order(StringComparer.Ordinal), StoreQuestions.All.Select(question => question.Method).Distinct().Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Of_random_histories()
    {
        for (var number = 0; number < 100; number++)
        {
            var estate = EstateGenerator.Generate(number);
            await using var pair = await PairAsync(Runs(estate.Runs.SelectMany(run => run).Select(line => line.ToJsonString())), recorded: null);
            var runs = pair.Embedded.Runs();
            var known = estate.Question.AsKnownAt;
            await CompareAsync(pair, $"{number}", estate.Question.AsOf, known, estate.Question.Seeds);
            await CompareAsync(pair, $"{number} earlier", estate.Question.AsOf.AddDays(-200), known, estate.Question.Seeds);
            await CompareAsync(pair, $"{number} as known first", estate.Question.AsOf, runs[0].Header.RecordedAt!.Value, estate.Question.Seeds);
        }
    }

    [Fact]
    public async Task Of_the_demo()
    {
        var size = new DemoSize { People = 20 };
        await using var pair = await PairAsync(new DemoEstate(size).Runs(), recorded: null);
        var seeds = (await new Investigation(pair.Embedded, new AnalysisPolicy(), pair.Clock).OrphansAsync(new Ask { AsOf = size.Until }, cancellationToken: Token)).Data.Identities.Take(5).Select(identity => identity.Id).ToList();
        Assert.NotEmpty(seeds);

        await CompareAsync(pair, "demo", size.Until, null, seeds);
        await CompareAsync(pair, "demo half a year ago", size.Until.AddDays(-180), pair.Embedded.Runs()[pair.Embedded.Runs().Count / 2].Header.RecordedAt, seeds);
    }

    [Theory]
    [MemberData(nameof(Pack))]
    public async Task Of_the_scenario_pack(string file)
    {
        var yaml = new YamlStream();
        using (var reader = File.OpenText(Path.Combine(Repository.Root, "scenarios", file)))
        {
            yaml.Load(reader);
        }

        var facts = (YamlScalarNode)((YamlMappingNode)yaml.Documents[0].RootNode).Children["facts"];
        var lines = facts.Value!.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        await using var pair = await PairAsync(ScenarioFacts.Runs(lines).SelectMany(run => Runs(run)), recorded: null);
        var snapshot = await pair.Embedded.SnapshotAsync(cancellationToken: Token);
        var asOf = pair.Embedded.Runs()[^1].Header.StartedAt;
        var seeds = snapshot.At(asOf).Of(NodeKinds.Credential).Concat(snapshot.At(asOf).Of(NodeKinds.Account)).Select(node => node.Id).Take(4).ToList();

        await CompareAsync(pair, file, asOf, null, seeds);
    }

    private static IEnumerable<FileRun> Runs(IEnumerable<string> lines)
    {
        var reader = new ExchangeReader(new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', lines))), new ImportRequest { Path = "-" }, new ImportReport());
        return reader.Runs();
    }

    private async Task<Stores> PairAsync(IEnumerable<FileRun> runs, DateTimeOffset? recorded)
    {
        var clock = new StoppedClock(recorded ?? s_now);
        var credentials = _server.User is null ? null : new StoreCredentials(_server.User, _server.Password);
        var pair = new Stores(
            EmbeddedGraphStore.Create(_folder.Sub(), new StoreOptions { Time = clock }),
            Neo4jGraphStore.Create($"{_server.Uri}?store=d-{Guid.NewGuid():N}", new StoreOptions { Time = clock, Credentials = credentials }),
            clock);
        foreach (var run in runs)
        {
            var said = run.Observations.ToList();
            var outcome = new RunOutcome(run.Outcome.PartialReason is not null, run.Outcome.Rejected, run.Outcome.PartialReason);
            foreach (var store in new IGraphStore[] { pair.Embedded, pair.Shared })
            {
                await using var writer = await store.BeginRunAsync(run.Header, Token);
                said.ForEach(writer.Write);
                await writer.SealAsync(outcome, Token);
            }
        }

        Assert.NotEmpty(pair.Embedded.Runs());
        Assert.Equal(pair.Embedded.Runs().Select(run => run.Sha256), pair.Shared.Runs().Select(run => run.Sha256));
        return pair;
    }

    private static async Task CompareAsync(Stores pair, string what, DateTimeOffset asOf, DateTimeOffset? known, IReadOnlyList<string> seeds)
    {
        var ask = new Ask { AsOf = asOf, AsKnownAt = known };
        var one = new Questioned(new Investigation(pair.Embedded, new AnalysisPolicy(), pair.Clock), ask, seeds);
        var other = one with { Of = new Investigation(pair.Shared, new AnalysisPolicy(), pair.Clock) };
        foreach (var question in StoreQuestions.All)
        {
            var answers = await question.Answers(one).ToListAsync(Token);
            var others = await question.Answers(other).ToListAsync(Token);
            Assert.Equal(answers.Select(answer => answer.About), others.Select(answer => answer.About));
            foreach (var (here, there) in answers.Zip(others))
            {
                Assert.True(here.Json == there.Json, $"{what}: {question.Words} {here.About} differs:\n{here.Json}\n{there.Json}");
            }
        }
    }

    private sealed record Stores(EmbeddedGraphStore Embedded, Neo4jGraphStore Shared, StoppedClock Clock) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await Embedded.DisposeAsync();
            await Shared.DisposeAsync();
        }
    }
}
