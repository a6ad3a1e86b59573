using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// Somebody answers for it, but no person is named without a group or team in between, or for an integration nobody fills one of the
/// roles scopeApproval, usageMonitoring and revocation. One finding for each role and one for the missing name.
/// </summary>
public sealed class UnderOwnedAsset : IAnalyzer
{
    private const string Named = "named";

    public FindingRule Rule { get; } = new("IG-O02", "Under-owned asset", Severity.Medium)
    {
        Fires = "Somebody answers for an identity or integration that can authenticate, but no person by name, or a role of an integration (scope approval, usage monitoring, revocation) is not filled.",
        Remediation = "Name a person, and fill the missing roles.",
        Needs = [EdgeKinds.OwnedBy.Name],
        WeighsSubject = true,
        Frameworks = new(["NHI1"], ["GV.RR-02"], ["AC-2b"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) =>
        from node in Owners.Asked(analysis.View)
        from finding in Of(analysis, node)
        select finding;

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        var owned = analysis.Owners.Of(subject);
        if (owned.IsTombstone || !owned.Answering.IsSomebody)
        {
            yield break;
        }

        // What inherits its owner is told with what it belongs to.
        if (!owned.IsNamed && (OwnerHops.Own(subject).Count > 0 || !OwnerHops.Parents(subject).Any()))
        {
            yield return About(owned, Named, "no person is named", owned.Answering.Open ? Truth.Unknown : Truth.True);
        }

        foreach (var role in owned.MissingRoles)
        {
            var perhaps = OwnerHops.Own(subject).Any(hop => hop.Fact[Properties.OwnerRole].Text == role && analysis.Owners.Answering(hop.To) is { AtMost.Count: > 0 } or { Open: true });
            yield return About(owned, role, $"nobody fills {role}", perhaps ? Truth.Unknown : Truth.True);
        }
    }

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value], Neighbourhood.OwningOutward, Neighbourhood.OwningInward);

    private Finding About(OwnershipResult owned, string facet, string reason, Truth truth) =>
        Rule.On(owned.Node, owned.CanAuthenticate.And(truth), reason, owned.Chain) with
        {
            Discriminator = facet,
            Others = owned.Answering.AtLeast,
            Details = Detail.Of(("missing", facet), ("ownerToAct", owned.Answering.AtLeast)),
        };
}
