using System.IO.Compression;
using System.Text;
using IdentityGraph.Collect;
using IdentityGraph.Collect.Exchange;

namespace IdentityGraph.Tests.Collect.Exchange;

/// <summary>What a lost line does to the conclusions that may be drawn from absence.</summary>
public sealed class LostLinesTests
{
    private const string Users = """{"end":"users","complete":true}""";
    private const string Owners = """{"end":"owners","complete":true}""";

    [Fact]
    public void A_rejected_node_whose_id_can_be_read_counts_as_seen_and_its_stream_stays_complete()
    {
        var read = Lines.Read(Lines.Header, """{"node":"okta:user/1","kind":"Account","from":"yesterday","stream":"users"}""", Users, Owners);

        Assert.Equal(
            """
            {"seen":"okta:user/1","stream":"users","reason":"line 2 was rejected"}
            {"end":"users","complete":true}
            {"end":"owners","complete":true}

            """,
            read.Again);
    }

    [Fact]
    public void A_rejected_line_without_an_id_makes_its_stream_incomplete_and_no_other()
    {
        var read = Lines.Read(Lines.Header, """{"node":5,"kind":"Account","stream":"users"}""", Users, Owners);

        Assert.Equal(
            """
            {"end":"users","complete":false,"reason":"line 2 was rejected"}
            {"end":"owners","complete":true}

            """,
            read.Again);
    }

    [Fact]
    public void Without_a_stream_the_kind_names_it()
    {
        var read = Lines.Read(Lines.Header, """{"node":5,"kind":"Account"}""", """{"end":"Account","complete":true}""", Owners);

        Assert.Equal([("Account", false), ("owners", true)], Ends(read));
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("[1,2]")]
    [InlineData("""{"node":"a","kind":"Account",""")]
    [InlineData("""{"node":5,"stream":7}""")]
    [InlineData("""{"node":"a","kind":"Account","stream":7}""")]
    [InlineData("""{"what":"ever"}""")]
    public void An_unreadable_line_makes_every_stream_of_its_run_incomplete(string line)
    {
        var read = Lines.Read(Lines.Header, Users, line, Owners);

        Assert.Equal([("users", false), ("owners", false)], Ends(read));
        Assert.Null(read.Outcome.PartialReason);
    }

    [Fact]
    public void A_rejected_edge_whose_ends_can_be_read_counts_as_seen_with_its_key()
    {
        var read = Lines.Read(
            Lines.Header,
            """{"edge":"OWNED_BY","of":"key","to":"pat","props":{"role":"accountable"},"from":"never","stream":"owners"}""",
            """{"edge":"CONTAINS","of":"a","to":"b","from":"never"}""",
            Owners);

        Assert.Equal(
            """
            {"seen":{"edge":"OWNED_BY","of":"key","to":"pat","key":"accountable"},"stream":"owners","reason":"line 2 was rejected"}
            {"seen":{"edge":"CONTAINS","of":"a","to":"b"},"stream":"CONTAINS","reason":"line 3 was rejected"}
            {"end":"owners","complete":true}

            """,
            read.Again);
    }

    [Fact]
    public void A_rejected_edge_whose_key_cannot_be_read_could_be_any_of_its_kind()
    {
        var read = Lines.Read(Lines.Header, """{"edge":"OWNED_BY","of":"key","to":"pat","props":{"role":5},"stream":"owners"}""", Owners);

        Assert.Equal([("owners", false)], Ends(read));
        Assert.DoesNotContain(read.Observations, observation => observation is Observation.SeenUnreadable);
    }

    [Fact]
    public void A_node_said_twice_in_one_line_could_be_either()
    {
        var read = Lines.Read(Lines.Header, """{"node":"a","node":"b","stream":"users"}""", Users);

        Assert.Equal([("users", false)], Ends(read));
    }

    [Fact]
    public void An_id_that_looks_like_a_secret_is_not_kept_even_as_seen()
    {
        var read = Lines.Read(Lines.Header, """{"node":"ghp_0123456789abcdefghijABCDEFGHIJ012345","stream":"users"}""", Users);

        Assert.Equal([("users", false)], Ends(read));
        Assert.DoesNotContain("ghp_", read.Again, StringComparison.Ordinal);
    }

    [Fact]
    public void Deep_nesting_does_not_hide_the_id_beside_it()
    {
        var deep = new string('[', 100_000) + new string(']', 100_000);
        var read = Lines.Read(Lines.Header, $$"""{"node":"a","props":{"x":{{deep}}},"stream":"users"}""", Users);

        Assert.Contains("deeper than 32", Assert.Single(read.Report.Rejects).Problem, StringComparison.Ordinal);
        Assert.Equal([("users", true)], Ends(read));
        Assert.Equal("a", read.Observations.OfType<Observation.SeenUnreadable>().Single().Id);
    }

    [Fact]
    public void A_stream_that_ends_twice_is_complete_only_if_both_say_so()
    {
        var read = Lines.Read(Lines.Header, Users, """{"end":"users","complete":false,"reason":"429"}""", Owners, Owners);

        Assert.Equal([("users", false), ("owners", true)], Ends(read));
    }

    [Theory]
    [InlineData(2, true, 0)]
    [InlineData(3, true, 0)] // it may count its records or the lines it wrote of them
    [InlineData(0, true, 1)]
    [InlineData(4, false, 1)]
    public void A_stream_of_fewer_lines_than_its_end_states_was_not_read_whole(int stated, bool complete, int warnings)
    {
        var read = Lines.Read(
            Lines.Header,
            """{"node":"a","kind":"Account","stream":"users"}""",
            """{"seen":"b","stream":"users"}""",
            """{"edge":"OWNED_BY","of":"a","to":"p","stream":"users"}""",
            """{"node":"c","kind":"Account","stream":"others"}""",
            $$"""{"end":"users","complete":true,"count":{{stated}}}""");

        Assert.Equal([("users", complete)], Ends(read));
        Assert.Equal(warnings, read.Report.Warnings.Count);
        Assert.All(read.Report.Warnings, warning => Assert.Contains($"states {stated}, and 3 were read", warning, StringComparison.Ordinal));
    }

    [Fact]
    public void A_line_whose_stream_only_the_store_knows_counts_for_any_and_a_rejected_one_counts()
    {
        var read = Lines.Read(
            Lines.Header,
            """{"node":"a","props":{"state":"Active"}}""",
            """{"node":"b","kind":"Account","from":"yesterday"}""",
            """{"end":"Account","complete":true,"count":2}""");

        Assert.Equal([("Account", true)], Ends(read));
        Assert.Empty(read.Report.Warnings);
    }

    [Fact]
    public void A_user_may_vouch_for_a_stream_but_not_against_the_file()
    {
        var request = new ImportRequest { Path = "okta.ndjson", Complete = ["users", "owners", "keys"] };
        var read = Lines.Read(request, Lines.Header, """{"end":"owners","complete":false}""", """{"node":5,"stream":"keys"}""");

        Assert.Equal([("owners", false), ("users", true), ("keys", false)], Ends(read));
    }

    [Fact]
    public void A_file_cut_off_in_a_line_is_partial_and_proves_no_absence()
    {
        var whole = Lines.Header + "\n" + Users + "\n" + """{"node":"a","kind":"Person","props":{"name":"Zoë"}}""";
        foreach (var missing in new[] { 1, 3, 4, 5, 20, 48 })
        {
            var bytes = Encoding.UTF8.GetBytes(whole)[..^missing];
            var read = Lines.ReadBytes(new ImportRequest { Path = "okta.ndjson" }, bytes);

            Assert.Equal("the file is cut off in line 3", read.Outcome.PartialReason);
            Assert.Equal([("users", false)], Ends(read));
            Assert.Empty(read.Rejects);
        }

        var entire = Lines.ReadBytes(new ImportRequest { Path = "okta.ndjson" }, Encoding.UTF8.GetBytes(whole));
        Assert.Null(entire.Outcome.PartialReason);
        Assert.Equal([("users", true)], Ends(entire));
        Assert.Contains(entire.Observations, observation => observation is Observation.SawNode { Id: "a" });
    }

    [Fact]
    public void A_gzip_cut_off_in_the_middle_is_partial()
    {
        var text = Lines.Header + "\n" + string.Concat(Enumerable.Range(0, 5_000).Select(i => $$"""{"node":"n{{i * 7919}}","kind":"Person"}""" + "\n")) + """{"end":"Person","complete":true}""" + "\n";
        var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
        {
            gzip.Write(Encoding.UTF8.GetBytes(text));
        }

        var whole = Unpacked(packed.ToArray());
        Assert.Equal([("Person", true)], Ends(whole));

        var cut = Unpacked(packed.ToArray()[..^(int)(packed.Length / 2)]);
        Assert.NotNull(cut.Outcome.PartialReason);
        Assert.InRange(cut.Observations.Count, 1_000, 4_999);
        Assert.DoesNotContain(cut.Observations, observation => observation is Observation.EndOf { Complete: true });
    }

    [Fact]
    public void A_line_past_sixteen_mebibytes_is_passed_over_and_reading_goes_on_behind_it()
    {
        var fits = """{"node":"fits","kind":"Person","x":""" + "\"" + new string('x', LineReader.LongestLine - 38) + "\"}";
        Assert.Equal(LineReader.LongestLine, fits.Length);
        var read = Lines.Read(
            Lines.Header,
            fits,
            fits.Replace("fits", "longer", StringComparison.Ordinal),
            """{"node":"a","kind":"Person"}""",
            Users);

        Assert.Equal(["3 : the line is longer than 16 MiB; split what it says over several lines"], read.Rejects);
        Assert.Equal(["fits", "a"], read.Observations.OfType<Observation.SawNode>().Select(node => node.Id));
        Assert.Equal([("users", false)], Ends(read));
    }

    private static Lines.Reading Unpacked(byte[] packed)
    {
        var report = new ImportReport();
        using var reader = new ExchangeReader(new GZipStream(new MemoryStream(packed), CompressionMode.Decompress), new ImportRequest { Path = "okta.ndjson.gz" }, report);
        var run = reader.Runs(TestContext.Current.CancellationToken).First();
        return new([(run, [.. run.Observations])], report);
    }

    private static IEnumerable<(string?, bool)> Ends(Lines.Reading read) => read.Observations.OfType<Observation.EndOf>().Select(end => (end.Stream, end.Complete));
}
