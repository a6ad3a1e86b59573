using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Sources.Aws;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>One import of AWS files: what it says, and what can be asked of it.</summary>
internal sealed class AwsImport
{
    public static readonly DateTimeOffset Collected = new(2025, 6, 2, 8, 0, 0, TimeSpan.Zero);

    private AwsImport(ImportReport report, List<TraceLine> trace) => (Report, Trace) = (report, trace);

    public ImportReport Report { get; }

    public List<TraceLine> Trace { get; }

    public List<(RunHeader Header, List<Observation> Observations, RunOutcomeState Outcome)> Runs { get; } = [];

    public IEnumerable<Observation.SawEdge> Edges => Runs.SelectMany(run => run.Observations).OfType<Observation.SawEdge>();

    public IEnumerable<Observation.SawNode> Nodes => Runs.SelectMany(run => run.Observations).OfType<Observation.SawNode>();

    public IEnumerable<Observation.EndOf> Ends => Runs.SelectMany(run => run.Observations).OfType<Observation.EndOf>();

    public static AwsImport OfText(string json) => Of(new ImportRequest { Path = "-", StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(json)), CollectedAt = Collected, Trace = true });

    public static AwsImport OfBytes(byte[] bytes) => Of(new ImportRequest { Path = "-", StandardInput = new MemoryStream(bytes), CollectedAt = Collected, Trace = true });

    public static AwsImport Of(ImportRequest request)
    {
        List<TraceLine> trace = [];
        var imported = new AwsImport(new ImportReport { OnTrace = trace.Add }, trace);
        foreach (var run in new AwsFormat().Open(request, imported.Report, TestContext.Current.CancellationToken))
        {
            imported.Runs.Add((run.Header, [.. run.Observations], run.Outcome));
        }

        return imported;
    }

    /// <summary>Edges of the kind as `of -> to`, ids without the account, with what they ask for.</summary>
    public IReadOnlyList<string> All(string kind) =>
    [
        .. Edges.Where(edge => edge.Kind == kind)
            .Select(edge => $"{Short(edge.Of)} -> {Short(edge.To)}{Asks(edge)}")
            .Distinct()
            .Order(StringComparer.Ordinal),
    ];

    /// <summary>What control of the seed gives, by the facts in a store.</summary>
    public static async Task<BlastRadiusAnswer> BlastRadius(ImportRequest request, string folder, string seed, DateTimeOffset? asOf = null)
    {
        await using var store = await Stored(request, folder, asOf);
        return await BlastRadius(store, seed, asOf);
    }

    /// <summary>A store with what was imported.</summary>
    public static async Task<EmbeddedGraphStore> Stored(ImportRequest request, string folder, DateTimeOffset? asOf = null)
    {
        var store = EmbeddedGraphStore.Create(folder, new EmbeddedStoreOptions { Time = ClockOf(asOf) });
        var result = await Pipeline.ImportAsync(new AwsFormat(), request, store, null, TestContext.Current.CancellationToken);
        Assert.Equal(ImportVerdict.Clean, result.Verdict);
        return store;
    }

    /// <summary>What control of the seed gives, by the facts in the store.</summary>
    public static async Task<BlastRadiusAnswer> BlastRadius(EmbeddedGraphStore store, string seed, DateTimeOffset? asOf = null) =>
        (await new Investigation(store, new AnalysisPolicy(), ClockOf(asOf)).BlastRadiusAsync(new Ask { AsOf = asOf ?? Collected.AddDays(1) }, [seed], cancellationToken: TestContext.Current.CancellationToken)).Data;

    private static StoppedClock ClockOf(DateTimeOffset? asOf) => new((asOf ?? Collected).AddDays(2));

    private static string Short(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];

    private static string Asks(Observation.SawEdge edge)
    {
        var gates = edge.Properties.Where(property => property.Key == "gates").SelectMany(property => property.Value.AsTexts());
        var unread = edge.Properties.Any(property => property.Key == "conditions" && property.Value.AsText() == "unread") ? ["conditions:unread"] : Array.Empty<string>();
        var ends = edge.Until is { } until ? $" until {until:yyyy-MM-dd}" : "";
        return (gates.Concat(unread).ToArray() is { Length: > 0 } asked ? " if " + string.Join(' ', asked) : "") + ends;
    }
}
