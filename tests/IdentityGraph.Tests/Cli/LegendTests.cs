using IdentityGraph.Cli;

namespace IdentityGraph.Tests.Cli;

/// <summary>Ids that say nothing are named below the table; what already says who it is, is not said again.</summary>
public sealed class LegendTests
{
    private static readonly Dictionary<string, string> s_names = new() { ["ad:S-1-5-21-7"] = "SVC_PAY@ACME", ["ad:S-1-5-21-8"] = "DC01.ACME", ["okta:user/kim"] = "kim" };

    [Fact]
    public void An_id_is_named_wherever_it_stands_and_once() =>
        Assert.Equal(
            ["Names:", "  ad:S-1-5-21-7 is SVC_PAY@ACME", "  ad:S-1-5-21-8 is DC01.ACME"],
            Of(["1.0", "ad:S-1-5-21-7 -D4-> okta:user/kim"], ["1.1", "`ad:S-1-5-21-8`; ad:S-1-5-21-7"]));

    [Fact]
    public void A_name_that_stands_in_the_row_or_the_id_is_not_said_again() => Assert.Empty(Of(["ad:S-1-5-21-7", "SVC_PAY@ACME"], ["okta:user/kim", "D1"], ["nobody", null]));

    [Fact]
    public void A_long_list_is_cut_and_says_so()
    {
        var lines = Legend.Of(Sheet.Of("", ["id"], Enumerable.Range(0, 45).Select(number => new string?[] { $"n{number}" })), id => $"Number {id[1..]}");
        Assert.Equal(32, lines.Count);
        Assert.Equal("  and 15 more: `identity show ID` says who they are", lines[^1]);
    }

    [Fact]
    public async Task The_program_names_what_its_tables_number()
    {
        using var idgraph = new BuiltProgram();
        Assert.Equal(0, (await idgraph.RunAsync("import", idgraph.Write(
            "facts.ndjson",
            """{"idgraph":1,"source":"ad","startedAt":"2025-06-02T08:00:00Z","recordedAt":"2025-06-02T08:00:00Z"}""",
            """{"node":"ad:7","kind":"ServiceIdentity","props":{"name":"SVC_PAY@ACME","state":"Active"}}""",
            """{"node":"ad:8","kind":"Resource","props":{"name":"ledger"}}""",
            """{"edge":"ENTITLES","of":"ad:7","to":"ad:8","props":{"level":"L3"}}"""))).Code);

        var table = await idgraph.RunAsync("path", "ad:7", "ad:8", "--as-of", "2025-06-02T09:00:00Z");
        Assert.Contains("Names:\n  ad:7 is SVC_PAY@ACME\n  ad:8 is ledger\n", table.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("Names", (await idgraph.RunAsync("path", "ad:7", "ad:8", "--as-of", "2025-06-02T09:00:00Z", "-o", "csv")).Output, StringComparison.Ordinal);
    }

    private static IReadOnlyList<string> Of(params string?[][] rows) => Legend.Of(Sheet.Of("", ["hop", "what"], rows), s_names.GetValueOrDefault);
}
