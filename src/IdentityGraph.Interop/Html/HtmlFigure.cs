using IdentityGraph.Interop.Pictures;
using static IdentityGraph.Interop.Html.HtmlWriter;

namespace IdentityGraph.Interop.Html;

/// <summary>A drawing on a page, with what its lines mean. It gets smaller with the window as long as it can be read; then it is moved, and says so.</summary>
internal sealed class HtmlFigure(HtmlWriter html)
{
    /// <summary>No smaller than this share of its size: the names on boxes stay 9 pixels high.</summary>
    private const double Smallest = 0.7;

    // As wide as the texts and tables of a page, without the frame.
    private const double Column = 1_198;

    // Wider than high by so much, it is printed on paper turned on its side.
    private const double Broad = 1.2;

    /// <summary>The title of a section, and what it says first.</summary>
    public static void Head(HtmlWriter html, string title, string text)
    {
        html.Say("h2", title);
        if (text.Length > 0)
        {
            html.Say("p", text);
        }
    }

    public void Write(string title, string text, Drawing drawing)
    {
        var isWide = drawing.Width > Column;
        html.Open("div", ("class", isWide && drawing.Width > Broad * drawing.Height ? "drawn broad" : "drawn"));
        Head(html, title, text);
        html.Open("figure", ("class", isWide ? "wide" : null)).Open("div", ("class", "room")).Open("div", ("class", "fit"));
        html.Say("p", "wider than the window: more to the right →", ("class", "more"));
        html.Open("svg", ("class", "least"), ("width", Number(Smallest * drawing.Width)), ("height", "0"), ("aria-hidden", "true")).Close();
        new SvgDrawing(html).Draw(drawing, title);
        html.Close().Close().Open("figcaption");
        var picture = drawing.Picture;
        if (picture.Boxes.Count < picture.Whole)
        {
            html.Text($"{picture.Whole} things are drawn as {picture.Boxes.Count} boxes: a box with another behind it stands for several of one kind, to which the same ways lead, and an arrow from it holds for some of them at least. The tables list them all. ");
        }

        html.Text("Boxes and rules lead to their rows in the tables.");
        Legend(picture);
        html.Close().Close().CloseLine();
    }

    /// <summary>Only what is in the picture.</summary>
    private void Legend(Picture picture)
    {
        html.Open("ul", ("class", "legend"));
        foreach (var (sureness, word, sentence) in ((Sureness, string, string)[])[(Sureness.Certain, "certain", "solid: certain"), (Sureness.Possible, "possible", "dashed, ?: possible, a premise is not known"), (Sureness.Dead, "dead", "dotted, struck out: dead")])
        {
            if (picture.Boxes.Any(box => box.Sureness == sureness) || picture.Arrows.Any(arrow => arrow.Sureness == sureness))
            {
                html.Open("li").Open("svg", ("width", "44"), ("height", "10"), ("aria-hidden", "true")).Empty("path", ("class", $"line {word}"), ("d", "M1 5H43")).Close().Text(sentence).Close();
            }
        }

        if (picture.Arrows.Any(static arrow => arrow.From.Count > 1))
        {
            html.Say("li", "&: all of these together");
        }

        if (picture.Arrows.Any(static arrow => arrow.IsCut) || picture.Boxes.Any(static box => box.Marks.Contains(Marks.Cut)))
        {
            html.Say("li", "thick dashes, ✂: taken away by the cut");
        }

        html.Close();
    }
}
