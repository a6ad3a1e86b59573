using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Collect.Exchange;

public sealed class ExchangeReaderTests
{
    [Fact]
    public void The_header_says_what_was_read_and_leaves_the_rest_to_defaults()
    {
        var read = Lines.Read("""{"idgraph":1,"source":"okta","tenant":"acme","startedAt":"2025-06-02T10:00:00+02:00","recordedAt":"2025-06-02T08:04:10Z","mode":"delta","interval":"PT24H","collector":"idgraph-okta/1.0"}""");

        Assert.Equal(
            ("okta", "acme", At("2025-06-02T08:00:00Z"), At("2025-06-02T08:04:10Z"), RunMode.Delta, TimeSpan.FromHours(24), "idgraph-okta/1.0"),
            (read.Header.Source, read.Header.Tenant, read.Header.StartedAt, read.Header.RecordedAt, read.Header.Mode, read.Header.Interval, read.Header.Collector));

        var bare = Lines.Read("""{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z"}""").Header;
        Assert.Equal(("", null, RunMode.Full, null, ""), (bare.Tenant, bare.RecordedAt, bare.Mode, bare.Interval, bare.Collector));
    }

    [Fact]
    public void A_node_keeps_what_was_said_and_nothing_more()
    {
        var read = Lines.Read(
            Lines.Header,
            """{"node":"okta:user/00u1","kind":"Account","from":"2025-05-30T18:05:00Z","props":{"name":"pat@acme.example","state":"Disabled","mfa":true,"lastUsedAt":null},"grade":"SystemEvent","stream":"users"}""");

        var node = Assert.IsType<Observation.SawNode>(Assert.Single(read.Observations));
        Assert.Equal(("okta:user/00u1", "Account", "users", EvidenceGrade.SystemEvent), (node.Id, node.Kind, node.Stream, node.Grade));
        Assert.Equal((At("2025-05-30T18:05:00Z"), null, null), (node.From, node.Until, node.At));
        Assert.Equal(
            [new("name", PropertyValue.Of("pat@acme.example")), new("state", PropertyValue.Of("Disabled")), new("mfa", PropertyValue.Of(true)), new("lastUsedAt", PropertyValue.None)],
            node.Properties);
        Assert.Empty(read.Report.Unrecognised);
    }

    [Fact]
    public void An_edge_takes_its_key_from_its_role()
    {
        var read = Lines.Read(
            Lines.Header,
            """{"edge":"OWNED_BY","of":"aws:key/AKIA1","to":"hr:person/17","from":"2024-01-10T00:00:00Z","until":null,"props":{"role":"accountable"},"stream":"owners"}""");

        var edge = Assert.IsType<Observation.SawEdge>(Assert.Single(read.Observations));
        Assert.Equal(("OWNED_BY", "aws:key/AKIA1", "hr:person/17", null, "accountable"), (edge.Kind, edge.Of, edge.To, edge.Key, edge.EffectiveKey));
    }

    [Fact]
    public void What_a_stream_ended_with_comes_last()
    {
        var read = Lines.Read(
            Lines.Header,
            """{"end":"users","complete":true,"count":2}""",
            """{"seen":"okta:user/00u2","stream":"users","reason":"unknown status"}""",
            """{"node":"okta:user/00u1","kind":"Account","stream":"users"}""");

        Assert.Equal(
            [
                new Observation.SeenUnreadable { Id = "okta:user/00u2", Stream = "users", Reason = "unknown status" },
                new Observation.EndOf { Stream = "users", Complete = true, Count = 2 },
            ],
            read.Observations.Where(observation => observation is not Observation.SawNode));
        Assert.IsType<Observation.EndOf>(read.Observations[^1]);
    }

    [Fact]
    public void Carriage_returns_a_byte_order_mark_and_blank_lines_change_nothing()
    {
        var plain = Lines.Header + "\n" + """{"node":"a","kind":"Person"}""" + "\n";
        var dressed = "\uFEFF" + Lines.Header + "\r\n\r\n" + """{"node":"a","kind":"Person"}""" + "\r\n";
        var request = new ImportRequest { Path = "a.ndjson" };

        var read = Lines.ReadBytes(request, Encoding.UTF8.GetBytes(dressed));

        Assert.Equal(Lines.ReadBytes(request, Encoding.UTF8.GetBytes(plain)).Again, read.Again);
        Assert.Empty(read.Report.Rejects);
    }

    [Fact]
    public void A_trace_tells_of_every_node_and_edge_what_became_of_it()
    {
        var told = new List<TraceLine>();
        var text = string.Join('\n', Lines.Header, """{"node":"a","kind":"Person"}""", """{"edge":"OWNED_BY","of":"k","to":"a"}""", """{"edge":"OWNED_BY","of":"k","to":"a","from":"x"}""", """{"end":"Person","complete":true}""");
        using var reader = new IdentityGraph.Collect.Exchange.ExchangeReader(
            new MemoryStream(Encoding.UTF8.GetBytes(text)), new ImportRequest { Path = "a.ndjson", Trace = true }, new ImportReport { OnTrace = told.Add });

        Assert.Equal(4, reader.Runs(TestContext.Current.CancellationToken).Sum(run => run.Observations.Count()));

        Assert.Equal(
            [("node", "a", null, "Person", "a.ndjson:2", "imported"), ("edge", "k", "a", "OWNED_BY", "a.ndjson:3", "imported"), ("edge", "k", "a", "OWNED_BY", "a.ndjson:4", "refused")],
            told.Select(line => (line.What, line.Start, line.End, line.Kind, line.Where, line.Became)));
    }

    private static DateTimeOffset At(string text) => DateTimeOffset.Parse(text);
}
