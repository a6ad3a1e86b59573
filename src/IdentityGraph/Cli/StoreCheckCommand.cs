using System.CommandLine;
using System.Globalization;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli;

/// <summary>Whether every run of the store is there and reads as it was sealed. Changes nothing.</summary>
internal static class StoreCheckCommand
{
    public static Command Create(Door door)
    {
        var check = new ExampleCommand("check", "Verify every checksum of the store and name each file that is damaged, missing or left over; exit 5 where a run is. Of a store in Neo4j it also counts the graph for Cypher.", "idgraph store check");
        door.On(check, static async (session, _, cancellationToken) =>
        {
            var store = session.OpenStore();
            var found = await store.CheckAsync(cancellationToken).ConfigureAwait(false);
            session.Printer.Print(Problems(store.Location, found));
            return found.IsSound ? ExitCode.Done : ExitCode.Store;
        });
        return check;
    }

    private static Sheet Problems(string location, StoreCheck found) => Sheet.Of(
        string.Create(CultureInfo.InvariantCulture, $"{location}: {found.WholeRuns} of {found.Runs} run(s) whole, {found.BytesRead} bytes"),
        ["damage", "file", "offset", "problem", "wayOut"],
        found.Problems.Select(problem => new[]
        {
            problem.OfGraph ? "graph" : problem.Harmless ? "none" : "run",
            problem.File,
            problem.Offset?.ToString(CultureInfo.InvariantCulture),
            problem.Problem,
            problem.WayOut,
        }));
}
