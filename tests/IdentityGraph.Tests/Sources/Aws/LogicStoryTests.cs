using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Sources.Aws;

/// <summary>Small accounts, each with what the published logic says of it; held against what is imported of them and derived from that.</summary>
public sealed class LogicStoryTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public static TheoryData<string> Stories => [.. LogicStory.All.Select(story => story.Sentence)];

    public void Dispose() => _folder.Dispose();

    [Theory]
    [MemberData(nameof(Stories))]
    public async Task What_the_published_logic_allows_is_reached_and_nothing_else(string sentence)
    {
        var story = LogicStory.All.Single(story => story.Sentence == sentence);
        var imported = AwsImport.Of(Request(story));
        await using var store = await AwsImport.Stored(Request(story), _folder.Sub());
        foreach (var (of, to, verdict) in story.Expected)
        {
            var (seed, target) = (NodeOf(of, story, imported), NodeOf(to, story, imported));
            Assert.Equal($"{of} > {to}: {verdict}", $"{of} > {to}: {(IsStatedActive(seed, imported) ? await Reached(store, imported, seed, target) : Stated(imported, seed, target))}");
        }
    }

    [Fact]
    public void Every_story_expects_something_and_is_told_once()
    {
        Assert.All(LogicStory.All, story => Assert.NotEmpty(story.Expected));
        Assert.Equal(LogicStory.All.Count, LogicStory.All.DistinctBy(story => story.Sentence).Count());
    }

    private static async Task<string> Reached(EmbeddedGraphStore store, AwsImport imported, string seed, string target)
    {
        var reached = (await AwsImport.BlastRadius(store, seed)).Reached.FirstOrDefault(node => node.Id == target);
        return reached switch
        {
            { Certain.Direct.Length: > 0 } => "certain",
            { Certain.Amplified.Length: > 0 } => "amplified",
            { } possible when possible.Possible.Direct.Length + possible.Possible.Amplified.Length > 0 => "possible",
            _ => imported.Edges.Any(edge => edge.Of == seed && edge.To == target && edge.Properties.Any(property => property.Key == "gates")) ? "gated" : "no",
        };
    }

    /// <summary>Of one whose state nobody read, which is reached only possibly whatever it may do: what is said of it.</summary>
    private static string Stated(AwsImport imported, string seed, string target) =>
        imported.Edges.Where(edge => edge.Of == seed).ToArray() switch
        {
            var edges when edges.Any(edge => edge.To == target && !IsUnread(edge)) => "certain",
            var edges when edges.Any(edge => edge.To == target || Stated(imported, edge.To, target) != "no") => "possible",
            _ => "no",
        };

    private static bool IsUnread(Observation.SawEdge edge) => edge.Properties.Any(property => property.Key == "conditions" && property.Value.AsText() == "unread");

    private static bool IsStatedActive(string seed, AwsImport imported) =>
        imported.Nodes.Any(node => node.Id == seed && node.Properties.Any(property => property.Key == "state" && property.Value.AsText() == "Active"));

    private static string NodeOf(string text, LogicStory story, AwsImport imported) =>
        text.StartsWith("oidc:", StringComparison.Ordinal) || text.StartsWith("aws:", StringComparison.Ordinal) ? text
        : char.IsAsciiDigit(text[0]) ? "aws-" + text
        : story.Accounts.Select(account => $"aws-{account}:{text}").First(id => imported.Nodes.Any(node => node.Id == id));

    private static ImportRequest Request(LogicStory story) =>
        new() { Path = "-", StandardInput = new MemoryStream(Encoding.UTF8.GetBytes(story.Json)), CollectedAt = AwsImport.Collected };
}
