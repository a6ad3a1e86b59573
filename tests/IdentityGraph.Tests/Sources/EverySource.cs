using IdentityGraph.Collect;
using IdentityGraph.Sources;

namespace IdentityGraph.Tests.Sources;

/// <summary>What must hold for every file format.</summary>
public sealed class EverySource
{
    public static TheoryData<string> Names() => [.. FileFormats.All.Select(format => format.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public void Has_a_sentence_a_page_and_a_line_in_the_table(string name)
    {
        Assert.EndsWith(".", FileFormats.Find(name)!.Sentence);
        Assert.True(File.Exists(Repository.File($"docs/sources/{name}.md")), $"docs/sources/{name}.md is missing");
        Assert.Contains($"[{name}.md]({name}.md)", File.ReadAllText(Repository.File("docs/sources/README.md")));
    }

    [Theory]
    [InlineData("Employe Nr,Name,Left\n17,Mara,2025-01-01\n", "lacks a column with the person's id (is it `Employe Nr`?) and one with a first day, last day or status: ")]
    [InlineData("Employee IDs;Name;Status\n17;Mara;Active\n", "lacks a column with the person's id (is it `Employee IDs`?): ")]
    [InlineData("Employee ID,Name,Office\n17,Mara,Oslo\n", "lacks one with a first day, last day or status: ")]
    [InlineData("host,port\ndb,5432\n", "If it is not about people, no format reads it")]
    public void A_table_that_nobody_recognises_is_told_the_nearest_format_and_the_way_out(string text, string said)
    {
        using var story = new FileStory(FileFormats.Find("hr-csv")!);
        var refused = Assert.Throws<RefusedInputException>(() => FileFormats.Detect(new ImportRequest { Path = story.Write("people.csv", text) }));

        Assert.Contains("the nearest is hr-csv", refused.Message);
        Assert.Contains(said, refused.Message);
        Assert.Contains("--from hr-csv --map FILE", refused.Message);
    }

    [Fact]
    public void What_is_no_table_is_told_every_format()
    {
        using var story = new FileStory(FileFormats.Find("hr-csv")!);

        Assert.Contains("say which with --from: ndjson, ", Assert.Throws<RefusedInputException>(() => FileFormats.Detect(new ImportRequest { Path = story.Write("notes.txt", "hello") })).Message);
    }

    [Fact]
    public void No_two_are_called_the_same() =>
        Assert.Equal(FileFormats.All.Count, FileFormats.All.Select(format => format.Name).Distinct().Count());
}
