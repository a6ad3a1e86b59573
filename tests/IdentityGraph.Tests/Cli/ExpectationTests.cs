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
         "cuts":[{"members":["x"]},{"members":["y","z"]}],"words":["one","one"],"none":[]}
        """;

    private static readonly string[] s_known = ["a", "b", "b2", "c", "x", "y", "z"];

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

    [Theory]
    [InlineData("reached: {absent: [{idd: a}]}", "no element is there with a member `idd`")]
    [InlineData("reached: {absent: [{id: a, certain: {direkt: DRW}}]}", "no element is there with a member `direkt`")]
    [InlineData("reached: {absent: [{id: aa}]}", "no fact names `aa`")]
    [InlineData("reached: {absent: [aa]}", "no fact names `aa`")]
    [InlineData("reached: {absent: [IG-X99]}", "there is no rule `IG-X99`")]
    [InlineData("none: {absent: [{idd: a}]}", "no answer has elements with a member `idd`")]
    public void What_could_never_be_there_is_not_taken_for_absent(string expected, string why) => Assert.Contains(why, Difference(expected), StringComparison.Ordinal);

    [Theory]
    [InlineData("reached: {absent: [{id: a, certain: {direct: DRW}}]}")]
    [InlineData("reached: {absent: [{id: c, level: L3}, c, \"new(ad,L5)\"]}")]
    [InlineData("none: {absent: [{id: a, level: L3}, {rule: IG-O01, subject: a}]}")]
    [InlineData("words: {absent: [two]}")]
    public void What_could_be_there_and_is_not_is_absent(string expected) => Assert.Null(Difference(expected));

    [Theory]
    [InlineData("{}")]
    [InlineData("reached: []")]
    [InlineData("reached: {}")]
    [InlineData("reached: {absent: []}")]
    [InlineData("reached: {has: []}")]
    [InlineData("verdict: {contains: \"\"}")]
    [InlineData("reached: [{id: a, certain: {}}]")]
    public void What_holds_of_every_answer_is_empty(string expected) => Assert.StartsWith("line 1: ", Emptiness.In(Yaml(expected)), StringComparison.Ordinal);

    [Theory]
    [InlineData("reached: {only: []}")]
    [InlineData("reached: {ids: []}")]
    [InlineData("certain: {direct: \"\"}")]
    [InlineData("verdict: {contains: C}")]
    public void That_a_list_or_a_cell_is_empty_says_something(string expected) => Assert.Null(Emptiness.In(Yaml(expected)));

    [Theory]
    [InlineData("path 'a key' db", "path", "a key", "db")]
    [InlineData("path \"a key\" db", "path", "a key", "db")]
    [InlineData(" path  '' \"it's\" ", "path", "", "it's")]
    [InlineData("path a'b c'd", "path", "ab cd")]
    public void Quotes_of_either_kind_hold_words_together(string ask, params string[] words) =>
        Assert.Equal(words, AskWords.Of(ask));

    [Fact]
    public void A_quote_that_is_not_closed_is_no_question() => Assert.Null(AskWords.Of("path 'a key db"));

    private static YamlNode Yaml(string text)
    {
        var yaml = new YamlStream();
        yaml.Load(new StringReader(text));
        return yaml.Documents[0].RootNode;
    }

    private static string? Difference(string expected)
    {
        using var answer = JsonDocument.Parse(Answer);
        return Expectation.Between(Yaml(expected), answer.RootElement, "", s_known.Contains);
    }
}
