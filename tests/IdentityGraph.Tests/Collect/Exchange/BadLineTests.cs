using IdentityGraph.Collect;

namespace IdentityGraph.Tests.Collect.Exchange;

/// <summary>Each way a line can be bad, beside the nearest line that is not.</summary>
public sealed class BadLineTests
{
    public static TheoryData<string, string, string, string> Pairs => new()
    {
        // bad line, member named, words of the problem, nearest good line
        { """["node","a"]""", "", "not a JSON object", """{"node":"a","kind":"Person"}""" },
        { "42", "", "not a JSON object", """{"node":"42","kind":"Person"}""" },
        { """{"node":"a","kind":"Person"} {}""", "", "not a JSON object", """{"node":"a","kind":"Person"} """ },
        { """{"node":"a",}""", "", "not a JSON object", """{"node":"a"}""" },
        { """{"kind":"Person"}""", "", "none of node, edge, seen, end", """{"node":"a","kind":"Person"}""" },
        { """{"node":"a","seen":"a"}""", "", "more than one of", """{"seen":"a"}""" },
        { """{"node":"a","idgraph":2}""", "idgraph", "version", """{"node":"a"}""" },
        { """{"node":"a","from":"2025-06-02T08:00:00"}""", "from", "time without a zone", """{"node":"a","from":"2025-06-02T08:00:00Z"}""" },
        { """{"node":"a","from":"2025-02-29T08:00:00Z"}""", "from", "not an instant", """{"node":"a","from":"2024-02-29T08:00:00Z"}""" },
        { """{"node":"a","from":"2025-06-02"}""", "from", "not an instant", """{"node":"a","from":"2025-06-02T00:00:00Z"}""" },
        { """{"node":"a","from":"2025-06-02 08:00:00Z"}""", "from", "not an instant", """{"node":"a","from":"2025-06-02t08:00:00z"}""" },
        { """{"node":"a","from":1748851200}""", "from", "is a number", """{"node":"a","from":"2025-06-02T08:00:00.5Z"}""" },
        { """{"node":"a","at":"2025-06-02T08:00:00+25:00"}""", "at", "not an instant", """{"node":"a","at":"2025-06-02T08:00:00+02:00"}""" },
        { """{"node":"a","from":"2025-06-02T08:00:00Z","until":"2025-06-02T07:59:59Z"}""", "until", "before it starts", """{"node":"a","from":"2025-06-02T08:00:00Z","until":"2025-06-02T08:00:00Z"}""" },
        { """{"node":""}""", "node", "is empty", """{"node":" "}""" },
        { """{"node":7}""", "node", "is a number", """{"node":"7"}""" },
        { """{"node":"a\tb"}""", "node", "control character", """{"node":"a b"}""" },
        { """{"node":"a\u0085b"}""", "node", "control character", """{"node":"a\u00e4b"}""" },
        { $$"""{"node":"{{new string('x', 513)}}"}""", "node", "at most 512", $$"""{"node":"{{new string('x', 512)}}"}""" },
        { """{"edge":"OWNED_BY","of":"a"}""", "to", "has no end", """{"edge":"OWNED_BY","of":"a","to":"b"}""" },
        { """{"edge":"OWNED_BY","to":"a"}""", "of", "has no start", """{"edge":"OWNED_BY","of":"b","to":"a"}""" },
        { """{"edge":"ENTITLES","of":"a","to":"b","props":{"level":"L7"}}""", "level", "`L0` to `L6`", """{"edge":"ENTITLES","of":"a","to":"b","props":{"level":"L6"}}""" },
        { """{"edge":"ENTITLES","of":"a","to":"b","props":{"level":5}}""", "level", "is a number", """{"edge":"ENTITLES","of":"a","to":"b","props":{"level":null}}""" },
        { """{"edge":"ENTITLES","of":"a","to":"b","props":{"rights":"DRX"}}""", "rights", "DRWUAC", """{"edge":"ENTITLES","of":"a","to":"b","props":{"rights":"DRW"}}""" },
        { """{"edge":"CAN_PROVISION","of":"a","to":"b","props":{"maxLevel":"high"}}""", "maxLevel", "level", """{"edge":"CAN_PROVISION","of":"a","to":"b","props":{"maxLevel":"L3"}}""" },
        { """{"node":"a","kind":"Account","props":{"mfa":"yes"}}""", "mfa", "true, false or null", """{"node":"a","kind":"Account","props":{"mfa":null}}""" },
        { """{"props":{"mfa":"yes"},"node":"a","kind":"Account"}""", "mfa", "true, false or null", """{"props":{"mfa":false},"node":"a","kind":"Account"}""" },
        { """{"node":"a","props":{"mfa":"yes"}}""", "mfa", "true, false or null", """{"node":"a","props":{"mfa":true}}""" },
        { """{"node":"a","kind":"Credential","props":{"expiresAt":"soon"}}""", "expiresAt", "not an instant", """{"node":"a","kind":"Credential","props":{"expiresAt":null}}""" },
        { """{"node":"a","kind":"Credential","props":{"ttl":"1 hour"}}""", "ttl", "not a duration", """{"node":"a","kind":"Credential","props":{"ttl":"P1W"}}""" },
        { """{"node":"a","kind":"Account","props":{"gates":"corpNetwork"}}""", "gates", "list of texts", """{"node":"a","kind":"Account","props":{"gates":["corpNetwork"]}}""" },
        { """{"node":"a","kind":"Account","props":{"gates":["corpNetwork",1]}}""", "gates", "list of texts", """{"node":"a","kind":"Account","props":{"gates":[]}}""" },
        { """{"node":"a","kind":"System","props":{"criticality":1e999}}""", "criticality", "finite", """{"node":"a","kind":"System","props":{"criticality":1e1}}""" },
        { """{"node":"a","kind":"System","props":{"criticality":2.5}}""", "criticality", "whole number", """{"node":"a","kind":"System","props":{"criticality":2.0}}""" },
        { """{"node":"a","kind":"System","props":{"criticality":NaN}}""", "", "not a JSON object", """{"node":"a","kind":"System","props":{"criticality":9}}""" },
        { """{"node":"a","kind":"System","props":{"size":[1e999]}}""", "size", "finite", """{"node":"a","kind":"System","props":{"size":[1e99]}}""" },
        { """{"node":"a","kind":"Account","kind":"Person"}""", "kind", "said twice", """{"node":"a","kind":"Account"}""" },
        { """{"node":"a","x":1,"x":1}""", "x", "said twice", """{"node":"a","x":1,"X":1}""" },
        { """{"node":"a","kind":"Account","props":{"state":"Active","state":"Disabled"}}""", "state", "said twice", """{"node":"a","kind":"Account","props":{"state":"Active","State":"Disabled"}}""" },
        { """{"node":"a","props":{"x":{"y":1,"y":2}}}""", "y", "said twice", """{"node":"a","props":{"x":{"y":1,"z":{"y":2}}}}""" },
        { """{"node":"a","kind":"Account","props":{"name":"\ud83d"}}""", "", "surrogate", """{"node":"a","kind":"Account","props":{"name":"\ud83d\ude00"}}""" },
        { """{"node":"a","props":{"x":["\udc00"]}}""", "", "surrogate", """{"node":"a","props":{"x":["\u0000"]}}""" },
        { """{"node":"a","grade":"Rumour"}""", "grade", "decides what is true", """{"node":"a","grade":"Inference"}""" },
        { """{"node":"a","grade":"systemstate"}""", "grade", "decides what is true", """{"node":"a","grade":"SystemState"}""" },
        { """{"node":"a","precision":"month"}""", "precision", "`day`", """{"node":"a","precision":"day","tz":"Europe/Berlin"}""" },
        { """{"node":"a","props":[]}""", "props", "an object", """{"node":"a","props":{}}""" },
        { """{"node":"a","evidence":"log 7"}""", "evidence", "list of references", """{"node":"a","evidence":["log 7"]}""" },
        { """{"node":"a","evidence":[{"hash":"00ff"}]}""", "evidence", "give its `ref`", """{"node":"a","evidence":[{"ref":"log 7","hash":"00ff","note":"page 2"}]}""" },
        { """{"node":"a","stream":5}""", "stream", "is a number", """{"node":"a","stream":"5"}""" },
        { """{"end":"users"}""", "complete", "true or false", """{"end":"users","complete":false,"reason":"429"}""" },
        { """{"end":"users","complete":true,"count":-1}""", "count", "whole number", """{"end":"users","complete":true,"count":0}""" },
        { """{"seen":{"edge":"OWNED_BY","of":"a"}}""", "seen", "edge by edge, of and to", """{"seen":{"edge":"OWNED_BY","of":"a","to":"b"}}""" },
        { Deep(33), "", "deeper than 32", Deep(32) },
        { """{"node":"a","kind":"Account","props":{"password":"hunter2!"}}""", "password", "looks like", """{"node":"a","kind":"Account","props":{"passwordLastSet":"2025-06-02T08:00:00Z"}}""" },
        { """{"node":"a","kind":"Account","props":{"pin":123456}}""", "pin", "looks like", """{"node":"a","kind":"Account","props":{"pins":123456}}""" },
        { """{"node":"a","kind":"Account","props":{"name":"ghp_0123456789abcdefghijABCDEFGHIJ012345"}}""", "name", "a GitHub token", """{"node":"a","kind":"Account","props":{"name":"ghp_ tokens"}}""" },
        { """{"node":"a","kind":"Account","props":{"name":"gh\u0070_0123456789abcdefghijABCDEFGHIJ012345"}}""", "name", "a GitHub token", """{"node":"a","kind":"Account","props":{"name":"gh\u0070_"}}""" },
        { """{"node":"a","evidence":["https://pat:hunter22@acme.example/log/7"]}""", "evidence", "password", """{"node":"a","evidence":["https://pat@acme.example/log/7"]}""" },
        { """{"node":"a","props":{"nested":{"client_secret":"Zm9vYmFyYmF6"}}}""", "client_secret", "looks like", """{"node":"a","props":{"nested":{"client_id":"Zm9vYmFyYmF6"}}}""" },
    };

    [Theory]
    [MemberData(nameof(Pairs))]
    public void A_bad_line_is_rejected_by_its_member_and_the_nearest_good_one_is_not(string bad, string member, string words, string good)
    {
        var refused = Lines.Read(Lines.Header, bad, """{"node":"b","kind":"Person"}""");

        var reject = Assert.Single(refused.Report.Rejects);
        Assert.Equal(("okta.ndjson", 2L, member), (reject.File, reject.Line, reject.Member));
        Assert.Contains(words, reject.Problem, StringComparison.Ordinal);
        Assert.Contains(refused.Observations, observation => observation is Observation.SawNode { Id: "b" });
        Assert.Equal((2, 1), (refused.Outcome.Read, refused.Outcome.Rejected));

        var taken = Lines.Read(Lines.Header, good, """{"node":"b","kind":"Person"}""");
        Assert.Empty(taken.Rejects);
        Assert.Equal(2, taken.Observations.Count);
    }

    [Fact]
    public void No_message_quotes_what_may_be_a_secret()
    {
        foreach (var bad in Pairs.Select(pair => pair.Data.Item1).Where(line => line.Contains("hunter2", StringComparison.Ordinal) || line.Contains("0123456789abcdef", StringComparison.Ordinal)))
        {
            var problem = Assert.Single(Lines.Read(Lines.Header, bad).Report.Rejects).Problem;
            Assert.DoesNotContain("hunter2", problem, StringComparison.Ordinal);
            Assert.DoesNotContain("0123456789abcdef", problem, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_line_that_is_not_UTF_8_is_rejected_and_the_next_one_is_read()
    {
        byte[] bytes =
        [
            .. System.Text.Encoding.UTF8.GetBytes(Lines.Header + "\n{\"node\":\"a\",\"kind\":\"Person\",\"props\":{\"name\":\""),
            0xC3, 0x28,
            .. System.Text.Encoding.UTF8.GetBytes("\"}}\n" + """{"node":"b","kind":"Person"}""" + "\n"),
        ];

        var read = Lines.ReadBytes(new ImportRequest { Path = "okta.ndjson" }, bytes);

        Assert.Equal(["2 : the line is not valid UTF-8; write it as UTF-8"], read.Rejects);
        Assert.Equal(["a", "b"], read.Observations.Select(observation => (observation as Observation.SawNode)?.Id ?? ((Observation.SeenUnreadable)observation).Id));
    }

    private static string Deep(int depth) =>
        """{"node":"a","props":{"x":""" + new string('[', depth - 2) + new string(']', depth - 2) + "}}";
}
