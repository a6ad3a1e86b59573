using System.Text;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Sources;

/// <summary>A small file of somebody's format, what reading it says, and what can be asked of it.</summary>
internal sealed class FileStory : IDisposable
{
    public static readonly DateTimeOffset Day = new(2025, 6, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("idgraph-");
    private readonly IFileFormat _format;

    public FileStory(IFileFormat format)
    {
        _format = format;
        Report = new ImportReport { OnTrace = Trace.Add };
    }

    public ImportReport Report { get; private set; }

    public List<TraceLine> Trace { get; } = [];

    public List<(RunHeader Header, List<Observation> Observations, RunOutcomeState Outcome)> Runs { get; } = [];

    public string Root => _folder.FullName;

    public IEnumerable<Observation> All => Runs.SelectMany(run => run.Observations);

    public IEnumerable<string> Rejects => Report.Rejects.Select(reject => $"{reject.Member}: {reject.Problem}");

    public string Write(string name, string text) => Write(name, Encoding.UTF8.GetBytes(text));

    public string Write(string name, byte[] bytes)
    {
        var path = Path.Combine(Root, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllBytes(path, bytes);
        return path;
    }

    /// <summary>Reads one file as collected on <see cref="Day"/>.</summary>
    public FileStory Read(string name, string text, params string[] complete) => Read(new ImportRequest { Path = Write(name, text), CollectedAt = Day, Complete = complete });

    public FileStory Read(ImportRequest request)
    {
        foreach (var run in _format.Open(request with { Trace = true }, Report, TestContext.Current.CancellationToken))
        {
            Runs.Add((run.Header, run.Kept(request.Path, Report), run.Outcome));
        }

        return this;
    }

    /// <summary>The edges of a kind, as `of -> to name=value…`.</summary>
    public IEnumerable<string> Edges(string kind) =>
        All.OfType<Observation.SawEdge>().Where(edge => edge.Kind == kind).Select(edge => string.Join(' ', [$"{edge.Of} -> {edge.To}", .. edge.Properties.Select(property => $"{property.Key}={property.Value}")]));

    public IEnumerable<string> Nodes(string kind) => All.OfType<Observation.SawNode>().Where(node => node.Kind == kind).Select(node => node.Id).Distinct();

    /// <summary>What the file says of a property; null: nothing.</summary>
    public string? Said(string id, Property property) =>
        All.OfType<Observation.SawNode>().Where(node => node.Id == id).SelectMany(node => node.Properties).Where(pair => pair.Key == property.Name).Select(pair => pair.Value.ToString()).LastOrDefault();

    /// <summary>Streams that were read to their end.</summary>
    public IEnumerable<string> Whole => All.OfType<Observation.EndOf>().Where(end => end.Complete).Select(end => end.Stream!);

    /// <summary>The graph of that day.</summary>
    public GraphView Graph() => GraphSnapshot.Fold(
        [.. Runs.Select((run, index) => (new SealedRun(index + 1, run.Header with { RecordedAt = run.Header.StartedAt }, new RunOutcome(run.Outcome.PartialReason is not null), run.Observations.Count, ""), (IEnumerable<Observation>)run.Observations))],
        DateTimeOffset.MaxValue).At(Day.AddHours(1));

    /// <summary>How somebody outside who acts as the first gets at the second: `direct`, `amplified`, `possibly`, `no`, or `absent`.</summary>
    public string Reached(string from, string to)
    {
        var graph = Graph();
        if (graph.Find(from) is not { } start || graph.Find(to) is not { } end)
        {
            return "absent";
        }

        var cells = ControlGraph.Compile(graph, new Liveness(graph), AttackerProfile.ExternalBearer).Reach([Seed.Of(start)])[end];
        return cells.CertainDirect != Rights.None ? "direct" : cells.CertainAmplified != Rights.None ? "amplified" : cells.IsEmpty ? "no" : "possibly";
    }

    /// <summary>Everything that entered the graph or the report, in one text: a canary that is not in it got nowhere.</summary>
    public string Everything() => string.Join('\n', [
        .. All.Select(observation => observation switch
        {
            Observation.SawNode node => $"{node.Id} {node.Kind} {Texts(node)}",
            Observation.SawEdge edge => $"{edge.Kind} {edge.Of} {edge.To} {edge.Key} {Texts(edge)}",
            Observation.SeenUnreadable seen => $"{seen.Id} {seen.Reason}",
            Observation.EndOf end => $"{end.Stream} {end.Reason}",
            _ => "",
        }),
        .. Runs.Select(run => $"{run.Header.Source} {run.Header.Tenant} {run.Outcome.PartialReason}"),
        .. Report.Rejects.Select(reject => reject.ToString()),
        .. Report.Warnings,
        .. Report.Unrecognised.Keys,
        .. Trace.Select(line => line.ToString()),
    ]);

    public void Dispose() => _folder.Delete(recursive: true);

    private static string Texts(Observation.Fact fact) =>
        string.Join(' ', fact.Properties.Select(pair => $"{pair.Key}={pair.Value}").Concat(fact.Evidence.Select(evidence => evidence.Ref)));
}
