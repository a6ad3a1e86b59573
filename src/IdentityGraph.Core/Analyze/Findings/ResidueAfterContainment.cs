using IdentityGraph.Analyze.Reach;
using IdentityGraph.Analyze.Timeline;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Findings;

/// <summary>
/// Something is still attained after everything that was exposed is dead: through material that was copied before, or through what
/// was made meanwhile. Possible where only what may have been made, and nobody has seen, leads there.
/// </summary>
public sealed class ResidueAfterContainment : IAnalyzer
{
    private const int Named = 5;

    private static readonly FindingRule s_rule = new("IG-B04", "Residue after containment", Severity.Critical)
    {
        Fires = "What an exposure opened is all dead, and something is still attained from what was copied or made before.",
        Remediation = "Revoke and rotate what was copied, and remove what was made.",
        Frameworks = new(["NHI1"], ["RS.MI-02"], ["IR-4"], ["T1098.001", "T1136.003"]),
    };

    public FindingRule Rule => s_rule;

    public IEnumerable<Finding> Analyze(Analysis analysis) => analysis.View.Of(NodeKinds.Exposure).SelectMany(exposure => Of(analysis, exposure));

    public IEnumerable<Finding> Of(Analysis analysis, Node subject)
    {
        var now = analysis.View.AsOf;
        if (subject.Kind != NodeKinds.Exposure || subject.Present == Truth.False || subject[Properties.At].Ticks() is not { } at || at > now.UtcTicks)
        {
            return [];
        }

        List<Node> exposed = [.. subject.Out(EdgeKinds.Exposes).ToList().Select(edge => edge.To)];
        if (exposed.Count == 0 || !exposed.TrueForAll(node => IsDead(analysis.Liveness, node, at)))
        {
            return [];
        }

        var question = new TimelineQuestion { Seeds = [subject.Index], From = at, To = now.UtcTicks, Stop = analysis.Stop };
        var timeline = Timeline.Timeline.Of(analysis.View.Snapshot, view => new Liveness(view, analysis.Policy.CorrelationConfidence), analysis.Profile, question, analysis.Stop);
        var residue = Residue.Of(analysis.Control, timeline, question, exposed.Select(node => node.Index).ToHashSet(), analysis.Stop);
        analysis.Stop.ThrowIfCancellationRequested();
        return On(residue, subject, now) is { } finding ? [finding] : [];
    }

    /// <summary>The finding on what is left; null where nothing is.</summary>
    /// <param name="residue">What is left.</param>
    /// <param name="subject">The exposure, or the seed, it came from.</param>
    /// <param name="containedAt">When everything else was shut down.</param>
    internal static Finding? On(Residue residue, Node subject, DateTimeOffset containedAt)
    {
        var left = residue.Left;
        if (left == Truth.False)
        {
            return null;
        }

        var isSeen = residue.Observed.Nodes.Count > 0;
        var (radius, through) = isSeen ? (residue.Observed, residue.Starts) : (residue.Hypothetical, residue.Made);
        var worst = radius.Nodes.OrderByDescending(node => Weight(radius.Reach[node])).ThenBy(node => node.Id, StringComparer.Ordinal).First();
        return s_rule.On(subject, left, $"{(isSeen ? "through" : "if a credential or principal was made:")} {Words(through)}") with
        {
            Others = [.. through.Where(node => node != subject)],
            Count = radius.Nodes.Count,
            Proof = radius.Reach.Options.WithoutProofs || radius.Reach.Proof(worst) is not { } proof ? null : proof with { Steps = residue.Whole(proof) },
            Details = Detail.Of(
                ("containedAt", containedAt),
                ("residue", residue.Observed.Nodes),
                ("hypothetical", residue.Hypothetical.Nodes),
                ("durable", residue.Durable)),
        };
    }

    private static int Weight(Cells cells) => ((int)cells.CertainAmplified << 6) | (int)cells.PossibleAmplified;

    private static bool IsDead(Liveness liveness, Node node, long exposedAt) =>
        liveness.Of(node) == Truth.False || (node.Kind == NodeKinds.Credential && liveness.RotatedSince(node, exposedAt) == Truth.True);

    private static string Words(IReadOnlyList<Node> nodes) =>
        string.Join(", ", nodes.Take(Named).Select(node => node.Id)) + (nodes.Count > Named ? $" and {nodes.Count - Named} more" : "");
}
