using System.Diagnostics;
using IdentityGraph.Bolt;
using IdentityGraph.Tests.Bolt;

[assembly: AssemblyFixture(typeof(Neo4jServer))]

namespace IdentityGraph.Tests.Bolt;

/// <summary>
/// A real Neo4j for a whole test run, got when the first test asks for it: the one `IDENTITYGRAPH_TEST_NEO4J` names (its Bolt address; user
/// and password in `IDENTITYGRAPH_TEST_NEO4J_USER` and `IDENTITYGRAPH_TEST_NEO4J_PASSWORD`), else one that the script named by
/// `IDENTITYGRAPH_NEO4J_RUN` starts, else one in Docker. Without any, tests skip and say so, unless `IDENTITYGRAPH_REQUIRE` lists `neo4j`.
/// </summary>
public sealed class Neo4jServer : IAsyncDisposable
{
    private const string HowToGetOne =
        "no Neo4j: set IDENTITYGRAPH_TEST_NEO4J to the Bolt address of one (with IDENTITYGRAPH_TEST_NEO4J_USER and IDENTITYGRAPH_TEST_NEO4J_PASSWORD), IDENTITYGRAPH_NEO4J_RUN to a script that starts one, or start Docker";

    private readonly SemaphoreSlim _one = new(1);
    private StartedNeo4j? _server;
    private string? _absent;

    public static bool IsRequired => (Environment.GetEnvironmentVariable("IDENTITYGRAPH_REQUIRE") ?? "").Split(',', ' ').Contains("neo4j");

    /// <summary>Where it is and who signs in; skips the test, or fails it where one is required, when there is none.</summary>
    public async Task<Neo4jAddress> GetAsync()
    {
        await _one.WaitAsync(TestContext.Current.CancellationToken);
        try
        {
            if (_server is null && _absent is null)
            {
                await FindAsync();
            }
        }
        finally
        {
            _one.Release();
        }

        if (_server is null)
        {
            Assert.False(IsRequired, $"IDENTITYGRAPH_REQUIRE lists neo4j: {_absent}");
            Assert.Skip(_absent!);
        }

        return _server.Address;
    }

    /// <summary>A client of it with its user.</summary>
    public async Task<BoltClient> ClientAsync(BoltOptions? options = null)
    {
        var address = await GetAsync();
        return new(address.Uri, (options ?? new()) with { Authentication = address.Authentication });
    }

    public async ValueTask DisposeAsync()
    {
        if (_server is not null)
        {
            await _server.DisposeAsync();
        }
    }

    private async Task FindAsync()
    {
        if (Environment.GetEnvironmentVariable("IDENTITYGRAPH_TEST_NEO4J") is { Length: > 0 } uri)
        {
            var user = Environment.GetEnvironmentVariable("IDENTITYGRAPH_TEST_NEO4J_USER") ?? "neo4j";
            _server = new(new(uri, user, Environment.GetEnvironmentVariable("IDENTITYGRAPH_TEST_NEO4J_PASSWORD") ?? ""), null);
        }
        else if (Environment.GetEnvironmentVariable("IDENTITYGRAPH_NEO4J_RUN") is { Length: > 0 } script)
        {
            _server = await StartedNeo4j.RunAsync(script, "--tls");
        }
        else
        {
            _server = await DockerNeo4j.TryRunAsync();
        }

        _absent = _server is null ? HowToGetOne : null;
    }
}

/// <summary>Where a server is and who signs in.</summary>
public sealed record Neo4jAddress(string Uri, string? User, string Password, string? Certificate = null, string? Home = null, string? Http = null)
{
    public BoltAuthentication Authentication => User is null ? BoltAuthentication.None : BoltAuthentication.Basic(User, Password);
}

/// <summary>A server and the process that ends with it; a given server has none.</summary>
internal sealed class StartedNeo4j(Neo4jAddress address, Process? process) : IAsyncDisposable
{
    public Neo4jAddress Address => address;

    /// <summary>
    /// Starts one with the script. It runs attached: it ends when its standard input closes, which happens even if this process is killed.
    /// </summary>
    /// <param name="script">Prints `NAME=VALUE` lines and last `ready`.</param>
    /// <param name="options">More options of the script.</param>
    public static async Task<StartedNeo4j> RunAsync(string script, params string[] options)
    {
        var process = Process.Start(new ProcessStartInfo(script, ["--attached", .. options]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Dictionary<string, string> told = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line && line != "ready")
        {
            if (line.Split('=', 2) is [var name, var value])
            {
                told[name] = value;
            }
        }

        Assert.True(told.ContainsKey("NEO4J_URI"), $"`{script}` started no server; run it by hand to see why");
        var address = new Neo4jAddress(
            told["NEO4J_URI"], told.GetValueOrDefault("NEO4J_USER"), told.GetValueOrDefault("NEO4J_PASSWORD") ?? "", told.GetValueOrDefault("NEO4J_CERTIFICATE"), told.GetValueOrDefault("NEO4J_HOME"), told.GetValueOrDefault("NEO4J_HTTP"));
        return new(address, process);
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
        {
            process.StandardInput.Close();
            await process.WaitForExitAsync();
            process.Dispose();
        }
    }
}
