namespace IdentityGraph.Tests.PropertyTests;

/// <summary>Random estates are worth asking about: agreement on graphs in which a rule decides nothing would say nothing of the rule.</summary>
public sealed class EstateStatisticsTests
{
    private const int Estates = 600;

    [Fact]
    public void Every_rule_every_gate_claims_and_the_unknown_each_decide_an_answer_in_one_graph_of_a_hundred()
    {
        var decided = EstateStatistics.All.ToDictionary(word => word, _ => 0);
        List<string> open = [.. EstateStatistics.All];
        for (var number = 0; number < Estates && open.Count > 0; number++)
        {
            foreach (var word in EstateStatistics.Decisive(EstateGenerator.Generate(number), open).ToList())
            {
                decided[word]++;
            }

            open.RemoveAll(word => decided[word] * 100 >= Estates);
        }

        Assert.True(open.Count == 0, $"of {Estates} graphs too few were decided by {string.Join(", ", open.Select(word => $"{word} ({decided[word]})"))}");
    }
}
