using IdentityGraph.Interop.Pictures;

namespace IdentityGraph.Interop.Pages;

/// <summary>An answer as a page for people: sentences, figures and tables. It holds texts as sources said them; who writes it makes them harmless.</summary>
public sealed record Page
{
    public required string Title { get; init; }

    /// <summary>The answer in a sentence or two.</summary>
    public required string Lead { get; init; }

    /// <summary>What was cut, and by which limit; null: nothing was.</summary>
    public string? Truncated { get; init; }

    public IReadOnlyList<string> Warnings { get; init; } = [];

    /// <summary>Numbers that sum it up.</summary>
    public IReadOnlyList<Figure> Figures { get; init; } = [];

    public required IReadOnlyList<Section> Sections { get; init; }

    /// <summary>What it rests on: as of when, which facts, which sources.</summary>
    public required IReadOnlyList<(string Name, string Value)> About { get; init; }
}

/// <summary>A number with its name.</summary>
/// <param name="Name">What it counts.</param>
/// <param name="Value">As it is shown.</param>
/// <param name="Note">What to know of it; "" for nothing.</param>
public sealed record Figure(string Name, string Value, string Note = "");

/// <summary>A part of a page: what is drawn, and the tables that say the same.</summary>
public sealed record Section
{
    public required string Title { get; init; }

    public string Text { get; init; } = "";

    /// <summary>Null: there is nothing to draw.</summary>
    public Picture? Picture { get; init; }

    public IReadOnlyList<Table> Tables { get; init; } = [];
}

/// <summary>A table.</summary>
public sealed record Table
{
    public required string Title { get; init; }

    public required IReadOnlyList<Column> Columns { get; init; }

    public required IReadOnlyList<Row> Rows { get; init; }

    /// <summary>How many rows there were before some were left out; shown where it is more.</summary>
    public required int Whole { get; init; }

    /// <param name="title">What it lists.</param>
    /// <param name="columns">Headings.</param>
    /// <param name="rows">All of them; the page takes the first five thousand and says so.</param>
    public static Table Of(string title, IReadOnlyList<Column> columns, IEnumerable<Row> rows)
    {
        const int MostRows = 5_000;
        List<Row> all = [.. rows];
        var whole = all.Count;
        all = whole > MostRows ? all[..MostRows] : all;

        // A column in which nothing stands takes room from the others.
        int[] used = [.. Enumerable.Range(0, columns.Count).Where(column => all.Exists(row => row.Cells[column].Count > 0))];
        return new Table { Title = title, Columns = [.. used.Select(column => columns[column])], Rows = all.ConvertAll(row => row with { Cells = [.. used.Select(column => row.Cells[column])] }), Whole = whole };
    }
}

/// <summary>A heading, and how the cells below it look.</summary>
/// <param name="Name">The heading.</param>
/// <param name="Look">How cells look.</param>
public sealed record Column(string Name, Look Look = Look.Text);

/// <summary>How a cell looks.</summary>
public enum Look
{
    Text,

    /// <summary>Ids and facts.</summary>
    Code,
    Number,

    /// <summary>Never broken into lines.</summary>
    Short,

    /// <summary>The first line is what it is, the others explain.</summary>
    Explained,
}

/// <summary>A row; each cell is some lines.</summary>
/// <param name="Anchor">What boxes and arrows point to; null: nothing does.</param>
/// <param name="Cells">One a column.</param>
public sealed record Row(string? Anchor, IReadOnlyList<IReadOnlyList<string>> Cells)
{
    public static Row Of(string? anchor, params IEnumerable<object?> cells) => new(anchor, [.. cells.Select(Lines)]);

    private static IReadOnlyList<string> Lines(object? cell) => cell switch
    {
        null => [],
        IEnumerable<string> lines => [.. lines],
        _ => cell.ToString() is { Length: > 0 } text ? [text] : [],
    };
}
