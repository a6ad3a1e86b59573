using System.Text;
using IdentityGraph.Graph;

namespace IdentityGraph.Sources.Catalogues;

/// <summary>
/// The data files of the catalogues. A file is tab-separated text: lines `# member: value` (catalogue, about, version, and a line
/// `# source CODE: where from` a code), then a line of column names, then one word a line in ordinal order:
/// word, aliases, rights, level, capabilities, maxLevel, area, types, source. `?` stands for an unknown, `-` for none; several values in
/// a column are parted by blanks; a capability with `?` behind it holds for some of the system only. A word `prefix:{a b c}` stands for `prefix:a`, `prefix:b` and `prefix:c`.
/// </summary>
internal static class CatalogueFiles
{
    public const string Columns = "word\taliases\trights\tlevel\tcapabilities\tmaxLevel\tarea\ttypes\tsource";

    private const string Folder = "Catalogues/";
    private const string Unknown = "?";
    private const string None = "-";

    /// <summary>What there is, in ordinal order.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        .. typeof(CatalogueFiles).Assembly.GetManifestResourceNames()
            .Where(static name => name.StartsWith(Folder, StringComparison.Ordinal))
            .Select(static name => Path.GetFileNameWithoutExtension(name))
            .Order(StringComparer.Ordinal),
    ];

    public static ScopeCatalogue Read(string name)
    {
        using var reader = new StreamReader(Open(name), Encoding.UTF8);
        return Read(name, reader);
    }

    /// <exception cref="InvalidDataException">A line is not as described above.</exception>
    public static ScopeCatalogue Read(string name, TextReader reader)
    {
        Dictionary<string, string> members = new(StringComparer.Ordinal);
        Dictionary<string, string> origins = new(StringComparer.Ordinal);
        List<CatalogueRow> rows = [];
        var titled = false;
        for (var number = 1; reader.ReadLine() is { } line; number++)
        {
            if (line.StartsWith('#'))
            {
                var colon = line.IndexOf(": ", StringComparison.Ordinal);
                var (member, value) = (line[1..colon].Trim(), line[(colon + 2)..].Trim());
                if (member.StartsWith("source ", StringComparison.Ordinal))
                {
                    origins.Add(member["source ".Length..], value);
                }
                else
                {
                    members.Add(member, value);
                }
            }
            else if (!titled)
            {
                titled = line == Columns ? true : throw Bad(name, number, $"the columns are not `{Columns}`");
            }
            else
            {
                rows.AddRange(Rows(line.Split('\t'), name, number));
            }
        }

        rows.Sort(static (one, other) => string.CompareOrdinal(one.Word, other.Word));
        return new(rows) { Name = name, Sentence = members["about"], Version = members["version"], Origins = origins };
    }

    internal static Stream Open(string name) => typeof(CatalogueFiles).Assembly.GetManifestResourceStream($"{Folder}{name}.tsv")!;

    private static IEnumerable<CatalogueRow> Rows(string[] cells, string name, int number)
    {
        var columns = Columns.Count(static letter => letter == '\t') + 1;
        if (cells.Length != columns)
        {
            throw Bad(name, number, $"there are {cells.Length} columns instead of {columns}");
        }

        var row = new CatalogueRow
        {
            Word = cells[0],
            Aliases = Several(cells[1]),
            Rights = RightsOf(cells[2], cells[3], name, number),
            Capabilities = [.. Several(cells[4]).Where(static word => !word.EndsWith('?'))],
            LimitedCapabilities = [.. Several(cells[4]).Where(static word => word.EndsWith('?')).Select(static word => word[..^1])],
            MaxLevel = cells[5] is Unknown or None ? null : RightsLogic.TryParseLevel(cells[5], out var most) ? most : throw Bad(name, number, $"`{cells[5]}` is no level"),
            Area = cells[6] == None ? null : cells[6],
            Types = Several(cells[7]),
            Source = cells[8],
        };
        var brace = row.Word.IndexOf('{', StringComparison.Ordinal);
        return brace < 0 ? [row] : row.Word[(brace + 1)..^1].Split(' ').Select(each => row with { Word = row.Word[..brace] + each });
    }

    private static Rights? RightsOf(string letters, string level, string name, int number)
    {
        if (letters == Unknown && level == Unknown)
        {
            return null;
        }

        return RightsLogic.TryParseLetters(letters == None ? "" : letters, out var rights) && rights.LevelOf().ToString() == level
            ? rights
            : throw Bad(name, number, $"rights `{letters}` are not of level `{level}`");
    }

    private static string[] Several(string cell) => cell == None ? [] : cell.Split(' ');

    private static InvalidDataException Bad(string name, int number, string what) => new($"catalogue `{name}`, line {number}: {what}");
}
