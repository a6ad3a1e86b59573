using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using IdentityGraph.Report.Answers;
using Spectre.Console;

namespace IdentityGraph.Cli;

/// <summary>Prints answers: data to standard output (or the file asked for), everything else to standard error.</summary>
internal sealed class Printer(TextWriter output, TextWriter errors, OutputFormat format, bool color, bool quiet, int width)
{
    private static readonly JsonWriterOptions s_indented = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping, NewLine = "\n" };
    private static readonly JsonWriterOptions s_line = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public OutputFormat Format { get; } = format;

    /// <summary>Whether a picture is asked for.</summary>
    public bool Draws => Format is OutputFormat.Html or OutputFormat.Mermaid or OutputFormat.Dot;

    public TextWriter Output { get; } = output;

    /// <summary>Whether it printed a table for people.</summary>
    public bool PrintedTable { get; private set; }

    public bool Quiet { get; } = quiet;

    /// <summary>A remark for people, to standard error.</summary>
    public void Say(string line)
    {
        if (!Quiet)
        {
            errors.WriteLine(SafeText.ForTerminal(line));
        }
    }

    public void Complain(string line) => errors.WriteLine(SafeText.ForTerminal(line));

    /// <param name="answer">What was answered.</param>
    /// <param name="type">How it serializes.</param>
    /// <param name="list">The member of `data` whose elements NDJSON prints one a line; null: `data` itself is the line.</param>
    /// <param name="sheet">The table.</param>
    public void Print<T>(Answer<T> answer, JsonTypeInfo<Answer<T>> type, string? list, Func<T, Sheet> sheet)
    {
        switch (Format)
        {
            case OutputFormat.Json:
                WriteJson(JsonSerializer.SerializeToElement(answer, type), s_indented);
                break;
            case OutputFormat.Ndjson:
                var data = JsonSerializer.SerializeToElement(answer, type).GetProperty("data");
                WriteLines(list is null ? data : data.GetProperty(list));
                break;
            case OutputFormat.Html or OutputFormat.Mermaid or OutputFormat.Dot:
                Drawings.Draw(answer, Format, Output);
                break;
            default:
                var table = SoFar(sheet(answer.Data), answer.Truncated);
                Print(Format == OutputFormat.Table && answer.NameOf is { } nameOf ? table with { Notes = [.. table.Notes, .. Legend.Of(table, nameOf)] } : table);
                if (answer.WhatIf is { } whatIf && Format == OutputFormat.Table)
                {
                    Print(WhatIfText.Table(whatIf));
                }

                break;
        }

        foreach (var warning in answer.Warnings)
        {
            Say($"warning: {warning}");
        }

        if (answer.Truncated is { } truncated)
        {
            Complain($"truncated: {truncated}");
        }
    }

    /// <summary>The title of an answer that was cut is of what was asked so far: "nobody" and "none" are no result then.</summary>
    private static Sheet SoFar(Sheet sheet, string? truncated) => truncated is null ? sheet : sheet with { Title = $"SO FAR ({truncated}): {sheet.Title}" };

    /// <summary>A sheet that is not an answer about the graph; in JSON an array of objects by column.</summary>
    public void Print(Sheet sheet)
    {
        switch (Format)
        {
            case OutputFormat.Csv:
                Output.WriteLine(string.Join(',', sheet.Columns.Select(SafeText.ForCsv)));
                foreach (var row in sheet.Rows)
                {
                    Output.WriteLine(string.Join(',', row.Select(cell => SafeText.ForCsv(cell ?? ""))));
                }

                break;
            case OutputFormat.Table:
                PrintTable(sheet);
                break;
            case OutputFormat.Md or OutputFormat.Mermaid or OutputFormat.Dot or OutputFormat.Html:
                throw new ConfigurationException($"this command prints table, json, ndjson or csv, not {Format}".ToLowerInvariant());
            default:
                PrintObjects(sheet);
                break;
        }
    }

    private void PrintObjects(Sheet sheet)
    {
        var rows = sheet.Rows.Select(row => sheet.Columns.Zip(row).ToDictionary(pair => pair.First, pair => pair.Second));
        var element = JsonSerializer.SerializeToElement(rows.ToArray(), CliJson.Default.DictionaryStringStringArray);
        if (Format == OutputFormat.Json)
        {
            WriteJson(element, s_indented);
        }
        else
        {
            WriteLines(element);
        }
    }

    private void PrintTable(Sheet whole)
    {
        PrintedTable = true;
        var sheet = whole with
        {
            Rows = [.. whole.Rows.Select(row => (IReadOnlyList<string?>)[.. whole.Columns.Select((column, at) => row[at] is { } cell && whole.IsName(row, column) ? SafeText.Name(cell) : row[at])])],
        };
        if (color)
        {
            DrawTable(sheet, Output);
            return;
        }

        // Cells are padded to their column's width; for a file or another program the last one's padding is noise.
        using var drawn = new StringWriter { NewLine = "\n" };
        DrawTable(sheet, drawn);
        var text = drawn.ToString();
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            Output.WriteLine(line.TrimEnd());
        }
    }

    private void DrawTable(Sheet sheet, TextWriter to)
    {
        var console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = color ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = color ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(to),
        });
        console.Profile.Width = width;
        console.Profile.Capabilities.Unicode = color;
        foreach (var line in sheet.Above)
        {
            console.Write(new Text(SafeText.ForTerminal(line) + "\n", new Style(decoration: Decoration.Bold)));
        }

        if (sheet.Title.Length > 0)
        {
            console.Write(new Text(SafeText.ForTerminal(sheet.Title) + "\n", new Style(decoration: Decoration.Bold)));
        }

        if (sheet.Rows.Count > 0 && WidthOf(sheet) > width)
        {
            PrintBlocks(sheet, console);
        }
        else if (sheet.Rows.Count > 0)
        {
            var table = new Table { Border = color ? TableBorder.Simple : TableBorder.None, UseSafeBorder = true };
            foreach (var column in sheet.Columns)
            {
                table.AddColumn(new TableColumn(new Text(column)) { NoWrap = false, Padding = new Padding(0, 0, 2, 0) });
            }

            foreach (var row in sheet.Rows)
            {
                table.AddRow(row.Select(cell => new Text(SafeText.ForTerminal(cell ?? "-"))));
            }

            console.Write(table);
        }

        foreach (var note in sheet.Notes)
        {
            console.Write(new Text(SafeText.ForTerminal(note) + "\n"));
        }
    }

    /// <summary>Columns it takes to show every cell on one line.</summary>
    private static int WidthOf(Sheet sheet) =>
        sheet.Columns.Select((column, at) => sheet.Rows.Max(row => row[at]?.Length ?? 1) is var longest && longest > column.Length ? longest : column.Length).Sum(static cell => cell + 3);

    /// <summary>Where the screen is narrower than the table: a block a row, the first cell above the others, what is empty left out.</summary>
    private static void PrintBlocks(Sheet sheet, IAnsiConsole console)
    {
        foreach (var row in sheet.Rows)
        {
            console.Write(new Text(SafeText.ForTerminal(row[0] ?? "-") + "\n", new Style(decoration: Decoration.Bold)));
            foreach (var (column, cell) in sheet.Columns.Zip(row).Skip(1).Where(static pair => !string.IsNullOrEmpty(pair.Second)))
            {
                console.Write(new Text($"  {column}: {SafeText.ForTerminal(cell!)}\n"));
            }
        }
    }

    private void WriteJson(JsonElement element, JsonWriterOptions options)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, options))
        {
            element.WriteTo(writer);
        }

        Output.WriteLine(SafeText.ForJson(System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length)));
    }

    private void WriteLines(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Array)
        {
            WriteJson(element, s_line);
            return;
        }

        foreach (var line in element.EnumerateArray())
        {
            WriteJson(line, s_line);
        }
    }
}
