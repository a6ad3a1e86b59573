using System.IO.Compression;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.OpenGraph;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>Made-up payloads and everything an import says of them.</summary>
internal sealed class Payload
{
    public static readonly DateTimeOffset Collected = new(2026, 1, 15, 10, 0, 0, TimeSpan.Zero);

    private Payload(ImportReport report, List<TraceLine> trace) => (Report, Trace) = (report, trace);

    public ImportReport Report { get; }

    public List<TraceLine> Trace { get; }

    public FileRun? Run { get; private set; }

    public List<Observation> Observations { get; } = [];

    public IEnumerable<Observation.SawEdge> Edges => Observations.OfType<Observation.SawEdge>();

    public IEnumerable<Observation.SawNode> Nodes => Observations.OfType<Observation.SawNode>();

    /// <summary>The facts as `KIND of -> to`, ids without their system.</summary>
    public IEnumerable<string> Facts => Edges.Select(edge => $"{edge.Kind} {Short(edge.Of)} -> {Short(edge.To)}");

    /// <summary>How often each rule of the format was broken.</summary>
    public IEnumerable<string> Breaches => Report.Warnings.Where(warning => warning.Contains(" × ", StringComparison.Ordinal)).Select(warning => warning[..warning.IndexOf(": ", StringComparison.Ordinal)]);

    public static string Node(string id, string kind, string properties = "") => "{\"id\":\"" + id + "\",\"kinds\":[\"" + kind + "\"],\"properties\":{" + properties + "}}";

    public static string Edge(string start, string kind, string end, string properties = "{}") =>
        $$$"""{"kind":"{{{kind}}}","start":{"value":"{{{start}}}"},"end":{"value":"{{{end}}}"},"properties":{{{properties}}}}""";

    public static string Whole(IEnumerable<string> nodes, IEnumerable<string> edges, string source = "Test") =>
        $$$"""{"metadata":{"source_kind":"{{{source}}}"},"graph":{"nodes":[{{{string.Join(",", nodes)}}}],"edges":[{{{string.Join(",", edges)}}}]}}""";

    public static Payload Read(string json, bool strict = false, params string[] complete) => Read(Encoding.UTF8.GetBytes(json), strict, complete);

    public static Payload Read(byte[] json, bool strict = false, params string[] complete)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Sub(), "graph.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, json);
        return From(path, strict, null, complete);
    }

    public static Payload From(string path, bool strict = false, UnpackLimits? limits = null, params string[] complete)
    {
        List<TraceLine> trace = [];
        var payload = new Payload(new ImportReport { OnTrace = trace.Add }, trace);
        var request = new ImportRequest { Path = path, Trace = true, CollectedAt = Collected, Strict = strict, Complete = complete };
        foreach (var run in new OpenGraphFormat(limits ?? new UnpackLimits()).Open(request, payload.Report, TestContext.Current.CancellationToken))
        {
            payload.Run = run;
            payload.Observations.AddRange(run.Kept(path, payload.Report));
        }

        return payload;
    }

    /// <summary>What falls with the seed a day after the files were collected.</summary>
    public static async Task<BlastRadiusAnswer> BlastRadius(IEnumerable<(IFileFormat Format, string Path)> imports, string seed)
    {
        using var folder = new TemporaryFolder();
        var clock = new StoppedClock(Collected.AddDays(2));
        await using var store = EmbeddedGraphStore.Create(folder.Sub(), new EmbeddedStoreOptions { Time = clock });
        foreach (var (format, path) in imports)
        {
            var result = await Pipeline.ImportAsync(format, new ImportRequest { Path = path, CollectedAt = Collected }, store, null, TestContext.Current.CancellationToken);
            Assert.Null(result.Refusal);
        }

        var investigation = new Investigation(store, new AnalysisPolicy(), clock);
        return (await investigation.BlastRadiusAsync(new Ask { AsOf = Collected.AddDays(1) }, [seed], cancellationToken: TestContext.Current.CancellationToken)).Data;
    }

    /// <summary>The same of one made-up payload; the seed by its id in the file.</summary>
    public static async Task<BlastRadiusAnswer> BlastRadius(string json, string seed)
    {
        using var folder = new TemporaryFolder();
        var path = Path.Combine(folder.Sub(), "graph.json");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        await File.WriteAllTextAsync(path, json, TestContext.Current.CancellationToken);
        return await BlastRadius([(new OpenGraphFormat(), path)], "opengraph:object/" + Uri.EscapeDataString(seed.ToUpperInvariant()));
    }

    public static string Zip(string folder, params (string Name, string Json)[] files)
    {
        Directory.CreateDirectory(folder);
        var path = Path.Combine(folder, "graph.zip");
        using var zip = ZipFile.Open(path, ZipArchiveMode.Create);
        foreach (var (name, json) in files)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write(json);
        }

        return path;
    }

    private static string Short(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..].Replace("object/", "", StringComparison.Ordinal);
}
