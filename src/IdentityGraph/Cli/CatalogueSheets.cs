using IdentityGraph.Graph;
using IdentityGraph.Sources.Catalogues;

namespace IdentityGraph.Cli;

/// <summary>The catalogues of vendor words as tables.</summary>
internal static class CatalogueSheets
{
    public static Sheet List() => Sheet.Of(
        "What vendors' words for rights are taken to mean",
        ["catalogue", "words", "version", "about"],
        ScopeCatalogue.All.Select(static catalogue => new[] { catalogue.Name, $"{catalogue.Rows.Count}", catalogue.Version, catalogue.Sentence }),
        "`idgraph schema --catalogue NAME` prints one. A word in none of them is of unknown level, never without rights.");

    /// <exception cref="ConfigurationException">There is no such catalogue.</exception>
    public static Sheet Of(string name)
    {
        var catalogue = ScopeCatalogue.All.FirstOrDefault(each => each.Name == name)
            ?? throw new ConfigurationException($"there is no catalogue `{name}`; there are {string.Join(", ", ScopeCatalogue.All.Select(static each => each.Name))}");
        return Sheet.Of(
            $"{catalogue.Name}, {catalogue.Version}: {catalogue.Sentence}",
            ["word", "rights", "level", "capabilities", "limited", "maxLevel", "area", "types", "aliases", "source"],
            catalogue.Rows.Select(Row),
            [.. catalogue.Origins.Select(static origin => $"source {origin.Key}: {origin.Value}")]);
    }

    /// <summary>The same as a page in Markdown.</summary>
    public static void WriteMarkdown(Sheet sheet, TextWriter output)
    {
        output.Write($"# {sheet.Title}\n\n");
        output.Write($"| {string.Join(" | ", sheet.Columns)} |\n|{string.Concat(Enumerable.Repeat("---|", sheet.Columns.Count))}\n");
        foreach (var row in sheet.Rows)
        {
            output.Write($"| {string.Join(" | ", row.Select(static cell => SafeText.ForTerminal(cell ?? "").Replace("|", "\\|", StringComparison.Ordinal)))} |\n");
        }

        foreach (var note in sheet.Notes)
        {
            output.Write($"\n{note}\n");
        }
    }

    private static string?[] Row(CatalogueRow row) =>
    [
        row.Word,
        row.Rights is { } rights ? rights.ToLetters() : "Unknown",
        row.Level?.ToString() ?? "Unknown",
        Words(row.Capabilities),
        Words(row.LimitedCapabilities),
        row.MaxLevel?.ToString(),
        row.Area,
        Words(row.Types),
        Words(row.Aliases),
        row.Source,
    ];

    private static string? Words(IReadOnlyList<string> words) => words.Count == 0 ? null : string.Join(' ', words);
}
