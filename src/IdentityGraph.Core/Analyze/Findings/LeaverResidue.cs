using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>Access of a leaver that nobody can use until one of their suspended or unusable accounts is woken. One finding a system.</summary>
public sealed class LeaverResidue : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-L02", "Leaver residue, latent", Severity.Medium)
    {
        Fires = "Past the time allowed, a system would be attained were a leaver's suspended, locked or otherwise unusable account usable.",
        Remediation = "Disable the account and delete its assignments.",
        Needs = [NodeKinds.Employment.Name, NodeKinds.Account.Name],
        Frameworks = new(["NHI1"], ["PR.AA-05"], ["PS-4a"], []),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.Leavers.SelectMany(leaver => Of(analysis, leaver));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject) => Of(analysis, analysis.LeaverOf(subject));

    public IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) => LeaverFinding.Turns(analysis, finding);

    public Neighbourhood? Around(Finding finding) => LeaverFinding.Around(finding);

    private IEnumerable<Finding> Of(Analysis analysis, LeaverJudgement leaver) =>
        LeaverFinding.OfPaths(Rule, leaver, PathClass.R2, analysis.Policy, LeaverFinding.SystemOf);
}
