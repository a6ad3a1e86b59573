using IdentityGraph.Sources.Records;

namespace IdentityGraph.Tests.Sources.Records;

public sealed class TextShelfTests
{
    /// <summary>Room for one block in memory: all others go to the file.</summary>
    [Theory]
    [InlineData(TextShelf.InMemory)]
    [InlineData(1 << 14)]
    [InlineData(0)]
    public void Every_text_is_found_where_it_was_put_in_memory_or_in_the_file_behind_it(int inMemory)
    {
        using var shelf = new TextShelf(inMemory);
        string[] texts = ["", "USER1@LAB.TEST", "Péter Ödön", new string('x', 16_380), "between", new string('y', 100_000), .. Enumerable.Range(0, 5_000).Select(number => $"USER{number}@LAB.TEST"), "last"];
        var places = texts.Select(shelf.Add).ToArray();

        Assert.Equal(texts, places.Select(shelf.Read));
        Assert.Equal(texts.Reverse(), places.Reverse().Select(shelf.Read));

        var place = 0L;
        List<string> inOrder = [];
        while (place < shelf.Length)
        {
            inOrder.Add(shelf.Read(ref place));
        }

        Assert.Equal(texts, inOrder);
    }

    [Fact]
    public void What_is_put_there_between_two_readings_is_read_too()
    {
        using var shelf = new TextShelf(inMemory: 0);
        List<(long Place, string Text)> put = [];
        for (var number = 0; number < 3_000; number++)
        {
            var text = $"S-1-5-21-1-2-3-{number}";
            put.Add((shelf.Add(text), text));
            var (place, before) = put[number / 2];
            Assert.Equal(before, shelf.Read(place));
        }
    }

    [Fact]
    public void A_folder_that_takes_no_file_is_named_with_the_way_out()
    {
        using var shelf = new TextShelf(inMemory: 0, Path.Combine(Path.GetTempPath(), "there-is-no-such-folder"));

        var refused = Assert.Throws<IOException>(() => shelf.Add(new string('x', 1 << 20)));

        Assert.Contains("there-is-no-such-folder", refused.Message, StringComparison.Ordinal);
        Assert.Contains("set TMPDIR", refused.Message, StringComparison.Ordinal);
    }
}
