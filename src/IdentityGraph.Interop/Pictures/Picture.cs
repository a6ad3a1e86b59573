namespace IdentityGraph.Interop.Pictures;

/// <summary>How sure it is that something is so.</summary>
public enum Sureness
{
    Certain,

    /// <summary>Some premise is not known.</summary>
    Possible,

    /// <summary>It does not hold, and is shown all the same.</summary>
    Dead,
}

/// <summary>A chain to be drawn: boxes, and arrows between them. Nothing in it says where anything stands.</summary>
public sealed record Picture
{
    public required IReadOnlyList<Box> Boxes { get; init; }

    public required IReadOnlyList<Arrow> Arrows { get; init; }

    /// <summary>How many boxes there were before some were made bundles.</summary>
    public int Whole { get; init; }
}

/// <summary>A node, or a bundle of alike ones.</summary>
public sealed record Box
{
    /// <summary>Of the node; of a bundle the ids of the first few, for a reader.</summary>
    public required string Id { get; init; }

    /// <summary>Name of the kind; "" where it is not known.</summary>
    public required string Kind { get; init; }

    public required string? Name { get; init; }

    public Sureness Sureness { get; init; }

    /// <summary>A word in the corner, such as a level; "" for none.</summary>
    public string Tag { get; init; } = "";

    /// <summary>What is special about it, in a word or two each: `start`, `target`, `crown jewel`, `kept`, `cut`.</summary>
    public IReadOnlyList<string> Marks { get; init; } = [];

    /// <summary>How many nodes it stands for.</summary>
    public int Count { get; init; } = 1;

    /// <summary>The rank it must stand in; null: the layout finds one.</summary>
    public int? Rank { get; init; }

    /// <summary>Row of the table that says more; null: there is none.</summary>
    public string? Anchor { get; init; }
}

/// <summary>From some boxes, all of them needed, to one.</summary>
public sealed record Arrow
{
    /// <summary>Places in <see cref="Picture.Boxes"/>; at least one.</summary>
    public required IReadOnlyList<int> From { get; init; }

    public required int To { get; init; }

    /// <summary>The rule, or the kind of the fact.</summary>
    public required string Label { get; init; }

    /// <summary>A sentence for who points at it.</summary>
    public required string Sentence { get; init; }

    /// <summary>Since when, by which facts and evidence: a line each, shown beside it where there is room.</summary>
    public IReadOnlyList<string> Details { get; init; } = [];

    public Sureness Sureness { get; init; }

    /// <summary>It is a member of the cut that is shown.</summary>
    public bool IsCut { get; init; }

    /// <summary>The head is drawn at the start: the fact points against the order of the chain.</summary>
    public bool PointsBack { get; init; }

    /// <summary>Row of the table that says more; null: there is none.</summary>
    public string? Anchor { get; init; }
}
