using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>Someone who left can still use a path to a system, from what they hold or can recover (OWASP NHI1:2025). One finding a system.</summary>
public sealed class LeaverStillReaches : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-L01", "Leaver path usable by leaver", Severity.High)
    {
        SeverityNote = "Critical where the path is privileged: Admin or above, or through a privileged account",
        Fires = "Past the time allowed, a system or a resource in it is attained with the right to read or more from material a leaver holds or can recover.",
        Remediation = "Revoke what the proof names: the account, credential or right that carries the path.",
        Needs = [NodeKinds.Employment.Name, NodeKinds.Account.Name],
        Frameworks = new(["NHI1"], ["PR.AA-05"], ["PS-4a", "PS-4b", "AC-2(13)"], ["T1078"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.Leavers.SelectMany(leaver => Of(analysis, leaver));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject) => Of(analysis, analysis.LeaverOf(subject));

    public IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) => LeaverFinding.Turns(analysis, finding);

    public Neighbourhood? Around(Finding finding) => LeaverFinding.Around(finding);

    private IEnumerable<Finding> Of(Analysis analysis, LeaverJudgement leaver) =>
        LeaverFinding.OfPaths(Rule, leaver, PathClass.R1, analysis.Policy, LeaverFinding.SystemOf)
            .Select(finding => IsPrivileged(leaver, finding) ? finding with { Base = Severity.Critical } : finding);

    private static bool IsPrivileged(LeaverJudgement leaver, Finding finding) => leaver.Paths.Any(path =>
        path.Class is PathClass.R1 && (path.IsCertain || finding.Certainty is Certainty.Possible) && LeaverFinding.SystemOf(path).Id == finding.Discriminator
        && (path.Level >= Level.L5 || path.Proof.Steps.Any(line => line.Node.Kind == NodeKinds.Account && line.Node[Properties.Privileged].Flag is Truth.True)));
}
