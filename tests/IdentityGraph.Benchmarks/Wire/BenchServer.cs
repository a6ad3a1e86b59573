using System.Diagnostics;
using System.Globalization;

namespace IdentityGraph.Benchmarks.Wire;

/// <summary>A Neo4j started by the script `IDENTITYGRAPH_NEO4J_RUN` names; it ends with this object, or with this process.</summary>
internal sealed class BenchServer : IDisposable
{
    private readonly Process _process;
    private readonly Dictionary<string, string> _told;

    private BenchServer(Process process, Dictionary<string, string> told) => (_process, _told) = (process, told);

    public string Uri => _told["NEO4J_URI"];

    public string Http => _told["NEO4J_HTTP"];

    public string User => _told["NEO4J_USER"];

    public string Password => _told["NEO4J_PASSWORD"];

    /// <summary>Seconds of processor time it has used so far, to a hundredth.</summary>
    public double Cpu()
    {
        using var process = Process.GetProcessById(int.Parse(_told["NEO4J_PID"], CultureInfo.InvariantCulture));
        return process.TotalProcessorTime.TotalSeconds;
    }

    /// <summary>Null where no script is named.</summary>
    /// <param name="options">Told to the script.</param>
    public static async Task<BenchServer?> StartAsync(params string[] options)
    {
        if (Environment.GetEnvironmentVariable("IDENTITYGRAPH_NEO4J_RUN") is not { Length: > 0 } script)
        {
            return null;
        }

        var process = Process.Start(new ProcessStartInfo(script, ["--attached", .. options]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        Dictionary<string, string> told = [];
        while (await process.StandardOutput.ReadLineAsync() is { } line && line != "ready")
        {
            if (line.Split('=', 2) is [var name, var value])
            {
                told[name] = value;
            }
        }

        return told.ContainsKey("NEO4J_URI") ? new(process, told) : throw new InvalidOperationException($"`{script}` started no server; run it by hand to see why");
    }

    public void Dispose()
    {
        _process.StandardInput.Close();
        _process.WaitForExit();
        _process.Dispose();
    }
}
