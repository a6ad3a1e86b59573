using IdentityGraph.Analyze.Leavers;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>What was removed from a leaver, as the system itself showed, is there again without a new approval. One finding a system.</summary>
public sealed class RemovedAccessReappeared : IAnalyzer
{
    public FindingRule Rule { get; } = new("IG-L06", "Removed access reappeared", Severity.High)
    {
        Fires = "A leaver's account or credential that its own system had shown as removed is live again, and nobody approved that since.",
        Remediation = "Find and stop what makes it again, then remove it.",
        Needs = [NodeKinds.Employment.Name, NodeKinds.Account.Name],
        Frameworks = new(["NHI1"], ["PR.AA-05"], ["AC-2f"], ["T1098", "T1136"]),
    };

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.Leavers.SelectMany(leaver => Of(analysis, leaver));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject) => Of(analysis, analysis.LeaverOf(subject));

    public Neighbourhood? Around(Finding finding) => new([finding.Node!.Value, .. finding.Others], Neighbourhood.LivingOutward, []);

    private IEnumerable<Finding> Of(Analysis analysis, LeaverJudgement leaver)
    {
        foreach (var system in leaver.Systems)
        {
            var back = system.Anchors.Zip(system.Removals)
                .Where(pair => pair.Second.State is RemovalState.Reappeared && !IsApproved(pair.First.Node, leaver.LeaverAt))
                .Select(pair => pair.First)
                .ToList();
            var live = back.Select(anchor => analysis.Liveness.Of(anchor.Node)).Aggregate(Truth.False, (any, one) => any.Or(one));
            if (live is Truth.False)
            {
                continue;
            }

            yield return Rule.On(leaver.Person, leaver.IsLeaver.And(live), "was removed and is there again", back.SelectMany(anchor => anchor.Facts)) with
            {
                Discriminator = system.System?.Id ?? "",
                Others = [.. new[] { system.System }.OfType<Node>(), .. back.Select(anchor => anchor.Node)],
                Count = back.Count,
                NotBefore = leaver.LeaverAt,
                Trigger = leaver.LeaverAt,
                UseMatters = [.. back.Select(anchor => anchor.Node)],
                Details = Detail.Of(("reappeared", back.Select(anchor => anchor.Node)), ("leaverAt", leaver.LeaverAt)),
            };
        }
    }

    private static bool IsApproved(Node node, DateTimeOffset? since)
    {
        foreach (var edge in node.In(EdgeKinds.Approves))
        {
            if (edge.Holds is not Truth.False && edge.Of[Properties.At].Instant is { } at && at <= node.View.AsOf && (since is null || at >= since))
            {
                return true;
            }
        }

        return false;
    }
}
