using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Graph;
using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Tests.PropertyTests;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>What is not compared with a resource is not about it.</summary>
public sealed class ResourceIndexTests
{
    private static readonly string[] s_words = ["*", "a", "b", "ab", "aab", "?", "a*", "*b", "a*b", "a?b", "aa/b", "aa/*", "*/b", "${aws:username}/b", "a/${aws:username}", "a${aws:PrincipalTag/x}b", "ba", "abab", "aa*ba"];

    [Fact]
    public void A_statement_that_is_left_out_is_about_something_else() => Prop.ForAll(Arb.From(Cases()), drawn =>
    {
        var statements = drawn.Patterns.Select(Statement).ToArray();
        var request = new IamRequest("arn:aws:iam::111111111111:user/a", "s3:GetObject", drawn.Resource) { Scope = drawn.Scope };
        var found = new ResourceIndex(statements).For(drawn.Resource, drawn.Scope != ResourceScope.One);
        var missed = statements.Except(found).FirstOrDefault(statement => statement.IsAboutResource(request, "a") != Truth.False);
        return missed is null ? true : throw new LawBrokenException($"`{missed.Resources![0].Text}` is left out of {drawn.Scope} `{drawn.Resource}`");
    }).Check(Config.QuickThrowOnFailure.WithReplay(20260401, 5).WithMaxTest(3_000));

    [Fact]
    public void Of_many_statements_those_that_begin_or_end_otherwise_are_left_out()
    {
        PolicyStatement[] statements = [.. Enumerable.Range(0, 1_000).Select(number => Statement($"arn:aws:s3:::b{number}/*", number))];
        PolicyStatement[] ends = [.. Enumerable.Range(0, 1_000).Select(number => Statement($"arn:aws:s3:::*/{number}", number))];

        Assert.Equal(["arn:aws:s3:::b17/*"], new ResourceIndex(statements).For("arn:aws:s3:::b17/x", false).Select(statement => statement.Resources![0].Text));
        Assert.Equal(["arn:aws:s3:::*/17"], new ResourceIndex(ends).For("arn:aws:s3:::c/17", false).Select(statement => statement.Resources![0].Text));
        Assert.Equal(1_000, new ResourceIndex(statements).For("*", true).Count);
    }

    private static Gen<(string[] Patterns, string Resource, ResourceScope Scope)> Cases() =>
        from count in Gen.Choose(1, 100)
        from patterns in Gen.ListOf(Gen.Elements(s_words), count)
        from resource in Gen.Elements(s_words.Where(word => !word.Contains('$', StringComparison.Ordinal)).ToArray())
        from scope in Gen.Elements(ResourceScope.One, ResourceScope.Every, ResourceScope.Some)
        select (patterns.ToArray(), resource, scope);

    private static PolicyStatement Statement(string pattern, int index) => new()
    {
        Index = index,
        Denies = false,
        About = new ActionPatterns(["s3:*"], false),
        Resources = [PolicyReading.Resource(pattern, variables: true)],
    };
}
