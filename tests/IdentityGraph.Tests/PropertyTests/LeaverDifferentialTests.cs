namespace IdentityGraph.Tests.PropertyTests;

/// <summary>The product and the naive evaluator judge a leaver alike: verdict, moment, paths with their classes and levels, and the anchor each hangs on.</summary>
public sealed class LeaverDifferentialTests
{
    [Fact]
    public void They_judge_random_leavers_alike() => Judge(0, 60);

    [Fact]
    [Trait("Category", "Slow")]
    public void They_judge_many_random_leavers_alike() => Judge(60, 200);

    private static void Judge(int from, int count)
    {
        List<string> found = [];
        for (var number = from; number < from + count; number++)
        {
            if (LeaverEstates.Generate(number) is { } estate && LeaverDifferential.Compare(estate) is { Count: > 0 } differences)
            {
                found.Add($"{number}: {string.Join("; ", differences)}\n{estate}");
            }
        }

        Assert.True(found.Count == 0, string.Join('\n', found));
    }
}
