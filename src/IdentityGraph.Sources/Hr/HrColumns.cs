using IdentityGraph.Collect;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Hr;

/// <summary>Where each mapped field stands in one CSV.</summary>
internal sealed class HrColumns
{
    private readonly Dictionary<HrField, int> _positions = [];
    private readonly List<(string Type, int Position)> _keys = [];
    private readonly List<(int Position, string Value)> _skip = [];

    /// <exception cref="RefusedInputException">The mapping names a column that the file has not.</exception>
    public HrColumns(HrTable table, IReadOnlyList<string> header, string file)
    {
        foreach (var (field, column) in table.Columns)
        {
            _positions[field] = Find(column);
        }

        foreach (var (type, column) in table.Keys)
        {
            _keys.Add((type, Find(column)));
        }

        foreach (var (column, value) in table.Skip)
        {
            _skip.Add((Find(column), value));
        }

        int Find(string column)
        {
            var position = header.ToList().FindIndex(name => string.Equals(name, column.Trim(), StringComparison.OrdinalIgnoreCase));
            return position >= 0 ? position : throw new RefusedInputException($"`{file}`: {Nearest.Unknown("column", column, header)} (named by the mapping)");
        }
    }

    /// <summary>Columns of a file without a mapping, found by what their headers usually are.</summary>
    public static HrTable Guess(IReadOnlyList<string> header)
    {
        var plain = header.Select(HrField.Plain).ToList();
        var columns = new Dictionary<HrField, string>();
        foreach (var field in HrField.All)
        {
            foreach (var usual in field.Headers)
            {
                if (plain.IndexOf(usual) is >= 0 and var position && !columns.ContainsValue(header[position]))
                {
                    columns[field] = header[position];
                    break;
                }
            }
        }

        return new HrTable { Columns = columns };
    }

    /// <summary>Whether a column's name says that it holds a secret.</summary>
    public static bool LooksSecret(string header) => SecretLooking.NamesSecret(header);

    public bool Has(HrField field) => _positions.ContainsKey(field);

    /// <summary>The trimmed value; null where the field is not mapped or the cell is empty.</summary>
    public string? Read(CsvRows.Row row, HrField field) => _positions.TryGetValue(field, out var position) ? Cell(row, position) : null;

    public IEnumerable<(string Type, string Value)> Keys(CsvRows.Row row) =>
        from key in _keys
        let value = Cell(row, key.Position)
        where value is not null
        select (key.Type, value);

    public bool Skips(CsvRows.Row row) => _skip.Any(rule => string.Equals(Cell(row, rule.Position) ?? "", rule.Value, StringComparison.OrdinalIgnoreCase));

    /// <summary>Every mapped cell of the row, for checks that hold for all of them.</summary>
    public IEnumerable<(string Field, string Value)> Cells(CsvRows.Row row) =>
        _positions.Select(pair => (pair.Key.Name, row.Fields[pair.Value])).Concat(_keys.Select(key => (key.Type, row.Fields[key.Position])));

    private static string? Cell(CsvRows.Row row, int position)
    {
        var value = row.Fields[position].Trim();
        return value.Length == 0 ? null : value;
    }
}
