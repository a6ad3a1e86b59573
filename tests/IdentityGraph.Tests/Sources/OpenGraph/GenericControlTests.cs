using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.OpenGraph;
using IdentityGraph.Tests.Sources.BloodHound;
using static IdentityGraph.Tests.Sources.OpenGraph.Payload;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>Relationships that no table has: what may give control is possible, never certain and never silent.</summary>
public sealed class GenericControlTests
{
    private const string Definition = """{"schema":{"name":"Vault"},"node_kinds":[],"relationship_kinds":[{"name":"VT_Opens","is_traversable":true},{"name":"VT_LooksAt","is_traversable":false}]}""";

    [Theory]
    [InlineData("{\"traversable\":true}")]
    [InlineData("{}")]
    public async Task What_may_give_control_is_reached_over_any_number_of_steps_as_possible(string properties)
    {
        var answer = await BlastRadius(
            Whole([Node("robot", "VT_Robot"), Node("safe", "VT_Safe"), Node("box", "VT_Box")], [Edge("robot", "VT_Opens", "safe", properties), Edge("safe", "VT_Opens", "box", properties)]),
            "robot");

        var reached = answer.Reached.Where(node => node.Id.Contains("object/", StringComparison.Ordinal)).Select(node => (node.Id, node.Certain.Amplified, node.Possible.Direct));
        Assert.Equal([("opengraph:object/BOX", "", "U"), ("opengraph:object/SAFE", "", "U")], reached);
    }

    [Fact]
    public async Task What_its_collector_says_gives_no_control_is_not_reached_and_the_answer_says_it_was_not_followed()
    {
        var json = Whole([Node("robot", "VT_Robot"), Node("safe", "VT_Safe")], [Edge("robot", "VT_LooksAt", "safe", "{\"traversable\":false}")]);

        Assert.Empty((await BlastRadius(json, "robot")).Reached);
        Assert.Equal(["VT_LooksAt ROBOT -> SAFE"], Read(json).Facts);
        Assert.Equal(1, Read(json).Report.Unrecognised["relationship VT_LooksAt (not control)"]);
    }

    [Theory]
    [InlineData("{\"traversable\":false}", "VT_Opens", "possible control")]
    [InlineData("{}", "VT_LooksAt", "not control")]
    [InlineData("{\"traversable\":true}", "VT_LooksAt", "possible control")]
    public void The_definition_beside_it_decides_unless_the_relationship_itself_says_that_it_gives_control(string properties, string kind, string counted)
    {
        using var folder = new Stores.TemporaryFolder();
        var zip = Zip(folder.Sub(), ("z_definition.json", Definition), ("a_graph.json", Whole([Node("robot", "VT_Robot"), Node("safe", "VT_Safe")], [Edge("robot", kind, "safe", properties)])));

        Assert.Equal(1, From(zip).Report.Unrecognised[$"relationship {kind} ({counted})"]);
    }

    /// <summary>A definition that lies or cannot be read takes no control away that something else says there is.</summary>
    [Theory]
    [InlineData("""{"relationship_kinds":[{"name":"VT_LooksAt","is_traversable":true,"is_traversable":false}]}""", 1)]
    [InlineData("""{"relationship_kinds":[{"name":"VT_LooksAt","is_traversable":false},{"name":"VT_LooksAt","is_traversable":true}]}""", 0)]
    [InlineData("""{"relationship_kinds":[{"name":"VT_LooksAt","is_traversable":"false"}]}""", 0)]
    [InlineData("""{"relationship_kinds":{"name":"VT_LooksAt","is_traversable":false}}""", 0)]
    [InlineData("""{"node_kinds":[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[1]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]]],"relationship_kinds":[{"name":"VT_LooksAt","is_traversable":false}]}""", 1)]
    [InlineData("""{"relationship_kinds":[{"name":"VT_LooksAt","is_traversable":fal""", 1)]
    [InlineData("""{"relationship_kinds":[{"name":"MSSQL_ControlServer","is_traversable":false}]}""", 0)]
    public void A_definition_that_contradicts_itself_or_is_damaged_leaves_control_possible(string definition, int rejects)
    {
        using var folder = new Stores.TemporaryFolder();
        var graph = Whole([Node("robot", "VT_Robot"), Node("safe", "VT_Safe"), Node("sa", "MSSQL_ServerRole"), Node("server", "MSSQL_Server")], [Edge("robot", "VT_LooksAt", "safe"), Edge("sa", "MSSQL_ControlServer", "server")]);
        var payload = From(Zip(folder.Sub(), ("a_definition.json", definition), ("b_graph.json", graph)));

        Assert.Equal(rejects, payload.Report.RejectCount);
        Assert.Contains(payload.Report.Unrecognised.Keys, key => key.StartsWith("relationship VT_LooksAt (possible control", StringComparison.Ordinal));
        Assert.Contains("ENTITLES SA -> SERVER", payload.Facts);
    }

    [Fact]
    public void A_definition_may_be_given_apart()
    {
        using var folder = new Stores.TemporaryFolder();
        var sub = Directory.CreateDirectory(folder.Sub()).FullName;
        File.WriteAllText(Path.Combine(sub, "definition.json"), Definition);
        File.WriteAllText(Path.Combine(sub, "graph.json"), Whole([Node("robot", "VT_Robot"), Node("safe", "VT_Safe")], [Edge("robot", "VT_LooksAt", "safe")]));
        var report = new ImportReport();
        var request = new ImportRequest { Path = Path.Combine(sub, "graph.json"), Map = Path.Combine(sub, "definition.json"), CollectedAt = Collected };

        _ = new OpenGraphFormat().Open(request, report, TestContext.Current.CancellationToken).SelectMany(run => run.Observations).ToList();

        Assert.Equal(1, report.Unrecognised["relationship VT_LooksAt (not control)"]);
    }

    [Fact]
    public async Task Into_a_group_of_a_known_kind_it_leads_as_possible_to_what_the_group_may()
    {
        var answer = await BlastRadius(
            Whole(
                [Node("robot", "VT_Robot"), Node("readers", "MSSQL_ServerRole"), Node("server", "MSSQL_Server")],
                [Edge("robot", "VT_Opens", "readers"), Edge("readers", "MSSQL_ControlServer", "server")]),
            "robot");

        var server = answer.Reached.Single(node => node.Id == "opengraph:object/SERVER");
        Assert.Equal(("", "DRWUA"), (server.Certain.Amplified, server.Possible.Direct));
    }

    [Fact]
    public async Task From_a_group_of_a_known_kind_it_leads_its_members_on_as_possible()
    {
        var answer = await BlastRadius(
            Whole(
                [Node("sa", "MSSQL_Login", "\"disabled\":false"), Node("readers", "MSSQL_ServerRole"), Node("robot", "VT_Robot"), Node("boss", "MSSQL_Login", "\"disabled\":false")],
                [Edge("sa", "MSSQL_MemberOf", "readers"), Edge("readers", "VT_Opens", "robot"), Edge("robot", "VT_Opens", "boss")]),
            "sa");

        Assert.Equal(("", "U"), Cells("boss"));
        Assert.Equal(("", "U"), Cells("robot"));

        (string, string) Cells(string id)
        {
            var node = answer.Reached.Single(node => node.Id == "opengraph:object/" + id.ToUpperInvariant());
            return (node.Certain.Amplified, node.Possible.Direct);
        }
    }

    [Fact]
    public void A_kind_called_as_one_of_ours_does_not_claim_to_be_it()
    {
        var payload = Read(Whole([Node("1", "Person"), Node("2", "Application")], [Edge("1", "MEMBER_OF", "2", "{\"traversable\":false}")]));

        Assert.All(payload.Nodes, node => Assert.Equal("Application", node.Kind));
        Assert.Equal(["Person", "Application"], payload.Nodes.Select(node => node.Properties.Single(property => property.Key == "kind-as-said").Value.AsText()));
        Assert.Equal(["OPENGRAPH_MEMBER_OF 1 -> 2"], payload.Facts);
    }

    [Fact]
    public void Strict_takes_no_kind_that_has_no_row()
    {
        var payload = Read(Whole([Node("robot", "VT_Robot"), Node("sa", "MSSQL_Login")], [Edge("sa", "VT_Opens", "sa2")]), strict: true);

        Assert.Equal(["refused", "imported", "refused"], payload.Trace.Select(line => line.Became));
        Assert.Contains(payload.Report.Rejects, reject => reject.Problem.Contains("no row", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("bloodhound-v5", "S-1-5-21-3130019616-2776909439-2417379446-512")]
    [InlineData("bloodhound-v6", "S-1-5-21-3130019616-2776909439-2417379446-2105")]
    public async Task BloodHounds_own_graph_gives_the_blast_radius_of_the_files_it_was_made_from(string set, string seed)
    {
        var id = "activedirectory:object/" + seed;
        var raw = await BlastRadius([(new BloodHoundFormat(), SampleFiles.Path(set, "raw"))], id);
        var graph = await BlastRadius([(new OpenGraphFormat(), SampleFiles.Path(set, "ingested.json"))], id);

        Assert.Equal(Lines(raw), Lines(graph));

        static IEnumerable<string> Lines(IdentityGraph.Report.Answers.BlastRadiusAnswer answer) =>
            answer.Reached.Select(node => $"{node.Id} {node.Kind} {node.Certain.Direct}/{node.Certain.Amplified}/{node.Possible.Direct}/{node.Possible.Amplified}");
    }
}
