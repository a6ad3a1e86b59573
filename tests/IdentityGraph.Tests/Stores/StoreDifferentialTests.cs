using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
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
        var one = await AnswersAsync(new Investigation(pair.Embedded, new AnalysisPolicy(), pair.Clock), ask, seeds);
        var other = await AnswersAsync(new Investigation(pair.Shared, new AnalysisPolicy(), pair.Clock), ask, seeds);

        foreach (var (question, answer) in one)
        {
            Assert.True(answer == other[question], $"{what}: {question} differs:\n{answer}\n{other[question]}");
        }
    }

    private static async Task<Dictionary<string, string>> AnswersAsync(Investigation asked, Ask ask, IReadOnlyList<string> seeds)
    {
        var answers = new Dictionary<string, string>();
        await AddAsync("orphans", () => asked.OrphansAsync(ask, allStates: true, Token), AnswerJson.Default.AnswerOrphansAnswer);
        await AddAsync("leaver", () => asked.LeaversAsync(ask, cancellationToken: Token), AnswerJson.Default.AnswerLeaversAnswer);
        await AddAsync("analyze", () => asked.AnalyzeAsync(ask, cancellationToken: Token), AnswerJson.Default.AnswerFindingsAnswer);
        await AddAsync("handoff list", () => asked.HandoffListAsync(ask, Token), AnswerJson.Default.AnswerHandoffListAnswer);
        await AddAsync("blast-radius all", () => asked.BlastRadiiAsync(ask, new BlastRadiiQuestion { Everybody = true }, cancellationToken: Token), AnswerJson.Default.AnswerBlastRadiiAnswer);
        foreach (var seed in seeds)
        {
            await AddAsync($"blast-radius {seed}", () => asked.BlastRadiusAsync(ask, [seed], cancellationToken: Token), AnswerJson.Default.AnswerBlastRadiusAnswer);
            await AddAsync($"exposure {seed}", () => asked.ExposureAsync(ask, seed, cancellationToken: Token), AnswerJson.Default.AnswerExposureAnswer);
            await AddAsync($"identity show {seed}", () => asked.IdentityShowAsync(ask, seed, Token), AnswerJson.Default.AnswerIdentityAnswer);
            await AddAsync($"identity chain {seed}", () => asked.IdentityChainAsync(ask, seed, cancellationToken: Token), AnswerJson.Default.AnswerIdentityChainAnswer);
            await AddAsync($"path {seed}", () => asked.PathAsync(ask, seeds[0], seed, cancellationToken: Token), AnswerJson.Default.AnswerPathAnswer);
            await AddAsync($"why-not {seed}", () => asked.WhyNotAsync(ask, seeds[0], seed, Token), AnswerJson.Default.AnswerWhyNotAnswer);
        }

        return answers;

        async Task AddAsync<T>(string question, Func<ValueTask<Answer<T>>> answer, JsonTypeInfo<Answer<T>> type)
        {
            string text;
            try
            {
                text = JsonSerializer.Serialize(await answer(), type);
            }
            catch (UnknownIdentityException unknown)
            {
                text = unknown.Message;
            }

            answers[question] = text;
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
