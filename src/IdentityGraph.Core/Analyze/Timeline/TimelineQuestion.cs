using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Timeline;

/// <summary>Who holds what, from when to when.</summary>
internal sealed record TimelineQuestion
{
    /// <summary>Dense indexes of the starts, held throughout.</summary>
    public required IReadOnlyList<int> Seeds { get; init; }

    /// <summary>Rights on starts that are resources or systems; null: the usual ones.</summary>
    public Rights? Rights { get; init; }

    /// <summary>UTC ticks; null: as far back as anything is known, the starts' material as good as new at each moment.</summary>
    public long? From { get; init; }

    /// <summary>UTC ticks.</summary>
    public required long To { get; init; }

    /// <summary>Whether proofs are kept of how things were gained.</summary>
    public bool Proofs { get; init; } = true;

    /// <summary>Ends the walk early, quietly.</summary>
    public CancellationToken Stop { get; init; }

    /// <summary>The starts at a moment: material as good as it was at the beginning, where one is said.</summary>
    public IEnumerable<Seed> Starts(GraphView view, Liveness liveness) =>
        from index in Seeds
        let named = view[index]
        from seed in Seeding.Of(named, liveness, Rights)
        select seed.Node.Kind == NodeKinds.Credential && !IsExposed(named) ? seed with { GainedAt = seed.GainedAt ?? From } : seed;

    /// <summary>When a credential was gained that something exposes, that says; where it leaves it open, it stays open.</summary>
    private static bool IsExposed(Node named) => named.Kind == NodeKinds.Credential && named.In(EdgeKinds.Exposes).ToList().Exists(edge => edge.Holds != Truth.False);

    /// <summary>Told how many moments were looked at, and of how many.</summary>
    public Action<int, int>? Progress { get; init; }
}
