using System.Text.Json;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>A search that remembers nothing for proofs attains what a full one does: in all four cells, in as many hops, and it is told the same.</summary>
public sealed class PlainReachLawsTests
{
    private static readonly ReachOptions s_plain = new() { WithoutProofs = true };
    private static readonly Cell[] s_cells = Enum.GetValues<Cell>();
    private static readonly Rights[] s_rights = [Rights.Discover, Rights.Read, Rights.Write, Rights.Use, Rights.Admin, Rights.ControlPlane];

    [Fact]
    public void Plainly_is_the_same_for_every_start()
    {
        var (plain, full) = (0, 0);
        Sample.Check(250, 61, estate => Broken(estate, ref plain, ref full));

        // Only the first search of a graph is a full one where no proofs are asked for.
        Assert.True(plain > 20 * full, $"{plain} of {plain + full} searches were plain");
    }

    [Fact]
    public void The_answer_reads_the_same() => Sample.Check(80, 62, Told);

    private static List<string> Broken(RandomEstate estate, ref int plain, ref int full)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var graph = EngineEstate.Control(view, estate.Question);
        var starts = Enumerable.Range(0, view.NodeCount).Select(index => Seeding.Of(view[index], graph.Liveness)).ToList();
        starts.Add([.. estate.Question.Seeds.Select(seed => view.Find(seed)).OfType<Node>().SelectMany(seed => Seeding.Of(seed, graph.Liveness))]);
        var apart = EngineEstate.Control(view, estate.Question);
        List<string> broken = [];
        for (var start = starts.Count - 1; start >= 0; start--)
        {
            var (quick, whole) = (graph.Reach(starts[start], s_plain), apart.Reach(starts[start]));
            plain += quick.IsPlain ? 1 : 0;
            full += quick.IsPlain ? 0 : 1;
            broken.AddRange(Differing(view, quick, whole).Select(difference => $"start {start}: {difference}"));
        }

        return broken;
    }

    private static IEnumerable<string> Differing(GraphView view, ReachResult quick, ReachResult whole)
    {
        if (!quick.Words.SequenceEqual(whole.Words))
        {
            yield return $"plainly {Words(quick)}, else {Words(whole)}";
        }

        for (var index = 0; index < view.NodeCount; index++)
        {
            var node = view[index];
            if (quick.Hops(node) != whole.Hops(node))
            {
                yield return $"{node} plainly in {quick.Hops(node)} hops, else in {whole.Hops(node)}";
            }

            foreach (var cell in s_cells)
            {
                foreach (var right in s_rights.Where(right => quick.Hops(node, right, cell) != whole.Hops(node, right, cell)))
                {
                    yield return $"{right} on {node}, {cell}: plainly in {quick.Hops(node, right, cell)} hops, else in {whole.Hops(node, right, cell)}";
                }
            }
        }

        for (var place = 0; place < quick.Places; place++)
        {
            var cells = whole.CellsAt(place);
            if (!cells.IsEmpty && quick.HopsAt(place, cells) != whole.HopsAt(place, cells))
            {
                yield return $"{view[quick.IndexAt(place)]} plainly told in {quick.HopsAt(place, cells)} hops, else in {whole.HopsAt(place, cells)}";
            }
        }
    }

    private static string Words(ReachResult reach) => string.Join(' ', reach.Words.Select(held => $"{reach.Graph.View[held.Node]}={held.Word:X}"));

    private static IReadOnlyList<string> Told(RandomEstate estate)
    {
        var asked = new AskedEstate(estate);
        var snapshot = EngineEstate.Fold(estate);
        var again = Facade(snapshot);
        return
        [
            .. asked.Facts.NodeIds
                .Select(node => (Node: node, Again: Json(again, asked.Ask, node), Once: Json(Facade(snapshot), asked.Ask, node)))
                .Where(told => told.Again != told.Once)
                .Select(told => $"{told.Node}: asked again {told.Again}, asked once {told.Once}"),
        ];
    }

    private static Investigation Facade(GraphSnapshot snapshot) => new(new FoldedStore(snapshot), new AnalysisPolicy(), TimeProvider.System);

    private static string Json(Investigation facade, Ask ask, string seed) =>
        JsonSerializer.Serialize(facade.BlastRadiusAsync(ask, [seed], proofs: false).AsTask().GetAwaiter().GetResult(), AnswerJson.Default.AnswerBlastRadiusAnswer);
}
