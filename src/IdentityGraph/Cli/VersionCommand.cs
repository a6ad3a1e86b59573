using System.CommandLine;
using System.Reflection;

namespace IdentityGraph.Cli;

/// <summary>Prints the versions that matter to whoever reports a problem.</summary>
internal static class VersionCommand
{
    public static string Version => typeof(VersionCommand).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";

    public static Command Create(Door door)
    {
        var command = new ExampleCommand("version", "Print the version of the program, the exchange format and the runtime.", "idgraph version -o json");
        door.On(command, static (session, _, _) =>
        {
            session.Printer.Print(Sheet.Of("", ["idgraph", "exchange", "answers", "runtime"], [[Version, "1", "1", System.Runtime.InteropServices.RuntimeInformation.FrameworkDescription]]));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
