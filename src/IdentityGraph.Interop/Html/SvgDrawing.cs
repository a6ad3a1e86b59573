using System.Text;
using IdentityGraph.Interop.Pictures;
using static IdentityGraph.Interop.Html.HtmlWriter;

namespace IdentityGraph.Interop.Html;

/// <summary>A picture as SVG: boxes and arrows link to the rows of the tables that say more. What differs, differs in shape and word, not in colour alone.</summary>
internal sealed class SvgDrawing(HtmlWriter to)
{
    private const double Wide = Drawing.BoxWidth;
    private const double High = Drawing.BoxHeight;
    private const double Margin = Drawing.Margin;
    private const double Junction = Drawing.Junction;
    private const int NameColumns = 20;
    private const int IdColumns = 28;

    /// <param name="drawing">What is drawn, and where.</param>
    /// <param name="title">What it shows, for who does not see it.</param>
    public void Draw(Drawing drawing, string title)
    {
        var (picture, layout) = (drawing.Picture, drawing.Layout);
        to.Open("svg", ("xmlns", "http://www.w3.org/2000/svg"), ("role", "img"), ("class", "chain"), ("width", Number(drawing.Width)), ("height", Number(drawing.Height)), ("viewBox", $"{Number(-Margin)} {Number(-Margin - Drawing.Above)} {Number(drawing.Width)} {Number(drawing.Height)}"));
        to.Say("title", title);
        for (var number = 0; number < drawing.Lines.Count; number++)
        {
            Line(drawing.Lines[number], layout.Routes[number], layout.Bows[number], layout.Down);
        }

        for (var place = 0; place < picture.Boxes.Count; place++)
        {
            Box(picture.Boxes[place], layout.Corners[place]);
        }

        for (var place = picture.Boxes.Count; place < drawing.Things.Count; place++)
        {
            And(layout.Corners[place]);
        }

        foreach (var (line, at) in drawing.Lines.Zip(layout.Labels))
        {
            if (at is not { } middle)
            {
                continue;
            }

            Label(line.Arrow, middle);
            if (drawing.IsExplained)
            {
                Explain(line.Arrow, middle.Y - 12, drawing.Beside);
            }
        }

        to.CloseLine();
    }

    private void Line(DrawnLine line, IReadOnlyList<Point> route, double bow, bool down)
    {
        var arrow = line.Arrow;
        to.Empty("path", ("class", $"line {Word(arrow.Sureness)}{(arrow.IsCut ? " cut" : "")}"), ("d", Curve(route, bow, down)));
        if (line.HasHead)
        {
            var back = arrow.PointsBack;
            var (tip, before) = back ? (route[0], route[1]) : (route[^1], route[^2]);
            var turn = IsBeside(route[^2], route[^1], down) ? -1 : 1;
            var (x, y) = down ? (0.0, Sign(tip.Y - before.Y) * turn) : (Sign(tip.X - before.X) * turn, 0.0);
            to.Empty("path", ("class", $"head {Word(arrow.Sureness)}{(arrow.IsCut ? " cut" : "")}"), ("d", $"M{Number(tip.X)} {Number(tip.Y)}l{Number((-8 * x) - (4.5 * y))} {Number((-8 * y) - (4.5 * x))}l{Number(9 * y)} {Number(9 * x)}z"));
        }
    }

    private static double Sign(double value) => value < 0 ? -1 : 1;

    private static string Curve(IReadOnlyList<Point> route, double bow, bool down)
    {
        var path = new StringBuilder($"M{Number(route[0].X)} {Number(route[0].Y)}");
        for (var at = 1; at < route.Count; at++)
        {
            var (from, next) = (route[at - 1], route[at]);
            var reach = down ? (next.Y - from.Y) / 2 : (next.X - from.X) / 2;
            var isBeside = IsBeside(from, next, down);
            reach = isBeside ? bow : reach;
            var second = isBeside ? -reach : reach;
            path.Append(down
                ? $"C{Number(from.X)} {Number(from.Y + reach)} {Number(next.X)} {Number(next.Y - second)} {Number(next.X)} {Number(next.Y)}"
                : $"C{Number(from.X + reach)} {Number(from.Y)} {Number(next.X - second)} {Number(next.Y)} {Number(next.X)} {Number(next.Y)}");
        }

        return path.ToString();
    }

    private void Label(Arrow arrow, Point middle)
    {
        var (x, y) = middle;
        var width = Drawing.WidthOf(arrow.Label);
        to.Open("a", ("class", $"rule {Word(arrow.Sureness)}{(arrow.IsCut ? " cut" : "")}"), ("href", arrow.Anchor is null ? null : $"#{arrow.Anchor}"));
        to.Say("title", $"{arrow.Label}: {arrow.Sentence}{(arrow.IsCut ? " Cut here." : "")}");
        to.Empty("rect", ("x", Number(x - (width / 2))), ("y", Number(y - 9)), ("width", Number(width)), ("height", "18"), ("rx", "9"));
        to.Say("text", arrow.IsCut ? $"✂ {arrow.Label}" : arrow.Label, ("x", Number(x)), ("y", Number(y + 3.8)), ("text-anchor", "middle"));
        to.Close();
    }

    /// <summary>Both ends lie in one rank.</summary>
    private static bool IsBeside(Point from, Point until, bool down) => Math.Abs(down ? until.Y - from.Y : until.X - from.X) < 1;

    private void Explain(Arrow arrow, double y, double x)
    {
        foreach (var (number, line) in Drawing.Explained(arrow).Index())
        {
            to.Say("text", line, ("class", number == 0 ? "why" : "detail"), ("x", Number(x)), ("y", Number(y)));
            y += 15;
        }
    }

    private void And(Point corner)
    {
        var (x, y) = (corner.X + Junction, corner.Y + Junction);
        to.Open("g", ("class", "and"));
        to.Say("title", "all of these together");
        to.Empty("circle", ("cx", Number(x)), ("cy", Number(y)), ("r", Number(Junction)));
        to.Say("text", "&", ("x", Number(x)), ("y", Number(y + 4.2)), ("text-anchor", "middle"));
        to.Close();
    }

    private void Box(Box box, Point corner)
    {
        var special = string.Concat(box.Marks.Select(static mark => " is-" + mark.Replace(' ', '-')));
        to.Open("a", ("class", $"box {Word(box.Sureness)}{special}"), ("href", box.Anchor is null ? null : $"#{box.Anchor}"));
        to.Say("title", $"{(box.Count > 1 ? $"{box.Count} of kind {box.Kind}: " : $"{box.Kind} ")}{box.Name ?? ""} {box.Id}{(box.Tag.Length == 0 ? "" : $", {box.Tag}")}, {Word(box.Sureness)}{string.Concat(box.Marks.Select(static mark => ", " + mark))}");
        if (box.Count > 1)
        {
            to.Empty("rect", ("class", "under"), ("x", Number(corner.X + 5)), ("y", Number(corner.Y + 5)), ("width", Number(Wide)), ("height", Number(High)), ("rx", "9"));
        }

        to.Empty("rect", ("class", "frame"), ("x", Number(corner.X)), ("y", Number(corner.Y)), ("width", Number(Wide)), ("height", Number(High)), ("rx", "9"));
        to.Empty("path", ("class", "icon"), ("transform", $"translate({Number(corner.X + 12)} {Number(corner.Y + 22)})"), ("fill-rule", "evenodd"), ("d", KindIcon.Of(box.Kind)));
        to.Open("svg", ("x", Number(corner.X + 40)), ("y", Number(corner.Y)), ("width", Number(Wide - 48)), ("height", Number(High)));
        to.Say("text", box.Kind.Length == 0 ? "kind not known" : box.Kind, ("class", "kind"), ("x", "0"), ("y", "21"));
        to.Say("text", HarmlessText.Clip(NameOf(box), NameColumns), ("class", "name"), ("x", "0"), ("y", "37"));
        to.Say("text", HarmlessText.Clip(box.Id, IdColumns), ("class", "id"), ("x", "0"), ("y", "52"));
        to.Close();
        to.Say("text", box.Tag, ("class", "tag"), ("x", Number(corner.X + Wide - 10)), ("y", Number(corner.Y + 21)), ("text-anchor", "end"));
        Pills(box, corner);
        to.Close();
    }

    private void Pills(Box box, Point corner)
    {
        var x = corner.X + 10;
        foreach (var mark in box.Marks)
        {
            var width = 14 + (mark.Length * 5.9);
            to.Open("g", ("class", "pill " + mark.Replace(' ', '-')));
            to.Empty("rect", ("x", Number(x)), ("y", Number(corner.Y - 9)), ("width", Number(width)), ("height", "16"), ("rx", "8"));
            to.Say("text", mark, ("x", Number(x + (width / 2))), ("y", Number(corner.Y + 2.6)), ("text-anchor", "middle"));
            to.Close();
            x += width + 5;
        }
    }

    private static string NameOf(Box box) => box.Count > 1 ? $"{box.Count} of this kind" : box.Name ?? LastPart(box.Id);

    /// <summary>Ids often are system, kind and name; the name says most.</summary>
    private static string LastPart(string id)
    {
        var slash = id.TrimEnd('/').LastIndexOf('/');
        return slash < 0 || slash == id.Length - 1 ? id : id[(slash + 1)..];
    }

    private static string Word(Sureness sureness) => sureness switch
    {
        Sureness.Certain => "certain",
        Sureness.Possible => "possible",
        _ => "dead",
    };
}
