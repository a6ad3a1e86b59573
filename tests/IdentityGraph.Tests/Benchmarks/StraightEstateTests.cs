using IdentityGraph.Analyze.Mass;
using IdentityGraph.Analyze.Reach;
using IdentityGraph.Benchmarks.Estates;

namespace IdentityGraph.Tests.Benchmarks;

/// <summary>Estates too large for a snapshot are measured on a graph laid out straight: it must be the one the snapshot leads to.</summary>
public sealed class StraightEstateTests
{
    [Theory]
    [InlineData(2_000, 1)]
    [InlineData(12_000, 2)]
    [InlineData(12_000, 3)]
    public void Counted_straight_is_counted_through_the_snapshot(int edges, int seed)
    {
        var estate = new Estate(new EstateOptions(edges, Full: false, (ulong)seed));
        var view = Pipeline.Fold([(EstateLines.Run, new EstateLines(estate).All())], EstateLines.Day, cancellationToken: TestContext.Current.CancellationToken).At(EstateLines.Day);
        var control = ControlGraph.Compile(view, new Liveness(view), AttackerProfile.ExternalBearer);
        var starts = Numbers(estate).Select(node => Seeding.Of(view.Find(estate.IdOf(node))!.Value, control.Liveness)).ToList();

        var through = MassReach.Of(control, starts, new MassOptions { Workers = 1 }, TestContext.Current.CancellationToken);
        var straight = new StraightEstate(estate);
        var counted = straight.Count(new MassOptions { Workers = 1 }, TestContext.Current.CancellationToken);

        Assert.Equal(through.Summaries.Select(Told), counted.Summaries.Select(Told));
        Assert.Equal((through.Costs.Parts, through.Costs.Edges), (counted.Costs.Parts, counted.Costs.Edges));
    }

    [Fact]
    public void One_start_searched_alone_is_what_is_counted()
    {
        var straight = new StraightEstate(new Estate(new EstateOptions(12_000, Full: false)));
        var counted = straight.Count(new MassOptions { Workers = 1 }, TestContext.Current.CancellationToken);
        var (seen, found) = (new byte[straight.Graph.Count], new List<int>());

        for (var start = 0; start < counted.Summaries.Count; start++)
        {
            var (alone, summary) = (straight.Search(start, seen, found), counted.Summaries[start]!);
            Assert.Equal((alone.Nodes, (double)alone.Score / Sums.Fraction, alone.Unstated), (summary.NodesIn(Cell.CertainDirect), summary.Raw, summary.WithoutCriticality));
        }

        Assert.Contains(counted.Summaries, summary => summary!.NodesIn(Cell.CertainDirect) > 100);
    }

    [Fact]
    public void An_estate_with_gates_is_not_laid_out_straight() =>
        Assert.Throws<ArgumentException>(() => new StraightEstate(new Estate(new EstateOptions(2_000, Full: true))));

    private static IEnumerable<int> Numbers(Estate estate) => ((EstatePart[])[estate.Services, estate.Credentials]).SelectMany(part => Enumerable.Range(part.First, part.Count));

    private static string Told(ReachSummary? summary) =>
        $"{string.Join('/', Enum.GetValues<Cell>().Select(summary!.NodesIn))} raw {summary.Raw} direct {summary.DirectRaw} possible {summary.PossibleRaw} share {summary.Share} jewels {summary.CrownJewels} unstated {summary.WithoutCriticality}";
}
