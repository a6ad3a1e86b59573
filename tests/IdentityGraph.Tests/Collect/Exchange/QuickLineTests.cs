using System.Text;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;
using IdentityGraph.Graph;
using IdentityGraph.Tests.Stores;

namespace IdentityGraph.Tests.Collect.Exchange;

/// <summary>The short way of reading a line reads it as the long way does, or leaves it to that.</summary>
public sealed class QuickLineTests
{
    private const int Mutants = 15_000;

    private static readonly string[] s_lines =
    [
        """{"node":"okta:user/00u1","kind":"Account","from":"2025-05-30T18:05:00Z","props":{"name":"pat@acme.example","state":"Disabled","mfa":true},"grade":"SystemState","stream":"users"}""",
        """{"node":"okta:user/00u1","kind":"Account","props":{"name":"pat@acme.example","state":"Active","mfa":false}}""",
        """{"node":"okta:user/00u3","kind":"Account","props":{"name":"Zoë 日本語 😀","email":"zoë@acme.example"},"evidence":["Prüfung 7"]}""",
        """{"node":"aws:key/AKIA1","kind":"Credential","props":{"kind":"apiKey","extractable":true,"expiresAt":null},"evidence":["iam#keys[3]"]}""",
        """{"node":"aws:key/AKIA2","kind":"Credential","props":{"kind":"apiKey","expiresAt":"2025-06-02T08:00:00Z","ttl":"PT1H"},"evidence":["iam#keys[4]","log 8"]}""",
        """{"node":"acme:system/erp","kind":"System","until":"2025-06-02T08:00:00Z","props":{"criticality":7,"gates":["corpNetwork","managedDevice"],"crownJewel":true}}""",
        """{"edge":"ENTITLES","of":"okta:group/7","to":"aws:resource/1","from":"2024-04-28T08:00:00Z","props":{"level":"L3"}}""",
        """{"edge":"ENTITLES","of":"okta:group/7","to":"aws:resource/2","from":"2024-04-28T08:00:00Z","until":"2025-05-03T08:00:00Z","props":{"level":"L3","gates":["corpNetwork"]}}""",
        """{"edge":"ENTITLES","of":"okta:group/7","to":"aws:resource/2","key":"admin","at":"2024-04-28T08:00:00.5Z","props":{"rights":"DRW","right":"admin"}}""",
        """{"edge":"OWNED_BY", "of": "aws:key/AKIA1", "to": "hr:person/17", "from": "2024-01-10T00:00:00Z", "until": null, "props": {"role": "accountable"}, "stream": "owners"}""",
        """{"edge":"MEMBER_OF","of":"okta:user/00u1","to":"okta:group/7","grade":"WorkflowRecord"}""",
        """{"edge":"MEMBER_OF","of":"a","to":"b"}""",
        """{"node":"a"}""",
    ];

    private static readonly byte[] s_bytes = [.. "\"\\{}[]:,. 0129-+TZtruefalsnL7x=\t\n"u8, 0x7F, 0xC3, 0xA9, 0x00];
    private static readonly string[] s_pieces = ["ghp_0123456789012345678901234567890123", "\\u0041", "null", "\"kind\":\"Person\",", "\"of\":\"b\",", ",\"stream\":\"users\"", "password=hunter22", "é", new('x', 600)];

    [Fact]
    public void Every_line_that_collectors_mostly_write_is_read_the_short_way()
    {
        var quick = new QuickLine();

        Assert.All(s_lines, line => Assert.Equal(Canonical.Of(Long(Encoding.UTF8.GetBytes(line))!), Canonical.Of(Quick(quick, Encoding.UTF8.GetBytes(line))!)));
    }

    [Fact]
    public void What_the_short_way_reads_of_a_damaged_line_the_long_way_reads_too()
    {
        var (quick, read, refused) = (new QuickLine(), 0, 0);
        Prop.ForAll(s_mutant.ToArbitrary(), line =>
        {
            if (Quick(quick, line) is not { } short_)
            {
                refused++;
                return;
            }

            read++;
            Assert.Equal(Canonical.Of(Long(line)!), Canonical.Of(short_));
            SaysWhatTheJsonSays(line, short_);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(Mutants).WithReplay(20250302UL, 3));
        Assert.True(read > Mutants / 10 && refused > Mutants / 10, $"{read} read, {refused} left to the long way: the lines do not try both");
    }

    [Theory]
    [InlineData("""{"node":"a","kind":"Account","colour":"red"}""")]
    [InlineData("""{"node":"a","kind":"Wizard"}""")]
    [InlineData("""{"node":"a","kind":"Account","props":{"state":"Frozen"}}""")]
    [InlineData("""{"node":"a\u0062"}""")]
    [InlineData("""{"node":"ü"}""")]
    [InlineData("""{"end":"users","complete":true}""")]
    [InlineData("""{"node":"a","from":"2025-06-02T08:00:00Z","until":"2025-06-02T07:59:59Z"}""")]
    public void What_is_rare_or_may_be_wrong_is_left_to_the_long_way(string line) =>
        Assert.Null(Quick(new QuickLine(), Encoding.UTF8.GetBytes(line)));

    private static readonly Gen<byte[]> s_mutant =
        from line in Gen.Elements(s_lines)
        from changes in Gen.Choose(0, 3)
        from mutant in Enumerable.Range(0, changes).Aggregate(Gen.Constant(Encoding.UTF8.GetBytes(line)), (before, _) => from bytes in before from after in Mutated(bytes) select after)
        select mutant;

    private static Gen<byte[]> Mutated(byte[] line) =>
        from at in Gen.Choose(0, Math.Max(0, line.Length - 1))
        from length in Gen.Choose(1, 12)
        from one in Gen.Elements(s_bytes)
        from piece in Gen.Elements(s_pieces)
        from how in Gen.Choose(0, 6)
        let end = Math.Min(line.Length, at + length)
        select how switch
        {
            _ when line.Length == 0 => line,
            0 or 1 => [.. line[..at], one, .. line[(at + 1)..]],
            2 => [.. line[..at], .. line[end..]],
            3 => [.. line[..end], .. line[at..]],
            4 => [.. line[..at], one, .. line[at..]],
            5 => [.. line[..at], .. Encoding.UTF8.GetBytes(piece), .. line[at..]],
            _ => (byte[])[.. line[..at], (byte)(line[at] ^ 1), .. line[(at + 1)..]],
        };

    /// <summary>Behind the line stands what must not be read with it.</summary>
    private static Observation.Fact? Quick(QuickLine quick, byte[] line) =>
        quick.Read([.. line, .. Encoding.UTF8.GetBytes(new string('"', LineMarks.Block))], line.Length);

    private static Observation? Long(byte[] line)
    {
        var parser = new LineParser(strict: true);
        var observation = parser.Parse(line);
        Assert.Empty(parser.Unrecognised);
        return observation;
    }

    /// <summary>The same held against a reader that knows nothing of the format but names.</summary>
    private static void SaysWhatTheJsonSays(byte[] line, Observation.Fact fact)
    {
        using var json = JsonDocument.Parse(line);
        foreach (var member in json.RootElement.EnumerateObject())
        {
            var said = member.Value.ValueKind == JsonValueKind.String ? member.Value.GetString() : null;
            switch (member.Name)
            {
                case "node": Assert.Equal(said, ((Observation.SawNode)fact).Id); break;
                case "kind": Assert.Equal(said, ((Observation.SawNode)fact).Kind); break;
                case "edge": Assert.Equal(said, ((Observation.SawEdge)fact).Kind); break;
                case "of": Assert.Equal(said, ((Observation.SawEdge)fact).Of); break;
                case "to": Assert.Equal(said, ((Observation.SawEdge)fact).To); break;
                case "key": Assert.Equal(said, ((Observation.SawEdge)fact).Key); break;
                case "stream": Assert.Equal(said, fact.Stream); break;
                case "grade": Assert.Equal(said, fact.Grade.ToString()); break;
                case "from": Assert.Equal(Moment(said), fact.From); break;
                case "until": Assert.Equal(Moment(said), fact.Until); break;
                case "at": Assert.Equal(Moment(said), fact.At); break;
                case "evidence": Assert.Equal(member.Value.EnumerateArray().Select(entry => entry.GetString()), fact.Evidence.Select(entry => entry.Ref)); break;
                case "props":
                    Assert.Equal(member.Value.EnumerateObject().Select(property => (property.Name, Text(property.Value))), fact.Properties.Select(property => (property.Key, property.Value.ToString())));
                    break;
                default:
                    Assert.Fail($"the short way read a line with the member {member.Name}");
                    break;
            }
        }
    }

    private static DateTimeOffset? Moment(string? said) => said is null ? null : Instants.TryParse(said, out var instant) ? instant : DateTimeOffset.MaxValue;

    private static string Text(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Null => "none",
        JsonValueKind.Array => string.Join(", ", value.EnumerateArray().Select(entry => entry.GetString())),
        JsonValueKind.String => value.GetString()!,
        _ => value.GetRawText(),
    };
}
