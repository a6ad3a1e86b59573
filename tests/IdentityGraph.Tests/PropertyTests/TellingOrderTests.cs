using IdentityGraph.Tests.Naive;

namespace IdentityGraph.Tests.PropertyTests;

/// <summary>
/// When something was recorded, and in how many runs, changes nothing but from when on it is known: what counts is when it was observed.
/// </summary>
public sealed class TellingOrderTests
{
    private static IEnumerable<RandomEstate> Estates(int first, int count) => Soak.Numbers(first, count).Select(TellingEstates.Of).Where(EstateScope.Holds);

    private static bool BeginsOneRunAtATime(RandomEstate estate) => estate.Runs.GroupBy(run => $"{run[0]["source"]} {run[0]["startedAt"]}").All(runs => runs.Count() == 1);

    [Fact]
    public void One_fact_told_in_every_way_is_folded_as_the_naive_evaluator_says()
    {
        List<string> found = [];
        var compared = 0;
        foreach (var estate in Estates(1, 4000))
        {
            compared++;
            if (TellingDifferential.Compare(estate) is [var difference, ..])
            {
                found.Add($"{difference}\n{estate}");
                Soak.Say(found[^1]);
            }
        }

        Soak.Say($"{compared} tellings compared, {found.Count} differences");
        Assert.Equal("", string.Join('\n', found.Take(5)));
    }

    [Fact]
    public void The_order_in_which_runs_are_recorded_changes_nothing()
    {
        // Of two runs of one instant the rows may be cut otherwise; what they say is the same.
        foreach (var (estate, seed) in Estates(100_000, 1500).Where(BeginsOneRunAtATime).Select((estate, seed) => (estate, seed)))
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
