using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Embedded;

/// <summary>What a store must be told.</summary>
public sealed record EmbeddedStoreOptions
{
    /// <summary>The clock by which a run is sealed.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>What the fold takes from the policy.</summary>
    public FoldOptions Fold { get; init; } = new();

    /// <summary>Told in a sentence what was found and swept; nothing by default.</summary>
    public Action<string> OnNotice { get; init; } = static _ => { };
}
