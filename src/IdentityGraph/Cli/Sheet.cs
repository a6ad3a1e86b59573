namespace IdentityGraph.Cli;

/// <summary>A table for people: the same rows whether printed as a table or as CSV.</summary>
/// <param name="Title">One sentence above the table; not in CSV.</param>
/// <param name="Columns">Headings.</param>
/// <param name="Rows">Cells as text, one per column.</param>
/// <param name="Notes">Lines below the table: what is unknown, what to try next; not in CSV.</param>
internal sealed record Sheet(string Title, IReadOnlyList<string> Columns, IReadOnlyList<IReadOnlyList<string?>> Rows, params IReadOnlyList<string> Notes)
{
    public static Sheet Of(string title, IReadOnlyList<string> columns, IEnumerable<string?[]> rows, params IReadOnlyList<string> notes) =>
        new(title, columns, [.. rows], notes);
}
