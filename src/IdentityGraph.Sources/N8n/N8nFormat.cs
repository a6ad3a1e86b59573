using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.N8n;

/// <summary>Workflows exported from n8n: one, a list, or the answer of its API. One file is one full run of source `n8n`.</summary>
public sealed partial class N8nFormat : IFileFormat
{
    public const string Stream = "workflows";

    private readonly UnpackLimits _limits;

    public N8nFormat()
        : this(new UnpackLimits())
    {
    }

    internal N8nFormat(UnpackLimits limits) => _limits = limits;

    public string Name => "n8n";

    public string Sentence => "Workflows exported from n8n: one as JSON, a list of them, or what its API lists.";

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        var head = probe.IsFolder ? "" : Encoding.UTF8.GetString(probe.Head.Span);
        return Opening().IsMatch(head) && Nodes().IsMatch(head);
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        var file = request.Path == "-" ? "stdin" : Path.GetFileName(request.Path);
        var startedAt = CollectionTime.Of(request, report);
        using var elements = new JsonElements(InputFiles.Open(request), _limits, another: request.Path != "-");
        using var records = new Ahead(elements, ["data"], cancellationToken);
        records.Find(1, _ => null);
        if (!records.Any && (records.Fault is not null || JsonReading.Member(elements.Rest, "nodes").ValueKind != JsonValueKind.Array))
        {
            throw new RefusedInputException($"`{file}` holds no workflow of n8n (`nodes` and `connections`){(records.Fault is null ? "" : $": {records.Fault.Message}")}; nothing was imported");
        }

        var book = new RecordBook(file, request, report, "an export does not say that it holds all workflows");
        FileRun? run = null;
        run = new FileRun(new() { Source = request.Source ?? Name, Tenant = request.Tenant ?? "", StartedAt = startedAt, Collector = "idgraph-n8n/1" }, Observations());
        book.Outcome = run.Outcome;
        yield return run;

        IEnumerable<Observation> Observations() => Read(records, elements, new N8nIds(request.Tenant), book, cancellationToken);
    }

    private static IEnumerable<Observation> Read(Ahead records, JsonElements file, N8nIds ids, RecordBook book, CancellationToken cancellationToken)
    {
        book.Expect(Stream);
        var facts = new FactList { Stream = Stream };
        var writing = new N8nWriting(facts, ids, book);
        var number = 0L;
        while (records.Next() is { } item)
        {
            cancellationToken.ThrowIfCancellationRequested();
            number = item.Number + 1;
            foreach (var fact in Taken(item, facts, writing))
            {
                yield return fact;
            }
        }

        if (records.Fault is { } fault)
        {
            book.Cut($"[{number}]", fault is JsonException ? fault.Message : "the file is damaged: " + fault.Message);
        }
        else if (JsonReading.Member(file.Rest, "nodes").ValueKind == JsonValueKind.Array)
        {
            foreach (var fact in Taken(file.Rest, "workflow", facts, writing))
            {
                yield return fact;
            }
        }
        else if (JsonReading.Text(file.Rest, "nextCursor") is { Length: > 0 })
        {
            book.SpoilAll("it is one page of several (`nextCursor`)");
        }

        foreach (var end in book.Ends())
        {
            yield return end;
        }
    }

    private static IReadOnlyList<Observation> Taken(JsonItem item, FactList facts, N8nWriting writing)
    {
        if (item.IsReadable)
        {
            return Taken(item.Json, item.Where, facts, writing);
        }

        writing.Book.LeaveOut(item, "the workflow");
        return [];
    }

    private static IReadOnlyList<Observation> Taken(JsonValue workflow, string where, FactList facts, N8nWriting writing)
    {
        facts.Clear();
        facts.Where = $"{writing.Book.File}#{where}";
        writing.Book.Read(Stream);
        new N8nWorkflow(workflow, where, writing).State();
        if (facts.LeftOut is { } leftOut)
        {
            writing.Book.LeaveOutSecret(where, "", $"{leftOut}; that property was left out, the rest of the workflow is imported");
        }

        return facts.Facts;
    }

    [GeneratedRegex("""\A\uFEFF?\s*(?:\[\s*\{|\{)""", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex("""
        "nodes"\s*:\s*\[[\s\S]*"type"\s*:\s*"(?:n8n-nodes-|@n8n/)
        """, RegexOptions.CultureInvariant | RegexOptions.IgnorePatternWhitespace)]
    private static partial Regex Nodes();
}
