using System.Globalization;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.Records;

namespace IdentityGraph.Tests.Sources.Records;

public sealed class IdTableTests
{
    [Fact]
    public void A_hundred_thousand_ids_have_the_numbers_in_which_they_came_and_no_other_has_one()
    {
        var table = new IdTable();
        for (var number = 0; number < 100_000; number++)
        {
            Assert.Equal(number, table.Add(Sid(number), out var isNew));
            Assert.True(isNew);
        }

        for (var number = 0; number < 100_000; number++)
        {
            Assert.Equal(number, table.Find(Sid(number)));
        }

        Assert.Equal(7, table.Add(Sid(7), out var isNewAgain));
        Assert.False(isNewAgain);
        Assert.Equal(100_000, table.Count);
        Assert.Equal(-1, table.Find(Sid(100_000)));
        Assert.Equal(-1, table.Find(Sid(7).ToLowerInvariant()));
        Assert.Equal(-1, table.Find(""));
    }

    [Fact]
    public void Many_looked_up_at_once_are_what_each_is_alone()
    {
        var table = new IdTable();
        for (var number = 0; number < 5_000; number += 2)
        {
            table.Add(Sid(number), out _);
        }

        Fingerprint[] ids = [.. Enumerable.Range(0, 32).Select(number => Fingerprint.Of(Sid(number)))];
        var numbers = new int[ids.Length];
        table.Find(ids, numbers);

        Assert.Equal(Enumerable.Range(0, 32).Select(number => number % 2 == 0 ? number / 2 : -1), numbers);
    }

    [Fact]
    public void As_many_as_there_may_be_fit_and_one_more_is_refused_with_the_way_out()
    {
        var table = new IdTable(most: 3);
        foreach (var id in new[] { "a", "b", "c", "a", "c" })
        {
            table.Add(id, out _);
        }

        var refused = Assert.Throws<RefusedInputException>(() => table.Add("d", out _));

        Assert.Equal("there are more than 3 different objects, which is as many as are kept apart in memory; import them in parts, each with the objects that its relationships name", refused.Message);
        Assert.Equal(1, table.Add("b", out var isNew));
        Assert.False(isNew);
        Assert.Equal(-1, table.Find("d"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("S-1-5-21-1-2-3-500")]
    [InlineData("PÉTER@LAB.TEST")]
    public void A_text_has_the_fingerprint_of_its_bytes_and_one_that_ends_otherwise_has_another(string text)
    {
        Assert.Equal(Fingerprint.Of(Encoding.UTF8.GetBytes(text)), Fingerprint.Of(text));
        Assert.NotEqual(Fingerprint.Of(text), Fingerprint.Of(text + "\0"));
        Assert.NotEqual(Fingerprint.Of(text), Fingerprint.Of(text + " "));
        Assert.Equal(Fingerprint.Of(text.PadLeft(1_000)), Fingerprint.Of(Encoding.UTF8.GetBytes(text.PadLeft(1_000))));
    }

    [Fact]
    public void Different_halves_of_pairs_are_different_though_UTF_8_has_none_of_them()
    {
        Assert.NotEqual(Fingerprint.Of("a\uD800"), Fingerprint.Of("a\uD801"));
        Assert.NotEqual(Fingerprint.Of("a\uD800"), Fingerprint.Of("a\uFFFD"));
        Assert.Equal(Fingerprint.Of("a\uD800"), Fingerprint.Of("a\uD800"));
    }

    private static string Sid(int number) => string.Create(CultureInfo.InvariantCulture, $"S-1-5-21-3130019616-2776909439-2417379446-{number}");
}
