using System.Text;
using System.Text.RegularExpressions;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.Entries;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.GitHubWorkflows;

/// <summary>GitHub Actions workflow files: one, or those of a folder. The workflows of one repository are a full run of source `github-workflows`.</summary>
public sealed partial class GitHubWorkflowsFormat : IFileFormat
{
    public const string Stream = "workflows";

    public string Name => "github-workflows";

    public string Sentence => "GitHub Actions workflow files: `.github/workflows/*.yml` of a checkout, or one of them.";

    public Func<string, bool> ReadsInFolder(ImportRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var folder = Path.GetFullPath(request.Path).Replace('\\', '/').TrimEnd('/');
        return name => InFolder().IsMatch($"{folder}/{name}");
    }

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (probe.IsFolder)
        {
            var folder = probe.Path.Replace('\\', '/').TrimEnd('/');
            return probe.Names.Any(name => InFolder().IsMatch("/" + name)) || (folder.EndsWith(".github/workflows", StringComparison.OrdinalIgnoreCase) && probe.Names.Any(IsYaml));
        }

        return (IsYaml(probe.Path) || probe.Path == "-") && IsWorkflow(Encoding.UTF8.GetString(probe.Head.Span).TrimStart('\uFEFF'));
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        var startedAt = CollectionTime.Of(request, report);
        foreach (var repository in WorkflowFiles.Find(request).GroupBy(file => file.Repository, StringComparer.OrdinalIgnoreCase))
        {
            var files = repository.ToList();
            var book = new RecordBook(files.Count == 1 ? Path.GetFileName(files[0].Path) : repository.Key, request, report, "a checkout holds the workflows of one branch");
            FileRun? run = null;
            run = new FileRun(
                new() { Source = request.Source ?? Name, Tenant = repository.Key, StartedAt = startedAt, Collector = "idgraph-github-workflows/1" },
                Observations());
            book.Outcome = run.Outcome;
            yield return run;

            IEnumerable<Observation> Observations() => Read(files, request, book, cancellationToken);
        }
    }

    private static IEnumerable<Observation> Read(List<WorkflowFile> files, ImportRequest request, RecordBook book, CancellationToken cancellationToken)
    {
        book.Expect(Stream);
        var facts = new FactList { Stream = Stream };
        var writing = new WorkflowWriting(facts, book, files[0].Repository);
        foreach (var file in files)
        {
            cancellationToken.ThrowIfCancellationRequested();
            book.Read(Stream);
            facts.Clear();
            facts.Where = file.Path;
            var refused = false;
            try
            {
                using var stream = InputFiles.Open(request with { Path = file.File });
                new WorkflowMapping(file, BoundedYaml.Read(stream), writing).State();
            }
            catch (EntryException fault)
            {
                // What was stated of it so far is not stated: half a workflow would lie about what it can do.
                facts.Clear();
                refused = true;
                book.Refuse(file.Path, fault.Line > 0 ? $"line {fault.Line}" : "", $"{fault.Message}; the workflow was left out", null);
                book.Trace("node", file.Path, null, "workflow", file.Path, "refused", fault.Message);
            }

            if (refused)
            {
                yield return new Observation.SeenUnreadable { Id = GitHubIds.Workflow(file.Repository, file.Path), Stream = Stream, Reason = "it could not be read" };
            }
            else if (facts.LeftOut is { } leftOut)
            {
                book.Refuse(file.Path, "", $"{leftOut}; that property was left out, the rest of the workflow is imported", null);
            }

            foreach (var fact in facts.Facts)
            {
                yield return fact;
            }
        }

        facts.Clear();
        writing.StateCalls();
        foreach (var fact in facts.Facts)
        {
            yield return fact;
        }

        foreach (var end in book.Ends())
        {
            yield return end;
        }
    }

    private static bool IsYaml(string name) => name.EndsWith(".yml", StringComparison.OrdinalIgnoreCase) || name.EndsWith(".yaml", StringComparison.OrdinalIgnoreCase);

    private static bool IsWorkflow(string text) => Jobs().IsMatch(text) && On().IsMatch(text);

    [GeneratedRegex(@"/\.github/workflows/[^/]+\.ya?ml\z", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex InFolder();

    [GeneratedRegex(@"^jobs:\s*(?:#.*)?$", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex Jobs();

    [GeneratedRegex("""^(?:on|"on"|'on'|true):""", RegexOptions.Multiline | RegexOptions.CultureInvariant)]
    private static partial Regex On();
}
