using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Neo4j.Projection;

/// <summary>
/// The statements of a projection, for one kind at a time. Labels and types cannot be parameters, so the word KIND in them gives way to the
/// name of a kind: only names of our own lists get there, nothing that a source said.
/// </summary>
internal sealed class ProjectionStatements(StoreStatements statements, WriterLease lease, string location)
{
    /// <summary>Relationships of kinds nobody here knows.</summary>
    public const string Unrecognised = "UNRECOGNISED";

    private const string Placeholder = ":KIND";

    private static readonly string[] s_schema = ["schema/entity.cypher", "schema/lane.cypher"];

    private const long MislabelledAtOnce = 1000;

    private static readonly HashSet<string> s_kinds = [.. NodeNames, .. EdgeNames];

    /// <summary>Labels of entities.</summary>
    public static string[] NodeNames => [.. NodeKind.All.Select(kind => kind.Name)];

    /// <summary>Types of relationships between them, revisions aside.</summary>
    public static string[] EdgeNames => [.. EdgeKind.All.Select(kind => kind.Name), Unrecognised];

    /// <summary>Takes the lanes, so that no other writer is in them.</summary>
    public async Task BeginAsync(CancellationToken cancellationToken)
    {
        foreach (var constraint in s_schema)
        {
            await statements.WriteAsync(constraint, cancellationToken).ConfigureAwait(false);
        }

        Held(await statements.WriteAsync("project/begin.cypher", cancellationToken, ("fence", lease.Fence), ("lanes", (long)Lanes.Count)).ConfigureAwait(false) is [[long and > 0]], cancellationToken);
    }

    /// <summary>Says that the graph is not whole from now on.</summary>
    /// <param name="run">Number of the newest run in it.</param>
    /// <param name="isAnew">Whoever goes on with it goes by no hash either.</param>
    /// <param name="cancellationToken">Cancels.</param>
    public async Task MarkAsync(int run, bool isAnew, CancellationToken cancellationToken) =>
        Held(await statements.WriteAsync("project/mark.cypher", cancellationToken, ("fence", lease.Fence), ("run", (long)run), ("anew", isAnew)).ConfigureAwait(false) is [_], cancellationToken);

    /// <summary>How far each stream was read; all are replaced.</summary>
    public async Task WriteStreamsAsync(IReadOnlyList<Dictionary<string, object?>> rows, string hash, CancellationToken cancellationToken) =>
        Held(await statements.WriteAsync("project/write-streams.cypher", cancellationToken, ("fence", lease.Fence), ("rows", rows), ("hash", hash)).ConfigureAwait(false) is [_], cancellationToken);

    /// <summary>Names of labels and types that are in use, of whichever store.</summary>
    public async Task<HashSet<string>> KindsAsync(CancellationToken cancellationToken) =>
        [.. (await statements.ReadAsync("project/kinds.cypher", cancellationToken).ConfigureAwait(false)).Select(row => (string)row[0]!)];

    /// <summary>The name of the content of the streams that were written, null where none were, and how many are there.</summary>
    public async Task<(string? Hash, long Count)> StreamsAsync(CancellationToken cancellationToken) =>
        await statements.ReadAsync("project/streams.cypher", cancellationToken).ConfigureAwait(false) is [[string hash, long count]] ? (hash, count) : (null, 0);

    /// <summary>Takes away entities that no reading by kind finds, or more than one does.</summary>
    /// <returns>How many.</returns>
    public async Task<long> RemoveMislabelledAsync(CancellationToken cancellationToken)
    {
        var all = 0L;
        while (await statements.WriteAsync(
            "project/remove-mislabelled.cypher",
            cancellationToken,
            ("fence", lease.Fence),
            ("lane", 0L),
            ("nodes", NodeNames),
            ("limit", MislabelledAtOnce)).ConfigureAwait(false) is [[long and > 0 and var removed]])
        {
            all += removed;
        }

        return all;
    }

    /// <summary>Says that it is whole, and how much of each there is.</summary>
    public async Task FinishAsync(int run, DateTimeOffset asOf, ProjectedCounts counts, CancellationToken cancellationToken)
    {
        var done = await statements.WriteAsync(
            "project/finish.cypher",
            cancellationToken,
            ("fence", lease.Fence),
            ("run", (long)run),
            ("asOf", asOf),
            ("entities", counts.Entities),
            ("relationships", counts.Relationships),
            ("revisions", counts.Revisions),
            ("streams", counts.Streams),
            ("version", (long)Projector.Version)).ConfigureAwait(false);
        Held(done is [_], cancellationToken);
    }

    public Task<IReadOnlyList<IReadOnlyList<object?>>> ReadAsync(string file, string kind, CancellationToken cancellationToken) =>
        statements.Server.ReadAsync(TextOf(file, kind), statements.Named(), cancellationToken);

    /// <summary>Sends rows in a lane.</summary>
    /// <exception cref="StoreLockedException">Somebody else took the lease.</exception>
    /// <exception cref="StoreException">What the rows stand on is not there any more.</exception>
    public async Task WriteAsync(string file, string kind, int lane, IReadOnlyList<object?[]> rows, CancellationToken cancellationToken)
    {
        var written = await statements.Server.WriteAsync(TextOf(file, kind), statements.Named(("fence", lease.Fence), ("lane", (long)lane), ("rows", rows)), cancellationToken).ConfigureAwait(false);
        if (written is not [[long count]] || count == rows.Count)
        {
            return;
        }

        Held(count > 0, cancellationToken);
        throw new StoreException($"the graph for Cypher of the store at `{location}` was changed by somebody else while it was written: of {rows.Count} {kind} {rows.Count - count} could not be; run `idgraph store project` again");
    }

    private void Held(bool isHeld, CancellationToken cancellationToken)
    {
        if (!isHeld)
        {
            throw Blocking.On(() => lease.LostAsync(location, cancellationToken));
        }
    }

    private static string TextOf(string file, string kind) => s_kinds.Contains(kind)
        ? CypherFiles.Read(file).Replace(Placeholder, ":" + kind, StringComparison.Ordinal)
        : throw new ArgumentException($"`{kind}` is no kind of the model", nameof(kind));
}
