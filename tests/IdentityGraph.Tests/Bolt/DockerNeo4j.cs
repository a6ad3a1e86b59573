using System.ComponentModel;
using System.Diagnostics;
using IdentityGraph.Bolt;

namespace IdentityGraph.Tests.Bolt;

/// <summary>A Neo4j in a container that removes itself, attached to a process that ends when it does.</summary>
internal static class DockerNeo4j
{
    private const string Image = "neo4j:5-community";
    private const string Password = "idgraph-test-password";

    /// <summary>Null where no Docker engine answers.</summary>
    public static async Task<StartedNeo4j?> TryRunAsync()
    {
        var name = $"idgraph-test-{Environment.ProcessId}";
        if (await OutputOfAsync("version", "--format", "{{.Server.Version}}") is null)
        {
            return null;
        }

        // The shell waits for its input to close, as the test process ends, and takes the container with it.
        var script = $"docker run --rm -d --name {name} -p 127.0.0.1::7687 -e NEO4J_AUTH=neo4j/{Password} {Image} >/dev/null && docker port {name} 7687/tcp && cat >/dev/null; docker rm -f {name} >/dev/null 2>&1";
        var process = Process.Start(new ProcessStartInfo("sh", ["-c", script]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var mapped = await process.StandardOutput.ReadLineAsync();
        Assert.True(mapped is not null, $"docker could not run `{Image}`");
        var server = new StartedNeo4j(new($"bolt://{mapped}", "neo4j", Password), process);
        await UntilItAnswersAsync(server.Address);
        return server;
    }

    private static async Task UntilItAnswersAsync(Neo4jAddress address)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        while (true)
        {
            try
            {
                await using var client = new BoltClient(address.Uri, new() { Authentication = address.Authentication });
                await client.ConnectAsync(limit.Token);
                return;
            }
            catch (BoltConnectionException)
            {
                await Task.Delay(500, limit.Token);
            }
        }
    }

    private static async Task<string?> OutputOfAsync(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("docker", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var output = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            return process.ExitCode == 0 ? output : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
    }
}
