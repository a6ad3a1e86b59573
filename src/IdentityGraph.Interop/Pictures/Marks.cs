namespace IdentityGraph.Interop.Pictures;

/// <summary>The words that stand on boxes.</summary>
internal static class Marks
{
    public const string Start = "start";
    public const string Target = "target";
    public const string CrownJewel = "crown jewel";
    public const string Kept = "kept";
    public const string Cut = "cut here";
    public const string ChokePoint = "choke point";

    /// <summary>Boxes with one of these stay apart as long as that is possible.</summary>
    public static bool IsPillar(Box box) => box.Marks.Contains(Start) || box.Marks.Contains(Target) || box.Marks.Contains(Cut);

    /// <summary>What is held at the start or taken away is shown by itself always.</summary>
    public static bool IsAnchor(Box box) => box.Marks.Any(static mark => mark is Start or Cut or ChokePoint);
}
