namespace IdentityGraph.Interop.Pictures;

/// <summary>A point, in pixels from the upper left corner.</summary>
public readonly record struct Point(double X, double Y);

/// <summary>What is placed: how large it is, and in which rank if that is given.</summary>
/// <param name="Width">Pixels.</param>
/// <param name="Height">Pixels.</param>
/// <param name="Rank">Null: found by what leads to it.</param>
public readonly record struct Sized(double Width, double Height, int? Rank = null);

/// <summary>Where everything stands.</summary>
/// <param name="Width">Of the whole.</param>
/// <param name="Height">Of the whole.</param>
/// <param name="Down">Ranks follow each other downwards rather than to the right.</param>
/// <param name="Corners">Upper left corner of each thing.</param>
/// <param name="Routes">Of each edge: where it leaves, passes and ends; in the order in which it points.</param>
/// <param name="Labels">Of each edge: the middle of its label, on its line; of an edge without one: null.</param>
/// <param name="Bows">Of each edge: how far it is drawn out of its rank if both its ends lie in one, else 0.</param>
public sealed record Layout(
    double Width,
    double Height,
    bool Down,
    IReadOnlyList<Point> Corners,
    IReadOnlyList<IReadOnlyList<Point>> Routes,
    IReadOnlyList<Point?> Labels,
    IReadOnlyList<double> Bows);
