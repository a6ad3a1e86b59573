using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Sources.Demo;
using IdentityGraph.Stores.Embedded;

namespace IdentityGraph.Tests.Sources.Demo;

/// <summary>The answers about the sample company are exactly what was planted: nothing missed, nothing more.</summary>
public sealed class DemoEstateTests : IAsyncLifetime
{
    private readonly string _folder = Path.Combine(Path.GetTempPath(), "idgraph-demo-" + Guid.NewGuid().ToString("N"));
    private readonly DemoSize _size = new() { People = 60 };
    private readonly DemoEstate _estate;
    private EmbeddedGraphStore? _store;

    public DemoEstateTests() => _estate = new DemoEstate(_size);

    private Ask OnTheLastDay => new() { AsOf = _size.Until };

    private Investigation Investigation => new(_store!, new AnalysisPolicy(), TimeProvider.System);

    public async ValueTask InitializeAsync()
    {
        _store = EmbeddedGraphStore.Create(_folder);
        foreach (var run in _estate.Runs())
        {
            await using var writer = await _store.BeginRunAsync(run.Header, TestContext.Current.CancellationToken);
            foreach (var observation in run.Observations)
            {
                writer.Write(observation);
            }

            await writer.SealAsync(new RunOutcome(), TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _store!.DisposeAsync();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task The_orphans_are_those_that_were_planted_for_the_reasons_they_were_planted_for()
    {
        var answer = await Investigation.OrphansAsync(OnTheLastDay, cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(
            Planted("orphans"),
            answer.Data.Identities.Select(identity => $"{identity.Id}: {identity.Ownership} {identity.Reason}"));
    }

    [Fact]
    public async Task The_leavers_get_the_verdicts_they_were_planted_for_and_everyday_leavers_are_clear()
    {
        var answer = await Investigation.LeaversAsync(OnTheLastDay, null, TestContext.Current.CancellationToken);

        var expected = Planted("leaver").Concat(_estate.EverydayLeavers().Select(person => $"{person}: Clear")).Order(StringComparer.Ordinal);
        Assert.Equal(expected, answer.Data.Leavers.Select(leaver => $"{leaver.Person}: {leaver.Verdict}"));
    }

    [Fact]
    public async Task The_blast_radius_of_the_build_token_is_the_one_known_by_hand()
    {
        var answer = await Investigation.BlastRadiusAsync(OnTheLastDay, [DemoEstate.Seed], cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(Planted($"blast-radius {DemoEstate.Seed}"), answer.Data.Reached.Select(node => $"{node.Id}: {node.Level}"));
        Assert.Equal(["aws:resource/ledger"], answer.Data.Score.CrownJewels);
    }

    [Fact]
    public async Task The_four_answers_of_every_handoff_are_the_ones_known_by_hand()
    {
        var answer = await Investigation.HandoffShowAsync(OnTheLastDay, DemoEstate.Run, TestContext.Current.CancellationToken);

        Assert.Equal(
            Planted($"handoff {DemoEstate.Run}"),
            answer.Data.Handoffs.Select(handoff => $"{handoff.Id}: {handoff.Initiator.Id} / {handoff.Credential.Id ?? "gap"} / {handoff.Issuance}{(handoff.Credential.Gap ? "" : $" / {handoff.Expiry.State}")}"));
        Assert.Equal(10.0 / 12, answer.Data.Completeness, 6);
    }

    [Fact]
    public void The_same_company_is_made_every_time()
    {
        var again = new DemoEstate(_size);

        Assert.Equal(Said(_estate), Said(again));
    }

    [Fact]
    public void Truths_without_a_question_yet_are_listed_in_one_place() =>
        Assert.Equal(["n8n:connector/entra-to-asana: the cheapest cut of the loop"], Planted("later"));

    [Fact]
    public void The_demo_knows_nothing_of_the_analysis()
    {
        var uses = Directory.GetFiles(Repository.Folder("src/IdentityGraph.Sources/Demo"), "*.cs").SelectMany(File.ReadAllLines).Where(line => line.Contains("IdentityGraph.Analyze", StringComparison.Ordinal));

        Assert.Empty(uses);
    }

    private static List<string> Said(DemoEstate estate) =>
        [.. estate.Runs().Take(24).SelectMany(run => run.Observations.OfType<Observation.SawNode>().Select(node => $"{run.Header.Source} {run.Header.RecordedAt} {node.Id} {node.From}"))];

    private IEnumerable<string> Planted(string question) =>
        _estate.Planted.Where(truth => truth.Question == question).OrderBy(truth => truth.Subject, StringComparer.Ordinal).Select(truth => $"{truth.Subject}: {truth.Expected}");
}
