using System.Security.Cryptography;
using System.Text;
using IdentityGraph.Interop.Pages;
using IdentityGraph.Interop.Pictures;

namespace IdentityGraph.Interop.Html;

/// <summary>A page as one file that needs nothing else: no script, no font, no picture from anywhere, and a policy that forbids them.</summary>
public static class HtmlPage
{
    /// <summary>Above so many boxes, ends that are alike are drawn as bundles.</summary>
    public const int Readable = 60;

    /// <summary>More boxes are never drawn.</summary>
    public const int MostBoxes = 400;

    private static readonly string s_style = Style();

    public static void Write(Page page, TextWriter to)
    {
        ArgumentNullException.ThrowIfNull(page);
        var html = new HtmlWriter(to);
        html.Ours("<!DOCTYPE html>\n").Open("html", ("lang", "en"), ("xmlns", "http://www.w3.org/1999/xhtml")).Open("head");
        html.Empty("meta", ("charset", "utf-8"));
        html.Empty("meta", ("http-equiv", "Content-Security-Policy"), ("content", $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(s_style)))}'; base-uri 'none'; form-action 'none'"));
        html.Empty("meta", ("name", "referrer"), ("content", "no-referrer"));
        html.Empty("meta", ("name", "viewport"), ("content", "width=device-width, initial-scale=1"));
        html.Say("title", page.Title).Open("style").Ours(s_style).CloseLine().CloseLine();
        html.Open("body").Open("main").Open("header").Say("h1", page.Title).Say("p", page.Lead, ("class", "lead")).CloseLine();
        Told(html, page);
        Figures(html, page);
        foreach (var section in page.Sections)
        {
            Section(html, section);
        }

        About(html, page);
        html.Close().Close().CloseLine();
    }

    private static void Told(HtmlWriter html, Page page)
    {
        if (page.Truncated is { } truncated)
        {
            html.Open("div", ("class", "told"), ("role", "note")).Say("strong", "This answer was cut short. ").Text(truncated).CloseLine();
        }

        if (page.Warnings.Count > 0)
        {
            html.Open("div", ("class", "told"), ("role", "note")).Say("strong", "What to know before relying on it").Open("ul");
            foreach (var warning in page.Warnings)
            {
                html.Say("li", warning);
            }

            html.Close().CloseLine();
        }
    }

    private static void Figures(HtmlWriter html, Page page)
    {
        if (page.Figures.Count == 0)
        {
            return;
        }

        html.Open("dl", ("class", "figures"));
        foreach (var figure in page.Figures)
        {
            html.Open("div").Say("dt", figure.Name).Say("dd", figure.Value, ("class", "value")).Say("dd", figure.Note, ("class", "note")).Close();
        }

        html.CloseLine();
    }

    private static void Section(HtmlWriter html, Section section)
    {
        html.Open("section");
        if (section.Picture is { } picture)
        {
            new HtmlFigure(html).Write(section.Title, section.Text, Fitting.Of(picture, Readable, MostBoxes));
        }
        else
        {
            HtmlFigure.Head(html, section.Title, section.Text);
        }

        foreach (var table in section.Tables.Where(static table => table.Whole > 0))
        {
            Write(html, table);
        }

        html.CloseLine();
    }

    private static void Write(HtmlWriter html, Table table)
    {
        html.Say("h3", table.Title);
        if (table.Whole > table.Rows.Count)
        {
            html.Open("p", ("class", "told")).Text($"The first {table.Rows.Count} of {table.Whole} rows are shown; -o json and -o csv give them all.").Close();
        }

        html.Open("div", ("class", "scroll")).Open("table").Open("thead").Open("tr");
        foreach (var column in table.Columns)
        {
            html.Say("th", column.Name, ("scope", "col"), ("class", ClassOf(column)));
        }

        html.Close().Close().Open("tbody");
        foreach (var row in table.Rows)
        {
            html.Open("tr", ("id", row.Anchor));
            foreach (var (column, cell) in table.Columns.Zip(row.Cells))
            {
                html.Open("td", ("class", ClassOf(column)));
                foreach (var line in cell)
                {
                    html.Say("div", line);
                }

                html.Close();
            }

            html.CloseLine();
        }

        html.Close().Close().CloseLine();
    }

    private static string? ClassOf(Column column) => column.Look == Look.Text ? null : column.Look.ToString().ToLowerInvariant();

    private static void About(HtmlWriter html, Page page)
    {
        html.Open("footer").Say("h2", "What this rests on").Open("dl", ("class", "about"));
        foreach (var (name, value) in page.About)
        {
            html.Say("dt", name).Say("dd", value);
        }

        html.Close().Say("p", "Made by IdentityGraph. Names and ids are as the sources stated them; characters that cannot be seen are written as \\u{…}.", ("class", "made")).CloseLine();
    }

    private static string Style()
    {
        using var stream = typeof(HtmlPage).Assembly.GetManifestResourceStream("html/page.css") ?? throw new InvalidOperationException("the style sheet of pages is not in the program");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd().ReplaceLineEndings("\n");
    }
}
