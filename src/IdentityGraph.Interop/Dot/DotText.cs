using System.Globalization;
using System.Text;
using IdentityGraph.Interop.Html;
using IdentityGraph.Interop.Pages;
using IdentityGraph.Interop.Pictures;

namespace IdentityGraph.Interop.Dot;

/// <summary>The pictures of a page in the language of Graphviz: names of nodes are numbers of ours, every label is a quoted string.</summary>
public static class DotText
{
    /// <summary>More boxes are drawn as bundles.</summary>
    public const int MostBoxes = 1_000;

    public static void Write(Page page, TextWriter to)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(to);
        to.Write("digraph chain {\n  rankdir=LR;\n  node [shape=box, style=rounded, fontname=\"sans-serif\"];\n  edge [fontname=\"sans-serif\", fontsize=10];\n");
        List<string> told = [page.Title, .. page.Truncated is null ? Array.Empty<string>() : [$"cut short: {page.Truncated}"], .. page.Warnings];
        to.Write($"  label={Quoted(told)};\n  labelloc=t;\n");
        var pictures = page.Sections.Where(static section => section.Picture is not null).ToList();
        for (var number = 0; number < pictures.Count; number++)
        {
            var folded = Folding.Fold(pictures[number].Picture!, MostBoxes, MostBoxes);
            List<string> title = [pictures[number].Title, .. folded.Boxes.Count < folded.Whole ? [$"{folded.Whole} things are drawn as {folded.Boxes.Count} boxes"] : Array.Empty<string>()];
            to.Write(string.Create(CultureInfo.InvariantCulture, $"  subgraph cluster_{number} {{\n    label={Quoted(title)};\n"));
            Draw(folded, number, to);
            to.Write("  }\n");
        }

        to.Write("}\n");
    }

    private static void Draw(Picture picture, int number, TextWriter to)
    {
        for (var place = 0; place < picture.Boxes.Count; place++)
        {
            var box = picture.Boxes[place];
            string?[] lines = [box.Count > 1 ? $"{box.Count} × {box.Kind}" : $"{box.Kind} {box.Tag}".Trim(), box.Count > 1 ? null : box.Name, box.Id, box.Marks.Count == 0 ? null : string.Join(", ", box.Marks)];
            to.Write($"    {NameOf(number, place)} [label={Quoted(lines.OfType<string>().Where(static line => line.Length > 0))}{LookOf(box)}];\n");
        }

        for (var at = 0; at < picture.Arrows.Count; at++)
        {
            var arrow = picture.Arrows[at];
            var style = arrow.IsCut ? ", style=\"bold,dashed\"" : arrow.Sureness switch
            {
                Sureness.Possible => ", style=dashed",
                Sureness.Dead => ", style=dotted",
                _ => "",
            };
            var from = NameOf(number, arrow.From[0]);
            if (arrow.From.Count > 1)
            {
                from = string.Create(CultureInfo.InvariantCulture, $"and{number}_{at}");
                to.Write($"    {from} [label=\"&\", shape=circle, width=0.2, fixedsize=true];\n");
                foreach (var start in arrow.From)
                {
                    to.Write($"    {NameOf(number, start)} -> {from} [dir=none{style}];\n");
                }
            }

            to.Write($"    {from} -> {NameOf(number, arrow.To)} [label={Quoted([arrow.IsCut ? $"cut: {arrow.Label}" : arrow.Label])}{(arrow.PointsBack ? ", dir=back" : "")}{style}];\n");
        }
    }

    private static string LookOf(Box box)
    {
        var style = box.Sureness switch
        {
            Sureness.Possible => "rounded,dashed",
            Sureness.Dead => "rounded,dotted",
            _ => "rounded",
        };
        return box.Marks.Count > 0 ? $", style=\"{style},bold\"" : style == "rounded" ? "" : $", style=\"{style}\"";
    }

    private static string NameOf(int picture, int place) => string.Create(CultureInfo.InvariantCulture, $"n{picture}_{place}");

    /// <summary>A quoted string of some lines. Backslashes are doubled, so that no escape of Graphviz (`\N`, `\l`) is read in a label, and `&amp;` is not read as an entity.</summary>
    internal static string Quoted(IEnumerable<string> lines) => $"\"{string.Join("\\n", lines.Select(static line => Escaped(HarmlessText.Of(line))))}\"";

    private static string Escaped(string text)
    {
        var escaped = new StringBuilder(text.Length + 2);
        foreach (var character in text)
        {
            escaped.Append(character switch
            {
                '"' => "\\\"",
                '\\' => "\\\\",
                '&' => "&amp;",
                _ => character.ToString(),
            });
        }

        return escaped.ToString();
    }
}
