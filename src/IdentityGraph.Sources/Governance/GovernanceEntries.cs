using IdentityGraph.Collect;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Governance;

/// <summary>Something read from a governance file, in the order written: a value above the sections, an entry of one, or a row that could not be read.</summary>
/// <param name="Key">Name of the section or of the value; "" where a row has none.</param>
/// <param name="Line">1 for the first line.</param>
/// <param name="Value">Null where <paramref name="Problem"/> says why it cannot be read.</param>
/// <param name="Problem">Why it cannot be read, and what to do; null where it can.</param>
internal readonly record struct GovernanceItem(string Key, int Line, EntryNode? Value, string? Problem = null);

/// <summary>Reads the two spellings of a governance file.</summary>
internal static class GovernanceEntries
{
    private const string Section = "section";

    /// <summary>Named sections, each a list of entries.</summary>
    /// <exception cref="EntryException">From here on it is no YAML.</exception>
    public static IEnumerable<GovernanceItem> OfYaml(Stream stream)
    {
        using var text = new StreamReader(stream);
        foreach (var (key, line, value) in new YamlEntries(text).Members(name => !GovernanceHeader.Keys.Contains(name)))
        {
            yield return new GovernanceItem(key, GovernanceHeader.Keys.Contains(key) ? line : value.Line, value);
        }
    }

    /// <summary>A row an entry: the column `section` and a column for each key; an empty cell says nothing, `|` parts a list.</summary>
    /// <exception cref="RefusedInputException">A column that no section has.</exception>
    public static IEnumerable<GovernanceItem> OfCsv(Stream stream, string file, CancellationToken cancellationToken)
    {
        using var rows = new CsvRows(stream);
        var keys = GovernanceSections.All.SelectMany(section => section.Keys).Select(key => key.Name).Append(Section).Distinct().ToList();
        foreach (var column in rows.Header.Where(column => !keys.Contains(column)))
        {
            throw new RefusedInputException($"`{file}`, line 1: {Nearest.Unknown("column", column, keys)}");
        }

        foreach (var row in rows.Rows(cancellationToken))
        {
            var line = (int)row.Line;
            if (row.Problem is { } problem)
            {
                yield return new GovernanceItem("", line, null, problem);
                continue;
            }

            var section = rows.Header.Zip(row.Fields).FirstOrDefault(cell => cell.First == Section).Second?.Trim() ?? "";
            yield return new GovernanceItem(section, line, Node(rows.Header, row, section));
        }
    }

    private static EntryNode Node(IReadOnlyList<string> header, CsvRows.Row row, string section)
    {
        var known = GovernanceSections.Find(section)?.Keys ?? [];
        var line = (int)row.Line;
        var members = new List<KeyValuePair<string, EntryNode>>();
        foreach (var (column, cell) in header.Zip(row.Fields))
        {
            var text = cell.Trim();
            if (column == Section || text.Length == 0)
            {
                continue;
            }

            var isList = known.FirstOrDefault(key => key.Name == column)?.Type is EntryType.Ids or EntryType.Texts;
            members.Add(new(column, isList
                ? new EntryNode { Line = line, Items = [.. text.Split('|', StringSplitOptions.TrimEntries).Select(item => new EntryNode { Line = line, Text = item })] }
                : new EntryNode { Line = line, Text = text == "null" ? null : text }));
        }

        return new EntryNode { Line = line, Members = members };
    }
}
