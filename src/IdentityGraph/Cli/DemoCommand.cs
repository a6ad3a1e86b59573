using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Report;
using IdentityGraph.Sources.Demo;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli;

/// <summary>Makes the sample company in a folder of its own, and prints its three answers on one screen.</summary>
internal static class DemoCommand
{
    private const string Folder = "idgraph-demo";

    public static Command Create(Door door)
    {
        var people = Number("--people", "People in the company, 20 to 100000.", 20, 100_000, 200);
        var services = Number("--service-identities", "Service identities a person, 0 to 50.", 0, 50, 2);
        var until = GlobalOptions.Instant("--until", "Last day of its history.");
        var command = new ExampleCommand("demo", "Make, import and answer the sample estate.", "idgraph demo", "idgraph demo --people 5000") { people, services, until };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var size = new DemoSize { People = parsed.GetValue(people), ServiceIdentitiesPerPerson = parsed.GetValue(services), Until = parsed.GetValue(until) ?? DemoSize.DefaultUntil };
            var folder = session.StoreFlag ?? Folder;
            if (!GraphStores.IsFolder(folder))
            {
                throw new ConfigurationException("the demo is made in a folder of its own; name one with --store, and bring it into a shared store with `idgraph export` and `idgraph import`");
            }

            await MakeAsync(session, folder, size, cancellationToken).ConfigureAwait(false);
            var store = GraphStores.Open(folder, new StoreOptions { Time = session.Terminal.Time, Fold = session.Policy.Fold });
            await using (store.ConfigureAwait(false))
            {
                var ask = session.Ask with { AsOf = session.Ask.AsOf ?? size.Until };
                await DemoScreen.PrintAsync(session, new Investigation(store, session.Policy, session.Terminal.Time), ask, folder, cancellationToken).ConfigureAwait(false);
            }

            return ExitCode.Done;
        });
        return command;
    }

    private static Option<int> Number(string name, string description, int least, int most, int usual)
    {
        var option = new Option<int>(name) { Description = description, DefaultValueFactory = _ => usual };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && (!int.TryParse(token.Value, out var number) || number < least || number > most))
            {
                result.AddError($"{name} is a number from {least} to {most}");
            }
        });
        return option;
    }

    /// <summary>Keeps a company of the same size that is there already; another one in the folder is replaced only if it is a demo too.</summary>
    private static async Task MakeAsync(Session session, string folder, DemoSize size, CancellationToken cancellationToken)
    {
        var marker = Path.Combine(folder, "demo.txt");
        var description = $"people {size.People}, service identities {size.ServiceIdentitiesPerPerson} a person, until {Instants.ToText(size.Until)}";
        if (Directory.Exists(folder))
        {
            if (!File.Exists(marker))
            {
                throw new ConfigurationException($"`{folder}` is there and is not a demo of this program's making; name another folder with --store");
            }

            if (await File.ReadAllTextAsync(marker, cancellationToken).ConfigureAwait(false) == description)
            {
                session.Printer.Say($"using the company in `{folder}` ({description})");
                return;
            }

            Directory.Delete(folder, recursive: true);
        }

        session.Printer.Say($"making a company in `{folder}` ({description})");
        var making = folder.TrimEnd('/', '\\') + ".making";
        if (Directory.Exists(making))
        {
            Directory.Delete(making, recursive: true);
        }

        await WriteAsync(session, making, size, cancellationToken).ConfigureAwait(false);
        await File.WriteAllTextAsync(Path.Combine(making, "demo.txt"), description, cancellationToken).ConfigureAwait(false);
        Directory.Move(making, folder);
    }

    private static async Task WriteAsync(Session session, string folder, DemoSize size, CancellationToken cancellationToken)
    {
        try
        {
            var store = GraphStores.Create(folder, new StoreOptions { Time = session.Terminal.Time });
            await using (store.ConfigureAwait(false))
            {
                using var progress = new ProgressLine(session);
                long written = 0;
                foreach (var run in new DemoEstate(size).Runs())
                {
                    var writer = await store.BeginRunAsync(run.Header, cancellationToken).ConfigureAwait(false);
                    await using (writer.ConfigureAwait(false))
                    {
                        foreach (var observation in run.Observations)
                        {
                            writer.Write(observation);
                            if (++written % 10_000 == 0)
                            {
                                cancellationToken.ThrowIfCancellationRequested();
                                progress.Report(new IdentityGraph.Collect.ImportProgress(written, written));
                            }
                        }

                        await writer.SealAsync(new RunOutcome(), cancellationToken).ConfigureAwait(false);
                    }
                }
            }
        }
        catch (OperationCanceledException)
        {
            Directory.Delete(folder, recursive: true);
            throw;
        }
    }
}
