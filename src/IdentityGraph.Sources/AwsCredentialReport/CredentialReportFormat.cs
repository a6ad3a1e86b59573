using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Entries;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Sources.AwsCredentialReport;

/// <summary>An AWS account's credential report: which of its users have a password, access keys and certificates, since when and when used. One run.</summary>
/// <remarks>https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_getting-report.html</remarks>
public sealed class CredentialReportFormat : IFileFormat
{
    public string Name => "aws-credential-report";

    public string Sentence => "Passwords, access keys and certificates of the users of an AWS account as its credential report lists them: CSV.";

    public bool Recognizes(FileProbe probe)
    {
        ArgumentNullException.ThrowIfNull(probe);
        return !probe.IsFolder && Encoding.UTF8.GetString(probe.Head.Span).TrimStart('\uFEFF').StartsWith("user,arn,user_creation_time,", StringComparison.Ordinal);
    }

    public IEnumerable<FileRun> Open(ImportRequest request, ImportReport report, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(report);
        var file = request.Path == "-" ? "standard input" : Path.GetFileName(request.Path);
        using var rows = new CsvRows(InputFiles.Open(request));
        var columns = new ReportColumns(rows.Header);
        if (!columns.Has("arn") || !columns.Has("user"))
        {
            throw new RefusedInputException($"`{request.Path}` has no columns `user` and `arn`; export it with `aws iam get-credential-report`");
        }

        var book = new RecordBook(file, request, report, "nothing in the report shows that it was not cut off");
        using var read = rows.Rows(cancellationToken).GetEnumerator();
        RunOutcomeState outcome = new();
        book.Outcome = outcome;
        var first = FirstAccount(read, columns, book) ?? throw new RefusedInputException($"`{request.Path}` names no user of an account; export it with `aws iam get-credential-report`");
        var header = new RunHeader { Source = request.Source ?? "aws-credential-report", Tenant = first.Account, StartedAt = CollectionTime.Of(request, report), Collector = "aws-cli" };
        var mapping = new ReportMapping(new Aws.AwsIds(first.Partition, first.Account), columns, book);
        var run = new FileRun(header, mapping.Observations(read));
        (run.Outcome.Read, run.Outcome.Rejected, run.Outcome.PartialReason) = (outcome.Read, outcome.Rejected, outcome.PartialReason);
        book.Outcome = run.Outcome;
        yield return run;
    }

    /// <summary>Goes to the first row that names an account; null: none does.</summary>
    private static Arn? FirstAccount(IEnumerator<CsvRows.Row> rows, ReportColumns columns, RecordBook book)
    {
        while (rows.MoveNext())
        {
            if (rows.Current.Problem is null && Arn.Parse(columns.Text(rows.Current, "arn")) is { Service: "iam" } arn && Arn.IsAccountId(arn.Account))
            {
                return arn;
            }

            ReportMapping.Refuse(rows.Current, book, "it has no readable `arn`");
        }

        return null;
    }
}
