using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli;

/// <summary>What is in the store.</summary>
internal static class StoreCommand
{
    public static Command Create(Door door)
    {
        var info = new ExampleCommand("info", "Where the store is, which runs it holds, when each was recorded.", "idgraph store info -o json");
        door.On(info, static (session, _, _) =>
        {
            var store = session.OpenStore();
            var found = store.Info();
            session.Printer.Print(Runs(session, store.Location, store.Runs(), found.Projection));
            foreach (var leftover in found.Leftovers)
            {
                session.Printer.Complain(leftover);
            }

            if (found.Projection is { IsWhole: false } lagging && StoreProjectCommand.Tell(session, lagging) is var (state, wayOut))
            {
                session.Printer.Complain($"{state}; {wayOut}");
            }

            return Task.FromResult(ExitCode.Done);
        });
        return new ExampleCommand("store", "Look at the store.") { info, StoreCheckCommand.Create(door), StoreProjectCommand.Create(door) };
    }

    private static Sheet Runs(Session session, string location, IReadOnlyList<SealedRun> runs, ProjectionState? projection) => Sheet.Of(
        $"{location}: {runs.Count} run(s)",
        ["run", "source", "tenant", "mode", "started", "recorded", "observations", "rejected", "partial or held", "sha256"],
        runs.Select(run => new[]
        {
            run.Number.ToString(),
            run.Header.Source,
            run.Header.Tenant,
            run.Header.Mode == Collect.RunMode.Full ? "full" : "delta",
            Instants.ToText(run.Header.StartedAt),
            run.Header.RecordedAt is { } recorded ? Instants.ToText(recorded) : null,
            run.Observations.ToString(),
            run.Outcome.Rejected.ToString(),
            run.Outcome.Partial ? run.Outcome.Reason ?? "yes" : run.Outcome.Reason ?? "",
            run.Sha256,
        }),
        [
            .. projection is { IsWhole: true } ? [projection.ToString()] : Array.Empty<string>(),
            $"`{session.Next("store check")}` verifies every checksum.",
        ]);
}
