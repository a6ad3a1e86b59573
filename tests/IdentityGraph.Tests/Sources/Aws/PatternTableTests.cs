using IdentityGraph.Sources.Aws.Kept;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Patterns of resources are found again by their text and service, and come back as they were.</summary>
public sealed class PatternTableTests
{
    private readonly PatternTable _table = new();

    [Theory]
    [InlineData("s3", "arn:aws:s3:::bucket/*")]
    [InlineData("s3", "bucket*")]
    [InlineData("kms", "arn:aws:s3:::bucket/*")]
    [InlineData("s3", "arn:aws:s*:::bucket")]
    [InlineData("", "arn:aws::::x")]
    [InlineData("s3", "arn:aws:s3")]
    [InlineData("s3:x", "arn:aws:s3:x:::y")]
    [InlineData("sé", "arn:aws:sé:::y")]
    public void A_pattern_is_of_the_service_it_was_added_to_and_of_no_other(string service, string pattern)
    {
        var number = _table.Add(service, pattern, isForeign: true);

        Assert.Equal(number, _table.Add(service, pattern, isForeign: false));
        Assert.Equal(number, _table.Find(service, pattern));
        Assert.Equal((-1, -1), (_table.Find("sqs", pattern), _table.Find(service, pattern + "x")));
        Assert.Equal((pattern, service, true), (_table[number], _table.ServiceOf(number), _table.IsForeign(number)));
        Assert.Equal((true, false), (_table.IsOf(number, service), _table.IsOf(number, "sqs")));
        Assert.Equal([number], _table.Numbers);
    }

    [Fact]
    public void The_same_pattern_without_a_service_is_another_in_each()
    {
        var (one, other) = (_table.Add("s3", "bucket*", false), _table.Add("sqs", "bucket*", false));

        Assert.NotEqual(one, other);
        Assert.Equal(("s3", "sqs"), (_table.ServiceOf(one), _table.ServiceOf(other)));
    }

    [Fact]
    public void One_that_only_others_named_is_not_yet_its_service_s_own()
    {
        var number = _table.Add("s3", "arn:aws:s3:::bucket", isForeign: false);

        Assert.False(_table.IsOwn(number));
        _table.Own(number);
        Assert.True(_table.IsOwn(number));
    }

    [Fact]
    public void They_are_in_the_order_of_their_texts_whatever_letters_they_have()
    {
        string[] patterns = ["arn:aws:s3:::b", "arn:aws:s3:::", "arn:aws:s3:::ba", "arn:aws:s3:::b\uFF01", "arn:aws:s3:::b\U0001F600", "arn:aws:s3:::bé", "b*", "arn:aws:sqs:::b", "arn:aws:s3:::b\uD7FF"];
        var numbers = patterns.Select(pattern => _table.Add(pattern.StartsWith("arn:aws:sqs", StringComparison.Ordinal) ? "sqs" : "s3", pattern, false)).ToArray();
        Array.Sort(numbers, _table.Compare);

        Assert.Equal(patterns.Order(StringComparer.Ordinal), numbers.Select(number => _table[number]));
    }
}
