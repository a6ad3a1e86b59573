using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.AwsCredentialReport;

/// <summary>The columns of a report by name; those it lacks say nothing.</summary>
internal sealed class ReportColumns(IReadOnlyList<string> header)
{
    /// <summary>Words for a value that there is none of, or that is not told.</summary>
    private static readonly string[] s_none = ["", "N/A", "not_supported", "no_information"];

    private readonly Dictionary<string, int> _places = header.Index().DistinctBy(column => column.Item, StringComparer.Ordinal).ToDictionary(column => column.Item, column => column.Index, StringComparer.Ordinal);

    public bool Has(string column) => _places.ContainsKey(column);

    /// <summary>"" where there is no such column.</summary>
    public string Text(CsvRows.Row row, string column) => _places.TryGetValue(column, out var place) && place < row.Fields.Count ? row.Fields[place].Trim() : "";

    /// <summary>`true` or `false`; null for anything else. A word that is neither and no word for none is counted.</summary>
    public bool? Flag(CsvRows.Row row, string column, ImportReport report)
    {
        var text = Text(row, column);
        if (text is not ("true" or "false") && !s_none.Contains(text))
        {
            report.CountUnrecognised($"word {column}={Records.RecordBook.Shown(text)}");
        }

        return text switch { "true" => true, "false" => false, _ => null };
    }

    /// <summary>Whether the column says that there is none, and not only nothing.</summary>
    public bool SaysNone(CsvRows.Row row, string column) => Text(row, column) is "N/A";

    /// <summary>Null where there is none, or it is not told.</summary>
    public DateTimeOffset? Moment(CsvRows.Row row, string column, ImportReport report)
    {
        var text = Text(row, column);
        var moment = AwsDates.Read(text);
        if (moment is null && !s_none.Contains(text))
        {
            report.CountUnrecognised($"time {column}");
        }

        return moment;
    }

    /// <summary>A property, where the moment is told.</summary>
    public KeyValuePair<string, PropertyValue>[] Told(CsvRows.Row row, string column, Property property, ImportReport report) =>
        Moment(row, column, report) is { } moment ? [new(property.Name, PropertyValue.Of(moment))] : [];
}
