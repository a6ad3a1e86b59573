using IdentityGraph.Analyze.Questions;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Scenarios;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Where proofs are paths, following them in their order gives the proofs that leaving out facts gives, in that order, with the same labels.</summary>
public sealed class PathsInOrderLawsTests
{
    private static readonly CancellationToken s_none = CancellationToken.None;

    [Fact]
    public void Paths_followed_are_the_proofs_that_leaving_out_facts_finds_in_random_estates()
    {
        var counts = new Counts();
        Sample.Check(60, 83, estate =>
        {
            var view = EngineEstate.Fold(estate).At(estate.Question.AsOf);
            return Compared(EngineEstate.Control(view, estate.Question), new ReachOptions(), counts);
        });
        counts.AreAtLeast(followed: 150, several: 3, branched: 5);
    }

    [Fact]
    public void So_they_are_where_every_kind_of_fact_may_be_disputed_or_left_out() =>
        InMany(40, seed => new Analyze.Reach.RandomEstate(seed).Say, new ReachOptions()).AreAtLeast(followed: 250, several: 80, branched: 50);

    [Fact]
    public void So_they_are_where_much_leads_to_the_same() =>
        InMany(15, seed => new TangledEstate(seed).Say, new ReachOptions()).AreAtLeast(followed: 400, several: 200, branched: 10);

    [Fact]
    public void So_they_are_where_the_search_remembered_little() =>
        InMany(15, seed => new TangledEstate(1_000 + seed).Say, new ReachOptions { FewProofs = true }).AreAtLeast(followed: 400, several: 200, branched: 10);

    [Fact]
    public void So_they_are_where_nodes_are_avoided() =>
        InMany(30, seed => new TangledEstate(2_000 + seed).Say, new ReachOptions { Avoid = node => node % 7 == 3 }).AreAtLeast(followed: 400, several: 200, branched: 20);

    private static Counts InMany(int estates, Func<int, Action<Facts.Lines>> estate, ReachOptions options)
    {
        var counts = new Counts();
        List<string> broken = [];
        for (var seed = 0; seed < estates; seed++)
        {
            var view = Facts.Of("2025-06-01", estate(seed)).At("2025-06-02");
            broken.AddRange(Compared(ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer), options, counts).Select(what => $"estate {seed}: {what}"));
        }

        Assert.True(broken.Count == 0, $"{broken.Count} differ:\n{string.Join('\n', broken.Take(4))}");
        return counts;
    }

    private static List<string> Compared(ControlGraph graph, ReachOptions options, Counts counts)
    {
        var view = graph.View;
        List<string> broken = [];
        for (var start = 0; start < view.NodeCount; start += 3)
        {
            var seeds = Seeding.Of(view[start], graph.Liveness);
            foreach (var node in graph.Reach(seeds, options).Attained.Where(node => node != view[start]).Where((_, number) => number % 2 == 0).Take(6))
            {
                var cells = graph.Reach(seeds, options)[node];
                var cell = (Cell)((node.Index + start) % 4);
                cell = cells.Of(cell) == Rights.None ? cells.Strongest : cell;
                var (right, count) = (cells.Highest(cell), 2 + (node.Index % 5));
                var followed = ProofList.Of(graph.Reach(seeds, options), node, right, cell, count, s_none);
                var branched = ProofList.ByBranches(graph.Reach(seeds, options), node, right, cell, count, s_none);
                counts.Add(followed);
                var (found, expected) = (Text(followed), Text(branched));
                broken.AddRange(found == expected || branched.IsCapped ? [] : [$"{count} proofs of {right} on {node} in {cell} from {view[start]}:\n{found}\nby leaving out facts\n{expected}"]);
            }
        }

        return broken;
    }

    private static string Text(ProofList list) =>
        $"{(list.IsWhole ? "all" : "more")}{(list.IsCapped ? ", cut short" : "")}{(list.LeavesWaysOut ? ", ways left out" : "")}\n" + string.Join('\n', list.Proofs.Select(Text));

    /// <summary>What hands on rights is told with those that nothing else gave sooner: by what else there is in the search.</summary>
    private static string Text(Proof proof) => string.Join(" | ", proof.Steps.Select(line =>
        $"{line.Rule?.Id} {line.Node} {(line.Rule == ControlRules.Contain ? "" : line.Rights)} from {string.Join(',', line.From)} over {string.Join(',', line.Edges)} {string.Join(',', line.NodeFacts)} {string.Join(',', line.Gates)} {line.Truth} {line.Hop}"));

    private sealed record Counts
    {
        public int Followed { get; private set; }

        public int Several { get; private set; }

        public int Branched { get; private set; }

        public void AreAtLeast(int followed, int several, int branched) =>
            Assert.True(Followed >= followed && Several >= several && Branched >= branched, ToString());

        public void Add(ProofList list)
        {
            Followed += list.HasFollowed ? 1 : 0;
            Several += list is { HasFollowed: true, Proofs.Count: > 1 } ? 1 : 0;
            Branched += list.HasFollowed ? 0 : 1;
        }
    }
}
