using IdentityGraph.Analyze.Measures;

namespace IdentityGraph.Tests.Analyze.Measures;

/// <summary>Sorting by small whole numbers is sorting.</summary>
public sealed class RadixSortTests
{
    /// <summary>Few and many; keys of one, two and three digits, and as large as they come.</summary>
    [Theory]
    [InlineData(0, 10)]
    [InlineData(7, 1_000)]
    [InlineData(5_000, 1_500)]
    [InlineData(5_000, 1 << 20)]
    [InlineData(5_000, (1 << 23) + 1)]
    [InlineData(5_000, int.MaxValue)]
    public void Items_come_in_the_order_of_their_keys(int count, int end)
    {
        var dice = new Random(5);
        int[] keys = [.. Enumerable.Range(0, count).Select(_ => dice.Next(end))];
        int[] items = [.. Enumerable.Range(0, count)];
        var expected = items.OrderBy(item => keys[item]).Select(item => keys[item]).ToArray();
        int[] before = [.. keys];

        RadixSort.Sort(keys, items, end);

        Assert.Equal(expected, keys);
        Assert.Equal(expected, items.Select(item => before[item]));
        Assert.Equal(Enumerable.Range(0, count), items.Order());
    }
}
