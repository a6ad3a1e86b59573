using System.CommandLine;
using IdentityGraph.Graph;
using IdentityGraph.Stores;

namespace IdentityGraph.Cli;

/// <summary>Brings the graph that a server shows to Cypher up to the runs of the store.</summary>
internal static class StoreProjectCommand
{
    public static Command Create(Door door)
    {
        var anew = new Option<bool>("--anew") { Description = "Believe nothing of what is there: write everything again, also what somebody changed by hand and its hash does not tell." };
        var project = new ExampleCommand(
            "project",
            "Write the graph of a store in Neo4j as nodes and relationships for Cypher, by the differences; goes on where it was stopped.",
            "idgraph store project",
            "idgraph store project --as-of 2025-06-02T00:00:00Z --store neo4j://graph.example:7687",
            "idgraph store project --anew --store neo4j://graph.example:7687") { anew };
        door.On(project, async (session, parsed, cancellationToken) =>
        {
            if (session.Ask.AsKnownAt is not null)
            {
                throw new ConfigurationException("`store project` shows what is known now, so it takes no --as-known-at; ask the past with the questions (`idgraph identity show ID --as-known-at …`)");
            }

            var store = session.OpenStore() as IProjectedStore
                ?? throw new ConfigurationException($"the store at `{session.StorePlace}` is a folder: there is no Cypher to write a graph for; name a server, as --store neo4j://host:7687");
            var result = await ProjectAsync(session, store, parsed.GetValue(anew), cancellationToken).ConfigureAwait(false);
            session.Printer.Print(Sheet.Of(
                $"{store.Location}: {result.State}",
                ["run", "asOf", "entities", "relationships", "written", "removed"],
                [[Text(result.State.Run), result.State.AsOf is { } asOf ? Instants.ToText(asOf) : null, Text(result.State.Entities), Text(result.State.Relationships), Text(result.Written), Text(result.Removed)]]));
            return ExitCode.Done;
        });
        return project;
    }

    /// <summary>After runs were sealed: a projection that fails takes nothing of them away, and is told with what mends it.</summary>
    public static Task FollowAsync(Session session, CancellationToken cancellationToken) =>
        FollowAsync(session, session.OpenStore(), session.Printer.Say, session.Printer.Complain, cancellationToken);

    /// <param name="session">Of the command.</param>
    /// <param name="runs">The store that the runs were sealed in.</param>
    /// <param name="say">Told how far it is.</param>
    /// <param name="complain">Told that it lags.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public static async Task FollowAsync(Session session, IInspectableStore runs, Action<string> say, Action<string> complain, CancellationToken cancellationToken)
    {
        if (runs is not IProjectedStore store)
        {
            return;
        }

        try
        {
            var result = await ProjectAsync(session, store, false, cancellationToken).ConfigureAwait(false);
            say(result.State.ToString());
        }
        catch (Exception failed) when (failed is StoreException or StoreLockedException)
        {
            complain($"recorded, but the graph for Cypher lags: {failed.Message}. Bring it up to date with `{session.Next("store project")}`; answers do not depend on it");
        }
    }

    /// <summary>How far it is, and what mends it where it is not whole.</summary>
    public static (string State, string WayOut) Tell(Session session, ProjectionState state) => (state.ToString(), state.IsWhole ? "" : $"run `{session.Next("store project")}`; answers do not depend on it");

    private static async Task<ProjectionResult> ProjectAsync(Session session, IProjectedStore store, bool isAnew, CancellationToken cancellationToken)
    {
        using var progress = new ProgressLine(session);
        return await store.ProjectAsync(
            new ProjectionOptions { AsOf = session.Ask.AsOf, CorrelationConfidence = session.Policy.CorrelationConfidence, IsAnew = isAnew, Progress = progress },
            cancellationToken).ConfigureAwait(false);
    }

    private static string? Text(long? number) => number?.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
