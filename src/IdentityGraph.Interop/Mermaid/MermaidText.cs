using System.Globalization;
using System.Text;
using IdentityGraph.Interop.Html;
using IdentityGraph.Interop.Pages;
using IdentityGraph.Interop.Pictures;

namespace IdentityGraph.Interop.Mermaid;

/// <summary>The pictures of a page as one Mermaid flow chart: names of nodes are numbers of ours, labels hold nothing that Mermaid reads as more than text.</summary>
public static class MermaidText
{
    /// <summary>More boxes are not drawn one by one; Mermaid itself gets slow, and nobody reads it.</summary>
    public const int MostBoxes = 100;

    private const int LabelColumns = 60;

    public static void Write(Page page, TextWriter to)
    {
        ArgumentNullException.ThrowIfNull(page);
        ArgumentNullException.ThrowIfNull(to);
        var pictures = page.Sections.Where(static section => section.Picture is not null).ToList();
        to.Write("flowchart LR\n");
        Note(page, to);
        var most = Math.Max(30, MostBoxes / Math.Max(1, pictures.Count));
        var shown = pictures.Take(MostBoxes / 30).ToList();
        for (var number = 0; number < shown.Count; number++)
        {
            var folded = Folding.Fold(shown[number].Picture!, most, most);
            if (shown.Count > 1)
            {
                to.Write(string.Create(CultureInfo.InvariantCulture, $"  subgraph g{number}[\"{Label(shown[number].Title)}\"]\n"));
            }

            Draw(folded, number, to);
            if (shown.Count > 1)
            {
                to.Write("  end\n");
            }

            if (folded.Boxes.Count < folded.Whole)
            {
                to.Write(string.Create(CultureInfo.InvariantCulture, $"  note{number}[\"{folded.Whole} things are drawn as {folded.Boxes.Count} boxes#59; -o json lists them all\"]:::note\n"));
            }
        }

        if (pictures.Count == 0)
        {
            to.Write("  nothing[\"There is nothing to draw.\"]:::note\n");
        }
        else if (shown.Count < pictures.Count)
        {
            to.Write(string.Create(CultureInfo.InvariantCulture, $"  more[\"{pictures.Count - shown.Count} more pictures are not drawn#59; -o html draws them all\"]:::note\n"));
        }

        to.Write("  classDef start stroke-width:3px\n  classDef possible stroke-dasharray:6 4\n  classDef dead stroke-dasharray:2 4\n  classDef cut stroke-width:4px,stroke-dasharray:10 4\n  classDef note stroke:none,fill:none\n");
    }

    /// <summary>What was cut short, and warnings: a picture is passed on without the answer around it.</summary>
    private static void Note(Page page, TextWriter to)
    {
        List<string> told = [page.Title, .. page.Truncated is null ? Array.Empty<string>() : [$"cut short: {page.Truncated}"], .. page.Warnings.Take(3), .. page.Warnings.Count > 3 ? [$"{page.Warnings.Count - 3} more warnings: see -o html"] : Array.Empty<string>()];
        to.Write($"  about[\"{string.Join("<br/>", told.Select(Label))}\"]:::note\n");
    }

    private static void Draw(Picture picture, int number, TextWriter to)
    {
        for (var place = 0; place < picture.Boxes.Count; place++)
        {
            var box = picture.Boxes[place];
            string?[] lines = [box.Count > 1 ? $"{box.Count} × {box.Kind}" : $"{box.Kind} {box.Tag}".Trim(), box.Count > 1 ? null : box.Name, box.Id, box.Marks.Count == 0 ? null : string.Join(", ", box.Marks)];
            to.Write($"  {NameOf(number, place)}[\"{string.Join("<br/>", lines.OfType<string>().Where(static line => line.Length > 0).Select(Label))}\"]{ClassOf(box)}\n");
        }

        for (var at = 0; at < picture.Arrows.Count; at++)
        {
            var arrow = picture.Arrows[at];
            var label = Label(arrow.IsCut ? $"cut: {arrow.Label}" : arrow.Label);
            var (line, head) = arrow.Sureness == Sureness.Certain ? ("---", "-->") : ("-.-", "-.->");
            var from = NameOf(number, arrow.From[0]);
            if (arrow.From.Count > 1)
            {
                from = string.Create(CultureInfo.InvariantCulture, $"and{number}_{at}");
                to.Write($"  {from}((\"&amp;\"))\n");
                foreach (var start in arrow.From)
                {
                    to.Write($"  {NameOf(number, start)} {line} {from}\n");
                }
            }

            var (first, last) = arrow.PointsBack ? (NameOf(number, arrow.To), from) : (from, NameOf(number, arrow.To));
            to.Write($"  {first} {head}|\"{label}\"| {last}\n");
        }
    }

    private static string ClassOf(Box box) =>
        box.Marks.Contains(Marks.Cut) ? ":::cut"
        : box.Marks.Contains(Marks.Start) ? ":::start"
        : box.Sureness switch
        {
            Sureness.Possible => ":::possible",
            Sureness.Dead => ":::dead",
            _ => "",
        };

    private static string NameOf(int picture, int place) => string.Create(CultureInfo.InvariantCulture, $"n{picture}_{place}");

    /// <summary>Letters, digits and a few signs stay; all else becomes the number of its character, which Mermaid shows and does not read.</summary>
    internal static string Label(string text)
    {
        var label = new StringBuilder(text.Length);
        foreach (var rune in HarmlessText.Clip(text, LabelColumns).EnumerateRunes())
        {
            if (Rune.IsLetterOrDigit(rune) || rune.Value is ' ' or '.' or ',' or '-' or '_' or '/' or ':' or '@' or '…')
            {
                label.Append(rune.ToString());
            }
            else
            {
                label.Append(CultureInfo.InvariantCulture, $"#{rune.Value};");
            }
        }

        return label.ToString();
    }
}
