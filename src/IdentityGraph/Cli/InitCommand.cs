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
                File.WriteAllText(Configuration.FileName, $"# IdentityGraph settings; `idgraph doctor` shows what is in force and where it came from.\nstore: {Quote(session.StorePlace)}\n# policy:\n#   leaverStandard: PT24H\n#   timeZone: UTC\n# sources:                  # collected by `idgraph daemon`, or now by `idgraph collect run NAME`\n#   okta:\n#     path: /files/okta/*.ndjson\n#     every: PT15M\n#   hr:\n#     path: /files/staff.csv\n#     format: hr-csv\n#     schedule: 0 0 6 * * ?  # seconds, minutes, hours, day of month, month, day of week\n#     timeZone: Europe/Vienna\n#     complete: [people, employments]\n");
            }

            session.Printer.Print(Sheet.Of("", ["store", "settings"], [[store.Location, Path.GetFullPath(Configuration.FileName)]], "Next: idgraph import FILE"));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static string Quote(string text) => "'" + text.Replace("'", "''", StringComparison.Ordinal) + "'";
}
