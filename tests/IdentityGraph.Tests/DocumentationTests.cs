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

    [Fact]
    public void Every_right_and_grade_has_its_line()
    {
        Assert.Equal(Enum.GetValues<EvidenceGrade>().OrderDescending(), Words.Grades.Select(grade => grade.Grade));
        Assert.All(Words.Grades, grade => Assert.Equal(grade.Grade.ToString(), grade.Word.Name));
        Assert.All(Words.Rights, right => Assert.Equal(RightsLogic.ToLetters(right.Right), right.Letter));
        Assert.Equal(Rights.All, Words.Rights.Aggregate(Rights.None, (all, right) => all | right.Right));
    }
}
