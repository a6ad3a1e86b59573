using IdentityGraph.Interop.Html;

namespace IdentityGraph.Interop.Pictures;

/// <summary>A picture with a place for everything in it, in pixels.</summary>
public sealed record Drawing
{
    /// <summary>Of a box.</summary>
    public const double BoxWidth = 222;

    /// <summary>Of a box.</summary>
    public const double BoxHeight = 62;

    /// <summary>Half the width of the sign for "all of these together".</summary>
    public const double Junction = 11;

    /// <summary>Around everything.</summary>
    public const double Margin = 16;

    /// <summary>Above everything besides, for the marks on boxes.</summary>
    public const double Above = 8;

    /// <summary>What is wider is folded: on a usual screen, and on paper turned on its side, so much can still be read.</summary>
    public const double Widest = 1_500;

    /// <summary>Ranks that follow each other to the right are folded where they are taller.</summary>
    public const double Tallest = 1_600;

    private const double LabelHeight = 18;
    private const double Letter = 6.3;
    private const double LetterBeside = 6.1;
    private const int BesideColumns = 130;

    public required Picture Picture { get; init; }

    /// <summary>Boxes, then a junction for each arrow from several boxes.</summary>
    public required IReadOnlyList<Sized> Things { get; init; }

    /// <summary>What stands for the arrows: one line each, and of those from several boxes one from each of them to the junction besides.</summary>
    public required IReadOnlyList<DrawnLine> Lines { get; init; }

    public required Layout Layout { get; init; }

    /// <summary>One box after the other, downwards: what is known of each arrow stands beside it.</summary>
    public required bool IsExplained { get; init; }

    /// <summary>Where what stands beside arrows begins.</summary>
    public double Beside => (BoxWidth / 2) + (Lines.Max(static line => WidthOf(line.Arrow.Label)) / 2) + 12;

    /// <summary>With the margins.</summary>
    public required double Width { get; init; }

    /// <summary>With the margins.</summary>
    public double Height => Layout.Height + (2 * Margin) + Above;

    /// <summary>It needs no more room than a page has.</summary>
    public bool Fits => Width <= Widest && (Layout.Down || Height <= Tallest);

    /// <summary>To the right where that fits; else downwards where that fits, or is narrower than what is too wide.</summary>
    public static Drawing Of(Picture picture)
    {
        ArgumentNullException.ThrowIfNull(picture);
        if (IsLine(picture))
        {
            return Of(picture, down: true, isExplained: true);
        }

        var right = Of(picture, down: false, isExplained: false);
        if (right.Fits)
        {
            return right;
        }

        var down = Of(picture, down: true, isExplained: false);
        return down.Fits || (right.Width > Widest && down.Width < right.Width) ? down : right;
    }

    /// <summary>What stands beside an arrow: its sentence, then its details, not too long each.</summary>
    public static IEnumerable<string> Explained(Arrow arrow)
    {
        ArgumentNullException.ThrowIfNull(arrow);
        return [HarmlessText.Clip(arrow.Sentence, BesideColumns), .. arrow.Details.Select(static line => HarmlessText.Clip(line, BesideColumns))];
    }

    /// <summary>Of the pill with a label.</summary>
    public static double WidthOf(string label)
    {
        ArgumentNullException.ThrowIfNull(label);
        return 16 + ((label.Length + 2) * Letter);
    }

    private static Drawing Of(Picture picture, bool down, bool isExplained)
    {
        var (things, edges, lines) = Parts(picture);
        Sized[] labels = [.. lines.Select(line => line.HasHead ? new Sized(WidthOf(line.Arrow.Label), isExplained ? LabelHeight + 6 : LabelHeight) : default)];
        var layout = RankedLayout.Of(things, edges, labels, down);
        var drawing = new Drawing { Picture = picture, Things = things, Lines = lines, Layout = layout, IsExplained = isExplained, Width = layout.Width + (2 * Margin) };
        return !isExplained ? drawing
            : drawing with { Width = Math.Max(layout.Width, drawing.Beside + (LetterBeside * picture.Arrows.SelectMany(Explained).Max(static line => line.Length))) + (2 * Margin) };
    }

    /// <summary>An arrow from several boxes goes through a junction: all of them are needed.</summary>
    private static (List<Sized> Things, List<(int From, int To)> Edges, List<DrawnLine> Lines) Parts(Picture picture)
    {
        List<Sized> things = [.. picture.Boxes.Select(static box => new Sized(BoxWidth, BoxHeight, box.Rank))];
        List<(int, int)> edges = [];
        List<DrawnLine> lines = [];
        foreach (var arrow in picture.Arrows)
        {
            var from = arrow.From[0];
            if (arrow.From.Count > 1)
            {
                from = things.Count;
                things.Add(new Sized(2 * Junction, 2 * Junction));
                edges.AddRange(arrow.From.Select(part => (part, from)));
                lines.AddRange(arrow.From.Select(_ => new DrawnLine(arrow, HasHead: false)));
            }

            edges.Add((from, arrow.To));
            lines.Add(new DrawnLine(arrow, HasHead: true));
        }

        return (things, edges, lines);
    }

    /// <summary>One box after the other: then there is room beside the arrows.</summary>
    private static bool IsLine(Picture picture) =>
        picture.Arrows.Count == picture.Boxes.Count - 1 && picture.Arrows.Count > 0
        && picture.Arrows.All(static arrow => arrow.From.Count == 1 && arrow.Details.Count > 0)
        && picture.Arrows.Select(static arrow => arrow.From[0]).Distinct().Count() == picture.Arrows.Count
        && picture.Arrows.Select(static arrow => arrow.To).Distinct().Count() == picture.Arrows.Count
        && picture.Boxes.All(static box => box.Rank is null or >= 0 && box.Count == 1);
}
