namespace IdentityGraph.Bolt;

/// <summary>What goes with a transaction.</summary>
public sealed record TransactionOptions
{
    /// <summary>After this time the server ends the transaction; null for the server's own limit. Told to the server in whole milliseconds, rounded up.</summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>Words for the server's logs and lists of transactions; nothing secret.</summary>
    public IReadOnlyDictionary<string, object?>? Metadata { get; init; }

    /// <summary>
    /// Whether running it twice does no harm (every write is a MERGE by key, for instance). A managed transaction is then run again also when
    /// the connection was lost in its COMMIT; else that is told as <see cref="BoltCommitUnknownException"/>.
    /// </summary>
    public bool Repeatable { get; init; }

    internal void ThrowIfInvalid()
    {
        if (Timeout is { } timeout)
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(timeout, TimeSpan.Zero);
        }
    }
}
