using System.Text.Json;
using IdentityGraph.Cli;
using IdentityGraph.Cli.Scenarios;
using YamlDotNet.RepresentationModel;

namespace IdentityGraph.Tests.Cli;

/// <summary>The language of `expect` in scenario files: beside what matches the nearest that does not.</summary>
public sealed class ExpectationTests
{
    private const string Answer = """
        {"verdict":"Clear","pendingUntil":null,"share":0.25,"live":true,
         "reached":[{"id":"a","level":"L2","certain":{"direct":"DR"}},{"id":"b","level":"L3?","certain":{"direct":""}},{"id":"b2","level":"L3"}],
         "cuts":[{"members":["x"]},{"members":["y","z"]}],"words":["one","one"]}
        """;

    [Theory]
    [InlineData("verdict: Clear")]
    [InlineData("verdict: {not: Reachable}")]
    [InlineData("verdict: {contains: lea}")]
    [InlineData("pendingUntil: null")]
    [InlineData("live: true")]
    [InlineData("share: 0.250")]
    [InlineData("share: {atLeast: 0.2, atMost: 0.3}")]
    [InlineData("reached: [b, {id: a, certain: {direct: DR}}]")]
    [InlineData("reached: {ids: [b2, b, a]}")]
    [InlineData("reached: {only: [{level: L3}, {level: L2}, {id: b}]}")]
    [InlineData("reached: {absent: [c, {id: a, level: L3}], count: 3}")]
    [InlineData("reached: {count: {atLeast: 3}}")]
    [InlineData("cuts: {only: [{members: {only: [z, y]}}, {members: {only: [x]}}]}")]
    [InlineData("words: [one, one]")]
    public void Matches(string expected) => Assert.Null(Difference(expected));

    [Theory]
    [InlineData("verdict: clear", "verdict is \"Clear\", not \"clear\"")]
    [InlineData("verdict: {not: Clear}", "verdict is \"Clear\"")]
    [InlineData("verdict: null", "verdict is \"Clear\", not null")]
    [InlineData("pendingUntil: \"null\"", "pendingUntil is null, not \"null\"")]
    [InlineData("pending: null", "pending is not there")]
    [InlineData("live: True", "live is true")]
    [InlineData("share: 0.26", "share is 0.25")]
    [InlineData("share: {atLeast: 0.3}", "share is 0.25, not as `atLeast: \"0.3\"` says")]
    [InlineData("reached: [c]", "reached lacks \"c\"; it has a, b, b2")]
    [InlineData("reached: [{id: a, certain: {direct: DRW}}]", "reached[a].certain.direct is \"DR\", not \"DRW\"")]
    [InlineData("reached: {only: [a, b]}", "reached also has b2")]
    [InlineData("reached: {only: []}", "reached also has a, b, b2")]
    [InlineData("reached: {ids: [a, c]}", "reached lacks c; reached also has b, b2")]
    [InlineData("reached: {absent: [b]}", "which must be absent")]
    [InlineData("reached: {count: 2}", "count of reached is 3, not \"2\"")]
    [InlineData("cuts: [{members: {only: [y]}}]", "cuts lacks")]
    [InlineData("words: [one, one, one]", "words lacks \"one\"")]
    [InlineData("verdict: [Clear]", "verdict is \"Clear\", not a list")]
    public void Does_not_match_and_says_where(string expected, string why) => Assert.Contains(why, Difference(expected), StringComparison.Ordinal);

    [Fact]
    public void A_word_that_is_not_known_is_refused_rather_than_ignored() =>
        Assert.Contains("`most` of a list is not known", Assert.Throws<ConfigurationException>(() => Difference("reached: {most: 3}")).Message, StringComparison.Ordinal);

    private static string? Difference(string expected)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(expected));
        using var answer = JsonDocument.Parse(Answer);
        return Expectation.Difference(yaml.Documents[0].RootNode, answer.RootElement, "");
    }
}
