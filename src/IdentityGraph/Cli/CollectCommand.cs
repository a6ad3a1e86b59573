using System.CommandLine;
using IdentityGraph.Daemon;
using IdentityGraph.Graph;

namespace IdentityGraph.Cli;

/// <summary>The sources the daemon collects: which there are, what became of them, and one of them now.</summary>
internal static class CollectCommand
{
    public static Command Create(Door door) => new ExampleCommand("collect", "Look at the configured sources, and collect one now.", "idgraph collect status")
    {
        List(door),
        Status(door),
        Run(door),
    };

    private static ExampleCommand List(Door door)
    {
        var command = new ExampleCommand("list", "The configured sources and their schedules.", "idgraph collect list -o json");
        door.On(command, static (session, _, _) =>
        {
            var sources = DaemonCommand.Chosen(session, []);
            session.Printer.Print(Sheet.Of(
                $"{sources.Count} source(s)",
                ["source", "path", "format", "when", "next"],
                sources.Select(source => new[] { source.Name, source.Path, source.Format ?? "(detected)", source.When, Next(source, session.Terminal.Time) }),
                "`next` counts from the last collection once a daemon runs."));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static ExampleCommand Status(Door door)
    {
        var source = new Argument<string?>("source") { Description = "Only this one.", Arity = ArgumentArity.ZeroOrOne };
        var command = new ExampleCommand("status", "When each source was collected last and how that ended, as the store knows it.", "idgraph collect status", "idgraph collect status hr -o json") { source };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var chosen = DaemonCommand.Chosen(session, parsed.GetValue(source) is { } name ? [name] : []);
            var records = (await session.OpenStore().CollectedAsync(cancellationToken).ConfigureAwait(false)).ToDictionary(record => record.Source, StringComparer.OrdinalIgnoreCase);
            session.Printer.Print(Sheet.Of(
                $"{chosen.Count} source(s)",
                ["source", "began", "ended", "ending", "collector", "files", "detail"],
                chosen.Select(one => records.GetValueOrDefault(one.Name) is { } record
                    ? new[]
                    {
                        one.Name,
                        record.StartedAt is { } began ? Instants.ToText(began) : "never",
                        record.EndedAt is { } ended ? Instants.ToText(ended) : null,
                        record.Outcome ?? (record.Holder is null ? "cut off: collected again at its next time" : "running"),
                        record.Holder,
                        record.Files.Count.ToString(),
                        record.Detail,
                    }
                    : [one.Name, "never", null, null, null, "0", null])));
            return ExitCode.Done;
        });
        return command;
    }

    private static ExampleCommand Run(Door door)
    {
        var names = new Argument<string[]>("source") { Description = "Names of sources.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Every configured source." };
        var command = new ExampleCommand("run", "Collect sources now, as the daemon does.", "idgraph collect run hr", "idgraph collect run --all") { names, all };
        door.On(command, (session, parsed, cancellationToken) =>
        {
            var named = parsed.GetValue(names) ?? [];
            return named.Length > 0 == parsed.GetValue(all)
                ? throw new ConfigurationException("name the sources to collect, or say --all; `idgraph collect list` tells which there are")
                : DaemonCommand.OnceAsync(session, DaemonCommand.Chosen(session, named), cancellationToken);
        });
        return command;
    }

    private static string? Next(ConfiguredSource source, TimeProvider time) =>
        source.Schedule?.GetNextValidTimeAfter(time.GetUtcNow()) is { } next ? Instants.ToText(next) : null;
}
