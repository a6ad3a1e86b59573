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

    [Fact]
    public void No_two_are_called_the_same() =>
        Assert.Equal(FileFormats.All.Count, FileFormats.All.Select(format => format.Name).Distinct().Count());
}
