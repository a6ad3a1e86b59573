using IdentityGraph.Graph.Fold;

namespace IdentityGraph.Graph;

/// <summary>Concludes further facts from what a fold has collected; asked once in every fold, after the last run was read.</summary>
public abstract class FactDerivation
{
    internal abstract void Derive(FactCollector facts, CancellationToken cancellationToken);
}
