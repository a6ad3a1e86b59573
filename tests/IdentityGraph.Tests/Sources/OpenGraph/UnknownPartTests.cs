using IdentityGraph.Collect;
using static IdentityGraph.Tests.Sources.OpenGraph.Payload;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>A list or object that nobody reads may be what the file is about: it is refused, not passed over.</summary>
public sealed class UnknownPartTests
{
    private const string Nodes = """{"id":"a","kinds":["GH_User"]},{"id":"r","kinds":["GH_Repository"]}""";
    private const string Edges = """{"kind":"GH_AdminTo","start":{"value":"a"},"end":{"value":"r"}}""";

    [Theory]
    [InlineData("relationships", true)]
    [InlineData("Edges", true)]
    [InlineData("edges", false)]
    public void In_the_graph_it_is_refused_by_its_name_and_nothing_is_whole(string member, bool refused)
    {
        var payload = Read($$$"""{"graph":{"nodes":[{{{Nodes}}}],"{{{member}}}":[{{{Edges}}}]}}""", false, "github");

        Assert.Equal(refused ? [$"graph.{member}"] : [], payload.Report.Rejects.Select(reject => reject.Member));
        Assert.Equal(refused ? 1 : 0, payload.Run!.Outcome.Rejected);
        Assert.Equal(!refused, payload.Observations.OfType<Observation.EndOf>().Single(end => end.Stream == "github").Complete);
    }

    [Theory]
    [InlineData("\"extra\":{\"nodes\":[]}", 1)]
    [InlineData("\"extra\":[1]", 1)]
    [InlineData("\"extra\":\"a word\"", 0)]
    [InlineData("\"metadata\":{\"source_kind\":\"GitHub\"}", 0)]
    public void Beside_the_graph_it_is_refused_too_and_a_word_is_not(string member, int refused)
    {
        var payload = Read($$$"""{{{{member}}},"graph":{"nodes":[{{{Nodes}}}],"edges":[{{{Edges}}}]}}""");

        Assert.Equal(refused, payload.Report.RejectCount);
        Assert.Single(payload.Edges, edge => edge.Kind == "ENTITLES");
    }

    [Theory]
    [InlineData("""{"data":{"nodes":[],"edges":[]}}""")]
    [InlineData("""{"title":"OpenGraph","type":"object","properties":{"graph":{"properties":{"nodes":{"type":"array"},"edges":{"type":"array"}}}}}""")]
    [InlineData("""{"graph":{"vertices":["nodes"]}}""")]
    public void A_file_with_neither_nodes_nor_edges_is_no_payload(string json) =>
        Assert.Contains("neither `nodes` nor `edges`", Assert.Throws<RefusedInputException>(() => Read(json)).Message);

    [Theory]
    [InlineData("""{"graph":{"nodes":[]}}""")]
    [InlineData("""{"graph":{"edges":[]}}""")]
    public void One_that_has_them_empty_is(string json) => Assert.Equal(0, Read(json).Report.RejectCount);
}
