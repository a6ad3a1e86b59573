using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Oaa;

/// <summary>
/// What connectors push to Veza's Open Authorization API: the templates for a custom application, an identity provider and a personnel system. One
/// file is one full run of source `oaa`.
/// </summary>
public sealed partial class OaaFormat : IFileFormat
{
    private static readonly string[] s_lists = ["applications", "permissions", "identity_to_permissions", "domains", "users", "groups", "apps", "employees"];

    private readonly UnpackLimits _limits;

    public OaaFormat()
        : this(new UnpackLimits())
    {
    }

    internal OaaFormat(UnpackLimits limits) => _limits = limits;

    public string Name => "oaa";

    public string Sentence => "Payloads for Veza's Open Authorization API: a custom application, identity provider or personnel system.";

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        var head = probe.IsFolder ? "" : Encoding.UTF8.GetString(probe.Head.Span);
        return Opening().IsMatch(head) && (Template().IsMatch(head) || (head.Contains("\"applications\"", StringComparison.Ordinal) && head.Contains("\"application_type\"", StringComparison.Ordinal)));
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        var file = request.Path == "-" ? "stdin" : Path.GetFileName(request.Path);
        var startedAt = CollectionTime.Of(request, report);
        using var elements = new JsonElements(InputFiles.Open(request), _limits, another: request.Path != "-");
        using var records = new Ahead(elements, s_lists, cancellationToken);
        var first = records.Find(1, json => JsonReading.Text(json, "name"));
        if (!records.Any)
        {
            throw new RefusedInputException($"`{file}` holds nothing of the Open Authorization API (`applications`, or `users` or `employees` with a provider){(records.Fault is null ? "" : $": {records.Fault.Message}")}; nothing was imported");
        }

        var system = request.Tenant ?? (records.FirstList == "applications" ? first : elements.Said("name"));
        if (system is null || OaaIds.WhyNot(system) is not null)
        {
            throw new RefusedInputException("the payload does not begin with the name of the application or provider, by which its ids are told from others: put `name` before its lists, or give --tenant NAME");
        }

        var book = new RecordBook(file, request, report, "a payload does not say that it holds everything");
        FileRun? run = null;
        run = new FileRun(new() { Source = request.Source ?? Name, Tenant = system, StartedAt = startedAt, Collector = "idgraph-oaa/1" }, Observations());
        book.Outcome = run.Outcome;
        yield return run;

        IEnumerable<Observation> Observations() => Read(records, elements, system, book, cancellationToken);
    }

    private static IEnumerable<Observation> Read(Ahead records, JsonElements file, string system, RecordBook book, CancellationToken cancellationToken)
    {
        var facts = new FactList();
        using var writing = new OaaWriting(facts, new OaaIds(system), book);
        var personnel = file.Said("hris_type") is not null;
        writing.Begin("", "systems");
        writing.StateSystem(system, personnel);
        foreach (var fact in facts.Facts)
        {
            yield return fact;
        }

        var where = "the first record";
        while (records.Next() is { } item)
        {
            cancellationToken.ThrowIfCancellationRequested();
            where = item.Where;
            writing.Begin(item.Where, item.List);
            if (!item.IsReadable)
            {
                book.LeaveOut(item, "the record");
                continue;
            }

            Take(item.List, item.Json, personnel, writing);
            if (facts.LeftOut is { } leftOut)
            {
                book.Refuse(item.Where, "", $"{leftOut}; that property was left out, the rest is imported", null);
            }

            foreach (var fact in facts.Facts)
            {
                yield return fact;
            }
        }

        if (records.Fault is { } fault)
        {
            book.Cut(where, fault is JsonException ? fault.Message : "the file is damaged: " + fault.Message);
        }

        foreach (var fact in writing.Permissions.Assigned(writing))
        {
            yield return fact;
        }

        foreach (var _ in writing.Assumptions.State(writing))
        {
            foreach (var fact in facts.Facts)
            {
                yield return fact;
            }
        }

        book.SpoilLike(OaaAssumptions.Stream, "users", "groups");
        foreach (var end in book.Ends())
        {
            yield return end;
        }
    }

    private static void Take(string list, JsonValue json, bool personnel, OaaWriting writing)
    {
        switch (list)
        {
            case "applications":
                OaaApplication.State(json, writing);
                break;
            case "permissions":
                writing.Permissions.Define(json, writing);
                break;
            case "identity_to_permissions":
                writing.Permissions.Assign(json, writing);
                break;
            case "employees":
                OaaPersonnel.Employee(json, writing);
                break;
            case "groups" when personnel:
                OaaPersonnel.Group(json, writing);
                break;
            case "users":
                OaaProvider.User(json, writing);
                break;
            case "groups":
                OaaProvider.Group(json, writing);
                break;
            default:
                writing.Book.Read(list);
                writing.Book.Trace("node", JsonReading.Text(json, "name") ?? "", null, list, writing.Where, "refused", "no fact of the model says it");
                break;
        }
    }

    [GeneratedRegex("""\A\uFEFF?\s*\{""", RegexOptions.CultureInvariant)]
    private static partial Regex Opening();

    [GeneratedRegex("\"(?:idp_type|hris_type)\"\\s*:\\s*\"", RegexOptions.CultureInvariant)]
    private static partial Regex Template();
}
