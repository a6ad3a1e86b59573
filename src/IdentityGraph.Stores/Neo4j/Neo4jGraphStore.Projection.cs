using IdentityGraph.Graph;
using IdentityGraph.Stores.Neo4j.Projection;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>The graph as nodes and relationships, for whoever asks in Cypher; made from the runs, and never read for an answer.</summary>
public sealed partial class Neo4jGraphStore : IProjectedStore
{
    public ProjectionState Projected() => Blocking.On(async () => await ProjectedAsync((await StoredAsync(CancellationToken.None).ConfigureAwait(false)).Count, CancellationToken.None).ConfigureAwait(false));

    public async ValueTask<ProjectionResult> ProjectAsync(ProjectionOptions? options = null, CancellationToken cancellationToken = default)
    {
        options ??= new ProjectionOptions();
        while (true)
        {
            // The fold takes long and needs no lease; what was sealed meanwhile is folded again.
            var snapshot = await SnapshotAsync(null, cancellationToken).ConfigureAwait(false);
            var lease = await WriterLease.TakeAsync(_statements, Location, _options.Time, cancellationToken).ConfigureAwait(false);
            await using (lease.ConfigureAwait(false))
            {
                var runs = await StoredAsync(cancellationToken).ConfigureAwait(false);
                if (runs.Count == 0 || runs[^1].Entry.Run.Header.RecordedAt <= snapshot.AsKnownAt)
                {
                    return await ProjectAsync(snapshot, runs, lease, options, cancellationToken).ConfigureAwait(false);
                }
            }
        }
    }

    private async Task<ProjectionResult> ProjectAsync(GraphSnapshot snapshot, IReadOnlyList<StoredRun> runs, WriterLease lease, ProjectionOptions options, CancellationToken cancellationToken)
    {
        var asOf = options.AsOf ?? (runs.Count == 0 ? DateTimeOffset.MinValue : runs[^1].Entry.Run.Header.RecordedAt!.Value);
        var statements = new ProjectionStatements(_statements, lease, Location);
        await statements.BeginAsync(cancellationToken).ConfigureAwait(false);
        var kept = await ProjectionCheck.KeptAsync(_statements, cancellationToken).ConfigureAwait(false);
        options = options with { IsAnew = options.IsAnew || kept is { IsHalf: true, IsAnew: true } };
        var isFirst = !options.IsAnew && (await _statements.ReadAsync("project/any.cypher", cancellationToken).ConfigureAwait(false)).Count == 0;
        var projector = new Projector(statements, snapshot, asOf, _address.Store, isFirst, options, () => statements.MarkAsync(runs.Count, options.IsAnew, cancellationToken), cancellationToken);
        await projector.RunAsync().ConfigureAwait(false);
        await statements.FinishAsync(runs.Count, asOf, projector.Counts, cancellationToken).ConfigureAwait(false);
        return new ProjectionResult(await ProjectedAsync(runs.Count, cancellationToken).ConfigureAwait(false), projector.Written, projector.Removed);
    }

    private async Task<ProjectionState> ProjectedAsync(int runs, CancellationToken cancellationToken)
    {
        var found = await _statements.ReadAsync("project/state.cypher", cancellationToken).ConfigureAwait(false);
        return found is not [[var run, var asOf, var projecting, var entities, var relationships, var version]]
            ? new ProjectionState { Runs = runs }
            : new ProjectionState
            {
                Runs = runs,
                Run = run is long number ? (int)number : null,
                AsOf = asOf is string text && Instants.TryParse(text, out var moment) ? moment : null,
                IsHalf = projecting is not null,
                IsOfAnotherForm = version is long and not Projector.Version,
                Entities = entities as long? ?? 0,
                Relationships = relationships as long? ?? 0,
            };
    }
}
