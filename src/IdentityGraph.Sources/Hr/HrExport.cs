using IdentityGraph.Collect;
using IdentityGraph.Sources.Entries;

namespace IdentityGraph.Sources.Hr;

/// <summary>The files of one export, read from their beginning as often as asked.</summary>
internal sealed class HrExport(HrMapping mapping, IReadOnlyList<(HrTable Table, string Path, string Name)> tables, string? policyZone)
{
    public HrMapping Mapping { get; } = mapping;

    /// <summary>Newest modification time of its files (UTC).</summary>
    public DateTimeOffset ModifiedAt => tables.Max(table => new DateTimeOffset(File.GetLastWriteTimeUtc(table.Path), TimeSpan.Zero));

    /// <exception cref="RefusedInputException">No such file, an empty one, or a mapping that does not fit.</exception>
    public static HrExport Find(SpooledInput input, ImportRequest request, ImportReport report)
    {
        var mapping = request.Map is { } map ? HrMappingFile.Read(map) : null;
        if (Directory.Exists(input.Path))
        {
            return mapping is { Tables: [{ File: not null }, ..] }
                ? new HrExport(mapping, [.. mapping.Tables.Select(table => (table, Existing(Path.Combine(input.Path, table.File!)), Path.GetFileName(table.File!)))], request.TimeZone)
                : throw new RefusedInputException($"`{request.Path}` is a folder; a mapping with `tables` must say which of its files hold what (--map)");
        }

        var path = Existing(input.Path);
        var name = InputFiles.UnpackedName(input.Name);
        if (mapping is { Tables.Count: > 1 })
        {
            throw new RefusedInputException($"the mapping describes {mapping.Tables.Count} tables and `{name}` is one file; give their folder");
        }

        var table = mapping?.Tables[0] ?? Guess(path, name, report);
        mapping ??= new HrMapping { Status = HrWords.Status, Kind = HrWords.Kind, Tables = [table] };
        return new HrExport(mapping, [(table, path, name)], request.TimeZone);
    }

    /// <summary>Every row of every table, a table's rows in the order of its file. Remarks go to <paramref name="notes"/>; null: they were made before.</summary>
    public IEnumerable<(HrRow Row, bool EndsReading)> Rows(ImportReport? notes, CancellationToken cancellationToken, Action<string>? onSkipped = null)
    {
        foreach (var (table, path, name) in tables)
        {
            using var rows = new CsvRows(InputFiles.Unpack(File.OpenRead(path)));
            if (rows.Header.Count == 0)
            {
                throw new RefusedInputException($"`{name}` is empty; an export has at least a header line");
            }

            var columns = new HrColumns(table, rows.Header, name);
            foreach (var row in rows.Rows(cancellationToken))
            {
                if (row.Problem is not null || !columns.Skips(row))
                {
                    yield return (new HrRow(Mapping, table, columns, row, name, policyZone, notes), row.EndsReading);
                }
                else
                {
                    onSkipped?.Invoke(name);
                }
            }
        }
    }

    private static HrTable Guess(string path, string name, ImportReport report)
    {
        using var rows = new CsvRows(InputFiles.Unpack(File.OpenRead(path)));
        var table = HrColumns.Guess(rows.Header);
        if (!table.IsAboutPeople)
        {
            throw new RefusedInputException($"no column of `{name}` is known to hold the person's id; name it in a mapping (--map), as `columns: {{ personId: Worker }}`");
        }

        report.Warn($"{name}: no mapping was given; columns were found by their headers: {string.Join(", ", table.Columns.Select(pair => $"{pair.Key.Name} from `{pair.Value}`"))}");
        foreach (var secret in rows.Header.Where(HrColumns.LooksSecret))
        {
            report.Warn($"{name}: column `{secret}` looks like a secret; it was not read. Take it out of the export");
        }

        return table;
    }

    private static string Existing(string path) =>
        File.Exists(path) ? path : throw new RefusedInputException($"there is no file `{path}`");
}
