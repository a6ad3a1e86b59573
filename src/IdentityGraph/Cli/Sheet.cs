namespace IdentityGraph.Cli;

/// <summary>A table for people: the same rows whether printed as a table or as CSV.</summary>
/// <param name="Title">One sentence above the table; not in CSV.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells as text, one per column.</param>
/// <param name="Notes">Lines below the table: what is unknown, what to try next; not in CSV.</param>
internal sealed record Sheet(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, params IReadOnlyList<string> Notes)
{
    /// <summary>Lines between what was printed before and the title: the program's own words, nothing that a source said.</summary>
    public IReadOnlyList<string> Above { get; init; } = [];

    /// <summary>Whether a row's cell of that column is a name, which a source may make as long as it likes: a table shows its beginning, every other format all of it.</summary>
    public Func<IReadOnlyList<string?>, string, bool> IsName { get; init; } = static (_, column) => column == "name";

    public static Sheet Of(string title, IReadOnlyList<string> columns, IEnumerable<string?[]> rows, params IReadOnlyList<string> notes) =>
        new(title, columns, [.. rows], notes);
}
