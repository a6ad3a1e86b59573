using System.Text.Json;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Policies;
using IdentityGraph.Report;
using IdentityGraph.Report.Answers;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>A proof that is searched for among what leads to it in as many hops is the one a search of everything chooses; so are the best few.</summary>
public sealed class CorridorLawsTests
{
    private static readonly ReachOptions s_few = new() { FewProofs = true };

    [Fact]
    public void The_proof_is_the_one_chosen_by_a_search_of_everything()
    {
        var (narrow, wide) = (0, 0);
        Sample.Check(150, 81, estate => Proved(estate, ref narrow, ref wide));
        Assert.True(narrow > wide, $"{narrow} of {narrow + wide} proofs were searched for narrowly");
    }

    [Fact]
    public void Paths_are_those_of_searches_of_everything()
    {
        var told = 0;
        Sample.Check(60, 82, estate => Asked(estate, ref told));
        Assert.True(told > 200, $"{told} answers with a path were compared");
    }

    private static List<string> Proved(RandomEstate estate, ref int narrow, ref int wide)
    {
        var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
        var (graph, apart) = (EngineEstate.Control(view, estate.Question), EngineEstate.Control(view, estate.Question));
        List<string> broken = [];
        for (var start = 0; start < view.NodeCount; start++)
        {
            var seeds = Seeding.Of(view[start], graph.Liveness);
            var (few, all) = (graph.Reach(seeds, s_few), apart.Reach(seeds));
            foreach (var node in all.Attained)
            {
                var cell = all[node].Strongest;
                var right = all[node].Highest(cell);
                var isNarrow = Corridor.To(few, node, right, cell) is { } corridor && corridor.Search(s_few, corridor.Hops, CancellationToken.None) is not null;
                narrow += isNarrow ? 1 : 0;
                wide += isNarrow ? 0 : 1;
                var (found, chosen) = (Text(few.Proof(node)!), Text(all.Proof(node)!));
                broken.AddRange(found == chosen ? [] : [$"{node} from {view[start]}: {found}, of everything {chosen}"]);

                // What proofs remember is asked for of another search: this one stays as it was.
                few = few.Between is null ? graph.Reach(seeds, s_few) : few;
            }
        }

        return broken;
    }

    private static List<string> Asked(RandomEstate estate, ref int told)
    {
        var asked = new AskedEstate(estate);
        var snapshot = EngineEstate.Fold(estate);
        var (soon, atOnce) = (Facade(snapshot), Facade(snapshot));
        string[] ids = [.. asked.Facts.NodeIds];
        List<string> broken = [];
        for (var number = 0; number < ids.Length; number++)
        {
            for (var step = 1; step < ids.Length; step += 3)
            {
                var question = new PathQuestion { From = ids[number], To = ids[(number + step) % ids.Length], Count = step % 2 == 0 ? 1 : 4 };
                var (narrow, wide) = (Json(soon, asked.Ask, question), Json(atOnce, asked.Ask with { Budget = TimeSpan.FromHours(1) }, question));
                told += narrow.Contains("\"rule\":", StringComparison.Ordinal) ? 1 : 0;
                broken.AddRange(narrow == wide ? [] : [$"{question}: {narrow}, by searches of everything {wide}"]);
            }
        }

        return broken;
    }

    private static string Text(Proof proof) => $"{proof.Right} in {proof.Cell}: " + string.Join(" | ", proof.Steps.Select(line =>
        $"{line.Rule?.Id} {line.Node} {line.Rights} from {string.Join(',', line.From)} over {string.Join(',', line.Edges)} {string.Join(',', line.NodeFacts)} {string.Join(',', line.Gates)} {line.Truth} {line.Hop}"));

    private static Investigation Facade(GraphSnapshot snapshot) => new(new FoldedStore(snapshot), new AnalysisPolicy(), TimeProvider.System);

    private static string Json(Investigation facade, Ask ask, PathQuestion question) =>
        JsonSerializer.Serialize(facade.PathAsync(ask, question).AsTask().GetAwaiter().GetResult(), AnswerJson.Default.AnswerPathAnswer);
}
