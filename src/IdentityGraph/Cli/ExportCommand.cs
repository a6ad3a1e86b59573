using System.CommandLine;
using IdentityGraph.Sources.Ndjson;

namespace IdentityGraph.Cli;

/// <summary>Writes what the store holds in a format other programs read.</summary>
internal static class ExportCommand
{
    public static Command Create(Door door)
    {
        var to = new Option<string>("--to") { Description = "Format: ndjson.", Required = true };
        Choice.Among(to!, "ndjson");
        var run = new Option<int?>("--run") { Description = "Only the run with this number; else all of them." };
        var command = new ExampleCommand(
            "export",
            "Write the runs of the store as they were recorded: to standard output one after another, with -f to a file (one run) or a new folder (a file for each run).",
            "idgraph export --to ndjson -f runs/",
            "idgraph export --to ndjson --run 3 -f okta.ndjson.gz",
            "idgraph export --to ndjson | idgraph import - --store copy")
        { to, run };
        command.WritesItsOwnFiles = true;
        door.On(command, (session, parsed, cancellationToken) =>
        {
            var store = session.OpenStore();
            try
            {
                var runs = NdjsonExport.Choose(store, parsed.GetValue(run));
                if (session.OutputPath is { } path)
                {
                    var files = NdjsonExport.ToPath(store, runs, path, cancellationToken);
                    session.Printer.Say($"{files.Count} run(s) written to `{path}`");
                }
                else
                {
                    using var output = new TextStream(session.Printer.Output);
                    NdjsonExport.ToStream(store, runs, output, cancellationToken);
                }
            }
            catch (ExportException refused)
            {
                throw new ConfigurationException(refused.Message);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }
}
