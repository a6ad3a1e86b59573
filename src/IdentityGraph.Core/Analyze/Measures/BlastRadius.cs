using System.Runtime.InteropServices;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;

namespace IdentityGraph.Analyze.Measures;

/// <summary>What falls if the seeds do, and how much that is.</summary>
public sealed class BlastRadius
{
    internal const double UnknownCriticality = 3;
    private static readonly double[] s_weights = [0, .1, .3, .6, .8, 1, 1];
    private static readonly Level[] s_levels = [.. Enumerable.Range(0, 64).Select(rights => ((Rights)rights).LevelOf())];
    private static readonly NodeKind[] s_listed = [.. NodeKind.All.Where(IsListed)];
    private readonly int[] _places;
    private readonly (int First, int End) _credentials;

    private BlastRadius(ReachResult reach, IReadOnlySet<int> seeds)
    {
        Reach = reach;
        _credentials = reach.PlacesOf(NodeKinds.Credential);
        var apart = seeds.Select(reach.PlaceOf).Where(place => place >= 0).Order().ToArray();
        var places = new int[reach.Places];
        var count = 0;
        foreach (var kind in s_listed)
        {
            var (place, end) = reach.PlacesOf(kind);
            foreach (var left in apart)
            {
                for (; place < end && place < left; place++)
                {
                    places[count++] = place;
                }

                place += place < end && place == left ? 1 : 0;
            }

            for (; place < end; place++)
            {
                places[count++] = place;
            }
        }

        _places = ById(places.AsSpan(0, count));
        Nodes = new PlacedNodes(reach, _places);
        Durable = Kept();
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
    public Node? Heaviest => HeaviestAmong(Enumerable.Range(0, Nodes.Count));

    /// <summary>The same of the crown jewels alone; null where none falls.</summary>
    public Node? HeaviestJewel => HeaviestAmong(Enumerable.Range(0, Nodes.Count).Where(number => WeightOf(number).IsJewel));

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
        var cells = Reach.WordAt(place);
        return (cells, Reach.HopsAt(place, cells), place >= _credentials.First && place < _credentials.End && Reach.IsDurableAt(place, cells));
    }

    internal Cells CellsAt(int number) => Reach.WordAt(_places[number]);

    private Node? HeaviestAmong(IEnumerable<int> numbers) => numbers
        .OrderByDescending(number => CellsAt(number).CertainAmplified != Rights.None)
        .ThenByDescending(WeightOf)
        .ThenBy(number => At(number).Hops)
        .Select(number => (Node?)Nodes[number])
        .FirstOrDefault();

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

    /// <summary>Places in the order of their nodes' ids.</summary>
    private int[] ById(ReadOnlySpan<int> places)
    {
        var ranks = Reach.Graph.View.Columns.IdRanks;
        if (RunsById(places, ranks) is { } runs)
        {
            return runs;
        }

        var (keys, sorted) = (new int[places.Length], places.ToArray());
        for (var i = 0; i < keys.Length; i++)
        {
            keys[i] = ranks[Reach.IndexAt(places[i])];
        }

        RadixSort.Sort(keys, sorted, ranks.Length);
        return sorted;
    }

    /// <summary>
    /// The same where the ids of each kind lie together, as they mostly do: each kind is in order already. Null where those of some lie
    /// among others.
    /// </summary>
    private int[]? RunsById(ReadOnlySpan<int> places, int[] ranks)
    {
        List<(int Rank, int Last, int Start, int End)> runs = [];
        for (var start = 0; start < places.Length;)
        {
            var end = start + places[start..].IndexOfAnyInRange(EndOfKind(places[start]), int.MaxValue);
            end = end < start ? places.Length : end;
            runs.Add((ranks[Reach.IndexAt(places[start])], ranks[Reach.IndexAt(places[end - 1])], start, end));
            start = end;
        }

        runs.Sort();
        var sorted = GC.AllocateUninitializedArray<int>(places.Length);
        var (last, taken) = (-1, 0);
        foreach (var run in runs)
        {
            if (run.Rank < last)
            {
                return null;
            }

            places[run.Start..run.End].CopyTo(sorted.AsSpan(taken));
            (last, taken) = (run.Last, taken + run.End - run.Start);
        }

        return sorted;
    }

    /// <summary>One past the last place of nodes of the same kind.</summary>
    private int EndOfKind(int place) => Reach.PlacesOf(Reach.Graph.View[Reach.IndexAt(place)].Kind).End;

    private string[] Kept()
    {
        List<int> kept = [];
        for (var place = _credentials.First; place < _credentials.End; place++)
        {
            if (Reach.IsDurableAt(place, Reach.WordAt(place)))
            {
                kept.Add(place);
            }
        }

        return Array.ConvertAll(ById(CollectionsMarshal.AsSpan(kept)), place => Reach.Graph.View[Reach.IndexAt(place)].Id);
    }

    private void Measure()
    {
        var worth = Reach.Graph.Worth ??= new Worth(Reach.Graph);
        var (systems, resources) = (Reach.PlacesOf(NodeKinds.System), Reach.PlacesOf(NodeKinds.Resource));
        List<string> jewels = [];
        foreach (var place in _places)
        {
            if ((place < systems.First || place >= systems.End) && (place < resources.First || place >= resources.End))
            {
                continue;
            }

            var (cells, index) = (Reach.WordAt(place), Reach.IndexAt(place));
            var (criticality, stated, jewel) = worth.Of(index);
            Raw += criticality * s_weights[(int)s_levels[(int)cells.CertainAmplified]];
            DirectRaw += criticality * s_weights[(int)s_levels[(int)cells.CertainDirect]];
            WithoutCriticality += stated ? 0 : 1;
            if (jewel && cells.CertainAmplified != Rights.None)
            {
                jewels.Add(Reach.Graph.View[index].Id);
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
        for (var place = _credentials.First; place < _credentials.End; place++)
        {
            var end = worth.EndOf(Reach.IndexAt(place));
            if (end.Kind == ExpiryKind.Never)
            {
                return null;
            }

            latest = end.Kind == ExpiryKind.At ? Math.Max(latest, end.Ticks) : latest;
        }

        return Instants.FromTicksOrNull(latest);
    }
}
