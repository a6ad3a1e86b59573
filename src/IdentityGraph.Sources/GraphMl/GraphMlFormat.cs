using System.Text;
using System.Xml;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.GraphMl;

/// <summary>Graphs as GraphML: nodes and edges by the names our own model uses, anything else as it is said.</summary>
public sealed class GraphMlFormat : IFileFormat
{
    public string Name => "graphml";

    public string Sentence => "A graph as GraphML, with keys named as the properties of our own model.";

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return !probe.IsFolder && Encoding.UTF8.GetString(probe.Head.Span).Replace("\0", "", StringComparison.Ordinal).Contains("<graphml", StringComparison.Ordinal);
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        var file = request.Path == "-" ? "standard input" : Path.GetFileName(request.Path);
        FileRun? run = null;
        run = new FileRun(new() { Source = request.Source ?? "graphml", StartedAt = CollectionTime.Of(request, report), Collector = "graphml" }, Observations());
        yield return run;

        IEnumerable<Observation> Observations()
        {
            using var reader = new GraphMlReader(InputFiles.Open(request));
            using var mapping = new GraphMlMapping(report);
            foreach (var observation in Read(reader, mapping, file, request, report, run!.Outcome, cancellationToken))
            {
                yield return observation;
            }
        }
    }

    private static IEnumerable<Observation> Read(GraphMlReader reader, GraphMlMapping mapping, string file, ImportRequest request, ImportReport report, RunOutcomeState outcome, CancellationToken cancellationToken)
    {
        while (Next(reader, file, report, outcome, cancellationToken) is { } element)
        {
            outcome.Read++;
            var where = $"{file}#line {element.Line}";
            var fault = Fault(element, mapping);
            var fact = fault is null ? mapping.Map(element, where) : null;
            fault ??= fact is Observation.SawEdge { Until: { } until, From: { } from } && until < from ? "it ends before it begins; correct `from` or `until`" : null;
            fault ??= request.Strict && IsUnknown(fact!) ? "no kind of ours is called so (--strict)" : null;
            Trace(element, fact, fault, where, request, report);
            if (fault is not null)
            {
                report.Refuse(new Reject(file, element.Line, element.IsNode ? "node" : "edge", $"{fault}; it was left out"));
                outcome.Rejected++;
                continue;
            }

            if (mapping.LeftOut is { } leftOut)
            {
                report.Refuse(new Reject(file, element.Line, element.IsNode ? "node" : "edge", $"{leftOut}; that was left out, the rest is imported"));
                outcome.Rejected++;
            }

            yield return fact!;
        }

        foreach (var end in Ends(reader, request, report, outcome))
        {
            yield return end;
        }
    }

    private static GraphMlElement? Next(GraphMlReader reader, string file, ImportReport report, RunOutcomeState outcome, CancellationToken cancellationToken)
    {
        try
        {
            return reader.Next(cancellationToken);
        }
        catch (Exception exception) when (exception is XmlException or InvalidDataException or IOException)
        {
            // The names of tags stand in it, which are somebody's words too.
            var problem = SecretLooking.Find(exception.Message) is { } sort ? $"the tags do not match in line {reader.Line}, where one looks like {sort}." : exception.Message;
            if (outcome.Read == 0)
            {
                throw new RefusedInputException($"`{file}` cannot be read as GraphML: {Records.RecordBook.Shown(problem)}; nothing was imported", exception);
            }

            outcome.PartialReason ??= $"`{file}` could be read up to line {reader.Line} only";
            report.Refuse(new Reject(file, reader.Line, "", $"{problem} What came before it is imported; correct the file"));
            return null;
        }
    }

    private static string? Fault(GraphMlElement element, GraphMlMapping mapping) =>
        element.Id.Length == 0 || element.Target?.Length == 0 ? element.IsNode ? "a node without an id" : "an edge without a source or a target"
        : mapping.IdOf(element.Id).Length > 512 || (element.Target is { } target && mapping.IdOf(target).Length > 512) ? "an id is longer than 512 characters"
        : (SecretLooking.Find(element.Id) ?? (element.Target is { } end ? SecretLooking.Find(end) : null)) is { } sort ? $"an id looks like {sort}"
        : null;

    private static bool IsUnknown(Observation.Fact fact) => fact switch
    {
        Observation.SawNode node => node.Kind is not null && Graph.NodeKind.Find(node.Kind) is null,
        Observation.SawEdge edge => Graph.EdgeKind.Find(edge.Kind) is null,
        _ => false,
    };

    private static void Trace(GraphMlElement element, Observation.Fact? fact, string? fault, string where, ImportRequest request, ImportReport report)
    {
        if (request.Trace)
        {
            report.OnTrace?.Invoke(new TraceLine
            {
                What = element.IsNode ? "node" : "edge",
                Start = OpenGraph.ShownText.Of(element.Id),
                End = element.Target is { } target ? OpenGraph.ShownText.Of(target) : null,
                Kind = (fact as Observation.SawNode)?.Kind ?? (fact as Observation.SawEdge)?.Kind ?? "",
                Where = where,
                Became = fault is null ? "imported" : "refused",
                As = fault ?? (fact is Observation.SawEdge edge ? $"{edge.Kind} of {edge.Of} to {edge.To}" : ((Observation.SawNode)fact!).Id),
            });
        }
    }

    /// <summary>A graph does not say that it is everything: only the user can vouch for it.</summary>
    private static IEnumerable<Observation> Ends(GraphMlReader reader, ImportRequest request, ImportReport report, RunOutcomeState outcome)
    {
        foreach (var (what, count) in reader.NotRead)
        {
            report.Warn($"{what} × {count}: GraphML has it and a graph of nodes and edges does not; what it says was not read");
        }

        if (reader.IsNested)
        {
            report.Warn("graphs lie inside nodes: their nodes and edges were read as if they stood side by side, and nothing says that one contains the other");
        }

        var cut = outcome.PartialReason ?? (outcome.Rejected > 0 ? "some of it was refused" : reader.NotRead.Count > 0 ? "some of it was not read" : null);
        foreach (var stream in new[] { "nodes", "edges" })
        {
            var vouched = request.Complete.Contains(stream, StringComparer.OrdinalIgnoreCase);
            yield return new Observation.EndOf { Stream = stream, Complete = vouched && cut is null, Reason = vouched ? cut : "a GraphML file does not say whether it is everything" };
        }
    }
}
