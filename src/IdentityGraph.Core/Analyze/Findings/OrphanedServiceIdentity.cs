using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// A service identity, credential, grant or integration that can still authenticate though nobody in employment answers for it
/// (OWASP NHI1:2025 Improper Offboarding), told once on the topmost that lacks an owner. Possible where it is unknown whether it can
/// authenticate, or whether the stated owner is anybody.
/// </summary>
public sealed class OrphanedServiceIdentity : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-O01", "Orphaned service identity", Severity.High)
    {
        Fires = "A service identity, agent, credential, grant, application or connector can still authenticate though no employed human answers for it.",
        Remediation = "Assign an owner, rotate its credentials, or disable it.",
        Needs = [EdgeKinds.OwnedBy.Name],
        WeighsSubject = true,
        Frameworks = new(["NHI1"], ["PR.AA-01", "GV.RR-02"], ["AC-2b", "AC-2(3)b"], ["T1078"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis)
    {
        var under = TopmostOrphans.In(analysis.Owners, analysis.Stop).ToDictionary(top => top.Topmost.Node, top => top.Under);
        return from node in Owners.Asked(analysis.View)
               from finding in Of(analysis, node)
               let children = under.GetValueOrDefault(node, [])
               select children.Count == 0 ? finding : finding with { Others = [.. children.Select(child => child.Node)], Count = children.Count };
    }

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        var owned = analysis.Owners.Of(subject);
        if (!IsTopmost(analysis, owned))
        {
            yield break;
        }

        var truth = owned.State is OwnershipState.Orphaned ? owned.CanAuthenticate : Truth.Unknown;
        yield return Rule.On(subject, truth, owned.Reason!.Value.ToString(), owned.Chain) with
        {
            UseMatters = owned.Reason is OrphanReason.O1 or OrphanReason.O5 or OrphanReason.O7 ? [] : [subject],
            Details = Detail.Of(("why", Words(owned.Reason.Value)), ("ownership", owned.State.ToString()), ("ownerToAct", owned.SuggestedOwner)),
        };
    }

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value], Neighbourhood.OwningOutward, Neighbourhood.OwningInward);

    /// <summary>
    /// An orphan none of whose owners, subjects or applications is one itself; or something whose own stated owner is nobody we know.
    /// What nobody read the owners of is no finding: the rule is then not evaluated.
    /// </summary>
    private static bool IsTopmost(Analysis analysis, OwnershipResult owned) => owned.State switch
    {
        OwnershipState.Orphaned => analysis.Owners.Topmost.Contains(owned.Node),
        OwnershipState.Unknown => owned.Reason is not null && OwnerHops.Own(owned.Node).Count > 0,
        _ => false,
    };

    private static string Words(OrphanReason reason) => reason switch
    {
        OrphanReason.O1 => "it never had an owner",
        OrphanReason.O2 => "its owner left",
        OrphanReason.O3 => "the owning group is empty or holds only leavers",
        OrphanReason.O4 => "its owner is itself orphaned",
        OrphanReason.O5 => "its owners only own each other",
        OrphanReason.O6 => "its owner is external and has no sponsor, or the contract is over",
        OrphanReason.O8 => "it was owned once and nobody owns it now",
        _ => "whether its stated owner is anybody in employment is not known",
    };
}
