using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Measures;

/// <summary>What falls if the seeds do, and how much that is.</summary>
public sealed class BlastRadius
{
    internal const double UnknownCriticality = 3;
    private static readonly double[] s_weights = [0, .1, .3, .6, .8, 1, 1];
    private static readonly Level[] s_levels = [.. Enumerable.Range(0, 64).Select(rights => ((Rights)rights).LevelOf())];
    private readonly int[] _places;

    private BlastRadius(ReachResult reach, IReadOnlySet<int> seeds)
    {
        Reach = reach;
        List<int> places = [];
        List<int> kept = [];
        for (var place = 0; place < reach.Places; place++)
        {
            var cells = reach.CellsAt(place);
            if (cells.IsEmpty)
            {
                continue;
            }

            var (index, kind) = (reach.IndexAt(place), reach.Graph.View[reach.IndexAt(place)].Kind);
            if (kind == NodeKinds.Credential && reach.IsDurableAt(place, cells))
            {
                kept.Add(place);
            }

            if (IsListed(kind) && !seeds.Contains(index))
            {
                places.Add(place);
            }
        }

        _places = ById(places);
        Nodes = Array.ConvertAll(_places, place => reach.Graph.View[reach.IndexAt(place)]);
        Durable = Array.ConvertAll(ById(kept), place => reach.Graph.View[reach.IndexAt(place)].Id);
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

    /// <summary>
    /// What weighs most of all that falls: certain before possible, crown jewels before others, then criticality × weight of the level,
    /// fewest hops, id. Null where nothing falls.
    /// </summary>
    public Node? Heaviest => Nodes.Count == 0 ? null : Enumerable.Range(0, Nodes.Count)
        .OrderByDescending(number => CellsAt(number).CertainAmplified != Rights.None)
        .ThenByDescending(number => WeightOf(number))
        .ThenBy(number => At(number).Hops)
        .Select(number => (Node?)Nodes[number])
        .First();

    public static BlastRadius Of(ReachResult reach) => new(reach, reach.Seeds.Where(reach.Graph.IsApart).Select(seed => seed.Node.Index).ToHashSet());

    /// <summary>The same where not everything the search started from is left out of what is listed and counted.</summary>
    /// <param name="reach">What is attained.</param>
    /// <param name="apart">What is left out, by dense index.</param>
    internal static BlastRadius Of(ReachResult reach, IReadOnlySet<int> apart) => new(reach, apart);

    /// <summary>Whether nodes of the kind count; the others are steps of proofs.</summary>
    public static bool IsListed(NodeKind kind) =>
        kind.IsPrincipal || kind == NodeKinds.Person || kind == NodeKinds.Application || kind == NodeKinds.Connector || kind == NodeKinds.Workflow
        || kind == NodeKinds.Credential || kind == NodeKinds.System || kind == NodeKinds.Resource || kind == NodeKinds.Organization;

    /// <summary>What a node of <see cref="Nodes"/> is attained with.</summary>
    internal (Cells Cells, int Hops, bool IsDurable) At(int number)
    {
        var place = _places[number];
        var cells = Reach.CellsAt(place);
        return (cells, Reach.HopsAt(place, cells), Nodes[number].Kind == NodeKinds.Credential && Reach.IsDurableAt(place, cells));
    }

    internal Cells CellsAt(int number) => Reach.CellsAt(_places[number]);

    private (bool IsJewel, double Weight) WeightOf(int number)
    {
        if (!Worth.IsWeighed(Nodes[number].Kind))
        {
            return (false, 0);
        }

        var (criticality, _, jewel) = (Reach.Graph.Worth ??= new Worth(Reach.Graph)).Of(Nodes[number].Index);
        var cells = CellsAt(number);
        return (jewel, criticality * s_weights[(int)s_levels[(int)cells.Of(cells.Strongest)]]);
    }

    private int[] ById(List<int> places)
    {
        var ranks = Reach.Graph.View.Columns.IdRanks;
        int[] sorted = [.. places];
        Array.Sort(Array.ConvertAll(sorted, place => ranks[Reach.IndexAt(place)]), sorted);
        return sorted;
    }

    private void Measure()
    {
        var worth = Reach.Graph.Worth ??= new Worth(Reach.Graph);
        List<string> jewels = [];
        for (var number = 0; number < _places.Length; number++)
        {
            if (!Worth.IsWeighed(Nodes[number].Kind))
            {
                continue;
            }

            var cells = Reach.CellsAt(_places[number]);
            var (criticality, stated, jewel) = worth.Of(Nodes[number].Index);
            Raw += criticality * s_weights[(int)s_levels[(int)cells.CertainAmplified]];
            DirectRaw += criticality * s_weights[(int)s_levels[(int)cells.CertainDirect]];
            WithoutCriticality += stated ? 0 : 1;
            if (jewel && cells.CertainAmplified != Rights.None)
            {
                jewels.Add(Nodes[number].Id);
            }
        }

        CrownJewels = jewels;
        var whole = WholeOf(Reach.Graph);
        Share = whole == 0 ? 0 : Raw / whole;
        ExposureEnd = LatestEnd(worth);
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

    private DateTimeOffset? LatestEnd(Worth worth)
    {
        var latest = Instants.Earliest;
        for (var place = 0; place < Reach.Places; place++)
        {
            var index = Reach.IndexAt(place);
            if (Reach.Graph.View[index].Kind != NodeKinds.Credential || Reach.CellsAt(place).IsEmpty)
            {
                continue;
            }

            var end = worth.EndOf(index);
            if (end.Kind == ExpiryKind.Never)
            {
                return null;
            }

            latest = end.Kind == ExpiryKind.At ? Math.Max(latest, end.Ticks) : latest;
        }

        return Instants.FromTicksOrNull(latest);
    }
}
