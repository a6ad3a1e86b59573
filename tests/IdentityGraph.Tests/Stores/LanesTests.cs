using IdentityGraph.Stores.Neo4j.Projection;

namespace IdentityGraph.Tests.Stores;

/// <summary>Writers side by side touch no node in common.</summary>
public sealed class LanesTests
{
    [Fact]
    public void In_no_round_do_two_lanes_share_a_bucket_and_every_two_buckets_meet_once()
    {
        Assert.All(Lanes.Rounds, round => Assert.Equal(2 * Lanes.Count, round.SelectMany(pair => new[] { pair.One, pair.Other }).Distinct().Count()));
        var pairs = Lanes.Rounds.SelectMany(round => round).ToList();
        Assert.Equal(pairs.Distinct().Count(), pairs.Count);
        Assert.Equal(Lanes.Count * ((2 * Lanes.Count) - 1), pairs.Count);
    }

    [Fact]
    public void A_relationship_is_written_by_a_lane_that_has_the_buckets_of_both_its_ends()
    {
        for (var of = 0; of < 60; of++)
        {
            for (var to = 0; to < 60; to++)
            {
                var (round, place) = Lanes.Of(of, to);
                var pair = Lanes.Rounds[round][place];
                Assert.Contains(Lanes.BucketOf(of), new[] { pair.One, pair.Other });
                Assert.Contains(Lanes.BucketOf(to), new[] { pair.One, pair.Other });
            }
        }
    }
}
