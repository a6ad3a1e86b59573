using IdentityGraph.Analyze.Measures;
using IdentityGraph.Analyze.Ownership;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// Who can make so much new access that losing it costs a multiple of what it was given: raw with amplification over raw without
/// reaches the limit, or, where something amplifies, its share of all criticality does.
/// </summary>
public sealed class AmplifyingIdentity : IAnalyzer
{
    private static readonly NodeKind[] s_kinds = [NodeKinds.Account, NodeKinds.ServiceIdentity, NodeKinds.Agent, NodeKinds.Application, NodeKinds.Connector];

    public FindingRule Rule { get; } = new("IG-B02", "Amplifying identity over threshold", Severity.High)
    {
        Fires = "By making credentials, accounts or grants an identity attains at least twice what it attains without, or something amplifies and a tenth of all criticality is attained.",
        Remediation = "Cap what it can give, or put a gate before it.",
        Frameworks = new(["NHI5"], ["ID.RA-05"], ["AC-6(5)"], ["T1098", "T1136.003"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) =>
        from kind in s_kinds
        from node in analysis.View.Of(kind)
        where !Owners.OnlyStandsForARight(node)
        from finding in Of(analysis, node)
        select finding;

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        if (analysis.Liveness.Of(subject) is not Truth.True)
        {
            yield break;
        }

        var reach = analysis.From(subject);
        var gained = reach.Attained.Where(node => (reach[node].CertainAmplified & ~reach[node].CertainDirect) != Rights.None).ToList();
        if (gained.Count == 0)
        {
            yield break;
        }

        var radius = BlastRadius.Of(reach);
        var (factor, share) = (radius.Amplification, radius.Share);
        if (factor < analysis.Policy.AmplificationAlert && share < analysis.Policy.ShareAlert)
        {
            yield break;
        }

        var most = gained.Where(BlastsMost).OrderByDescending(node => reach[node].CertainAmplified).ThenBy(node => node.Id, StringComparer.Ordinal).Concat(gained).First();
        var jewel = reach.Attained.Where(node => BlastsMost(node) && Stakes.IsGrave(node, reach[node].CertainAmplified)).Select(node => node.Id).Order(StringComparer.Ordinal).FirstOrDefault();
        yield return Rule.On(subject, Truth.True, factor >= analysis.Policy.AmplificationAlert ? "amplification" : "share") with
        {
            Others = [most],
            Proof = reach.Proof(most, reach[most].Highest(Cell.CertainAmplified), Cell.CertainAmplified),
            Steps = jewel is null ? [] : [new SeverityStep(1, $"attains {jewel}")],
            Policy = factor >= analysis.Policy.AmplificationAlert
                ? new PolicyValue("amplificationAlert", analysis.Policy.AmplificationAlert.ToString())
                : new PolicyValue("shareAlert", analysis.Policy.ShareAlert.ToString()),
            Details = Detail.Of(
                ("amplification", Math.Round(factor, 6)),
                ("share", Math.Round(share, 6)),
                ("raw", Math.Round(radius.Raw, 6)),
                ("directRaw", Math.Round(radius.DirectRaw, 6)),
                ("crownJewels", radius.CrownJewels)),
        };
    }

    private static bool BlastsMost(Node node) => node.Kind == NodeKinds.System || node.Kind == NodeKinds.Resource;
}
