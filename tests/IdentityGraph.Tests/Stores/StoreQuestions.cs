using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.Stores;

/// <summary>What is asked of a store: from when, and about whom.</summary>
/// <param name="Of">Answers.</param>
/// <param name="Ask">As of when, as known when.</param>
/// <param name="Seeds">Ids, at least one.</param>
internal sealed record Questioned(Investigation Of, Ask Ask, IReadOnlyList<string> Seeds);

/// <summary>Every question that can be asked of a store, by the words of its command and the method that answers it, as JSON.</summary>
internal static class StoreQuestions
{
    private const int Few = 3;

    private static readonly AssertQuestion s_claims = new()
    {
        Assertions =
        [
            new MaxBlastAssertion { Of = new Chosen { NonHuman = true }, Limits = new BlastLimits { Nodes = 1 } },
            new NoOrphansAssertion(),
            new NoLiveLeaverAssertion(),
        ],
    };

    public static IReadOnlyList<StoreQuestion> All { get; } =
    [
        new("analyze", nameof(Investigation.AnalyzeAsync), asked => One("", () => asked.Of.AnalyzeAsync(asked.Ask, cancellationToken: Token), AnswerJson.Default.AnswerFindingsAnswer)),
        new("findings list", nameof(Investigation.FindingsAsync), asked => One("", () => asked.Of.FindingsAsync(asked.Ask, cancellationToken: Token), AnswerJson.Default.AnswerFindingsAnswer)),
        new("findings show", nameof(Investigation.FindingAsync), Findings),
        new("orphans", nameof(Investigation.OrphansAsync), asked => One("--all-states", () => asked.Of.OrphansAsync(asked.Ask, allStates: true, Token), AnswerJson.Default.AnswerOrphansAnswer)),
        new("leaver", nameof(Investigation.LeaversAsync), asked => One("", () => asked.Of.LeaversAsync(asked.Ask, cancellationToken: Token), AnswerJson.Default.AnswerLeaversAnswer)),
        new("blast-radius", nameof(Investigation.BlastRadiusAsync), asked => Each(asked, seed => asked.Of.BlastRadiusAsync(asked.Ask, [seed], cancellationToken: Token), AnswerJson.Default.AnswerBlastRadiusAnswer)),
        new("blast-radius", nameof(Investigation.BlastRadiiAsync), asked => One("--all", () => asked.Of.BlastRadiiAsync(asked.Ask, new BlastRadiiQuestion { Everybody = true }, cancellationToken: Token), AnswerJson.Default.AnswerBlastRadiiAnswer)),
        new("blast-radius", nameof(Investigation.BlastRadiusOverTimeAsync), asked => One("--from", () => asked.Of.BlastRadiusOverTimeAsync(asked.Ask, asked.Seeds, asked.Ask.AsOf!.Value.AddDays(-90), cancellationToken: Token), AnswerJson.Default.AnswerBlastRadiusAnswer)),
        new("residue", nameof(Investigation.ResidueAsync), asked => One("", () => asked.Of.ResidueAsync(asked.Ask, asked.Seeds, [asked.Seeds[0]], asked.Ask.AsOf!.Value, asked.Ask.AsOf.Value.AddDays(-30), cancellationToken: Token), AnswerJson.Default.AnswerResidueAnswer)),
        new("exposure", nameof(Investigation.ExposureAsync), asked => Each(asked, seed => asked.Of.ExposureAsync(asked.Ask, seed, cancellationToken: Token), AnswerJson.Default.AnswerExposureAnswer)),
        new("path", nameof(Investigation.PathAsync), asked => Each(asked, seed => asked.Of.PathAsync(asked.Ask, asked.Seeds[0], seed, cancellationToken: Token), AnswerJson.Default.AnswerPathAnswer)),
        new("why-not", nameof(Investigation.WhyNotAsync), asked => Each(asked, seed => asked.Of.WhyNotAsync(asked.Ask, asked.Seeds[0], seed, Token), AnswerJson.Default.AnswerWhyNotAnswer)),
        new("cuts", nameof(Investigation.CutsAsync), asked => One("", () => asked.Of.CutsAsync(asked.Ask, new CutsQuestion { From = [asked.Seeds[0]], To = [asked.Seeds[^1]], MaxSize = 2 }, Token), AnswerJson.Default.AnswerCutsAnswer)),
        new("choke-points", nameof(Investigation.ChokePointsAsync), asked => One("", () => asked.Of.ChokePointsAsync(asked.Ask, new ChokePointsQuestion { From = asked.Seeds }, Token), AnswerJson.Default.AnswerChokePointsAnswer)),
        new("influence", nameof(Investigation.InfluenceAsync), asked => One("", () => asked.Of.InfluenceAsync(asked.Ask, asked.Seeds, Token), AnswerJson.Default.AnswerInfluenceAnswer)),
        new("assert no-path", nameof(Investigation.AssertAsync), asked => One("", () => asked.Of.AssertAsync(asked.Ask, NoPath(asked), Token), AnswerJson.Default.AnswerAssertAnswer)),
        new("assert max-blast", nameof(Investigation.AssertAsync), asked => Claim(asked, 0)),
        new("assert no-orphans", nameof(Investigation.AssertAsync), asked => Claim(asked, 1)),
        new("assert no-live-leaver", nameof(Investigation.AssertAsync), asked => Claim(asked, 2)),
        new("ask spawned", nameof(Investigation.SpawnedAsync), asked => Each(asked, seed => asked.Of.SpawnedAsync(asked.Ask, seed, Token), AnswerJson.Default.AnswerSpawnedAnswer)),
        new("ask dormant", nameof(Investigation.DormantAsync), asked => One("", () => asked.Of.DormantAsync(asked.Ask, Token), AnswerJson.Default.AnswerDormantAnswer)),
        new("identity find", nameof(Investigation.IdentityFindAsync), asked => One("", () => asked.Of.IdentityFindAsync(asked.Ask, "a", cancellationToken: Token), AnswerJson.Default.AnswerIdentityFindAnswer)),
        new("identity show", nameof(Investigation.IdentityShowAsync), asked => Each(asked, seed => asked.Of.IdentityShowAsync(asked.Ask, seed, Token), AnswerJson.Default.AnswerIdentityAnswer)),
        new("identity chain", nameof(Investigation.IdentityChainAsync), asked => Each(asked, seed => asked.Of.IdentityChainAsync(asked.Ask, seed, cancellationToken: Token), AnswerJson.Default.AnswerIdentityChainAnswer)),
        new("handoff list", nameof(Investigation.HandoffListAsync), asked => One("", () => asked.Of.HandoffListAsync(asked.Ask, Token), AnswerJson.Default.AnswerHandoffListAnswer)),
        new("handoff show", nameof(Investigation.HandoffShowAsync), Handoffs),
    ];

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    private static AssertQuestion NoPath(Questioned asked) =>
        new() { Assertions = [new NoPathAssertion { From = new Chosen { Ids = [asked.Seeds[0]] }, To = new Chosen { Ids = [asked.Seeds[^1]] } }] };

    private static IAsyncEnumerable<(string About, string Json)> Claim(Questioned asked, int number) =>
        One("", () => asked.Of.AssertAsync(asked.Ask, s_claims with { Assertions = [s_claims.Assertions[number]] }, Token), AnswerJson.Default.AnswerAssertAnswer);

    private static async IAsyncEnumerable<(string About, string Json)> Findings(Questioned asked)
    {
        var found = await asked.Of.AnalyzeAsync(asked.Ask, cancellationToken: Token);
        foreach (var fingerprint in found.Data.Findings.Select(finding => finding.Fingerprint).Take(Few))
        {
            yield return (fingerprint, await JsonAsync(() => asked.Of.FindingAsync(asked.Ask, fingerprint, Token), AnswerJson.Default.AnswerFindingsAnswer));
        }
    }

    private static async IAsyncEnumerable<(string About, string Json)> Handoffs(Questioned asked)
    {
        var runs = await asked.Of.HandoffListAsync(asked.Ask, Token);
        foreach (var run in runs.Data.Runs.Select(run => run.Run).OfType<string>().Take(Few))
        {
            yield return (run, await JsonAsync(() => asked.Of.HandoffShowAsync(asked.Ask, run, Token), AnswerJson.Default.AnswerHandoffsAnswer));
        }
    }

    private static async IAsyncEnumerable<(string About, string Json)> Each<T>(Questioned asked, Func<string, ValueTask<Answer<T>>> answer, JsonTypeInfo<Answer<T>> type)
    {
        foreach (var seed in asked.Seeds)
        {
            yield return (seed, await JsonAsync(() => answer(seed), type));
        }
    }

    private static async IAsyncEnumerable<(string About, string Json)> One<T>(string about, Func<ValueTask<Answer<T>>> answer, JsonTypeInfo<Answer<T>> type)
    {
        yield return (about, await JsonAsync(answer, type));
    }

    /// <summary>The answer, or the words by which it is refused.</summary>
    private static async Task<string> JsonAsync<T>(Func<ValueTask<Answer<T>>> answer, JsonTypeInfo<Answer<T>> type)
    {
        try
        {
            return JsonSerializer.Serialize(await answer(), type);
        }
        catch (Exception refused) when (refused is UnknownIdentityException or WrongKindException or QuestionException)
        {
            return refused.Message;
        }
    }
}

/// <summary>One kind of question.</summary>
/// <param name="Words">Of its command.</param>
/// <param name="Method">Of <see cref="Investigation"/>.</param>
/// <param name="Answers">Each with what it is about.</param>
internal sealed record StoreQuestion(string Words, string Method, Func<Questioned, IAsyncEnumerable<(string About, string Json)>> Answers);
