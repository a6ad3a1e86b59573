using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Leavers;

/// <summary>Who uses a path.</summary>
public enum PathClass
{
    /// <summary>The leaver, from material they hold or can recover.</summary>
    R1 = 1,

    /// <summary>Nobody yet: only were their suspended or unusable accounts usable again.</summary>
    R2,

    /// <summary>Automation that continues on their authority.</summary>
    R3,
}

/// <summary>A resource or system that is attained with the right to read or more: one for each class and target.</summary>
public sealed record LeaverPath
{
    public required PathClass Class { get; init; }

    /// <summary>The first hop from the person.</summary>
    public required Anchor Anchor { get; init; }

    public required Node Target { get; init; }

    /// <summary>Of the rights attained.</summary>
    public required Level Level { get; init; }

    public required bool IsCertain { get; init; }

    /// <summary>Of the highest right; its seeds are the person and anchors.</summary>
    public required Proof Proof { get; init; }

    /// <summary>How long after leaving it may stay open.</summary>
    public required TimeSpan Grace { get; init; }
}
