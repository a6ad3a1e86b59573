using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources;
using IdentityGraph.Sources.GraphMl;

namespace IdentityGraph.Tests.Sources.GraphMl;

/// <summary>GraphML documents: names of ours are understood, the rest is kept and counted, and nothing is expanded.</summary>
public sealed class GraphMlTests
{
    private const string Keys = """
        <key id="d0" for="all" attr.name="kind" attr.type="string"/>
        <key id="d1" for="node" attr.name="state" attr.type="string"/>
        <key id="d2" for="node" attr.name="mfa" attr.type="boolean"><default>false</default></key>
        <key id="d3" for="node" attr.name="shoeSize" attr.type="int"/>
        <key id="d4" for="edge" attr.name="role" attr.type="string"/>
        <key id="d5" for="all" attr.name="from" attr.type="string"/>
        """;

    private const string Mara = """<node id="okta:user/1"><data key="d0">Account</data><data key="d1">Active</data></node>""";
    private const string Admins = """<node id="g"><data key="d0">Group</data></node>""";

    [Fact]
    public void Names_of_ours_become_nodes_and_edges_of_ours()
    {
        var (facts, report, outcome) = Read(Mara + Admins + """<edge source="okta:user/1" target="g"><data key="d0">MEMBER_OF</data><data key="d5">2025-01-01T00:00:00Z</data></edge>""");

        var mara = (Observation.SawNode)facts[0];
        Assert.Equal(("okta:user/1", "Account"), (mara.Id, mara.Kind));
        Assert.Equal(["mfa=false", "state=Active"], mara.Properties.Select(property => $"{property.Key}={property.Value}"));
        var edge = (Observation.SawEdge)facts[2];
        Assert.Equal(("MEMBER_OF", "okta:user/1", "graphml:node/g"), (edge.Kind, edge.Of, edge.To));
        Assert.Equal(new DateTimeOffset(2025, 1, 1, 0, 0, 0, TimeSpan.Zero), edge.From);
        Assert.Equal((3, 0), (outcome.Read, report.RejectCount));
        Assert.Equal(["property Group.mfa"], report.Unrecognised.Keys);
    }

    [Fact]
    public void What_is_not_known_is_kept_and_counted_and_strict_refused()
    {
        const string odd = """<node id="r"><data key="d0">Robot</data><data key="d3">44</data></node><edge source="r" target="g"><data key="d0">WAVES_AT</data></edge>""";
        var (facts, report, _) = Read(Admins + odd);

        Assert.Equal("Robot", ((Observation.SawNode)facts[1]).Kind);
        Assert.Contains(((Observation.SawNode)facts[1]).Properties, property => property is { Key: "shoeSize" } && property.Value.AsNumber() == 44);
        Assert.Equal("WAVES_AT", ((Observation.SawEdge)facts[2]).Kind);
        Assert.Superset(new HashSet<string> { "kind Robot", "relationship WAVES_AT", "property Robot.shoeSize" }, report.Unrecognised.Keys.ToHashSet());
        Assert.Equal(2, Read(Admins + odd, strict: true).Report.RejectCount);
    }

    [Fact]
    public void An_id_of_its_own_is_the_nodes_id_and_edges_follow_it()
    {
        var (facts, _, _) = Read("""<node id="n1"><data key="id">aws:key/AKIA1</data><data key="labels">:Credential:Thing</data></node><edge source="n1" target="n1"><data key="label">DERIVED_FROM</data></edge>""");

        Assert.Equal(("aws:key/AKIA1", "Credential"), (((Observation.SawNode)facts[0]).Id, ((Observation.SawNode)facts[0]).Kind));
        Assert.Equal("aws:key/AKIA1", ((Observation.SawEdge)facts[1]).Of);
    }

    [Fact]
    public void Nested_graphs_ports_and_hyperedges_are_told()
    {
        var (facts, report, _) = Read("""<node id="a"><port name="p"/><graph edgedefault="undirected"><node id="b"/><edge source="a" target="b"/></graph></node><hyperedge><endpoint node="a"/></hyperedge>""", complete: "nodes");

        Assert.Equal(["graphml:node/b", "graphml:node/a"], facts.OfType<Observation.SawNode>().Select(node => node.Id));
        Assert.Contains(report.Warnings, warning => warning.StartsWith("hyperedge × 1", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, warning => warning.StartsWith("port × 1", StringComparison.Ordinal));
        Assert.Contains(report.Warnings, warning => warning.StartsWith("graphs lie inside nodes", StringComparison.Ordinal));
        Assert.Equal(1, report.Unrecognised["edge without a direction, read from source to target"]);
        Assert.All(facts.OfType<Observation.EndOf>(), end => Assert.False(end.Complete));
    }

    [Fact]
    public void Nothing_is_whole_unless_the_user_vouches()
    {
        Assert.All(Read(Mara).Facts.OfType<Observation.EndOf>(), end => Assert.False(end.Complete));
        Assert.True(Read(Mara, complete: "nodes").Facts.OfType<Observation.EndOf>().Single(end => end.Stream == "nodes").Complete);
    }

    [Fact]
    public void Entities_are_never_expanded()
    {
        var bomb = """<!DOCTYPE g [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>""";

        Assert.Contains("cannot be read as GraphML", Assert.Throws<RefusedInputException>(() => Read(Mara, before: bomb)).Message);
        Assert.Contains("cannot be read as GraphML", Assert.Throws<RefusedInputException>(() => Read("", before: """<!DOCTYPE g SYSTEM "file:///etc/passwd">""")).Message);
    }

    [Theory]
    [InlineData("deep")]
    [InlineData("long")]
    [InlineData("cut")]
    public void What_cannot_be_read_on_is_partial_with_what_came_before(string how)
    {
        var bad = how switch
        {
            "deep" => string.Concat(Enumerable.Repeat("<node id=\"x\"><graph>", 10_000)),
            "long" => "<node id=\"" + new string('x', 40 << 20) + "\"/>",
            _ => "<node id=\"b\"><data key=",
        };
        var (facts, report, outcome) = Read(Mara + bad);

        Assert.Equal("okta:user/1", Assert.Single(facts.OfType<Observation.SawNode>()).Id);
        Assert.NotNull(outcome.PartialReason);
        Assert.Equal(1, report.RejectCount);
    }

    [Fact]
    public void Elements_without_ends_ids_too_long_and_secrets_are_refused_with_their_line()
    {
        var token = "ghp_" + new string('a', 36);
        var (facts, report, outcome) = Read($"""<edge source="a"/><node/><node id="{new string('x', 600)}"/><node id="ok"><data key="note">{token}</data></node>""");

        Assert.Equal(["graphml:node/ok"], facts.OfType<Observation.SawNode>().Select(node => node.Id));
        Assert.DoesNotContain(((Observation.SawNode)facts[0]).Properties, property => property.Value.AsText() == token);
        Assert.Equal((4, 4), (report.RejectCount, outcome.Rejected));
        Assert.All(report.Rejects, reject => Assert.True(reject.Line > 0));
        Assert.DoesNotContain(token, string.Concat(report.Rejects.Select(reject => reject.Problem)));
    }

    [Fact]
    public void An_id_that_looks_like_a_secret_is_refused_on_nodes_and_ends_alike()
    {
        var token = "ghp_" + new string('a', 36);
        var (facts, report, _) = Read($"""<node id="{token}"/><node id="ok"/><edge source="ok" target="{token}"/><edge source="{token}" target="ok"/>""");

        Assert.Equal("graphml:node/ok", Assert.Single(facts.OfType<Observation.SawNode>()).Id);
        Assert.Empty(facts.OfType<Observation.SawEdge>());
        Assert.Equal(["an id looks like a GitHub token; it was left out"], report.Rejects.Select(reject => reject.Problem).Distinct());
        Assert.Equal(3, report.RejectCount);
    }

    [Fact]
    public void It_is_known_by_its_first_element() =>
        Assert.Equal("graphml", With(Mara, "", path => FileFormats.Detect(new ImportRequest { Path = path }).Format.Name));

    private static (List<Observation> Facts, ImportReport Report, RunOutcomeState Outcome) Read(string body, bool strict = false, string before = "", params string[] complete) => With(body, before, path =>
    {
        var report = new ImportReport();
        var request = new ImportRequest { Path = path, CollectedAt = DateTimeOffset.UnixEpoch, Strict = strict, Complete = complete };
        var run = new GraphMlFormat().Open(request, report, TestContext.Current.CancellationToken).Single();
        List<Observation> facts = [.. run.Observations];
        return (facts, report, run.Outcome);
    });

    private static T With<T>(string body, string before, Func<string, T> use)
    {
        var folder = Directory.CreateTempSubdirectory("idgraph-");
        try
        {
            var path = Path.Combine(folder.FullName, "graph.graphml");
            File.WriteAllText(path, $"""<?xml version="1.0" encoding="UTF-8"?>{before}<graphml xmlns="http://graphml.graphdrawing.org/xmlns">{Keys}<graph edgedefault="directed">{body}</graph></graphml>""", new UTF8Encoding(false));
            return use(path);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }
}
