using IdentityGraph.Collect;

namespace IdentityGraph.Tests.Collect.Exchange;

public sealed class HeaderTests
{
    [Theory]
    [InlineData("""{"idgraph":2,"source":"okta","startedAt":"2025-06-02T08:00:00Z"}""", "version `2` is not known")]
    [InlineData("""{"source":{"new":"shape"},"idgraph":17}""", "version `17` is not known")]
    [InlineData("""{"idgraph":"1","source":"okta","startedAt":"2025-06-02T08:00:00Z"}""", "version `1` is not known")]
    [InlineData("""{"idgraph":1.5,"source":"okta","startedAt":"2025-06-02T08:00:00Z"}""", "version `1.5` is not known")]
    [InlineData("""{"source":"okta","startedAt":"2025-06-02T08:00:00Z"}""", "must be its header")]
    [InlineData("""{"node":"a","kind":"Person"}""", "must be its header")]
    [InlineData("""{"idgraph":1,"startedAt":"2025-06-02T08:00:00Z"}""", "no `source`")]
    [InlineData("""{"idgraph":1,"source":"okta"}""", "no `startedAt`")]
    [InlineData("""{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00"}""", "time without a zone")]
    [InlineData("""{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z","mode":"partial"}""", "`full` or `delta`")]
    [InlineData("""{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z","interval":"daily"}""", "not a duration")]
    [InlineData("""{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z","interval":"PT0S"}""", "not a duration")]
    [InlineData("""{"idgraph":1,"source":"okta","source":"entra","startedAt":"2025-06-02T08:00:00Z"}""", "said twice")]
    [InlineData("""{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z","collector":"ghp_0123456789abcdefghijABCDEFGHIJ012345"}""", "a GitHub token")]
    [InlineData("<html>", "is not the header of a run")]
    [InlineData("""{"idgraph":1,"sour""", "is not the header of a run")]
    public void A_header_that_cannot_be_trusted_refuses_the_whole_file(string header, string words)
    {
        var refused = Assert.Throws<RefusedInputException>(() => Lines.Read(header, """{"node":"a","kind":"Person"}"""));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains("`okta.ndjson` line 1", refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ghp_0", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_empty_file_is_refused() =>
        Assert.Contains("is empty", Assert.Throws<RefusedInputException>(() => Lines.ReadBytes(new ImportRequest { Path = "x" }, [])).Message, StringComparison.Ordinal);

    [Fact]
    public void A_member_nobody_knows_is_kept_and_counted_and_an_error_where_that_was_asked_for()
    {
        const string Header = """{"idgraph":1,"source":"okta","startedAt":"2025-06-02T08:00:00Z","region":{"a":[1, 2]}}""";

        var read = Lines.Read(Header);
        Assert.Equal([new("region", """{"a":[1,2]}""")], read.Header.Unrecognised);
        Assert.Equal(["member region"], read.Report.Unrecognised.Keys);

        Assert.Throws<RefusedInputException>(() => Lines.Read(new ImportRequest { Path = "okta.ndjson", Strict = true }, Header));
    }

    [Fact]
    public void The_user_may_name_the_source_and_say_when_it_was_read()
    {
        var request = new ImportRequest { Path = "okta.ndjson", Source = "okta-eu", CollectedAt = DateTimeOffset.Parse("2025-06-01T00:00:00Z") };
        var header = Lines.Read(request, Lines.Header).Header;

        Assert.Equal(("okta-eu", "acme", DateTimeOffset.Parse("2025-06-01T00:00:00Z")), (header.Source, header.Tenant, header.StartedAt));
    }

    [Fact]
    public void Several_runs_follow_each_other_each_behind_its_header()
    {
        var read = Lines.Read(
            Lines.Header,
            """{"node":"a","kind":"Person"}""",
            "nonsense",
            """{"end":"Person","complete":true}""",
            """{"source":"entra","idgraph":1,"startedAt":"2025-06-03T08:00:00Z"}""",
            """{"node":"b","kind":"Person"}""",
            """{"end":"Person","complete":true}""");

        Assert.Equal(["okta", "entra"], read.Runs.Select(run => run.Run.Header.Source));
        Assert.Equal([false, true], read.Runs.Select(run => run.Observations.OfType<Observation.EndOf>().Single().Complete));
        Assert.Equal([(3, 1), (2, 0)], read.Runs.Select(run => ((int)run.Run.Outcome.Read, (int)run.Run.Outcome.Rejected)));
    }

    [Theory]
    [InlineData("""{"idgraph":2,"source":"entra","startedAt":"2025-06-03T08:00:00Z"}""", "version `2` is not known")]
    [InlineData("""{"idgraph":1,"startedAt":"2025-06-03T08:00:00Z"}""", "no `source`")]
    [InlineData("""{"idgraph":1,"source":"entra","startedAt":"2025-06-03T08:00:00Z","stream":5}""", "`stream`")]
    [InlineData("""{"idgraph":1,"source":"ent""", "cannot be read")]
    public void A_later_header_that_cannot_be_read_refuses_the_file_rather_than_give_its_lines_to_the_run_before(string header, string words)
    {
        var refused = Assert.Throws<RefusedInputException>(() => Lines.Read(Lines.Header, header, """{"node":"a","kind":"Person"}"""));

        Assert.Contains(words, refused.Message, StringComparison.Ordinal);
        Assert.Contains("line 2", refused.Message, StringComparison.Ordinal);
    }
}
