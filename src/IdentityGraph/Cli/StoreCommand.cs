using System.CommandLine;
using IdentityGraph.Graph;

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
            session.Printer.Print(Runs(session, store.Location, store.Runs()));
            foreach (var leftover in store.Info().Leftovers)
            {
                session.Printer.Complain(leftover);
            }

            return Task.FromResult(ExitCode.Done);
        });
        return new ExampleCommand("store", "Look at the store.") { info, StoreCheckCommand.Create(door) };
    }

    private static Sheet Runs(Session session, string location, IReadOnlyList<SealedRun> runs) => Sheet.Of(
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
        $"`{session.Next("store check")}` verifies every checksum.");
}
