using System.Diagnostics;
using IdentityGraph.Bolt;
using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores;
using IdentityGraph.Stores.Neo4j;
using IdentityGraph.Tests.Bolt;

namespace IdentityGraph.Tests.Stores;

/// <summary>A server of its own is killed in mid-import as by a crash and started again with its data: nothing is duplicated, nothing lost.</summary>
public sealed class KilledServerTests
{
    private static readonly DateTimeOffset s_monday = new(2025, 6, 2, 8, 0, 0, TimeSpan.Zero);

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    [Fact]
    public async Task What_was_sealed_is_there_once_and_what_was_not_is_imported_again()
    {
        var script = Environment.GetEnvironmentVariable("IDENTITYGRAPH_NEO4J_RUN");
        if (string.IsNullOrEmpty(script))
        {
            Assert.False(Neo4jServer.IsRequired, "IDENTITYGRAPH_REQUIRE lists neo4j, and IDENTITYGRAPH_NEO4J_RUN names no script that starts one to kill");
            Assert.Skip("IDENTITYGRAPH_NEO4J_RUN names no script that starts a server to kill");
        }

        var home = Directory.CreateTempSubdirectory("idgraph-killed-");
        try
        {
            string place;
            var first = await StartedNeo4j.RunAsync(script, "--home", home.FullName);
            await using (var store = Neo4jGraphStore.Create(first.Address.Uri, With(first.Address) with { TryFor = TimeSpan.FromSeconds(1) }))
            {
                place = store.Location;
                await ImportAsync(store, "kept", 100);
                await store.ProjectAsync(cancellationToken: Token);

                // The lease is held and chunks are on the server, of a run that nobody sealed.
                var writer = await store.BeginRunAsync(Header("lost"), Token);
                Write(writer, "lost", 4_000);
                await KillAsync(script, home.FullName);
                await Assert.ThrowsAsync<StoreException>(async () =>
                {
                    Write(writer, "lost too", 4_000);
                    await writer.SealAsync(new RunOutcome(), Token);
                });
            }

            await first.DisposeAsync();
            await using var second = await StartedNeo4j.RunAsync(script, "--home", home.FullName, "--bolt-port", $"{new Uri(first.Address.Uri).Port}");
            var notices = new List<string>();
            await using var again = Neo4jGraphStore.Open(place, With(second.Address) with { OnNotice = notices.Add });
            Assert.Equal(["kept"], again.Runs().Select(run => run.Header.Source));
            await ImportOnceTheLeaseEndsAsync(again, second.Address, "lost", 4_000);
            await again.ProjectAsync(cancellationToken: Token);

            Assert.Contains("chunk(s) were removed", Assert.Single(notices), StringComparison.Ordinal);
            Assert.Equal(["kept 100", "lost 4000"], again.Runs().Select(run => $"{run.Header.Source} {run.Observations}"));
            Assert.Empty(again.Info().Leftovers);
            Assert.True((await again.CheckAsync(Token)).IsSound);
            Assert.True(again.Projected() is { IsWhole: true, Entities: 4_100 }, $"{again.Projected()}");
            Assert.Equal(0, (await again.ProjectAsync(cancellationToken: Token)).Written);
        }
        finally
        {
            home.Delete(recursive: true);
        }
    }

    private static StoreOptions With(Neo4jAddress server) => new() { Time = new StoppedClock(s_monday), Credentials = server.User is null ? null : new StoreCredentials(server.User, server.Password) };

    private static RunHeader Header(string source) => new() { Source = source, StartedAt = s_monday.AddMinutes(-5) };

    private static async Task ImportAsync(Neo4jGraphStore store, string source, int count)
    {
        await using var writer = await store.BeginRunAsync(Header(source), Token);
        Write(writer, source, count);
        await writer.SealAsync(new RunOutcome(), Token);
    }

    /// <summary>The lease of the writer that died runs on by the server's clock: whoever comes is told so, until it ends; here at once.</summary>
    private static async Task ImportOnceTheLeaseEndsAsync(Neo4jGraphStore store, Neo4jAddress server, string source, int count)
    {
        try
        {
            await ImportAsync(store, source, count);
        }
        catch (StoreLockedException locked)
        {
            Assert.Contains("or, if that writer died, 30 s", locked.Message, StringComparison.Ordinal);
            await using var client = new BoltClient(server.Uri, new() { Authentication = server.Authentication });
            await using var session = client.OpenSession();
            await session.ExecuteAsync("MATCH (store:IdgStore) SET store.leaseUntil = timestamp() - 1", cancellationToken: Token);
            await ImportAsync(store, source, count);
        }
    }

    private static void Write(IRunWriter writer, string source, int count)
    {
        var random = new Random(7);
        var noise = new byte[600];
        for (var i = 0; i < count; i++)
        {
            random.NextBytes(noise);
            writer.Write(new Observation.SawNode { Id = $"{source}:user/{i}", Kind = "Account", Stream = "users", Properties = [new("name", PropertyValue.Of(Convert.ToHexString(noise)))] });
        }
    }

    private static async Task KillAsync(string script, string home)
    {
        using var kill = Process.Start(new ProcessStartInfo(script, ["kill", home]) { RedirectStandardOutput = true })!;
        await kill.WaitForExitAsync(Token);
    }
}
