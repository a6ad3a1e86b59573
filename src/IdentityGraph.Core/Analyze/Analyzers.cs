using IdentityGraph.Analyze.Findings;

namespace IdentityGraph.Analyze;

/// <summary>Every rule, one line each: the place to add one.</summary>
public static class Analyzers
{
    public static readonly IReadOnlyList<IAnalyzer> All =
    [
        new OrphanedServiceIdentity(),
        new UnderOwnedAsset(),
        new OwnershipAtRisk(),
        new LeaverStillReaches(),
        new LeaverResidue(),
        new AutomationOnLeaver(),
        new SecretKnownToLeaver(),
        new RemovalNotVerified(),
        new RemovedAccessReappeared(),
        new AutoProvisioningLoop(),
        new LongLivedCredential(),
        new SecretInUnsanctionedStore(),
        new AuthoriserGone(),
        new FragmentedChain(),
        new ManualCopyHandoff(),
        new UnknownHandoff(),
        new AmplifyingIdentity(),
        new ResidueAfterContainment(),
        new CoverageMissing(),
        new AmbiguousIdentity(),
    ];

    /// <summary>By id, whatever its case; null where there is none.</summary>
    public static IAnalyzer? Find(string id) => All.FirstOrDefault(analyzer => string.Equals(analyzer.Rule.Id, id, StringComparison.OrdinalIgnoreCase));
}
