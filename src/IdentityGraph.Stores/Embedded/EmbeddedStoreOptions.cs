namespace IdentityGraph.Stores.Embedded;

/// <summary>What a store in a folder must be told: nothing beyond what every store is.</summary>
public sealed record EmbeddedStoreOptions : StoreOptions;
