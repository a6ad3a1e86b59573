using IdentityGraph.Collect;

namespace IdentityGraph.Graph;

/// <summary>What the fold must be told by policy.</summary>
public sealed record FoldOptions
{
    /// <summary>Freshness of sources whose runs state no interval.</summary>
    public TimeSpan DefaultInterval { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Zone of dates without a time whose source states none.</summary>
    public string DefaultTimeZone { get; init; } = "UTC";

    /// <summary>Property name → source that alone decides it.</summary>
    public IReadOnlyDictionary<string, string> SourceOfTruth { get; init; } = new Dictionary<string, string>();

    /// <summary>A what-if to fold in with the runs; null: none. It names what is there: see <c>GraphSnapshot.With</c>.</summary>
    internal Overlay? Overlay { get; init; }

    /// <summary>What is concluded from the facts before they are laid into columns, in this order. <c>Pipeline.Fold</c> gives the product's.</summary>
    public IReadOnlyList<FactDerivation> Derivations { get; init; } = [];
}
