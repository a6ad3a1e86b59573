using System.Diagnostics;
using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>A real server of its own that is killed as by a crash, and started again with its data.</summary>
public sealed class CrashTests
{
    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_server_killed_in_mid_stream_and_in_mid_transaction_is_told_and_found_again()
    {
        var script = Environment.GetEnvironmentVariable("IDENTITYGRAPH_NEO4J_RUN");
        if (string.IsNullOrEmpty(script))
        {
            Assert.False(Neo4jServer.IsRequired, "IDENTITYGRAPH_REQUIRE lists neo4j, and IDENTITYGRAPH_NEO4J_RUN names no script that starts one to kill");
            Assert.Skip("IDENTITYGRAPH_NEO4J_RUN names no script that starts a server to kill");
        }

        var home = Directory.CreateTempSubdirectory("idgraph-crash-");
        try
        {
            var first = await StartedNeo4j.RunAsync(script, "--home", home.FullName);
            await using var client = new BoltClient(first.Address.Uri, new() { Authentication = first.Address.Authentication, FetchSize = 1000, Retry = new() { MaxTime = TimeSpan.FromMinutes(4), Multiplier = 1 } });
            await using var session = client.OpenSession();
            await session.ExecuteAsync("CREATE (:Kept)", cancellationToken: Token);

            await using var open = client.OpenSession();
            await using var transaction = await open.BeginAsync(cancellationToken: Token);
            await transaction.ExecuteAsync("CREATE (:Lost)", Token);

            var result = await session.RunAsync("UNWIND range(1, 100000000) AS i RETURN i", cancellationToken: Token);
            var read = 0;
            var midway = await Assert.ThrowsAsync<BoltConnectionException>(async () =>
            {
                await foreach (var _ in result.WithCancellation(Token))
                {
                    if (++read == 5_000)
                    {
                        await KillAsync(script, home.FullName);
                    }
                }
            });
            Assert.True(midway.IsRetryable);
            Assert.InRange(read, 5_000, 99_999_999);
            await first.DisposeAsync();
            await Assert.ThrowsAnyAsync<BoltException>(() => transaction.CommitAsync(Token));

            var managed = session.WriteAsync((again, token) => again.ExecuteAsync("MERGE (:Written {once: true})", token), new() { Repeatable = true }, Token);
            await using var second = await StartedNeo4j.RunAsync(script, "--home", home.FullName, "--bolt-port", $"{new Uri(first.Address.Uri).Port}");
            await managed;
            await using var counted = await session.RunAsync("MATCH (n) RETURN labels(n)[0] AS label ORDER BY label", cancellationToken: Token);
            Assert.Equal(["Kept", "Written"], await counted.Select(record => record.Get<string>("label")).ToListAsync(Token));
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static async Task KillAsync(string script, string home)
    {
        using var process = Process.Start(script, ["kill", home]);
        await process.WaitForExitAsync(Token);
    }
}
