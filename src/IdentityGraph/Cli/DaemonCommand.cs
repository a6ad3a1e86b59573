using System.CommandLine;
using IdentityGraph.Daemon;
using IdentityGraph.Stores;
using Microsoft.Extensions.Logging;

namespace IdentityGraph.Cli;

/// <summary>Collects the configured sources on their schedules, unattended.</summary>
internal static class DaemonCommand
{
    public static Command Create(Door door)
    {
        var once = new Option<bool>("--once") { Description = "Collect each source now, one after the other, and end." };
        var source = new Option<string[]>("--source") { Description = "Only these sources; may be given several times.", HelpName = "NAME", AllowMultipleArgumentsPerToken = true };
        var command = new ExampleCommand(
            "daemon",
            "Collect the sources of the settings (`sources:` in idgraph.yaml) on their schedules; log lines go to standard error.",
            "idgraph daemon",
            "idgraph daemon --once",
            "idgraph daemon --once --source hr -o json") { once, source };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var sources = Chosen(session, parsed.GetValue(source) ?? []);
            if (parsed.GetValue(once))
            {
                return await OnceAsync(session, sources, cancellationToken).ConfigureAwait(false);
            }

            using var loggers = DaemonLog.To(session.Terminal, session.Printer.Quiet);
            var log = loggers.CreateLogger("idgraph");
            if (sources.All(static one => one.Schedule is null && one.Every is null))
            {
                throw new ConfigurationException("no source has a `schedule` or an `every`: there is nothing to wait for; write one, or collect once with --once");
            }

            if (session.Configuration.Heartbeat is { } heartbeat)
            {
                BeatOnce(heartbeat, session.Terminal.Time);
            }

            using var runner = RunnerOf(session, log);
            log.Started(sources.Count, session.StorePlace);
            try
            {
                await DaemonHost.RunAsync(sources, runner, () => OpenFor(session, log), session.Configuration.Heartbeat, session.Terminal.Time, loggers, cancellationToken).ConfigureAwait(false);
                return ExitCode.Done;
            }
            finally
            {
                log.Ends();
            }
        });
        return command;
    }

    /// <summary>Collects each now, in their order; one that fails stops no other.</summary>
    public static async Task<int> OnceAsync(Session session, IReadOnlyList<ConfiguredSource> sources, CancellationToken cancellationToken)
    {
        using var loggers = DaemonLog.To(session.Terminal, session.Printer.Quiet);
        var log = loggers.CreateLogger("idgraph");
        using var runner = RunnerOf(session, log);
        List<SourceOutcome> outcomes = [];
        foreach (var source in sources)
        {
            outcomes.Add(await runner.RunAsync(source, cancellationToken).ConfigureAwait(false));
        }

        session.Printer.Print(SourceOutcome.SheetOf(outcomes));
        return SourceOutcome.CodeOf(outcomes);
    }

    /// <summary>The sources of these names; all where none is named.</summary>
    /// <exception cref="ConfigurationException">There are none, or one is not configured.</exception>
    public static IReadOnlyList<ConfiguredSource> Chosen(Session session, IReadOnlyList<string> names)
    {
        var all = session.Configuration.Sources();
        if (all.Count == 0)
        {
            throw new ConfigurationException($"no sources are configured; write them in {Configuration.FileName}: `sources: {{hr: {{path: /files/staff.csv, every: PT1H}}}}`");
        }

        foreach (var unknown in names.Where(name => !all.Any(source => source.Name.Equals(name, StringComparison.OrdinalIgnoreCase))))
        {
            throw new ConfigurationException($"no source `{unknown}` is configured; {YamlMembers.Nearer(unknown, [.. all.Select(source => source.Name)])}");
        }

        return names.Count == 0 ? all : [.. all.Where(source => names.Contains(source.Name, StringComparer.OrdinalIgnoreCase))];
    }

    private static void BeatOnce(string heartbeat, TimeProvider time)
    {
        try
        {
            Heartbeat.Beat(heartbeat, time);
        }
        catch (Exception unwritable) when (unwritable is IOException or UnauthorizedAccessException)
        {
            throw new ConfigurationException($"`daemon:heartbeat` names `{heartbeat}`, which cannot be written: {unwritable.Message}; name a file in a folder that the daemon may write, or leave it out");
        }
    }

    private static SourceRunner RunnerOf(Session session, ILogger log) => new(
        () => OpenFor(session, log),
        (store, cancellationToken) => StoreProjectCommand.FollowAsync(session, store, log.Projected, log.Lags, cancellationToken),
        session.Policy,
        session.Terminal.Time,
        log);

    private static IInspectableStore OpenFor(Session session, ILogger log) => session.OpenStoreAnew(log.Noticed);
}
