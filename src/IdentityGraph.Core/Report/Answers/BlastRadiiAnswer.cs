using System.Text.Json.Serialization;
using IdentityGraph.Collect;

namespace IdentityGraph.Report.Answers;

/// <summary>Whose blast radius is asked, each by itself.</summary>
public sealed record BlastRadiiQuestion
{
    /// <summary>These.</summary>
    public IReadOnlyList<string> Ids { get; init; } = [];

    /// <summary>Every non-human identity that is there, or may be: service identities, agents, applications, connectors; not what only stands for a right of a directory.</summary>
    public bool Everybody { get; init; }

    /// <summary>Every node of these kinds that is there, or may be.</summary>
    public IReadOnlyList<string> Kinds { get; init; } = [];

    /// <summary>Every person who left, or may have.</summary>
    public bool Leavers { get; init; }

    /// <summary>A quick estimate of each instead of its count.</summary>
    public bool Approximate { get; init; }

    /// <summary>List only so many; all are counted. Null: list all.</summary>
    public int? Top { get; init; }

    /// <summary>What would each reach without these: edges by which no rule concludes any more, as a cut by edge leaves them out. None: not asked. Not with estimates.</summary>
    public IReadOnlyList<RemovedEdge> Cut { get; init; } = [];
}

/// <summary>The blast radius of each of many, ranked: the largest certain score first, then most nodes, then by id.</summary>
public sealed record BlastRadiiAnswer
{
    public required string Profile { get; init; }

    /// <summary>snapshot.</summary>
    public required string Mode { get; init; }

    /// <summary>Whether the figures are estimates: then they stand in <see cref="Estimated"/> and <see cref="Ranked"/> is empty.</summary>
    public required bool Estimate { get; init; }

    /// <summary>How many were asked about.</summary>
    public required int Asked { get; init; }

    /// <summary>How many were counted; fewer where a budget ran out, none where figures are estimates.</summary>
    public required int Counted { get; init; }

    public required IReadOnlyList<RankedRadius> Ranked { get; init; }

    public required IReadOnlyList<EstimatedRadius> Estimated { get; init; }

    /// <summary>Of estimates, the expected relative error (one standard deviation), 0 to 1; null for exact figures.</summary>
    public required double? RelativeError { get; init; }

    /// <summary>What the same reach without some edges. Only printed where it was asked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RadiiCut? Cut { get; init; }
}

/// <summary>What many reach without some edges, exact: what lives by those edges is not judged anew, as in every cut by edge.</summary>
public sealed record RadiiCut
{
    /// <summary>Those that are there, as asked.</summary>
    public required IReadOnlyList<ProofFact> Edges { get; init; }

    /// <summary>How many had to be counted again; all others surely reach what they did.</summary>
    public required int CountedAgain { get; init; }

    /// <summary>Whose figures change: who loses most of the certain score first, then most nodes, then by id. Not shortened by a top.</summary>
    public required IReadOnlyList<MovedRadius> Moved { get; init; }
}

/// <summary>Figures of one as the facts are, and without the edges.</summary>
public sealed record MovedRadius
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    public required RadiusFigures Before { get; init; }

    public required RadiusFigures After { get; init; }
}

public sealed record RadiusFigures(ReachedCounts Reached, RankedScore Score);

/// <summary>Exact figures of one, as a blast radius of it alone counts them.</summary>
public sealed record RankedRadius
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>How many nodes are reached, the identity apart.</summary>
    public required ReachedCounts Reached { get; init; }

    public required RankedScore Score { get; init; }
}

public sealed record ReachedCounts(CellCounts Certain, CellCounts Possible);

/// <summary>Direct leaves amplifying rules out, amplified takes them in.</summary>
public sealed record CellCounts(int Direct, int Amplified);

public sealed record RankedScore
{
    public required double Raw { get; init; }

    /// <summary>0 to 1.</summary>
    public required double Share { get; init; }

    public required double DirectRaw { get; init; }

    public required double Amplification { get; init; }

    /// <summary>How many are certainly attained.</summary>
    public required int CrownJewels { get; init; }

    /// <summary>How many counted nodes have no criticality stated (3 is taken).</summary>
    public required int UnknownCriticality { get; init; }
}

/// <summary>What a quick look says of one: about right, in the error told, and never to be taken for a count.</summary>
public sealed record EstimatedRadius
{
    public required string Id { get; init; }

    public required string Kind { get; init; }

    public required string? Name { get; init; }

    /// <summary>About how many nodes are certainly reached, with amplification.</summary>
    public required double ReachedAbout { get; init; }

    /// <summary>About the certain score, with amplification.</summary>
    public required double RawAbout { get; init; }
}
