using IdentityGraph.Graph;
using IdentityGraph.Report;

namespace IdentityGraph.Tests;

/// <summary>Pages that are made from data equal what the data prints.</summary>
public sealed class DocumentationTests
{
    [Fact]
    public void The_schema_page_is_what_the_kinds_print() =>
        Assert.Equal(SchemaText.Markdown(), File.ReadAllText(Repository.File("docs/schema.md")).ReplaceLineEndings("\n"));

    [Fact]
    public void Every_kind_and_property_has_a_sentence()
    {
        Assert.All(NodeKind.All, kind => Assert.EndsWith(".", kind.Sentence));
        Assert.All(EdgeKind.All, kind => Assert.EndsWith(".", kind.Sentence));
        Assert.All(NodeKind.All.SelectMany(kind => kind.Properties), property => Assert.EndsWith(".", property.Sentence));
    }
}
