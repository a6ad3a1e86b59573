using IdentityGraph.Graph;

namespace IdentityGraph.Stores.Collecting;

/// <summary>Who may collect a source now, and what was taken of it last. Kept beside the runs, so that every collector of one store sees the same.</summary>
public interface ISourceLeases
{
    /// <summary>Takes the right to collect a source, until it is disposed or its holder dies.</summary>
    /// <param name="source">Name as configured: letters, digits, `.`, `_` and `-`, at most 64; case tells nothing apart.</param>
    /// <param name="cancellationToken">Cancels.</param>
    /// <exception cref="SourceLeasedException">Somebody collects it; who is told.</exception>
    ValueTask<ISourceLease> LeaseAsync(string source, CancellationToken cancellationToken = default);

    /// <summary>What is known of every source that was ever collected, sorted by name.</summary>
    ValueTask<IReadOnlyList<SourceRecord>> CollectedAsync(CancellationToken cancellationToken = default);
}

/// <summary>The right to collect one source.</summary>
public interface ISourceLease : IAsyncDisposable
{
    string Source { get; }

    /// <summary>Greater than that of every holder before.</summary>
    long Fence { get; }

    /// <summary>As the holder before left it, or as it was kept last.</summary>
    SourceRecord Record { get; }

    /// <summary>Holds it for longer.</summary>
    /// <exception cref="StoreLockedException">Somebody else took it: nothing may be written any more.</exception>
    ValueTask RenewAsync(CancellationToken cancellationToken = default);

    /// <summary>Writes what is known of the source now.</summary>
    /// <exception cref="StoreLockedException">Somebody else took it; nothing was written.</exception>
    ValueTask KeepAsync(SourceRecord record, CancellationToken cancellationToken = default);
}

/// <summary>Another collector collects the source now: what was to be done is being done.</summary>
public sealed class SourceLeasedException(string message) : Exception(message);
