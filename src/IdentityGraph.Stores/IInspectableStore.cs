using IdentityGraph.Graph;
using IdentityGraph.Stores.Collecting;

namespace IdentityGraph.Stores;

/// <summary>A store that can be looked at as a whole.</summary>
public interface IInspectableStore : IGraphStore, ISourceLeases
{
    /// <summary>What it holds, without reading an observation.</summary>
    StoreInfo Info();

    /// <summary>Reads every byte of every run. Changes nothing and takes no lock.</summary>
    /// <exception cref="StoreException">The list of runs itself cannot be used.</exception>
    ValueTask<StoreCheck> CheckAsync(CancellationToken cancellationToken = default);

    /// <summary>Takes away a store of no runs, as one that was made for an import that was refused. Somebody's writing, or a run, keeps it.</summary>
    /// <returns>Whether it is gone.</returns>
    bool RemoveIfEmpty();
}
