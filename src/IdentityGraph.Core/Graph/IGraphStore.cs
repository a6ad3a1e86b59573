using IdentityGraph.Collect;

namespace IdentityGraph.Graph;

/// <summary>
/// Keeps sealed runs and folds them. One writer at a time; readers never wait. Nothing of a run is visible before it is sealed.
/// </summary>
public interface IGraphStore : IAsyncDisposable
{
    /// <summary>Where it is, as people name it.</summary>
    string Location { get; }

    /// <summary>Sealed runs, oldest record time first; equal record times in the order of sealing.</summary>
    IReadOnlyList<SealedRun> Runs();

    /// <summary>Takes the writer's lock and begins a run.</summary>
    /// <exception cref="StoreLockedException">Another process writes; it is named.</exception>
    /// <exception cref="RecordTimeException">The stated record time lies before the newest run's or in the future.</exception>
    ValueTask<IRunWriter> BeginRunAsync(RunHeader header, CancellationToken cancellationToken = default);

    /// <summary>What one run states, in the order it was written.</summary>
    IEnumerable<Observation> Read(SealedRun run, CancellationToken cancellationToken = default);

    /// <summary>The fold of the runs recorded by <paramref name="asKnownAt"/> (null: of all).</summary>
    ValueTask<GraphSnapshot> SnapshotAsync(DateTimeOffset? asKnownAt = null, CancellationToken cancellationToken = default);
}

/// <summary>Writes one run. Disposing it before <see cref="SealAsync"/> drops the run and leaves nothing behind.</summary>
public interface IRunWriter : IAsyncDisposable
{
    void Write(Observation observation);

    /// <summary>Makes the run durable and visible, all at once.</summary>
    /// <param name="outcome">What the run ended with; kept with it.</param>
    /// <param name="cancellationToken">Cancels before anything becomes visible.</param>
    ValueTask<SealedRun> SealAsync(RunOutcome outcome, CancellationToken cancellationToken = default);
}

/// <summary>How a run ended.</summary>
/// <param name="Partial">It was cut off: nothing is inferred from absence.</param>
/// <param name="Rejected">Records refused.</param>
/// <param name="Reason">Why it is partial, or what of a run that is not is held until confirmed; null where neither is so.</param>
public sealed record RunOutcome(bool Partial = false, long Rejected = 0, string? Reason = null);

/// <summary>A run of the store.</summary>
/// <param name="Number">1 for the first, in the order of sealing.</param>
/// <param name="Header">With <see cref="RunHeader.RecordedAt"/> always set: the moment of sealing unless the run stated one.</param>
/// <param name="Outcome">How it ended.</param>
/// <param name="Observations">How many it holds.</param>
/// <param name="Sha256">Of its file, lower-case hex; of its observations where the store has no files.</param>
public sealed record SealedRun(int Number, RunHeader Header, RunOutcome Outcome, long Observations, string Sha256);

/// <summary>Another process holds the writer's lock of the store.</summary>
public sealed class StoreLockedException(string message) : Exception(message);

/// <summary>A stated record time would rewrite what was known.</summary>
public sealed class RecordTimeException(string message) : Exception(message);

/// <summary>The store is damaged, unreadable, or of another version.</summary>
public sealed class StoreException(string message, Exception? inner = null) : Exception(message, inner);
