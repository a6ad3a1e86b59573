using IdentityGraph.Analyze.Chains;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>A handoff whose access was carried over by hand, by file or sheet, or with a secret found in a chat, ticket or sheet. One finding for each pair of steps of a workflow.</summary>
public sealed class ManualCopyHandoff : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-W02", "Manual copy handoff", Severity.Medium)
    {
        Fires = "A handoff was made by hand, file or spreadsheet, or used a secret that somebody had pasted into a chat, ticket or sheet.",
        Remediation = "Replace the copy by an API call or a token exchange.",
        Needs = [NodeKinds.Handoff.Name],
        Frameworks = new(["NHI2", "NHI10"], ["PR.AA-05"], ["AU-10", "AC-4"], ["T1552.008"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) =>
        from chain in ChainPlaces.Chains(analysis)
        from record in chain.Chain
        where record.Issuance.Class is Issuance.ManuallyCopied
        group record by (Subject: ChainPlaces.SubjectOf(record), Steps: ChainPlaces.StepPair(record)) into copies
        select Rule.On(copies.Key.Subject, Truth.True, copies.First().Issuance.Reason ?? "copied", copies.SelectMany(record => record.Facts)) with
        {
            Discriminator = copies.Key.Steps,
            Others = [.. copies.Select(record => record.Handoff)],
            Count = copies.Count(),
            Details = Detail.Of(("steps", copies.Key.Steps), ("handoffs", copies.Select(record => record.Handoff)), ("methods", copies.Select(record => record.Handoff[Properties.Method].Text).OfType<string>().Distinct())),
        };

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value, .. finding.Others], ChainPlaces.Outward, ChainPlaces.Inward);
}
