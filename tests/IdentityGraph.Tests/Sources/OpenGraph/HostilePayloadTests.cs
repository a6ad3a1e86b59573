using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Sources.BloodHound;
using IdentityGraph.Sources.OpenGraph;
using IdentityGraph.Tests.Stores;
using static IdentityGraph.Tests.Sources.OpenGraph.Payload;

namespace IdentityGraph.Tests.Sources.OpenGraph;

/// <summary>Payloads made to harm, damaged or endless: clear words, linear time, flat memory, and nothing else lost.</summary>
[Collection(Alone.Name)]
public sealed class HostilePayloadTests : IDisposable
{
    private static readonly string s_sa = Node("sa", "MSSQL_Login");
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("\"properties\":{\"a\":@}")]
    [InlineData("\"label\":@")]
    [InlineData("\"kinds\":@")]
    public void What_is_nested_ten_thousand_deep_is_passed_over_and_the_rest_is_read(string member)
    {
        var deep = new string('[', 10_000) + new string(']', 10_000);
        var payload = Read(Whole(["{\"id\":\"deep\"," + member.Replace("@", deep, StringComparison.Ordinal) + "}", s_sa], []));

        Assert.Equal(["opengraph:object/DEEP", "opengraph:object/SA"], payload.Nodes.Select(node => node.Id));
        Assert.Equal(0, payload.Report.RejectCount);
    }

    [Theory]
    [InlineData("""{"id":"@","kinds":["MSSQL_Login"],"properties":{}}""", null)]
    [InlineData(null, """{"kind":"MSSQL_MemberOf","start":{"value":"sa"},"end":{"value":"@"}}""")]
    [InlineData(null, """{"kind":"MSSQL_MemberOf","start":{"value":"@","match_by":"name"},"end":{"value":"sa"}}""")]
    [InlineData(null, """{"kind":"MSSQL_MemberOf","start":{"match_by":"property","property_matchers":[{"key":"x","operator":"equals","value":"@"}]},"end":{"value":"sa"}}""")]
    public void An_id_that_looks_like_a_secret_is_refused_and_quoted_nowhere_in_any_case(string? node, string? edge)
    {
        var token = "ghp_" + new string('z', 36);
        var payload = Read(Whole([s_sa, .. node is null ? [] : new[] { node.Replace("@", token, StringComparison.Ordinal) }], edge is null ? [] : [edge.Replace("@", token, StringComparison.Ordinal)]));

        Assert.StartsWith("id-secret", Assert.Single(payload.Report.Rejects).Problem);
        Assert.Equal(["opengraph:object/SA"], payload.Nodes.Select(one => one.Id));
        Assert.DoesNotContain(payload.Report.Warnings.Concat(payload.Trace.Select(line => $"{line.Start} {line.End} {line.As}")), said => said.Contains(token, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void A_file_cut_in_the_middle_is_partial_with_what_came_before()
    {
        var whole = Whole([s_sa, Node("sb", "MSSQL_Login")], []);
        var payload = Read(whole[..(whole.IndexOf("\"sb\"", StringComparison.Ordinal) + 2)], false, "mssql");

        Assert.Equal(["opengraph:object/SA"], payload.Nodes.Select(node => node.Id));
        Assert.Contains("up to nodes[1] only", payload.Run!.Outcome.PartialReason);
        Assert.All(payload.Observations.OfType<Observation.EndOf>(), end => Assert.False(end.Complete));
    }

    [Fact]
    public void An_entry_too_large_to_hold_is_left_out_and_those_around_it_are_read()
    {
        var large = "{\"id\":\"x\",\"kinds\":[\"A\"],\"properties\":{\"a\":\"" + new string('x', 400_000) + "\"}}";
        var zip = Zip(_folder.Sub(), ("a.json", Whole([s_sa, large, Node("sb", "MSSQL_Login")], [])));
        var payload = From(zip, limits: new UnpackLimits { OneObject = 256 << 10 });

        Assert.Equal(["opengraph:object/SA", "opengraph:object/SB"], payload.Nodes.Select(node => node.Id));
        Assert.Equal(new Reject("a.json", 0, "graph.nodes[1]", "it is larger than 0 MB; it was left out"), Assert.Single(payload.Report.Rejects));
        Assert.All(payload.Observations.OfType<Observation.EndOf>(), end => Assert.False(end.Complete));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("{\"graph\":{\"nodes\":{\"a\":1},\"edges\":[]}}")]
    [InlineData("{\"graph\":{\"nodes\":[{\"id\":\"a\",}]}}")]
    [InlineData("{\"graph\":{\"nodes\":[\u0001]}}")]
    public void What_is_no_payload_says_where(string json)
    {
        if (json == "[]")
        {
            Assert.Contains("holds no OpenGraph payload", Assert.Throws<RefusedInputException>(() => Read(json)).Message);
            return;
        }

        var payload = Read(json);
        Assert.Equal("graph.json", Assert.Single(payload.Report.Rejects).File);
        Assert.NotNull(payload.Run!.Outcome.PartialReason);
    }

    [Fact]
    public void A_zip_bomb_is_refused_before_anything_is_imported()
    {
        var zip = Zip(_folder.Sub(), ("a.json", Whole([s_sa + new string(' ', 4 << 20)], [])));

        Assert.Contains("unpacks to more than 200 times its size", Assert.Throws<RefusedInputException>(() => From(zip, limits: new UnpackLimits { RatioFree = 1 << 20 })).Message);
    }

    [Fact]
    public void Control_characters_and_secrets_in_words_of_the_file_are_not_shown()
    {
        var token = "ghp_" + new string('a', 36);
        var payload = Read(Whole([Node("a", "Evil\\u0007Kind"), Node("b", token), Node("c", "MSSQL_Login", $"\"name\":\"{token}\"")], [Edge("a", token, "b"), Edge("a", "Ev\\u0007il", "b")]));
        var said = string.Join('\n', payload.Report.Warnings.Concat(payload.Report.Unrecognised.Keys).Concat(payload.Report.Rejects.Select(reject => reject.Problem)).Concat(payload.Trace.Select(line => line.Kind + line.As)));

        Assert.DoesNotContain(token, said);
        Assert.DoesNotContain('\u0007', said);
        Assert.DoesNotContain(payload.Nodes.SelectMany(node => node.Properties), property => property.Value.AsText() == token);
    }

    [Fact]
    public void So_many_kinds_that_they_fill_memory_become_one()
    {
        var payload = Read(Whole(Enumerable.Range(0, ObjectKinds.Most + 10).Select(number => Node($"n{number}", $"Kind{number}")), []));

        Assert.True(payload.Nodes.Select(node => node.Properties.FirstOrDefault(property => property.Key == "kind-as-said").Value.AsText()).Distinct().Count() <= ObjectKinds.Most + 1);
        Assert.Equal(ObjectKinds.Most + 10, payload.Nodes.Count());
    }

    [Fact]
    public void Ends_that_thousands_of_nodes_fit_are_told_without_trying_each()
    {
        var nodes = Enumerable.Range(0, 20_000).Select(number => Node($"n{number}", "MSSQL_Login", "\"name\":\"twin\""));
        var edges = Enumerable.Range(0, 2_000).Select(_ => """{"kind":"MSSQL_MemberOf","start":{"match_by":"name","value":"twin"},"end":{"value":"n1"}}""");
        var payload = Read(Whole(nodes, edges));

        Assert.Contains("end-ambiguous × 2000", payload.Breaches);
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_file_of_any_length_is_read_in_flat_memory()
    {
        var path = Path.Combine(Directory.CreateDirectory(_folder.Sub()).FullName, "big.json");
        Write(path, 128L << 20);
        var report = new ImportReport();
        var before = GC.GetTotalMemory(true);
        var most = 0L;
        var facts = 0L;
        foreach (var run in new OpenGraphFormat().Open(new ImportRequest { Path = path, CollectedAt = Collected }, report, TestContext.Current.CancellationToken))
        {
            foreach (var _ in run.Observations)
            {
                most = ++facts % 200_000 == 0 ? Math.Max(most, GC.GetTotalMemory(true) - before) : most;
            }
        }

        Assert.Equal(0, report.RejectCount);
        Assert.True(facts > 500_000, $"only {facts} facts");
        Assert.True(most < 100L << 20, $"{most >> 20} MB held");
    }

    [Fact]
    [Trait("Category", "Slow")]
    public void A_million_relationships_between_a_thousand_nodes_hold_what_tells_repeats_and_no_more()
    {
        var path = Path.Combine(Directory.CreateDirectory(_folder.Sub()).FullName, "many.json");
        using (var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20))
        {
            writer.Write("{\"graph\":{\"nodes\":[" + string.Join(',', Enumerable.Range(0, 1_000).Select(number => Node($"n{number}", "MSSQL_ServerRole"))) + "],\"edges\":[");
            for (var number = 0; number < 1_000_000; number++)
            {
                writer.Write((number == 0 ? "" : ",") + Edge($"n{number / 1_000}", "MSSQL_MemberOf", $"n{(number % 1_000 + number / 1_000) % 1_000}"));
            }

            writer.Write("]}}");
        }

        var report = new ImportReport();
        var before = GC.GetTotalMemory(true);
        var (most, facts) = (0L, 0L);
        foreach (var run in new OpenGraphFormat().Open(new ImportRequest { Path = path, CollectedAt = Collected }, report, TestContext.Current.CancellationToken))
        {
            foreach (var _ in run.Observations)
            {
                most = ++facts % 250_000 == 0 ? Math.Max(most, GC.GetTotalMemory(true) - before) : most;
            }
        }

        Assert.Equal(0, report.RejectCount);
        Assert.InRange(facts, 1_000_000, 1_100_000);
        Assert.True(most < 64L << 20, $"{most >> 20} MB held");
    }

    /// <summary>A hundred thousand nodes, then relationships between them until the file is long enough.</summary>
    private static void Write(string path, long length)
    {
        const int nodes = 100_000;
        using var writer = new StreamWriter(path, append: false, new UTF8Encoding(false), 1 << 20);
        writer.Write("{\"metadata\":{\"source_kind\":\"MSSQL_Base\"},\"graph\":{\"nodes\":[");
        for (var number = 0; number < nodes; number++)
        {
            writer.Write((number == 0 ? "" : ",") + Node($"role-{number}", "MSSQL_ServerRole", $"\"name\":\"role {number}\",\"description\":\"a role of some server that somebody made for some purpose\",\"members\":[\"a\",\"b\"]"));
        }

        writer.Write("],\"edges\":[");
        for (var number = 0L; writer.BaseStream.Position < length; number++)
        {
            writer.Write((number == 0 ? "" : ",") + Edge($"role-{number % nodes}", "MSSQL_MemberOf", $"role-{number * 7919 % nodes}", "{\"traversable\":true,\"general\":\"The first is a member of the second, and has what it has.\"}"));
        }

        writer.Write("]}}");
    }
}
