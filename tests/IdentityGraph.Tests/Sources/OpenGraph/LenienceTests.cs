using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.OpenGraph;
using static IdentityGraph.Tests.Sources.OpenGraph.Payload;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>What real files break is read all the same and counted by rule with its first place; strict, the record is refused.</summary>
public sealed class LenienceTests
{
    private const string Sa = """{"id":"sa","kinds":["MSSQL_Login"]}""";
    private const string Role = """{"id":"admins","kinds":["MSSQL_ServerRole"]}""";
    private const string Member = """{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"value":"admins"}}""";

    /// <summary>Rule, nodes, relationships, and whether the fact MEMBER_OF or HAS_ROLE of sa still comes out.</summary>
    public static TheoryData<string, string, string> Broken() => new()
    {
        { "unknown-member", $$$"""{"id":"sa","kinds":["MSSQL_Login"],"label":"x"},{{{Role}}}""", Member },
        { "unknown-member", $"{Sa},{Role}", """{"kind":"MSSQL_MemberOf","weight":{"a":[1]},"start":{"value":"sa"},"end":{"value":"admins"}}""" },
        { "member-twice", $"{Sa},{Role}", """{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"value":"admins"},"properties":{},"properties":{"a":1}}""" },
        { "member-twice", $$$"""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"disabled":true,"disabled":false}},{{{Role}}}""", Member },
        { "id-not-text", $$$"""{"id":7,"kinds":["MSSQL_Login"]},{{{Role}}}""", """{"kind":"MSSQL_MemberOf","start":{"value":"7"},"end":{"value":"admins"}}""" },
        { "id-not-text", $$$"""{"kinds":["MSSQL_Login"],"properties":{"objectid":"sa"}},{{{Role}}}""", Member },
        { "kinds-not-a-list", $$$"""{"id":"sa","kinds":"MSSQL_Login"},{{{Role}}}""", Member },
        { "kinds-not-a-list", $$$"""{"id":"sa","kinds":[1,"MSSQL_Login"]},{{{Role}}}""", Member },
        { "too-many-kinds", $$$"""{"id":"sa","kinds":["A","B","C","MSSQL_Login"]},{{{Role}}}""", Member },
        { "objectid", $$$"""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"objectid":"sa"}},{{{Role}}}""", Member },
        { "nested-property", $$$$"""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"a":{"b":1}}},{{{{Role}}}}""", Member },
        { "nested-property", $$$"""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"a":[[1]]}},{{{Role}}}""", Member },
        { "mixed-list", $$$"""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"a":[1,"b"]}},{{{Role}}}""", Member },
        { "packed-json", $$$"""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"a":"{\"b\":1}"}},{{{Role}}}""", Member },
        { "packed-json", $$$"""{"id":"sa","kinds":["MSSQL_Login"],"properties":"{\"disabled\":true}"},{{{Role}}}""", Member },
        { "invalid-text", $$$"""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"name":"\ud800"}},{{{Role}}}""", Member },
        { "control-character", $$$"""{"id":"s\u0001a","kinds":["MSSQL_Login"]},{{{Role}}}""", """{"kind":"MSSQL_MemberOf","start":{"value":"s\u0001a"},"end":{"value":"admins"}}""" },
        { "node-repeated", $"{Sa},{Role},{Sa}", Member },
        { "relationship-repeated", $"{Sa},{Role}", $"{Member},{Member}" },
        { "end-kind", $"{Sa},{Role}", """{"kind":"MSSQL_MemberOf","start":{"value":"sa","kind":"User"},"end":{"value":"admins"}}""" },
        { "plain-end", $"{Sa},{Role}", """{"kind":"MSSQL_MemberOf","start_id":"sa","end_id":"admins"}""" },
        { "match-by", $"{Sa},{Role}", """{"kind":"MSSQL_MemberOf","start":{"match_by":"guess","value":"sa"},"end":{"value":"admins"}}""" },
        { "end-not-described", Sa, """{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"value":"admins","kind":"MSSQL_ServerRole"}}""" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void It_is_read_all_the_same_and_counted(string rule, string nodes, string edges)
    {
        var payload = Read(Whole([nodes], [edges]));

        Assert.Contains(payload.Breaches, breach => breach.StartsWith($"{rule} × ", StringComparison.Ordinal));
        Assert.Contains("first at graph.json#graph.", payload.Report.Warnings.Single(warning => warning.StartsWith($"{rule} × ", StringComparison.Ordinal)));
        Assert.Equal(0, payload.Report.RejectCount);
        Assert.Contains(payload.Edges, edge => edge is { Kind: "HAS_ROLE", To: "opengraph:object/ADMINS" });
    }

    [Theory]
    [MemberData(nameof(Broken))]
    public void Strict_it_is_refused(string rule, string nodes, string edges)
    {
        var payload = Read(Whole([nodes], [edges]), strict: true);

        Assert.Contains(payload.Report.Rejects, reject => reject.Problem.StartsWith(rule + ": ", StringComparison.Ordinal) && reject.Member.StartsWith("graph.", StringComparison.Ordinal));
        Assert.Contains(payload.Trace, line => line.Became == "refused");
        Assert.True(payload.Run!.Outcome.Rejected > 0);
    }

    [Theory]
    [InlineData("id-missing", """{"kinds":["MSSQL_Login"]}""", "graph.nodes[0]")]
    [InlineData("id-missing", """{"id":"","kinds":["MSSQL_Login"]}""", "graph.nodes[0]")]
    [InlineData("not-an-object", "7", "graph.nodes[0]")]
    public void A_node_that_cannot_be_told_is_refused_and_the_others_are_read(string rule, string node, string place)
    {
        var payload = Read(Whole([node, Sa, Role], [Member]));

        var reject = Assert.Single(payload.Report.Rejects);
        Assert.Equal((place, true), (reject.Member, reject.Problem.StartsWith(rule + ": ", StringComparison.Ordinal)));
        Assert.Equal(["HAS_ROLE SA -> ADMINS"], payload.Facts);
    }

    [Fact]
    public void An_id_too_long_to_enter_is_refused()
    {
        var payload = Read(Whole([Node(new string('x', 600), "MSSQL_Login"), Sa], []));

        Assert.StartsWith("id-too-long", Assert.Single(payload.Report.Rejects).Problem);
        Assert.Equal(["opengraph:object/SA"], payload.Nodes.Select(node => node.Id));
    }

    [Theory]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"sa"}}""")]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{}}""")]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"match_by":"property","property_matchers":[{"key":"a","operator":"like","value":"b"}]}}""")]
    public void A_relationship_without_an_end_is_refused(string edge) =>
        Assert.StartsWith("end-missing", Assert.Single(Read(Whole([Sa, Role], [edge, Member])).Report.Rejects).Problem);

    /// <summary>Nobody knows which of the two was meant, and the one that was not may be all that leads anywhere.</summary>
    [Theory]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"value":"nobody"},"end":{"value":"admins"}}""")]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"value":"nobody"},"end_id":"admins"}""")]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"nobody"},"start":{"value":"sa"},"end":{"value":"admins"}}""")]
    [InlineData("""{"kind":"LooksAt","kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"value":"admins"}}""")]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"value":"nobody","value":"admins"}}""")]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"match_by":"name","match_by":"id","value":"admins"}}""")]
    [InlineData("""{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"match_by":"property","property_matchers":[],"property_matchers":[{"key":"a","operator":"equals","value":"b"}]}}""")]
    public void A_relationship_whose_start_end_or_kind_is_said_twice_is_refused(string edge)
    {
        var payload = Read(Whole([Sa, Role], [edge]), complete: "opengraph");

        Assert.StartsWith("part-twice: ", Assert.Single(payload.Report.Rejects).Problem);
        Assert.Equal("graph.edges[0]", payload.Report.Rejects[0].Member);
        Assert.Empty(payload.Facts);
        Assert.DoesNotContain(payload.Observations.OfType<Observation.EndOf>(), end => end.Complete);
    }

    [Fact]
    public void A_node_with_two_ids_is_refused()
    {
        var payload = Read(Whole(["""{"id":"sa","id":"other","kinds":["MSSQL_Login"]}""", Role], []));

        Assert.StartsWith("part-twice: ", Assert.Single(payload.Report.Rejects).Problem);
        Assert.Equal(["opengraph:object/ADMINS"], payload.Nodes.Select(node => node.Id));
    }

    [Fact]
    public void A_property_said_twice_differently_states_nothing_and_said_once_it_does()
    {
        Assert.Empty(StateOf("""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"disabled":true,"disabled":false}}"""));
        Assert.Equal(["Disabled"], StateOf("""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"disabled":true}}"""));
        Assert.Equal(["Active"], StateOf("""{"id":"sa","kinds":["MSSQL_Login"],"properties":{"Disabled":false}}"""));

        static IEnumerable<string?> StateOf(string node) => Read(Whole([node], [])).Nodes.Single().Properties.Where(property => property.Key == "state").Select(property => property.Value.AsText());
    }

    [Fact]
    public void Ids_are_compared_without_case_and_colons_are_encoded()
    {
        var payload = Read(Whole([Node("sa@S-1-5-21-1:1433", "MSSQL_Login"), Role], [Edge("SA@s-1-5-21-1:1433", "MSSQL_MemberOf", "Admins")]));

        Assert.Equal(["HAS_ROLE SA%40S-1-5-21-1%3A1433 -> ADMINS"], payload.Facts);
        Assert.Empty(payload.Breaches);
    }

    [Fact]
    public void Members_may_come_in_any_order_with_a_byte_order_mark_and_a_schema_in_front()
    {
        var json = "\uFEFF{\"$schema\":\"https://example.test/schema.json\",\"graph\":{\"edges\":[" + Member + "],\"nodes\":[" + Role + "," + Sa + "]},\"metadata\":{\"source_kind\":\"MSSQL_Base\"}}";
        var payload = Read(json);

        Assert.Equal(["HAS_ROLE SA -> ADMINS"], payload.Facts);
        Assert.Equal("MSSQL_Base", payload.Run!.Header.Tenant);
        Assert.Equal(["byte-order-mark × 1"], payload.Breaches);
        Assert.Equal(1, Read(json, strict: true).Report.RejectCount);
    }

    [Fact]
    public void Lists_outside_graph_are_read()
    {
        var payload = Read($$$"""{"nodes":[{{{Sa}}},{{{Role}}}],"edges":[{{{Member}}}]}""");

        Assert.Equal(["HAS_ROLE SA -> ADMINS"], payload.Facts);
        Assert.Equal(["no-graph × 1"], payload.Breaches.Select(breach => breach.Replace("× 2", "× 1", StringComparison.Ordinal)));
    }

    [Theory]
    [InlineData("""{"match_by":"name","value":"the sa"}""")]
    [InlineData("""{"match_by":"name","value":"THE SA","kind":"MSSQL_Login"}""")]
    [InlineData("""{"match_by":"property","property_matchers":[{"key":"name","operator":"equals","value":"The sa"},{"key":"principalId","operator":"equals","value":1}]}""")]
    public void An_end_may_be_named_by_name_or_by_properties_before_its_node_comes(string start)
    {
        var edges = $$$"""{"kind":"MSSQL_MemberOf","start":{{{start}}},"end":{"value":"admins"}}""";
        var nodes = Node("sa", "MSSQL_Login", "\"name\":\"The sa\",\"principalId\":1") + "," + Node("sb", "MSSQL_Login", "\"name\":\"Another\",\"principalId\":1") + "," + Role;
        var payload = Read("{\"graph\":{\"edges\":[" + edges + "],\"nodes\":[" + nodes + "]}}");

        Assert.Equal(["HAS_ROLE SA -> ADMINS"], payload.Facts);
        Assert.Empty(payload.Breaches);
    }

    [Fact]
    public void An_end_that_several_nodes_fit_is_possible_for_each()
    {
        var nodes = new[] { Node("s1", "MSSQL_Login", "\"name\":\"twin\""), Node("s2", "MSSQL_Login", "\"name\":\"twin\""), Node("r", "MSSQL_ServerRole") };
        var payload = Read(Whole(nodes, ["""{"kind":"MSSQL_MemberOf","start":{"match_by":"name","value":"twin"},"end":{"value":"r"}}"""]));

        Assert.Equal(["ENTITLES S1 -> use/R", "ENTITLES S2 -> use/R"], payload.Facts.Where(fact => fact.StartsWith("ENTITLES", StringComparison.Ordinal)));
        Assert.Equal(["end-ambiguous × 1"], payload.Breaches);
    }

    [Fact]
    public void An_end_that_nothing_fits_is_a_placeholder_of_the_kind_said()
    {
        var payload = Read(Whole([Role], ["""{"kind":"MSSQL_MemberOf","start":{"match_by":"name","value":"nobody","kind":"MSSQL_Login"},"end":{"value":"admins"}}"""]));

        Assert.Equal(["HAS_ROLE NAME%3DNOBODY -> ADMINS"], payload.Facts);
        Assert.Equal(["end-not-described × 1"], payload.Breaches);
    }

    [Fact]
    public void Nothing_is_whole_unless_the_user_vouches_for_it()
    {
        Assert.All(Read(Whole([Sa, Role], [Member])).Observations.OfType<Observation.EndOf>(), end => Assert.False(end.Complete));
        Assert.True(Read(Whole([Sa, Role], [Member]), false, "mssql").Observations.OfType<Observation.EndOf>().Single(end => end.Stream == "mssql").Complete);
        Assert.False(Read(Whole([Sa, "7"], []), false, "mssql").Observations.OfType<Observation.EndOf>().Single(end => end.Stream == "mssql").Complete);
    }

    [Fact]
    public void The_time_is_the_one_given_and_what_comes_of_a_record_names_its_place()
    {
        var payload = Read(Whole([Sa, Role], [Member]));

        Assert.Equal(Collected, payload.Run!.Header.StartedAt);
        Assert.Equal("graph.json#graph.edges[0]", payload.Edges.Single().Evidence.Single().Ref);
    }

    [Fact]
    public void Every_rule_has_its_words_and_its_name_once()
    {
        Assert.Equal(Enum.GetValues<Breach>().Where(rule => rule != Breach.None), BreachWords.All.Select(row => row.Rule).Order());
        Assert.Equal(BreachWords.All.Count, BreachWords.All.Select(row => row.Name).Distinct().Count());
    }

    [Fact]
    public void Invalid_bytes_in_a_text_state_nothing_and_the_rest_is_read()
    {
        var json = Encoding.UTF8.GetBytes(Whole([Node("sa", "MSSQL_Login", "\"name\":\"a#b\""), Role], [Member]));
        json[Array.IndexOf(json, (byte)'#')] = 0xFF;
        var payload = Read(json);

        Assert.Equal(["invalid-text × 1"], payload.Breaches);
        Assert.Equal(["HAS_ROLE SA -> ADMINS"], payload.Facts);
    }
}
