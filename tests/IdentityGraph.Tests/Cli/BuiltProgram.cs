using System.Diagnostics;
using IdentityGraph.Tests.Bolt;

namespace IdentityGraph.Tests.Cli;

/// <summary>Runs the program as it was built beside these tests, in a folder of its own, without a terminal.</summary>
public sealed class BuiltProgram : IDisposable
{
    private static readonly string s_program = Path.Combine(AppContext.BaseDirectory, "idgraph.dll");

    public BuiltProgram() => Folder = Directory.CreateTempSubdirectory("idgraph-cli-").FullName;

    public string Folder { get; }

    /// <summary>Variables it is started with, beside those of the tests.</summary>
    public Dictionary<string, string> Environment { get; } = [];

    /// <summary>One that may sign in to the server.</summary>
    public static async Task<BuiltProgram> BesideAsync(Neo4jServer neo4j)
    {
        var server = await neo4j.GetAsync();
        var program = new BuiltProgram();
        if (server.User is not null)
        {
            program.Environment["IDGRAPH__Neo4j__User"] = server.User;
            program.Environment["IDGRAPH__Neo4j__Password"] = "env:SHARED_PASSWORD";
            program.Environment["SHARED_PASSWORD"] = server.Password;
        }

        return program;
    }

    public string Write(string name, params string[] lines)
    {
        var path = Path.Combine(Folder, name);
        File.WriteAllLines(path, lines);
        return path;
    }

    public Task<Said> RunAsync(params string[] arguments) => RunAsync([], arguments);

    /// <param name="input">What stands on its standard input.</param>
    /// <param name="arguments">Of the program.</param>
    public async Task<Said> RunAsync(byte[] input, params string[] arguments)
    {
        using var process = Start(arguments);
        var token = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(token);
        var errors = process.StandardError.ReadToEndAsync(token);
        try
        {
            await process.StandardInput.BaseStream.WriteAsync(input, token);
            process.StandardInput.Close();
        }
        catch (IOException)
        {
            // It did not read to the end.
        }

        await process.WaitForExitAsync(token);
        return new Said(process.ExitCode, await output, await errors);
    }

    /// <summary>Starts it and does not wait; its streams are the caller's.</summary>
    public Process Start(params string[] arguments)
    {
        var process = new Process
        {
            StartInfo = new ProcessStartInfo("dotnet", [s_program, .. arguments])
            {
                WorkingDirectory = Folder,
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                RedirectStandardInput = true,
            },
        };
        process.StartInfo.Environment.Remove("IDGRAPH__Store");
        foreach (var (name, value) in Environment)
        {
            process.StartInfo.Environment[name] = value;
        }

        process.Start();
        return process;
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);
}

public sealed record Said(int Code, string Output, string Errors);
