using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>A secret that a leaver's accounts could reach, or that they held with others, still lives and was not rotated since they left. One finding a credential.</summary>
public sealed class SecretKnownToLeaver : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-L04", "Secret known to leaver not rotated", Severity.High)
    {
        Fires = "Past the time allowed, a credential that a leaver could read or held with others is live and has not been rotated since they left.",
        Remediation = "Rotate it and end the old one.",
        Needs = [NodeKinds.Employment.Name, NodeKinds.Credential.Name],
        Frameworks = new(["NHI7"], ["PR.AA-01"], ["AC-2k", "IA-5i", "PS-4b"], ["T1552"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.Leavers.SelectMany(leaver => Of(analysis, leaver));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject) => Of(analysis, analysis.LeaverOf(subject));

    public IEnumerable<DateTimeOffset> Turns(Analysis analysis, Finding finding) => LeaverFinding.Turns(analysis, finding);

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value, .. finding.Others], [.. Neighbourhood.LivingOutward, EdgeKinds.StoredIn, EdgeKinds.HeldBy], []);

    private IEnumerable<Finding> Of(Analysis analysis, LeaverJudgement leaver)
    {
        var told = new HashSet<Node>();
        foreach (var system in leaver.Systems)
        {
            for (var i = 0; i < system.Anchors.Count; i++)
            {
                var (anchor, removal) = (system.Anchors[i], system.Removals[i]);
                var live = analysis.Liveness.Of(anchor.Node);
                if (anchor.Code is not AnchorCode.A3 || removal.State is RemovalState.Verified || live is Truth.False || anchor.Now is Truth.False || !told.Add(anchor.Node))
                {
                    continue;
                }

                var rotated = anchor.Node[Properties.RotatedAt].IsReported ? "not rotated since they left" : "whether it was rotated is not reported";
                var facts = leaver.HowKnown.GetValueOrDefault(anchor.Node)?.Edges ?? anchor.Facts;
                var finding = Rule.On(leaver.Person, leaver.IsLeaver.And(anchor.Now).And(live), rotated, facts) with
                {
                    Discriminator = anchor.Node.Id,
                    Others = [.. new[] { anchor.Node }.Concat(new[] { system.System }.OfType<Node>())],
                    UseMatters = [anchor.Node],
                    Details = Detail.Of(("credential", anchor.Node), ("kind", anchor.Node[Properties.CredentialKind].Text), ("rotatedAt", anchor.Node[Properties.RotatedAt].Instant), ("leaverAt", leaver.LeaverAt)),
                };
                yield return LeaverFinding.Timed(finding, leaver, system.Grace, analysis.Policy);
            }
        }
    }
}
