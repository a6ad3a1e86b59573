using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Sources.OpenGraph;
using static IdentityGraph.Tests.Sources.OpenGraph.Payload;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>
/// How an end finds its node: what is not found to the letter but may be meant is reached as possible, with a line of the report; what nothing
/// is like ends nowhere.
/// </summary>
public sealed class EndTests
{
    private const string Composed = "caf\u00e9";
    private const string Decomposed = "cafe\u0301";
    private static readonly string s_robot = Node("robot", "MSSQL_Login", "\"disabled\":false");
    private static readonly string[] s_others = [.. Enumerable.Range(0, 30).Select(number => Node($"other-{number}", "MSSQL_Login"))];
    private static readonly string s_box = Node("box", "MSSQL_Server");

    /// <summary>A login is of a role, named at the end as given, which controls a server.</summary>
    private static Task<bool> Reaches(string role, string end) => Reaches([role], end, "box");

    private static async Task<bool> Reaches(IEnumerable<string> nodes, string end, string target)
    {
        var (certain, possible) = await Cells(nodes, $$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{end}}}}""", target);
        return certain ? throw new InvalidOperationException("certain") : possible;
    }

    private static async Task<(bool Certain, bool Possible)> Cells(IEnumerable<string> nodes, string edge, string target = "box")
    {
        var json = Whole([s_robot, s_box, .. s_others, .. nodes], [edge, Edge("role", "MSSQL_ControlServer", "box"), Edge("7", "MSSQL_ControlServer", "box"), Edge(Composed, "MSSQL_ControlServer", "box"), Edge("r29", "MSSQL_ControlServer", "box")]);
        var answer = await BlastRadius(json, "robot");
        var found = answer.Reached.SingleOrDefault(node => node.Id == "opengraph:object/" + target.ToUpperInvariant());
        return found is null ? (false, false) : (found.Certain.Direct.Length + found.Certain.Amplified.Length > 0, found.Possible.Direct.Length + found.Possible.Amplified.Length > 0);
    }

    private static string ById(string id) => $$"""{"value":{{id}}}""";

    private static string ByName(string name, string kind = "") => $$"""{"match_by":"name","value":{{name}}{{(kind.Length == 0 ? "" : $",\"kind\":\"{kind}\"")}}}""";

    private static string ByProperty(string key, string value) => $$"""{"match_by":"property","property_matchers":[{"key":"{{key}}","operator":"equals","value":{{value}}}]}""";

    private static string Role(string id, string properties = "") => Node(id, "MSSQL_ServerRole", properties);

    [Fact]
    public void An_end_that_is_nowhere_is_what_each_relationship_says_of_it_however_often_it_stands()
    {
        static string OfNights(string id, string kind) => $$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{"value":"{{{id}}}","kind":"{{{kind}}}"}}""";

        var role = OfNights("nights", "MSSQL_ServerRole");
        var payload = Read(Whole([s_robot], [role, OfNights("NIGHTS", "MSSQL_ServerRole"), OfNights("nights", "MSSQL_Login"), role, role]));

        Assert.Equal(["end-not-described × 5", "relationship-repeated × 4"], payload.Breaches);
        Assert.Contains("(1 different ids: NIGHTS)", payload.Report.Warnings.Single(warning => warning.StartsWith("end-not-described", StringComparison.Ordinal)));
        Assert.Equal(["HAS_ROLE ROBOT -> NIGHTS", "HAS_ROLE ROBOT -> NIGHTS", "CAN_ASSUME ROBOT -> NIGHTS", "HAS_ROLE ROBOT -> NIGHTS", "HAS_ROLE ROBOT -> NIGHTS"], payload.Facts);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(30)]
    public async Task However_many_nodes_bear_the_name_each_is_possible(int nodes)
    {
        var roles = Enumerable.Range(30 - nodes, nodes).Select(number => Role($"r{number}", "\"name\":\"twin\"")).ToArray();

        Assert.True(await Reaches(roles, ByName("\"twin\""), "box"));
        Assert.False(await Reaches([.. roles[..^1], Role("r29", "\"name\":\"single\"")], ByName("\"twin\""), "box"));
        Assert.Contains("end-ambiguous × 1", Read(Whole([s_robot, .. roles], [$$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{ByName("\"twin\"")}}}}"""])).Breaches);
    }

    [Fact]
    public async Task However_many_nodes_may_be_the_start_each_reaches_the_end_and_not_each_other()
    {
        var logins = Enumerable.Range(0, 20).Select(number => Node($"l{number}", "MSSQL_Login", "\"name\":\"twin\",\"disabled\":false"));
        var json = Whole([.. logins, Role("role"), s_box], [$$$"""{"kind":"MSSQL_MemberOf","start":{{{ByName("\"twin\"")}}},"end":{"value":"role"}}""", Edge("role", "MSSQL_ControlServer", "box")]);
        var reached = (await BlastRadius(json, "l19")).Reached;

        Assert.Equal("", reached.Single(node => node.Id == "opengraph:object/BOX").Certain.Direct);
        Assert.DoesNotContain(reached, node => node.Id.StartsWith("opengraph:object/L", StringComparison.Ordinal));
    }

    [Fact]
    public void One_node_of_the_name_is_certain()
    {
        var payload = Read(Whole([s_robot, Role("role", "\"name\":\"only\""), Role("other", "\"name\":\"another\"")], [$$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{ByName("\"Only\"")}}}}"""]));

        Assert.Equal(["HAS_ROLE ROBOT -> ROLE"], payload.Facts);
        Assert.Empty(payload.Breaches);
    }

    /// <summary>Ids and names whose letters are composed otherwise, and numbers written otherwise, are alike; to the letter they are the same.</summary>
    [Theory]
    [InlineData("\"caf\u00e9\"", "cafe\u0301", true)]
    [InlineData("\"cafe\u0301\"", "caf\u00e9", true)]
    [InlineData("\"cafe\"", "caf\u00e9", false)]
    [InlineData("\"caf\u00e8\"", "caf\u00e9", false)]
    [InlineData("\"\u212Aey\"", "key", true)]
    [InlineData("\"7.0\"", "7", true)]
    [InlineData("\"70e-1\"", "7", true)]
    [InlineData("\"7.1\"", "7", false)]
    [InlineData("\"07\"", "7", false)]
    public async Task An_id_or_name_that_is_only_alike_is_possible(string end, string id, bool isFound)
    {
        var edges = new[] { $$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{ById(end)}}}}""", Edge(id, "MSSQL_ControlServer", "box") };
        var byName = new[] { $$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{ByName(end)}}}}""", Edge("role", "MSSQL_ControlServer", "box") };
        foreach (var json in new[] { Whole([s_robot, s_box, Role(id)], edges), Whole([s_robot, s_box, Role("role", $"\"name\":\"{id}\"")], byName) })
        {
            var box = (await BlastRadius(json, "robot")).Reached.SingleOrDefault(node => node.Id == "opengraph:object/BOX");

            Assert.Equal(isFound, box is not null);
            Assert.Equal("", box?.Certain.Direct ?? "");
            Assert.Equal([isFound ? "end-alike × 1" : "end-not-described × 1"], Read(json).Breaches);
        }
    }

    [Fact]
    public void An_id_to_the_letter_is_certain_though_another_is_alike()
    {
        var payload = Read(Whole([s_robot, Role(Composed), Role(Decomposed)], [Edge("robot", "MSSQL_MemberOf", Decomposed)]));

        Assert.Equal(["HAS_ROLE ROBOT -> CAFE%CC%81"], payload.Facts);
        Assert.Empty(payload.Breaches);
    }

    [Theory]
    [InlineData("7", "7.0", true)]
    [InlineData("7.0", "7", true)]
    [InlineData("7", "70e-1", true)]
    [InlineData("12345678901234567890", "12345678901234567890", true)]
    [InlineData("12345678901234567890", "12345678901234567891", false)]
    [InlineData("0.1", "1e-1", true)]
    [InlineData("7", "8", false)]
    public void A_number_is_found_however_it_is_written(string said, string wanted, bool isFound)
    {
        string[] expected = isFound ? ["HAS_ROLE ROBOT -> ROLE"] : [];
        foreach (var (end, properties) in new[] { (ByName(wanted), $"\"name\":{said}"), (ByProperty("principalId", wanted), $"\"principalId\":{said}") })
        {
            var payload = Read(Whole([s_robot, Role("role", properties)], [$$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{end}}}}"""]));

            Assert.Equal(expected, payload.Facts.Where(fact => fact.EndsWith("-> ROLE", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public void An_id_that_is_a_number_is_one_however_it_is_written() =>
        Assert.Equal(["HAS_ROLE ROBOT -> 7"], Read(Whole([s_robot, """{"id":7.0,"kinds":["MSSQL_ServerRole"]}"""], ["""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{"value":7}}"""])).Facts);

    [Theory]
    [InlineData("MSSQL_ServerRole")]
    [InlineData("GH_User")]
    [InlineData("Foo")]
    public async Task A_node_under_several_kinds_is_found_by_each(string kind)
    {
        Assert.True(await Reaches([Role("role", "\"name\":\"one\""), Node("role", "GH_User", "\"name\":\"one\""), Node("role", "Foo"), Role("other", "\"name\":\"one\""), Node("another", "GH_User", "\"name\":\"one\""), Node("third", "Foo", "\"name\":\"one\"")], ByName("\"one\"", kind), "box"));
        Assert.False(await Reaches([Role("other", "\"name\":\"one\""), Node("another", "GH_User", "\"name\":\"one\""), Node("third", "Foo", "\"name\":\"one\"")], ByName("\"one\"", kind), "box"));
    }

    [Theory]
    [InlineData("MSSQL_ServerRole", "GH_User")]
    [InlineData("GH_User", "MSSQL_ServerRole")]
    [InlineData("Foo", "MSSQL_ServerRole")]
    [InlineData("MSSQL_ServerRole", "Foo")]
    [InlineData("Foo", "AZUser")]
    [InlineData("AZUser", "MSSQL_ServerRole")]
    [InlineData("MSSQL_ServerRole", "AZUser")]
    [InlineData("MSSQL_Login", "MSSQL_Server")]
    public async Task A_node_under_two_kinds_leads_on_under_either(string first, string second)
    {
        var nodes = new[] { s_robot, s_box, Node("x", first), Node("x", second) };
        string[] edges = [Edge("robot", "MSSQL_MemberOf", "x"), Edge("x", "MSSQL_ControlServer", "box")];
        var whole = Whole(nodes, edges);
        using var folder = new Stores.TemporaryFolder();
        var zip = Zip(folder.Sub(), ("a.json", Whole(nodes[..3], edges)), ("b.json", Whole(nodes[3..], [])));

        Assert.Contains((await BlastRadius(whole, "robot")).Reached, node => node.Id == "opengraph:object/BOX");
        Assert.Contains((await BlastRadius([(new OpenGraphFormat(), zip)], "opengraph:object/ROBOT")).Reached, node => node.Id == "opengraph:object/BOX");
        Assert.DoesNotContain((await BlastRadius(Whole(nodes, edges[1..]), "robot")).Reached, node => node.Id == "opengraph:object/BOX");
    }

    [Fact]
    public async Task An_end_of_a_kind_that_no_node_of_the_name_has_is_possible_for_all_of_the_name()
    {
        Assert.True(await Reaches(Role("role", "\"name\":\"one\""), ByName("\"one\"", "GH_User")));
        Assert.False(await Reaches(Role("role", "\"name\":\"one\""), ByName("\"two\"", "GH_User")));
    }

    [Fact]
    public async Task A_name_said_twice_differently_is_found_by_either()
    {
        Assert.True((await Cells([Role("role", "\"name\":\"one\",\"name\":\"two\"")], $$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{ByName("\"two\"")}}}}""")).Possible);
        Assert.False((await Cells([Role("role", "\"name\":\"one\",\"name\":\"two\"")], $$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{ByName("\"three\"")}}}}""")).Possible);
    }

    /// <summary>What is refused is there all the same, as far as its id could be read; what nobody names is not.</summary>
    [Theory]
    [InlineData("""{"id":"role","id":"else","kinds":["MSSQL_Login"]}""")]
    [InlineData("""{"id":"else","id":"role","kinds":["MSSQL_ServerRole"]}""")]
    [InlineData("""{"id":"role","id":"else"}""")]
    [InlineData("""{"kinds":["MSSQL_ServerRole"]}""")]
    [InlineData("\"role\"")]
    public async Task Through_a_node_that_was_refused_it_is_possible_to_go_on(string refused)
    {
        Assert.True(await Reaches(refused, ById("\"role\"")));
        Assert.False(await Reaches(Role("stranger"), ById("\"role\"")));
        Assert.Equal(1, Read(Whole([s_robot, refused], [])).Report.RejectCount);
    }

    [Fact]
    public void A_refused_node_is_seen_under_its_id_and_one_that_looks_like_a_secret_is_not()
    {
        var token = "ghp_" + new string('z', 36);
        var payload = Read(Whole(["""{"id":"role","id":"else","kinds":["MSSQL_ServerRole"]}""", Node(token, "MSSQL_Login")], []));

        Assert.Equal(["opengraph:object/ROLE", "opengraph:object/ELSE"], payload.Observations.OfType<Observation.SeenUnreadable>().Select(seen => seen.Id));
    }

    [Theory]
    [InlineData("{\"gr\\u0061ph\":{\"nod\\u0065s\":[@],\"\\u0065dges\":[#]}}", 1)]
    [InlineData("{\"graph\":{\"nodes\":[@],\"\\u0065dges\":[#]}}", 1)]
    [InlineData("{\"graph\":{\"nodes\":[@],\"\\u0065gdes\":[#]}}", 0)]
    public void Names_of_members_may_be_written_with_escapes(string json, int facts)
    {
        var payload = json.Replace("@", Role("role") + "," + s_robot, StringComparison.Ordinal).Replace("#", Edge("robot", "MSSQL_MemberOf", "role"), StringComparison.Ordinal);
        using var folder = new Stores.TemporaryFolder();
        var path = Path.Combine(Directory.CreateDirectory(folder.Sub()).FullName, "graph.json");
        File.WriteAllText(path, payload);

        Assert.Equal(facts, Read(payload).Facts.Count());
        Assert.Equal("opengraph", FileFormats.Detect(new ImportRequest { Path = path }).Format.Name);
    }

    [Fact]
    public void More_sets_of_properties_than_are_looked_for_are_refused_one_by_one()
    {
        var edges = Enumerable.Range(0, EndLookup.MostSets + 2).Select(number => $$$"""{"kind":"MSSQL_MemberOf","start":{"value":"robot"},"end":{{{ByProperty($"p{number}", "1")}}}}""");
        var payload = Read(Whole([s_robot, Role("role", string.Join(',', Enumerable.Range(0, EndLookup.MostSets + 2).Select(number => $"\"p{number}\":1")))], edges));

        Assert.Equal(2, payload.Report.RejectCount);
        Assert.StartsWith("end-missing: ", payload.Report.Rejects[0].Problem);
        Assert.Contains("relationship-repeated × 63", payload.Breaches);
    }
}
