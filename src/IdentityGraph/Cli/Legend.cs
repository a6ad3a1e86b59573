namespace IdentityGraph.Cli;

/// <summary>Who the ids of a table are: some systems number what they have, and people know it by name.</summary>
internal static class Legend
{
    private const int MostNames = 30;
    private const int MostRows = 1_000;

    private static readonly char[] s_between = [' ', ',', ';', '(', ')', '&'];

    /// <summary>A line for each id in the table whose name says more than the id and stands nowhere in its row, up to 30 from the first 1,000 rows; none where no name is known.</summary>
    /// <param name="sheet">The table, its notes included.</param>
    /// <param name="nameOf">The name of the node of that id; null: it has none, or is no id.</param>
    public static IReadOnlyList<string> Of(Sheet sheet, Func<string, string?> nameOf)
    {
        var told = new HashSet<string>(StringComparer.Ordinal);
        List<string> lines = [];
        var more = 0;
        foreach (var row in sheet.Rows.Take(MostRows).Append([sheet.Title, .. sheet.Notes]))
        {
            foreach (var word in row.SelectMany(static cell => (cell ?? "").Split(s_between, StringSplitOptions.RemoveEmptyEntries)))
            {
                var id = word.Trim('`', '.', ':');
                if (id.Length == 0 || told.Contains(id) || nameOf(id) is not { Length: > 0 } name || id.Contains(name, StringComparison.OrdinalIgnoreCase) || row.Contains(name))
                {
                    continue;
                }

                told.Add(id);
                more += lines.Count < MostNames ? 0 : 1;
                if (lines.Count < MostNames)
                {
                    lines.Add($"  {id} is {SafeText.Name(name)}");
                }
            }
        }

        return lines.Count == 0 ? [] : ["Names:", .. lines, .. more == 0 ? (string[])[] : [$"  and {more} more: `identity show ID` says who they are"]];
    }
}
