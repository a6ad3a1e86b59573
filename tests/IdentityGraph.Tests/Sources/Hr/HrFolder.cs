using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Hr;

namespace IdentityGraph.Tests.Sources.Hr;

/// <summary>A folder with an HR export in it, and what reading it gave.</summary>
internal sealed class HrFolder : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("hr-");

    public ImportReport Report { get; } = new();

    public RunHeader Header { get; private set; } = new() { Source = "", StartedAt = default };

    public RunOutcomeState Outcome { get; private set; } = new();

    public string Root => _folder.FullName;

    public string Write(string name, string text)
    {
        var path = Path.Combine(Root, name);
        File.WriteAllBytes(path, Encoding.UTF8.GetBytes(text));
        return path;
    }

    /// <summary>Reads one CSV as of 2025-06-02T08:00Z, in Berlin unless the mapping says otherwise.</summary>
    public IReadOnlyList<Observation> Read(string csv, string? mapping = null, params string[] complete) => Read(new ImportRequest
    {
        Path = Write("people.csv", csv),
        Map = mapping is null ? null : Write("map.yaml", mapping),
        CollectedAt = new DateTimeOffset(2025, 6, 2, 8, 0, 0, TimeSpan.Zero),
        TimeZone = "Europe/Berlin",
        Complete = complete,
    });

    public IReadOnlyList<Observation> Read(ImportRequest request)
    {
        var run = Assert.Single(new HrCsvFormat().Open(request, Report, TestContext.Current.CancellationToken));
        Header = run.Header;
        var observations = run.Observations.ToList();
        Outcome = run.Outcome;
        return observations;
    }

    public IEnumerable<string> Rejects => Report.Rejects.Select(reject => $"{reject.File}:{reject.Line} {reject.Member}: {reject.Problem}");

    public void Dispose() => _folder.Delete(recursive: true);
}

/// <summary>Observations in words.</summary>
internal static class Said
{
    /// <summary>What the lines about a node say of a property, in order.</summary>
    public static IEnumerable<string> Of(this IEnumerable<Observation> observations, string id, Property property) =>
        from node in observations.OfType<Observation.SawNode>()
        where node.Id == id
        from pair in node.Properties
        where pair.Key == property.Name
        select pair.Value.ToString();

    public static IEnumerable<string> Nodes(this IEnumerable<Observation> observations) =>
        observations.OfType<Observation.SawNode>().Select(node => node.Id).Distinct();

    public static IEnumerable<string> Edges(this IEnumerable<Observation> observations) =>
        observations.OfType<Observation.SawEdge>().Select(edge => $"{edge.Of} {edge.Kind} {edge.To}");

    public static IEnumerable<string> Ends(this IEnumerable<Observation> observations) =>
        observations.OfType<Observation.EndOf>().Select(end => $"{end.Stream} {(end.Complete ? "complete" : "not complete")}");

    public static IEnumerable<string> SeenOnly(this IEnumerable<Observation> observations) =>
        observations.OfType<Observation.SeenUnreadable>().Select(seen => seen.Id ?? $"{seen.Of} {seen.EdgeKind} {seen.To}");
}
