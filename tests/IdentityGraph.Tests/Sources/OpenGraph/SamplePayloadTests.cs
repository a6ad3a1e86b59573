using System.Text.Json;
using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Tests.Sources.BloodHound;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>Other people's payloads: every record has a line, and what breaks the format is counted.</summary>
public sealed class SamplePayloadTests
{
    [Theory]
    [InlineData("mssql-bloodhound-20260115-105846.zip", 203, 572, 0)]
    [InlineData("AuthenticationPolicyData_Sample.json", 118, 823, 117)]
    [InlineData("secrethound_trufflehog_opengraph_test.json", 85, 84, 0)]
    [InlineData("secrethound_nemesis_opengraph_test.json", 17, 16, 0)]
    [InlineData("secrethound_github_opengraph_test.json", 4, 3, 0)]
    [InlineData("secrethound_ghtoken.example_opengraph_test.json", 1, 0, 0)]
    [InlineData("schema/opengraph-minimal.json", 2, 1, 0)]
    public void Every_node_and_relationship_has_a_line(string file, int nodes, int edges, int repeated)
    {
        var path = SampleFiles.Path(["opengraph", .. file.Split('/')]);
        var payload = Payload.From(path);

        Assert.Equal((nodes, edges), (payload.Trace.Count(line => line.What == "node"), payload.Trace.Count(line => line.What == "edge")));
        Assert.Equal(repeated, payload.Trace.Count(line => line.Became == "merged"));
        Assert.Equal(0, payload.Report.RejectCount);
        Assert.Equal("opengraph", FileFormats.Detect(new ImportRequest { Path = path }).Format.Name);
    }

    [Fact]
    public void The_server_sample_is_of_28_kinds_of_relationship_and_all_of_them_are_understood()
    {
        var payload = Payload.From(SampleFiles.Path("opengraph", "mssql-bloodhound-20260115-105846.zip"));

        Assert.Equal(28, payload.Trace.Where(line => line.What == "edge").Select(line => line.Kind).Distinct().Count());
        Assert.Empty(payload.Report.Unrecognised);
        Assert.Equal(["byte-order-mark × 1"], payload.Breaches);
        Assert.Equal("MSSQL_Base", payload.Run!.Header.Tenant);
    }

    [Fact]
    public void The_policy_sample_has_826_dangling_ends_on_six_ids_and_117_repeats()
    {
        var payload = Payload.From(SampleFiles.Path("opengraph", "AuthenticationPolicyData_Sample.json"));

        Assert.Equal(["end-not-described × 826", "relationship-repeated × 117"], payload.Breaches.Order());
        Assert.Contains("(6 different ids", payload.Report.Warnings.Single(warning => warning.StartsWith("end-not-described", StringComparison.Ordinal)));
        Assert.Equal(706, payload.Trace.Count(line => line is { What: "edge", Became: "imported" }));
    }

    [Theory]
    [InlineData("secrethound_trufflehog_opengraph_test.json", 85)]
    [InlineData("secrethound_nemesis_opengraph_test.json", 17)]
    public void Secret_scanners_write_objectid_where_it_is_forbidden(string file, int nodes) =>
        Assert.Equal([$"objectid × {nodes}"], Payload.From(SampleFiles.Path("opengraph", file)).Breaches);

    [Theory]
    [InlineData("bloodhound-v5", "ingested.json")]
    [InlineData("bloodhound-v6", "ingested.json")]
    [InlineData("bloodhound-v6", "analyzed.json")]
    public void A_graph_that_BloodHound_wrote_itself_keeps_every_relationship(string set, string file)
    {
        var path = SampleFiles.Path(set, file);
        var payload = Payload.From(path);

        Assert.Equal(SampleFiles.GoldenTriples(path), payload.Trace.Where(line => line.What == "edge").Select(line => (line.Start, line.End!, line.Kind)).ToHashSet());
        Assert.All(payload.Trace, line => Assert.Equal("imported", line.Became));
    }

    [Fact]
    public void A_definition_alone_is_read_and_states_nothing()
    {
        var payload = Payload.From(SampleFiles.Path("opengraph", "schema", "mssqlhound-extension-schema.json"));

        Assert.Empty(payload.Trace);
        Assert.Contains(payload.Report.Warnings, warning => warning == "definition of MSSQL read: 7 kinds of node, 35 of relationship");
    }

    [Fact]
    public void A_folder_of_payloads_is_one_run()
    {
        var payload = Payload.From(SampleFiles.Path("opengraph"));

        Assert.Equal(118 + 85 + 17 + 4 + 1, payload.Trace.Count(line => line.What == "node"));
        Assert.Equal("", payload.Run!.Header.Tenant);
    }

    [Fact]
    public void Every_kind_of_the_server_extension_has_a_row()
    {
        using var definition = JsonDocument.Parse(File.ReadAllBytes(SampleFiles.Path("opengraph", "schema", "mssqlhound-extension-schema.json")));
        var nodes = definition.RootElement.GetProperty("node_kinds").EnumerateArray().Select(kind => kind.GetProperty("name").GetString()!);
        var edges = definition.RootElement.GetProperty("relationship_kinds").EnumerateArray().Select(kind => kind.GetProperty("name").GetString()!);

        Assert.All(nodes, kind => Assert.NotNull(IdentityGraph.Sources.OpenGraph.ExtensionTables.FindNode(kind)));
        Assert.All(edges, kind => Assert.NotNull(IdentityGraph.Sources.OpenGraph.ExtensionTables.FindEdge(kind)));
    }
}
