using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>A grant, workflow, connector or agent that works on with the authority of someone who left. One finding for each of them.</summary>
public sealed class AutomationOnLeaver : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-L03", "Automation acts on leaver's authority", Severity.High)
    {
        Fires = "Past the time allowed, a live grant a leaver consented to, what runs as them, or an agent's grant on their behalf attains a system or resource.",
        Remediation = "Move it to a service identity of its own and approve it anew.",
        Needs = [NodeKinds.Employment.Name, NodeKinds.Account.Name],
        Frameworks = new(["NHI1", "NHI10"], ["PR.AA-01"], ["PS-4e", "AC-2l"], ["T1671"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.Leavers.SelectMany(leaver => Of(analysis, leaver));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject) => Of(analysis, analysis.LeaverOf(subject));

    public IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) => LeaverFinding.Turns(analysis, finding);

    public Neighbourhood? Around(Finding finding) => LeaverFinding.Around(finding);

    private IEnumerable<Finding> Of(Analysis analysis, LeaverJudgement leaver) =>
        LeaverFinding.OfPaths(Rule, leaver, PathClass.R3, analysis.Policy, path => path.Anchor.Node);
}
