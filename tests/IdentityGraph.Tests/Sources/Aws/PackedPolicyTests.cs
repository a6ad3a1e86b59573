using IdentityGraph.Sources.Aws.Iam;
using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Policies that are kept packed say what they said before.</summary>
public sealed class PackedPolicyTests
{
    private readonly PackedPolicies _packed = new();
    private readonly PolicyWords _words = new();

    [Theory]
    [InlineData("""{"Version":"2012-10-17","Statement":[{"Sid":"Read","Effect":"Allow","Action":["s3:GetObject"],"Resource":["arn:aws:s3:::b1","arn:aws:s3:::b1/*"]}]}""")]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}""")]
    [InlineData("""{"Statement":[{"Sid":"","Effect":"Deny","Action":"sqs:SendMessage","NotResource":["arn:aws:sqs:::q"]},{"Effect":"Allow","Action":"s3:GetObject","Resource":["b","bärçß😀","bär","a",""]}]}""")]
    [InlineData("""{"Version":"2008-10-17","Statement":[{"Sid":"x${y}","Effect":"Allow","NotAction":["*"],"Resource":["arn:aws:s3:::${aws:username}"],"Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}}]}""")]
    [InlineData("""{"Statement":[{"Effect":"Allow","Action":"s3:GetObject"},{"Effect":"Allow","Action":"s3:GetObject","Resource":[]}]}""")]
    public void A_policy_comes_back_as_it_was(string text)
    {
        var document = PolicyReading.Parse(text, _words);
        var packed = _packed.Packed(document);

        Assert.True(packed.IsPacked);
        AssertSame(document, packed);
    }

    [Fact]
    public void Long_names_and_many_policies_come_back()
    {
        var texts = Enumerable.Range(0, 3_000).Select(number => $$"""{"Statement":[{"Sid":"Stmt{{number}}","Effect":"Allow","Action":"s3:GetObject","Resource":["arn:aws:s3:::{{new string('b', number % 1_500)}}/{{number}}","arn:aws:s3:::{{new string('b', number % 1_500)}}{{number}}"]}]}""").ToArray();
        var packed = texts.Select(text => _packed.Packed(PolicyReading.Parse(text, _words))).ToArray();

        Assert.All(packed, document => Assert.True(document.IsPacked));
        Assert.All(packed.Index().Where(each => each.Index % 97 == 0), each => AssertSame(PolicyReading.Parse(texts[each.Index], _words), each.Item));
    }

    [Theory]
    [InlineData("""{"Statement":{"Effect":"Allow","Action":"iam:CreateAccessKey","Resource":"*"}}""")]
    [InlineData("""{"Statement":{"Effect":"Allow","NotAction":"s3:GetObject","Resource":"*"}}""")]
    [InlineData("""{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"arn:aws:s3:::${aws:username}"}}""")]
    [InlineData("""{"Statement":{"Effect":"Maybe","Action":"s3:GetObject","Resource":"*"}}""")]
    [InlineData("""{"Statement":[]}""")]
    public void What_is_asked_about_or_says_more_than_its_words_is_not_packed(string text) => Assert.False(_packed.Packed(PolicyReading.Parse(text, _words)).IsPacked);

    [Fact]
    public void What_several_have_is_unpacked_once()
    {
        var packed = _packed.Packed(PolicyReading.Parse("""{"Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}""", _words));
        Assert.NotSame(packed.Statements, packed.Statements);
        packed.IsShared = true;

        Assert.Same(packed.Statements, packed.Statements);
        Assert.False(packed.IsPacked);
    }

    private static void AssertSame(PolicyDocument expected, PolicyDocument actual)
    {
        Assert.Equal((expected.HasDeny, expected.HasProblems, expected.UsesName, expected.AsksFactor), (actual.HasDeny, actual.HasProblems, actual.UsesName, actual.AsksFactor));
        Assert.Equal(expected.Statements.Count, actual.Statements.Count);
        foreach (var (one, other) in expected.Statements.Zip(actual.Statements))
        {
            Assert.Equal(one with { Resources = null }, other with { Resources = null });
            Assert.Equal(one.Resources, other.Resources);
        }
    }
}
