using System.CommandLine;
using IdentityGraph.Graph;

namespace IdentityGraph.Cli;

/// <summary>Decides about runs that lack so much that nothing ended by them.</summary>
internal static class RunsCommand
{
    public static Command Create(Door door) => new ExampleCommand("runs", "Look at runs, and decide what a mass disappearance means.", "idgraph runs hold list")
    {
        new ExampleCommand(
            "hold",
            "Runs of which a mass disappearance is held: more than a fifth of a stream, and more than 20 objects, missing in a run that read it to its end.",
            "idgraph runs hold list",
            "idgraph runs hold confirm 7")
        {
            List(door),
            Decide(door, "confirm", "What the run lacks is gone: it ends by that run.", confirmed: true),
            Decide(door, "reject", "The reading was at fault: the run proves no absence.", confirmed: false),
        },
    };

    private static ExampleCommand List(Door door)
    {
        var command = new ExampleCommand("list", "What waits for a decision.", "idgraph runs hold list -o json");
        door.On(command, static (session, _, cancellationToken) =>
        {
            var held = HeldRuns.In(session.OpenStore(), cancellationToken);
            session.Printer.Print(Sheet.Of(
                held.Count == 0 ? "Nothing is held" : $"{held.Count} run(s) held",
                ["run", "source", "tenant", "started", "stream", "why"],
                held.SelectMany(run => run.Streams.Select(stream => new[] { run.Run.Number.ToString(), run.Run.Header.Source, run.Run.Header.Tenant, Instants.ToText(run.Run.Header.StartedAt), stream.Stream, stream.Reason })),
                [.. held.Count == 0 ? Array.Empty<string>() : [$"`{session.Next("runs hold confirm RUN")}` if it is gone, `{session.Next("runs hold reject RUN")}` if the reading was at fault."]]));
            return Task.FromResult(ExitCode.Done);
        });
        return command;
    }

    private static ExampleCommand Decide(Door door, string name, string sentence, bool confirmed)
    {
        var number = new Argument<int>("run") { Description = "Number of the run, as `runs hold list` and `store info` show it." };
        var command = new ExampleCommand(name, sentence, $"idgraph runs hold {name} 7") { number };
        door.On(command, async (session, parsed, cancellationToken) =>
        {
            var (held, decision) = await HeldRuns.DecideAsync(session.OpenStore(), parsed.GetRequiredValue(number), confirmed, cancellationToken).ConfigureAwait(false);
            session.Printer.Print(Sheet.Of(
                $"Run {held.Run.Number} of {held.Run.Header.Source}: {(confirmed ? "what it lacks ended by it" : "nothing ended by it")}; recorded as run {decision.Number}",
                ["stream", "decision"],
                held.Streams.Select(stream => new[] { stream.Stream, confirmed ? "confirmed" : "rejected" })));
            await StoreProjectCommand.FollowAsync(session, cancellationToken).ConfigureAwait(false);
            return ExitCode.Done;
        });
        return command;
    }
}
