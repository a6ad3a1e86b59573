using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// When something was recorded, and in how many runs, changes nothing but from when on it is known: what counts is when it was observed.
/// </summary>
public sealed class TellingOrderTests
{
    /// <summary>One line a run: what two lines of one run mean together is tested by hand.</summary>
    private static bool TellsOnce(RandomEstate estate) => estate.Runs.All(run => run.Skip(1).Count(line => !line.ContainsKey("end")) <= 1);

    private static IEnumerable<RandomEstate> Estates(int first, int count) => Enumerable.Range(first, count).Select(TellingEstates.Of).Where(EstateScope.Holds);

    [Fact]
    public void One_fact_told_in_every_way_is_folded_as_the_naive_evaluator_says() =>
        Assert.Empty(Estates(1, 4000).Where(TellsOnce).SelectMany(estate => TellingDifferential.Compare(estate).Take(1).Select(difference => $"{difference}\n{estate}")));

    [Fact]
    public void The_order_in_which_runs_are_recorded_changes_nothing()
    {
        foreach (var (estate, seed) in Estates(100_000, 1500).Select((estate, seed) => (estate, seed)))
        {
            var other = TellingEstates.Recorded(estate, new Random(seed));
            Assert.True(EngineEstate.Fold(estate).Hash == EngineEstate.Fold(other).Hash, other.ToString());
        }
    }

    [Fact]
    public void A_delta_told_in_two_runs_says_the_same()
    {
        var split = 0;
        foreach (var estate in Estates(200_000, 3000))
        {
            var other = TellingEstates.Split(estate);
            split += other.Runs.Count > estate.Runs.Count ? 1 : 0;
            var moments = TellingDifferential.MomentsOf(new NaiveFacts(estate.Runs, estate.Question.AsKnownAt)).ToList();
            Assert.True(TellingDifferential.Told(estate, moments).SequenceEqual(TellingDifferential.Told(other, moments)), other.ToString());
        }

        Assert.True(split > 30, $"{split} estates had a delta to split");
    }
}
