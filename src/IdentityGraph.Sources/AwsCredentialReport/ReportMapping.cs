using System.Globalization;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Entries;
using IdentityGraph.Sources.Records;
using P = IdentityGraph.Graph.Properties;

namespace IdentityGraph.Sources.AwsCredentialReport;

/// <summary>Rows of a credential report as accounts and their credentials. Keys have no id in it: the first and the second of a user are told apart.</summary>
internal sealed class ReportMapping(AwsIds ids, ReportColumns columns, RecordBook book)
{
    private const string Users = "users";
    private const string Credentials = "credentials";

    /// <summary>Credentials that die with the user they are of: it cannot be deleted before them.</summary>
    private static readonly KeyValuePair<string, PropertyValue>[] s_system =
    [
        AccountFacts.Text(P.Category, "cloud"),
        .. new[] { "password", "apiKey", "certificate" }.Select(kind => new KeyValuePair<string, PropertyValue>(NodeKinds.CascadeOf(kind), PropertyValue.Of("Immediate"))),
    ];

    private readonly ImportReport _report = book.Report;

    /// <summary>What is said of the rows from the current one on.</summary>
    public IEnumerable<Observation> Observations(IEnumerator<CsvRows.Row> rows)
    {
        book.Expect(Users);
        book.Expect(Credentials);
        IReadOnlyList<EvidenceRef> file = [new EvidenceRef(book.File)];
        yield return AccountFacts.Node(Users, ids.System, NodeKinds.System, $"AWS account {ids.Account}", file, null, s_system);
        do
        {
            foreach (var observation in Row(rows.Current))
            {
                yield return observation;
            }
        }
        while (rows.MoveNext());

        foreach (var end in book.Ends())
        {
            yield return end;
        }
    }

    /// <summary>A row is left out: whose it is nobody knows, so nothing of the report is whole.</summary>
    public static void Refuse(CsvRows.Row row, RecordBook book, string why)
    {
        var where = string.Create(CultureInfo.InvariantCulture, $"line {row.Line}");
        if (row.EndsReading)
        {
            book.Cut(where, row.Problem ?? why);
            return;
        }

        book.Read(Users);
        book.Refuse(where, "", $"{row.Problem ?? why}; the row was left out. Export the report again", "");
    }

    private List<Observation> Row(CsvRows.Row row)
    {
        var arn = Arn.Parse(columns.Text(row, "arn"));
        if (row.Problem is not null || arn is not { Service: "iam" } of || of.Account != ids.Account || !(of.Resource == "root" || of.Type == "user"))
        {
            Refuse(row, book, arn is { } other && Arn.IsAccountId(other.Account) && other.Account != ids.Account ? "it is of another account than the first row" : "its `arn` names no user");
            return [];
        }

        book.Read(Users);
        var where = string.Create(CultureInfo.InvariantCulture, $"line {row.Line}");
        if (SecretLooking.Find(of.Name) is { } sort)
        {
            book.LeaveOutSecret(where, "user", $"a name in it looks like {sort}; it stands as {Hidden.Text}. Take the secret out there");
        }

        var root = of.Resource == "root";
        return [.. User(row, root, root ? ids.Root : ids.User(of.Name), root ? "root" : Hidden.Unless(of.Name), [new EvidenceRef($"{book.File}#{where}")])];
    }

    private IEnumerable<Observation> User(CsvRows.Row row, bool root, string node, string name, IReadOnlyList<EvidenceRef> evidence)
    {
        var password = columns.Flag(row, "password_enabled", _report);
        List<KeyValuePair<string, PropertyValue>> properties = [AccountFacts.Active];
        if (columns.Flag(row, "mfa_active", _report) is { } mfa)
        {
            properties.Add(new(P.Mfa.Name, PropertyValue.Of(mfa)));
        }

        if (root)
        {
            properties.Add(new(P.Privileged.Name, PropertyValue.Of(true)));
        }

        yield return AccountFacts.Node(Users, node, NodeKinds.Account, name, evidence, columns.Moment(row, "user_creation_time", _report), [.. properties]);
        yield return AccountFacts.Edge(Users, EdgeKinds.InSystem, node, ids.System, null, evidence);
        book.Trace("node", name, null, "user", evidence[0].Ref, "imported", $"Account {node}");
        if (root)
        {
            // Policies of the account do not bind its root.
            yield return AccountFacts.Edge(Users, EdgeKinds.Entitles, node, ids.System, "*", evidence, [AccountFacts.Text(P.RightLetters, Rights.All.ToLetters()), AccountFacts.Text(P.Right, "*")]);
        }

        // A root always has a password, of which the report says nothing else.
        if (password != false && (password is true || root || !columns.SaysNone(row, "password_enabled")))
        {
            foreach (var observation in Credential(row, "password", "password", node, name, password, "password_last_changed", P.RotatedAt, "password_last_used", evidence))
            {
                yield return observation;
            }
        }

        foreach (var (kind, column) in new[] { ("apiKey", "access_key_1"), ("apiKey", "access_key_2"), ("certificate", "cert_1"), ("certificate", "cert_2") })
        {
            var active = columns.Flag(row, column + "_active", _report);
            var made = columns.Moment(row, column + "_last_rotated", _report);
            if (active is true || made is not null || (columns.Has(column + "_active") && active is null && !columns.SaysNone(row, column + "_active")))
            {
                foreach (var observation in Credential(row, kind, column, node, name, active, column + "_last_rotated", P.IssuedAt, column + "_last_used_date", evidence))
                {
                    yield return observation;
                }
            }
        }
    }

    /// <param name="row">The user's.</param>
    /// <param name="kind">Form of the credential.</param>
    /// <param name="column">Beginning of its columns.</param>
    /// <param name="subject">Node id of the user.</param>
    /// <param name="name">The user's.</param>
    /// <param name="active">Null: not told.</param>
    /// <param name="changed">Column that says when it became what it is.</param>
    /// <param name="by">What that is.</param>
    /// <param name="used">Column that says when it was used last.</param>
    /// <param name="evidence">The row.</param>
    private IEnumerable<Observation> Credential(
        CsvRows.Row row, string kind, string column, string subject, string name, bool? active, string changed, Property by, string used, IReadOnlyList<EvidenceRef> evidence)
    {
        var node = ids.Credential(column, subject);
        book.Read(Credentials);
        yield return AccountFacts.Node(
            Credentials,
            node,
            NodeKinds.Credential,
            $"{column.Replace('_', ' ')} of {name}",
            evidence,
            null,
            [
                AccountFacts.Text(P.CredentialKind, kind),
                .. active is { } on ? [AccountFacts.Text(P.State, on ? "Active" : "Disabled")] : Array.Empty<KeyValuePair<string, PropertyValue>>(),
                .. kind == "apiKey" ? [new(P.ExpiresAt.Name, PropertyValue.None)] : Array.Empty<KeyValuePair<string, PropertyValue>>(),
                .. columns.Told(row, changed, by, _report),
                .. columns.Told(row, used, P.LastUsedAt, _report),
            ]);
        yield return AccountFacts.Edge(Credentials, EdgeKinds.AuthenticatesAs, node, subject, null, evidence);
        book.Trace("node", column, null, kind, evidence[0].Ref, "imported", $"Credential {node}");
    }
}
