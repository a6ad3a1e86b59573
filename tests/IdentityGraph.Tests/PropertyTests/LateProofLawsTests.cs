using System.Text.Json;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Proofs that are looked for as they are read, after a search that remembered nothing for them, are those told at once.</summary>
public sealed class LateProofLawsTests
{
    private static readonly Cell[] s_cells = Enum.GetValues<Cell>();
    private static readonly Rights[] s_rights = [Rights.Discover, Rights.Read, Rights.Write, Rights.Use, Rights.Admin, Rights.ControlPlane];

    [Fact]
    public void Proofs_read_late_are_those_told_at_once()
    {
        var steps = 0;
        Sample.Check(120, 71, estate => Told(estate, ref steps));
        Assert.True(steps > 2_000, $"{steps} steps of proofs were compared");
    }

    [Fact]
    public void What_is_chosen_quickly_is_what_is_chosen_in_general()
    {
        var (quick, general) = (0, 0);
        Sample.Check(150, 72, estate => Chosen(estate, ref quick, ref general));
        Assert.True(quick > general, $"{quick} of {quick + general} were chosen quickly");
    }

    [Fact]
    public void A_proof_has_no_more_steps_than_was_seen_beforehand() => Sample.Check(120, 73, Longer);

    [Fact]
    public void Proofs_have_as_many_steps_as_hops_where_that_was_seen_beforehand()
    {
        var seen = 0;
        Sample.Check(120, 74, estate => Miscounted(estate, ref seen));
        Assert.True(seen > 1_000, $"{seen} proofs were counted");
    }

    private static List<string> Told(RandomEstate estate, ref int steps)
    {
        var asked = new AskedEstate(estate);
        var snapshot = EngineEstate.Fold(estate);
        var (late, atOnce) = (Facade(snapshot), Facade(snapshot));
        List<string> broken = [];
        foreach (var node in asked.Facts.NodeIds)
        {
            var (read, told) = (Json(late, asked.Ask, node), Json(atOnce, asked.Ask with { Budget = TimeSpan.FromHours(1) }, node));
            steps += read.Split("\"rule\":").Length - 1;
            broken.AddRange(read == told ? [] : [$"{node}: read late {read}, told at once {told}"]);
        }

        return broken;
    }

    private static List<string> Chosen(RandomEstate estate, ref int quick, ref int general)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var graph = EngineEstate.Control(view, estate.Question);
        List<string> broken = [];
        for (var start = 0; start < view.NodeCount; start++)
        {
            var reach = graph.Reach(Seeding.Of(view[start], graph.Liveness));
            foreach (var (cell, right) in s_cells.SelectMany(cell => s_rights.Select(right => (cell, right))))
            {
                var (search, bit) = (new ProofSearch(reach, cell), CellBits.Word(right, 1u << (int)cell));
                foreach (var node in reach.Attained.Where(node => reach.Hops(node, right, cell) > 0))
                {
                    var (soon, written) = (search.ChooseQuickly(node.Index, bit), search.ChooseWritten(node.Index, bit));
                    quick += soon is null ? 0 : 1;
                    general += soon is null ? 1 : 0;
                    if (soon is not null && Text(soon) != Text(written))
                    {
                        broken.Add($"{right} on {node} from {view[start]}, {cell}: quickly {Text(soon)}, else {Text(written)}");
                    }
                }
            }
        }

        return broken;
    }

    private static List<string> Longer(RandomEstate estate)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var graph = EngineEstate.Control(view, estate.Question);
        List<string> broken = [];
        for (var start = 0; start < view.NodeCount; start++)
        {
            var reach = graph.Reach(Seeding.Of(view[start], graph.Liveness), new ReachOptions { LateProofs = true });
            broken.AddRange(
                from node in reach.Attained
                let proof = reach.Proof(node)
                where proof.Steps.Count > reach.StepsAtMost
                select $"{node} from {view[start]}: {proof.Steps.Count} steps, at most {reach.StepsAtMost} were seen");
        }

        return broken;
    }

    private static List<string> Miscounted(RandomEstate estate, ref int seen)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var graph = EngineEstate.Control(view, estate.Question);
        List<string> broken = [];
        for (var start = 0; start < view.NodeCount; start++)
        {
            var reach = graph.Reach(Seeding.Of(view[start], graph.Liveness), new ReachOptions { LateProofs = true });
            foreach (var node in reach.HasStepsLikeHops ? reach.Attained : [])
            {
                seen++;
                var (steps, hops) = (reach.Proof(node)!.Steps.Count, reach.Hops(node));
                broken.AddRange(steps == hops + 1 ? [] : [$"{node} from {view[start]}: {steps} steps in {hops} hops"]);
            }
        }

        return broken;
    }

    private static string Text(ProofApplication application) =>
        $"{application.Rule} by clause {application.Clause} from {application.Origin} over {string.Join(',', application.Edges)} after {string.Join(',', application.Walked)}, {application.Premise}, {application.Surely:X}, {application.Bits:X} in {application.Hop}";

    private static Investigation Facade(GraphSnapshot snapshot) => new(new FoldedStore(snapshot), new AnalysisPolicy(), TimeProvider.System);

    private static string Json(Investigation facade, Ask ask, string seed) =>
        JsonSerializer.Serialize(facade.BlastRadiusAsync(ask, [seed]).AsTask().GetAwaiter().GetResult(), AnswerJson.Default.AnswerBlastRadiusAnswer);
}
