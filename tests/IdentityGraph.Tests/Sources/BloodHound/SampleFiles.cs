using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.BloodHound;

/// <summary>Other people's sample files, where IDENTITYGRAPH_DATA names them; a test that needs them skips without.</summary>
internal static class SampleFiles
{
    public static string Path(params string[] parts)
    {
        var root = Environment.GetEnvironmentVariable("IDENTITYGRAPH_DATA");
        var path = root is null ? "" : System.IO.Path.Combine([root, .. parts]);
        if (!File.Exists(path) && !Directory.Exists(path))
        {
            Assert.False(Required, $"IDENTITYGRAPH_REQUIRE lists data, and `{string.Join('/', parts)}` is not under IDENTITYGRAPH_DATA");
            Assert.Skip($"set IDENTITYGRAPH_DATA to the folder of sample files; `{string.Join('/', parts)}` is not there");
        }

        return path;
    }

    /// <summary>(start, end, kind) of BloodHound's own graph of the same files.</summary>
    public static HashSet<(string Start, string End, string Kind)> GoldenTriples(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.GetProperty("graph").GetProperty("edges").EnumerateArray().Select(edge =>
            (edge.GetProperty("start").GetProperty("value").GetString()!, edge.GetProperty("end").GetProperty("value").GetString()!, edge.GetProperty("kind").GetString()!))];
    }

    /// <summary>(id, kinds in ordinal order, parted by spaces) of the same graph.</summary>
    public static HashSet<(string Id, string Kinds)> GoldenNodes(string path)
    {
        using var json = JsonDocument.Parse(File.ReadAllBytes(path));
        return [.. json.RootElement.GetProperty("graph").GetProperty("nodes").EnumerateArray().Select(node =>
            (node.GetProperty("id").GetString()!, string.Join(' ', node.GetProperty("kinds").EnumerateArray().Select(kind => kind.GetString()!).Order(StringComparer.Ordinal))))];
    }

    private static bool Required => (Environment.GetEnvironmentVariable("IDENTITYGRAPH_REQUIRE") ?? "").Split(',', ' ').Contains("data");
}

/// <summary>Everything one import says.</summary>
internal sealed class Imported
{
    private Imported(ImportReport report, List<TraceLine> trace) => (Report, Trace) = (report, trace);

    public ImportReport Report { get; }

    public List<TraceLine> Trace { get; }

    public List<(RunHeader Header, List<Observation> Observations, RunOutcomeState Outcome)> Runs { get; } = [];

    public IEnumerable<Observation> Observations => Runs.SelectMany(run => run.Observations);

    public IEnumerable<Observation.SawEdge> Edges => Observations.OfType<Observation.SawEdge>();

    public IEnumerable<Observation.SawNode> Nodes => Observations.OfType<Observation.SawNode>();

    public static Imported From(string path, DateTimeOffset? collectedAt = null, UnpackLimits? limits = null, params string[] complete)
    {
        List<TraceLine> trace = [];
        var imported = new Imported(new ImportReport { OnTrace = trace.Add }, trace);
        var request = new ImportRequest { Path = path, Trace = true, CollectedAt = collectedAt, Complete = complete };
        foreach (var run in new BloodHoundFormat(limits ?? new UnpackLimits()).Open(request, imported.Report, TestContext.Current.CancellationToken))
        {
            imported.Runs.Add((run.Header, run.Kept(path, imported.Report), run.Outcome));
        }

        return imported;
    }
}
