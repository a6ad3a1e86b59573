using IdentityGraph.Collect;
using IdentityGraph.Graph;

namespace IdentityGraph.Tests.Collect.Exchange;

public sealed class UnrecognisedTests
{
    private static readonly string[] s_lines =
    [
        Lines.Header,
        """{"node":"a","kind":"Account","props":{"shoeSize":43,"state":"Frozen","tags":["x"],"big":12345678901234567890,"raw":{"b":[1,{"c":null}]}},"colour":"red"}""",
        """{"node":"b","kind":"AZFoo","props":{"anything":true}}""",
        """{"edge":"SMELLS_LIKE","of":"a","to":"b"}""",
        """{"edge":"ENTITLES","of":"a","to":"b","key":"k","kind":"odd","props":{"gates":["allowListIp(office)","moonPhase"]}}""",
        """{"node":"c","props":{"state":"Frozen","shoeSize":1}}""",
    ];

    [Fact]
    public void What_nobody_knows_is_kept_and_counted()
    {
        var read = Lines.Read(s_lines);

        Assert.Empty(read.Rejects);
        Assert.Equal(
            [
                "kind AZFoo", "kind SMELLS_LIKE", "member colour", "member kind", "property Account.big", "property Account.raw", "property Account.shoeSize",
                "property Account.tags", "property shoeSize", "word gates=moonPhase", "word state=Frozen",
            ],
            read.Report.Unrecognised.Keys);
        Assert.Equal(2, read.Report.Unrecognised["word state=Frozen"]);
        var account = (Observation.SawNode)read.Observations[0];
        Assert.Equal(
            [
                new("shoeSize", PropertyValue.Of(43)), new("state", PropertyValue.Of("Frozen")), new("tags", PropertyValue.Of(["x"])),
                new("big", PropertyValue.OfJson("12345678901234567890")), new("raw", PropertyValue.OfJson("""{"b":[1,{"c":null}]}""")),
            ],
            account.Properties);
        Assert.Equal([new("colour", "\"red\"")], account.Unrecognised);
        Assert.Equal([new("kind", "\"odd\"")], ((Observation.SawEdge)read.Observations[3]).Unrecognised);
        Assert.Equal(string.Concat(s_lines[1..].Select(line => line.Replace(",\"kind\":\"odd\"", "", StringComparison.Ordinal) + "\n")), read.Again.Replace(",\"kind\":\"odd\"", "", StringComparison.Ordinal));
    }

    [Fact]
    public void Strict_rejects_them_and_an_unknown_word_is_still_no_error()
    {
        var read = Lines.Read(new ImportRequest { Path = "okta.ndjson", Strict = true }, [.. s_lines, """{"node":"d","kind":"Account","props":{"state":"Frozen"}}"""]);

        Assert.Equal([2L, 3, 4, 5, 6], read.Report.Rejects.Select(reject => reject.Line));
        Assert.Equal(["shoeSize", "kind", "edge", "kind", "shoeSize"], read.Report.Rejects.Select(reject => reject.Member));
        Assert.All(read.Report.Rejects, reject => Assert.Contains("--strict", reject.Problem, StringComparison.Ordinal));
        Assert.Equal(["word state=Frozen"], read.Report.Unrecognised.Keys);
        Assert.Single(read.Observations.OfType<Observation.SawNode>());
    }

    [Fact]
    public void Members_nobody_knows_of_a_sight_or_an_end_are_kept_and_counted()
    {
        string[] lines = ["""{"seen":"okta:user/1","stream":"users","page":7}""", """{"end":"users","complete":true,"count":1,"region":{"name":"eu"}}"""];
        var read = Lines.Read([Lines.Header, .. lines]);

        Assert.Equal(string.Concat(lines.Select(line => line + "\n")), read.Again);
        Assert.Equal(["member page", "member region"], read.Report.Unrecognised.Keys);
        Assert.Equal(["page", "region"], Lines.Read(new ImportRequest { Path = "okta.ndjson", Strict = true }, [Lines.Header, .. lines]).Report.Rejects.Select(reject => reject.Member));
    }

    [Fact]
    public void A_word_is_quoted_short_and_harmless()
    {
        var read = Lines.Read(Lines.Header, """{"node":"a","kind":"Account","props":{"state":"\u001b[31mxxx"}}""".Replace("xxx", new string('x', 500), StringComparison.Ordinal));

        var what = Assert.Single(read.Report.Unrecognised.Keys);
        Assert.StartsWith("word state=?[31mxxx", what, StringComparison.Ordinal);
        Assert.InRange(what.Length, 60, 80);
    }
}
