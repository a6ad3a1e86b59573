using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.Aws;

/// <summary>
/// An AWS account's identities and policies as `aws iam get-account-authorization-details` prints them: a file with one page or several,
/// or a folder of files. One run an account.
/// </summary>
public sealed class AwsFormat : IFileFormat
{
    public string Name => "aws-iam";

    public string Sentence => "Users, groups, roles and policies of AWS accounts as `aws iam get-account-authorization-details` prints them: JSON, one file or a folder.";

    public Func<string, bool> ReadsInFolder(ImportRequest request) => static name => InputFiles.UnpackedName(name).EndsWith(".json", StringComparison.OrdinalIgnoreCase);

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        if (probe.IsFolder)
        {
            return (probe.Entries.Count > 0 && probe.Entries.All(entry => IsListing(entry.Head.Span))) || probe.Names.Any(name => name.EndsWith(".json", StringComparison.OrdinalIgnoreCase)
                && (name.Contains("authz-details", StringComparison.OrdinalIgnoreCase) || name.Contains("authorization-details", StringComparison.OrdinalIgnoreCase)));
        }

        return IsListing(probe.Head.Span);
    }

    private static bool IsListing(ReadOnlySpan<byte> beginning)
    {
        var head = Encoding.UTF8.GetString(beginning);
        return head.TrimStart('\uFEFF', ' ', '\n', '\r', '\t') is ['{' or '[', ..]
            && (head.Contains("\"UserDetailList\"", StringComparison.Ordinal) || head.Contains("\"GroupDetailList\"", StringComparison.Ordinal) || head.Contains("\"RoleDetailList\"", StringComparison.Ordinal)
                || (head.Contains("\"Policies\"", StringComparison.Ordinal) && head.Contains("\"PolicyVersionList\"", StringComparison.Ordinal)));
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        foreach (var word in request.Complete.Where(word => word != "all" && AccountStreams.All.All(stream => stream.Stream != word)))
        {
            throw new RefusedInputException($"--complete `{word}` names no stream of aws-iam; it has {string.Join(", ", AccountStreams.All.Select(stream => stream.Stream))}");
        }

        var models = new AccountModels(report);
        var files = new AccountFiles(models, report);
        foreach (var path in Paths(request))
        {
            using var stream = InputFiles.Open(path == request.Path ? request : request with { Path = path });
            files.ReadFile(path == "-" ? "standard input" : Path.GetFileName(path), stream, path != "-", cancellationToken);
        }

        files.Conclude();
        models.Conclude();
        if (!models.All.Any())
        {
            throw new RefusedInputException(
                $"`{request.Path}` describes no user, group, role or policy of an account{(files.Partial is { } cut ? $" ({cut})" : "")}; export it with `aws iam get-account-authorization-details`");
        }

        var startedAt = CollectionTime.Of(request, report);
        foreach (var account in models.All)
        {
            account.ReadAt = startedAt;
            account.Known = new Dictionary<string, string> { [ConditionReading.NotBefore] = Instants.ToText(startedAt) };
        }

        var all = models.All.Select(account => new Standing(account)).ToArray();
        var others = all.DistinctBy(standing => standing.Account.Ids.Account).ToDictionary(standing => standing.Account.Ids.Account, StringComparer.Ordinal);
        foreach (var (standing, index) in all.Select((standing, index) => (standing, index)))
        {
            var header = new RunHeader
            {
                Source = request.Source ?? "aws-iam",
                Tenant = standing.Account.Ids.Account,
                StartedAt = startedAt,
                Collector = "aws-cli",
            };
            var reading = new AccountRun(standing, others, files, request, report);
            FileRun? run = null;
            run = new FileRun(header, Observations());
            run.Outcome.PartialReason = files.Partial;
            (run.Outcome.Read, run.Outcome.Rejected) = index == 0 ? (files.Read, files.Rejected) : (0, 0);
            yield return run;

            IEnumerable<Observation> Observations() => reading.Observations(cancellationToken);
        }
    }

    private static string[] Paths(ImportRequest request)
    {
        if (!Directory.Exists(request.Path))
        {
            return [request.Path];
        }

        var paths = Directory.EnumerateFiles(request.Path, "*", new EnumerationOptions { RecurseSubdirectories = true, AttributesToSkip = FileAttributes.ReparsePoint, MaxRecursionDepth = 8 })
            .Where(path => path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".json.gz", StringComparison.OrdinalIgnoreCase))
            .Order(StringComparer.Ordinal)
            .ToArray();
        return paths.Length > 0 ? paths : throw new RefusedInputException($"the folder `{request.Path}` holds no .json file; put what `aws iam get-account-authorization-details` prints there");
    }
}
