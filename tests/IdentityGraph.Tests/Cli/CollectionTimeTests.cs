namespace IdentityGraph.Tests.Cli;

public sealed class CollectionTimeTests : IDisposable
{
    private readonly BuiltProgram _idgraph = new();

    public void Dispose() => _idgraph.Dispose();

    [Fact]
    public async Task A_time_of_collection_before_the_file_knew_its_accounts_is_warned_of_once()
    {
        var file = _idgraph.Write(
            "facts.ndjson",
            """{"idgraph":1,"source":"app","startedAt":"2025-06-02T00:00:00Z"}""",
            """{"node":"kim","kind":"Account","from":"2024-03-01T00:00:00Z","props":{"state":"Active"}}""",
            """{"node":"lee","kind":"Account","from":"2024-05-01T00:00:00Z","props":{"state":"Active"}}""");

        var early = await _idgraph.RunAsync("import", file, "--collected-at", "2020-01-01", "--dry-run");
        Assert.Single((early.Output + early.Errors).Split('\n'), line => line.Contains("2 thing(s) are stated to have begun after they were read, the last `lee` at 2024-05-01T00:00:00Z, read at 2020-01-01T00:00:00Z", StringComparison.Ordinal));
        var right = await _idgraph.RunAsync("import", file, "--dry-run");
        Assert.DoesNotContain("begun after", right.Output + right.Errors, StringComparison.Ordinal);
    }
}
