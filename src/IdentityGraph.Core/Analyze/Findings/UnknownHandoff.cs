using IdentityGraph.Analyze.Chains;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>A handoff of which nobody recorded who initiated it, who acted before a token was exchanged, for which human (or that there is none), or with which credential. One finding for each pair of steps of a workflow.</summary>
public sealed class UnknownHandoff : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-W03", "Handoff with unknown credential or initiator", Severity.Medium)
    {
        Fires = "Of a handoff the initiator, who acted before a token was exchanged, the human behind it, or the credential used is not recorded.",
        Remediation = "Have the engine record the acting principal, for whom it acts and the credential id.",
        Needs = [NodeKinds.Handoff.Name],
        Frameworks = new([], ["DE.AE-03"], ["AU-3"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) =>
        from chain in ChainPlaces.Chains(analysis)
        from record in chain.Chain
        where !record.Initiation.IsAnswered || record.Credential is null
        group record by (Subject: ChainPlaces.SubjectOf(record), Steps: ChainPlaces.StepPair(record)) into gaps
        select Rule.On(gaps.Key.Subject, Truth.True, string.Join(", ", gaps.SelectMany(Gaps).Distinct()), gaps.SelectMany(record => record.Facts)) with
        {
            Discriminator = gaps.Key.Steps,
            Others = [.. gaps.Select(record => record.Handoff)],
            Count = gaps.Count(),
            Details = Detail.Of(("steps", gaps.Key.Steps), ("handoffs", gaps.Select(record => record.Handoff))),
        };

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value, .. finding.Others], ChainPlaces.Outward, ChainPlaces.Inward);

    private static IEnumerable<string> Gaps(HandoffRecord record) =>
    [
        .. record.Initiation switch
        {
            { Initiator: null } => (string[])["initiator unknown"],
            { IsActingPartyUnknown: true } => ["acting party unknown"],
            { RootHuman: null } => ["human behind it unknown"],
            _ => [],
        },
        .. record.Credential is null ? ["credential unknown"] : Array.Empty<string>(),
    ];
}
