using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Measures;

/// <summary>What falls if the seeds do, and how much that is.</summary>
public sealed class BlastRadius
{
    private const double UnknownCriticality = 3;
    private static readonly double[] s_weights = [0, .1, .3, .6, .8, 1, 1];
    private readonly HashSet<int> _seeds;

    private BlastRadius(ReachResult reach)
    {
        Reach = reach;
        _seeds = [.. reach.Seeds.Select(seed => seed.Node.Index)];
        Nodes = [.. reach.Attained.Where(node => IsListed(node.Kind) && !_seeds.Contains(node.Index)).OrderBy(node => node.Id, StringComparer.Ordinal)];
        Durable = [.. reach.Attained.Where(reach.IsDurable).Select(node => node.Id).Order(StringComparer.Ordinal)];
        Measure();
    }

    public ReachResult Reach { get; }

    /// <summary>The nodes listed and counted, seeds apart, by id.</summary>
    public IReadOnlyList<Node> Nodes { get; }

    /// <summary>Credentials that stay with the attacker, seeds too, by id.</summary>
    public IReadOnlyList<string> Durable { get; }

    /// <summary>Sum over systems and resources of criticality × weight of the certain level, with amplification.</summary>
    public double Raw { get; private set; }

    /// <summary>The same without amplification.</summary>
    public double DirectRaw { get; private set; }

    /// <summary>Raw as part of the criticality of all systems and resources; 0 to 1.</summary>
    public double Share { get; private set; }

    /// <summary>How much the making of new access multiplies it.</summary>
    public double Amplification => Raw / Math.Max(DirectRaw, 1);

    /// <summary>Ids of crown jewels certainly attained, sorted.</summary>
    public IReadOnlyList<string> CrownJewels { get; private set; } = [];

    /// <summary>Counted nodes whose criticality nobody stated.</summary>
    public int WithoutCriticality { get; private set; }

    /// <summary>Latest effective expiry of the credentials in hand; null: none, never, or not known.</summary>
    public DateTimeOffset? ExposureEnd { get; private set; }

    public static BlastRadius Of(ReachResult reach) => new(reach);

    /// <summary>Whether nodes of the kind count; the others are steps of proofs.</summary>
    public static bool IsListed(NodeKind kind) =>
        kind.IsPrincipal || kind == NodeKinds.Person || kind == NodeKinds.Application || kind == NodeKinds.Connector || kind == NodeKinds.Workflow
        || kind == NodeKinds.Credential || kind == NodeKinds.System || kind == NodeKinds.Resource || kind == NodeKinds.Organization;

    private void Measure()
    {
        List<string> jewels = [];
        foreach (var node in Nodes.Where(IsWeighed))
        {
            var cells = Reach[node];
            var (criticality, stated) = CriticalityOf(node);
            Raw += criticality * s_weights[(int)cells.CertainAmplified.LevelOf()];
            DirectRaw += criticality * s_weights[(int)cells.CertainDirect.LevelOf()];
            WithoutCriticality += stated ? 0 : 1;
            if (cells.CertainAmplified != Rights.None && node[Properties.CrownJewel].Flag == Truth.True)
            {
                jewels.Add(node.Id);
            }
        }

        CrownJewels = jewels;
        var whole = WholeOf(Reach.Graph);
        Share = whole == 0 ? 0 : Raw / whole;
        ExposureEnd = LatestEnd();
    }

    /// <summary>Criticality of every system and resource that is there, or may be; measured once a control graph.</summary>
    internal static double WholeOf(ControlGraph graph) => graph.WholeCriticality ??= Whole(graph.View);

    /// <summary>What a right, as a bit position, adds to the weight of the right below it.</summary>
    internal static double Added(int right) => s_weights[right + 1] - s_weights[right];

    internal static (double Value, bool Stated) CriticalityOf(Node node) =>
        node[Properties.Criticality].Number is { } stated ? (stated, true) : (UnknownCriticality, false);

    private static double Whole(GraphView view)
    {
        var whole = 0.0;
        foreach (var kind in (NodeKind[])[NodeKinds.System, NodeKinds.Resource])
        {
            foreach (var node in view.Of(kind))
            {
                whole += node.Present == Truth.False ? 0 : CriticalityOf(node).Value;
            }
        }

        return whole;
    }

    private DateTimeOffset? LatestEnd()
    {
        var latest = Instants.Earliest;
        foreach (var credential in Reach.Attained.Where(node => node.Kind == NodeKinds.Credential))
        {
            var end = Reach.Graph.Liveness.EffectiveExpiry(credential);
            if (end.Kind == ExpiryKind.Never)
            {
                return null;
            }

            latest = end.Kind == ExpiryKind.At ? Math.Max(latest, end.Ticks) : latest;
        }

        return Instants.FromTicksOrNull(latest);
    }

    private static bool IsWeighed(Node node) => node.Kind == NodeKinds.System || node.Kind == NodeKinds.Resource;
}
