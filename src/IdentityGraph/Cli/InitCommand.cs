using System.CommandLine;

namespace IdentityGraph.Cli;

/// <summary>Writes idgraph.yaml and makes an empty store.</summary>
internal static class InitCommand
{
    public static Command Create(Door door)
    {
        var command = new ExampleCommand("init", "Write idgraph.yaml and create the embedded store.", "idgraph init", "idgraph init --store /srv/idgraph");
        door.On(command, static (session, _, _) =>
        {
            var store = session.OpenStore(create: true);
            if (File.Exists(Configuration.FileName))
            {
                session.Printer.Say($"`{Configuration.FileName}` is there already and stays as it is");
            }
            else
            {
                File.WriteAllText(Configuration.FileName, $"# IdentityGraph settings; `idgraph doctor` shows what is in force and where it came from.\nstore: {Quote(session.StorePlace)}\n# policy:\n#   leaverStandard: PT24H\n#   timeZone: UTC\n");
            }

            session.Printer.Print(Sheet.Of("", ["store", "settings"], [[store.Location, Path.GetFullPath(Configuration.FileName)]], "Next: idgraph import FILE"));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
