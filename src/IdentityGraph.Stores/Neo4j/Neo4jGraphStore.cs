using IdentityGraph.Collect;
using IdentityGraph.Graph;
using IdentityGraph.Stores.Collecting;
using IdentityGraph.Stores.Embedded;
using IdentityGraph.Stores.Neo4j.Projection;

namespace IdentityGraph.Stores.Neo4j;

/// <summary>
/// A store that several people and collectors share, in a Neo4j database. A run is kept as the very bytes of a run file, in chunks that
/// nothing finds before the run is sealed, so that both kinds of store answer alike, to the byte.
/// </summary>
public sealed partial class Neo4jGraphStore
{
    /// <summary>Of what is kept in the database; another one is refused.</summary>
    public const int Version = 1;

    private const int ChunksAtOnce = 200;

    private readonly Neo4jPlace _address;
    private readonly StoreStatements _statements;
    private readonly StoreOptions _options;

    private Neo4jGraphStore(Neo4jPlace address, StoreOptions options)
    {
        (_address, _options) = (address, options);
#if NEO4J_DRIVER_OFFICIAL
        ICypherServer server = new Official.OfficialCypherServer(address, options);
#else
        ICypherServer server = new BoltCypherServer(address, options);
#endif
        _statements = new StoreStatements(server, address.Store);
    }

    public string Location => _address.Text;

    /// <summary>Makes an empty store, and the constraints it needs.</summary>
    /// <exception cref="StoreException">There is one of that name, or the server cannot be used.</exception>
    public static Neo4jGraphStore Create(string uri, StoreOptions? options = null) => Blocking.On(() => CreateAsync(Neo4jPlace.Parse(uri), options ?? new StoreOptions()));

    /// <summary>Opens an existing store. Takes no lease and changes nothing.</summary>
    /// <exception cref="StoreException">There is none, or the server cannot be used.</exception>
    public static Neo4jGraphStore Open(string uri, StoreOptions? options = null) => Blocking.On(() => OpenAsync(Neo4jPlace.Parse(uri), options ?? new StoreOptions()));

    /// <summary>Whether a store is there, of whatever version.</summary>
    /// <exception cref="StoreException">The server cannot be used.</exception>
    public static bool Exists(string uri, StoreOptions? options = null) => Blocking.On(async () =>
    {
        await using var store = new Neo4jGraphStore(Neo4jPlace.Parse(uri), options ?? new StoreOptions());
        return (await store._statements.ReadAsync("store/find.cypher", CancellationToken.None).ConfigureAwait(false)).Count > 0;
    });

    public IReadOnlyList<SealedRun> Runs() => [.. Blocking.On(() => StoredAsync(CancellationToken.None)).Select(stored => stored.Entry.Run)];

    public async ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RecordTime.CheckHeader(header);
        var lease = await WriterLease.TakeAsync(_statements, Location, _options.Time, cancellationToken).ConfigureAwait(false);
        try
        {
            var before = await StoredAsync(cancellationToken).ConfigureAwait(false);
            RecordTime.Check(header, before.Count == 0 ? null : before[^1].Entry.Run.Header.RecordedAt, _options.Time.GetUtcNow());
            await SweepAsync(lease.Fence, cancellationToken).ConfigureAwait(false);
            return new Neo4jRunWriter(_statements, lease, before, header, Location, _options.Time);
        }
        catch
        {
            await lease.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    public IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default)
    {
        var stored = Blocking.On(() => StoredAsync(cancellationToken)).FirstOrDefault(stored => stored.Entry.Run.Number == run.Number);
        return stored is not null && stored.Entry.Run.Sha256 == run.Sha256
            ? Read(stored, cancellationToken)
            : throw new StoreException($"run {run.Number} of {run.Header.Source} is not in the store at `{Location}`; ask it for its runs");
    }

    public async ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default)
    {
        var all = await StoredAsync(cancellationToken).ConfigureAwait(false);
        var now = _options.Time.GetUtcNow();
        var newest = all.Count == 0 ? now : all[^1].Entry.Run.Header.RecordedAt!.Value;
        var known = asKnownAt ?? (newest > now ? newest : now);
        using var feed = new ChunkFeed(_statements, all.Where(stored => stored.Entry.Run.Header.RecordedAt <= known).OrderBy(stored => stored.Entry.Run.Header.StartedAt), cancellationToken);
        var runs = all.Select(stored => (stored.Entry.Run, RunReading.Read(NameOf(stored), () => Chunks(stored, feed, cancellationToken), stored.Entry, cancellationToken)));
        return await Task.Run(() => Pipeline.Fold(runs, known, _options.Fold, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    public StoreInfo Info() => Blocking.On(async () =>
    {
        var all = await StoredAsync(CancellationToken.None).ConfigureAwait(false);
        var found = await _statements.ReadAsync("store/find.cypher", CancellationToken.None).ConfigureAwait(false);
        return StoreInfo.Of([.. all.Select(stored => stored.Entry)]) with
        {
            Location = Location,
            Kind = "neo4j",
            Version = Version,
            Writer = found is [[_, string writer]] ? writer : null,
            Projection = await ProjectedAsync(all.Count, CancellationToken.None).ConfigureAwait(false),
            Leftovers = [.. (await LeftoversAsync(CancellationToken.None).ConfigureAwait(false)).Select(left => $"{left.Chunks} chunk(s) of a writer that did not finish are left: its run is in no answer, and the next import removes them; import that run again")],
        };
    });

    public async ValueTask<StoreCheck> CheckAsync(CancellationToken cancellationToken = default)
    {
        var all = await StoredAsync(cancellationToken).ConfigureAwait(false);
        var problems = new List<StoreProblem>();
        foreach (var stored in all)
        {
            try
            {
                await Task.Run(() => RunReading.Verify(NameOf(stored), () => Chunks(stored, null, cancellationToken), stored.Entry, cancellationToken), cancellationToken).ConfigureAwait(false);
            }
            catch (DamagedRunException wrong)
            {
                problems.Add(new StoreProblem { File = NameOf(stored), Offset = wrong.Offset, Problem = wrong.Problem, WayOut = "restore the database from a backup" });
            }
        }

        var damaged = problems.Count;
        problems.AddRange(await StoreSchema.ProblemsAsync(_statements, cancellationToken).ConfigureAwait(false));
        problems.AddRange((await LeftoversAsync(cancellationToken).ConfigureAwait(false)).Select(left => new StoreProblem
        {
            File = $"chunks of writer {left.Fence}",
            Problem = "a writer that did not finish left them",
            WayOut = "nothing: the next run that is written sweeps them",
            Harmless = true,
        }));
        problems.AddRange(await ProjectionCheck.ProblemsAsync(_statements, cancellationToken).ConfigureAwait(false));
        return new StoreCheck { Runs = all.Count, WholeRuns = all.Count - damaged, BytesRead = all.Sum(stored => stored.Entry.Bytes), Problems = problems };
    }

    public bool RemoveIfEmpty() => Blocking.On(async () =>
    {
        try
        {
            return await _statements.WriteAsync("store/remove.cypher", CancellationToken.None).ConfigureAwait(false) is [[1L]];
        }
        catch (StoreException)
        {
            return false;
        }
    });

    public async ValueTask<ISourceLease> LeaseAsync(string source, CancellationToken cancellationToken = default) =>
        await Neo4jSourceLease.TakeAsync(_statements, source, Location, _options.Time, cancellationToken).ConfigureAwait(false);

    public async ValueTask<IReadOnlyList<SourceRecord>> CollectedAsync(CancellationToken cancellationToken = default) =>
        await Neo4jSourceLease.AllAsync(_statements, cancellationToken).ConfigureAwait(false);

    public ValueTask DisposeAsync() => _statements.Server.DisposeAsync();

    private static async Task<Neo4jGraphStore> CreateAsync(Neo4jPlace address, StoreOptions options)
    {
        var store = new Neo4jGraphStore(address, options);
        try
        {
            await StoreSchema.MakeAsync(store._statements, address.Text).ConfigureAwait(false);
            if (await store._statements.ReadAsync("store/remains.cypher", CancellationToken.None).ConfigureAwait(false) is not [[false]])
            {
                throw new StoreException($"there is no store at `{address.Text}`, but runs of one are: somebody else took its IdgStore node away. Restore the database from a backup, name another with ?store=NAME, or, where its runs are not wanted any more, remove the IdgRun and IdgChunk nodes whose `store` is that name");
            }

            var made = await store._statements.WriteAsync("store/create.cypher", CancellationToken.None, ("version", (long)Version), ("maker", Guid.NewGuid().ToString())).ConfigureAwait(false);
            return made is [[_, true]] ? store : throw new StoreException($"there is a store at `{address.Text}` already; use it, or name another with ?store=NAME");
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private static async Task<Neo4jGraphStore> OpenAsync(Neo4jPlace address, StoreOptions options)
    {
        var store = new Neo4jGraphStore(address, options);
        try
        {
            return await store._statements.ReadAsync("store/find.cypher", CancellationToken.None).ConfigureAwait(false) switch
            {
                [[long and Version, _]] => store,
                [[var other, _]] => throw new StoreException($"the store at `{address.Text}` is of version {other}, and this program reads version {Version}; use the program that wrote it"),
                _ => throw new StoreException($"there is no store at `{address.Text}`; make one with `idgraph init --store {address.Text}`"),
            };
        }
        catch
        {
            await store.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task<IReadOnlyList<StoredRun>> StoredAsync(CancellationToken cancellationToken) =>
        StoredRun.InOrder(await _statements.ReadAsync("store/runs.cypher", cancellationToken).ConfigureAwait(false), Location);

    private IEnumerable<Observation> Read(StoredRun stored, CancellationToken cancellationToken) =>
        RunReading.Read(NameOf(stored), () => Chunks(stored, null, cancellationToken), stored.Entry, cancellationToken);

    /// <summary>A run's bytes: out of the feed that reads ahead over many runs, as long as they are read in its order.</summary>
    private ChunkReadStream Chunks(StoredRun stored, ChunkFeed? ahead, CancellationToken cancellationToken) =>
        ahead is not null && ahead.IsAt(stored)
            ? new ChunkReadStream(ahead, stored, ownsFeed: false)
            : new ChunkReadStream(new ChunkFeed(_statements, [stored], cancellationToken), stored, ownsFeed: true);

    private string NameOf(StoredRun stored) => $"{Location} run {stored.Entry.Run.Number}";

    private async Task<IReadOnlyList<(long Fence, long Chunks)>> LeftoversAsync(CancellationToken cancellationToken) =>
        [.. (await _statements.ReadAsync("store/leftovers.cypher", cancellationToken).ConfigureAwait(false)).Select(row => ((long)row[0]!, (long)row[1]!))];

    private async Task SweepAsync(long fence, CancellationToken cancellationToken)
    {
        foreach (var left in await LeftoversAsync(cancellationToken).ConfigureAwait(false))
        {
            while (left.Fence < fence && await _statements.WriteAsync("store/sweep.cypher", cancellationToken, ("fence", left.Fence), ("limit", (long)ChunksAtOnce)).ConfigureAwait(false) is [[long and > 0]])
            {
            }

            _options.OnNotice($"{left.Chunks} chunk(s) were removed that a writer left which did not finish: its run is in no answer; import it again");
        }
    }
}
